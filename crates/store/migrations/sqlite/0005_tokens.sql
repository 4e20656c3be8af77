-- What an agent's tools call the API with. `secret_hash` is the SHA-256 of the
-- half that is shown once: a stolen database opens nothing.
create table token (
    id text primary key,
    agent_id text not null references agent (id),
    name text not null,
    secret_hash text not null,
    scopes text not null,
    created_at integer not null,
    expires_at integer,
    -- An hour, so that a tool that calls all day writes here once in each.
    used_at integer
) strict, without rowid;

create index token_agent on token (agent_id, created_at);
