-- What the owner's server signs identities with. Not a hash: a signature is checked
-- with the secret itself.
create table site_secret (
    id text primary key,
    site_id text not null references site (id),
    secret text not null,
    created_at integer not null
) strict, without rowid;

create index site_secret_site on site_secret (site_id, created_at);

-- What the owner's server calls a visitor, and what it says of them.
alter table visitor add column user_id text;
alter table visitor add column identity text not null default 'null';
-- Whom a visitor turned out to be: whoever asks for the one gets the other.
alter table visitor add column merged_into text references visitor (id);

-- Two browsers may be told at once who sits before them.
create unique index visitor_user on visitor (site_id, user_id) where user_id is not null;

-- A known visitor has a secret in each of their browsers; the one in `visitor` is
-- that of the first.
create table visitor_secret (
    visitor_id text not null references visitor (id),
    secret_hash text not null,
    created_at integer not null,
    primary key (visitor_id, secret_hash)
) strict, without rowid;

-- Tokens that identified someone, until they are good no more in any case.
create table used_token (
    site_id text not null references site (id),
    id text not null,
    expires_at integer not null,
    primary key (site_id, id)
) strict, without rowid;

create index used_token_expires_at on used_token (expires_at);

-- The conversation that this one became a part of.
alter table conversation add column moved_to text references conversation (id);
