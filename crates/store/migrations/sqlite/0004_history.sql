-- The last number in `trigger_history`, and whether the site has had the drafts
-- that it begins with.
alter table site add column history integer not null default 0;
alter table site add column starters integer not null default 0;

-- Who changed which trigger. It refers to no trigger: a deletion is a change too,
-- and is what people look for.
create table trigger_history (
    site_id text not null references site (id),
    number integer not null,
    trigger_id text not null,
    at integer not null,
    -- Agents and tokens with their names, which may be gone when someone reads it.
    actor text not null,
    what text not null,
    primary key (site_id, number)
) strict, without rowid;

create index trigger_history_trigger on trigger_history (site_id, trigger_id, number);
