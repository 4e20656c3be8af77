-- What a visitor filled in. `answer` holds the question as it was asked: the form may
-- be another by now. `form` says which one it was.
create table attribute (
    visitor_id text not null references visitor (id),
    name text not null,
    answer text not null,
    form text not null,
    place integer not null,
    at integer not null,
    primary key (visitor_id, name)
) strict, without rowid;

-- How a visitor found a conversation, once for each time it was closed. `closed` is
-- the number of the event that closed it.
create table rating (
    conversation_id text not null references conversation (id),
    closed integer not null,
    score integer not null,
    comment text,
    -- How often it was given: it can be changed, but not for ever.
    times integer not null,
    at integer not null,
    primary key (conversation_id, closed)
) strict, without rowid;
