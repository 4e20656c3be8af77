-- Files that were sent. What is in them lies beside the database, under their id.
create table file (
    id text primary key,
    -- In whose conversation it is, or may be posted. Together with `agent_id`, which
    -- is null for what the visitor sent, that is who may post it.
    visitor_id text not null references visitor (id),
    agent_id text references agent (id),
    -- As clients get it.
    file text not null,
    bytes integer not null,
    at integer not null,
    -- Whether it became a message; until then it is an orphan.
    posted integer not null default 0,
    -- Set before what is in it is removed, so that it cannot be posted meanwhile.
    condemned integer not null default 0
) strict, without rowid;

create index file_of_visitor on file (visitor_id, at);
create index file_orphan on file (at) where posted = 0;
