-- Ids are text of UUIDs, instants are milliseconds since 1970 UTC, and what has
-- a shape of its own is JSON text: what both databases hold alike.

-- One row: `epoch`, the name of this database. Numbers that a client holds
-- belong to it, and are void when a restored backup gives it a new one.
create table meta (
    name text primary key,
    value text not null
) strict;

create table site (
    id text primary key,
    key text not null unique,
    name text not null,
    origins text not null,
    settings text not null,
    created_at integer not null,
    -- The inbox: its last change, and how many conversations it holds. Kept
    -- here so that a post costs the same however many there are.
    changes integer not null default 0,
    open_count integer not null default 0,
    unread_count integer not null default 0
) strict;

create table agent (
    id text primary key,
    -- Lower case: people do not remember how they once wrote it.
    email text not null unique,
    name text not null,
    password text not null,
    created_at integer not null
) strict;

create table membership (
    site_id text not null references site (id),
    agent_id text not null references agent (id),
    role text not null,
    primary key (agent_id, site_id)
) strict;

create table session (
    -- SHA-256 of the cookie's token: a stolen database opens no session.
    token_hash text primary key,
    agent_id text not null references agent (id),
    created_at integer not null,
    expires_at integer not null
) strict;

create index session_expires_at on session (expires_at);

create table visitor (
    id text primary key,
    site_id text not null references site (id),
    secret_hash text not null,
    contact text not null,
    place text not null,
    first_seen integer not null,
    last_seen integer not null
) strict;

create table conversation (
    id text primary key,
    site_id text not null references site (id),
    -- A visitor's next message goes to the same conversation for ever (S4.21),
    -- so two tabs that write at once meet here.
    visitor_id text not null unique references visitor (id),
    status text not null,
    created_at integer not null,
    last integer not null,
    change integer not null,
    written_at integer not null,
    preview text not null,
    asked integer not null,
    marks text not null
) strict;

create unique index conversation_change on conversation (site_id, change);
create index conversation_written_at on conversation (site_id, written_at, id);
create index conversation_status on conversation (site_id, status, written_at, id);

create table event (
    conversation_id text not null references conversation (id),
    number integer not null,
    at integer not null,
    what text not null,
    message_id text,
    primary key (conversation_id, number)
) strict, without rowid;

-- The author names a message before sending it, so a retry meets this row
-- instead of writing a second one.
create unique index event_message_id on event (conversation_id, message_id)
where message_id is not null;
