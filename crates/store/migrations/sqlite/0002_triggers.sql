-- How often what the live triggers of a site say has changed: a page's config is
-- made anew when this is another number, whichever process has changed them.
alter table site add column trigger_changes integer not null default 0;

create table site_trigger (
    site_id text not null references site (id),
    id text not null,
    status text not null,
    -- What is edited. What visitors see is in `trigger_version`.
    spec text not null,
    version integer,
    reason text,
    revision integer not null,
    created_at integer not null,
    updated_at integer not null,
    primary key (site_id, id)
) strict, without rowid;

create index site_trigger_live on site_trigger (site_id, status, created_at, id);

create table trigger_version (
    site_id text not null,
    trigger_id text not null,
    version integer not null,
    spec text not null,
    published_at integer not null,
    -- Nothing when it was the command line.
    published_by text references agent (id),
    primary key (site_id, trigger_id, version),
    foreign key (site_id, trigger_id) references site_trigger (site_id, id) on delete cascade
) strict, without rowid;

-- What pages reported. The id is the page's, so a report that is sent twice meets
-- these rows. `variant` is empty for the original.
create table trigger_event (
    id text primary key,
    site_id text not null,
    trigger_id text not null,
    version integer not null,
    variant text not null,
    kind text not null,
    person text not null,
    device text not null,
    page text not null,
    at integer not null,
    foreign key (site_id, trigger_id, version)
        references trigger_version (site_id, trigger_id, version) on delete cascade
) strict, without rowid;

-- Answers whether a person was counted before: for the trigger, and for the
-- version and variant.
create index trigger_event_person
on trigger_event (site_id, trigger_id, kind, person, version, variant);

-- Unique people, derived from the events as they come, so that a list costs the
-- same however many there are. Version 0 counts over all versions.
create table trigger_people (
    site_id text not null,
    trigger_id text not null,
    version integer not null,
    variant text not null,
    kind text not null,
    people integer not null,
    primary key (site_id, trigger_id, version, variant, kind),
    foreign key (site_id, trigger_id) references site_trigger (site_id, id) on delete cascade
) strict, without rowid;

-- The first greeting in a conversation, what all of them tagged it with, and what
-- the last one still has to say.
alter table conversation add column origin text not null default 'null';
alter table conversation add column tags text not null default '[]';
alter table conversation add column follow_up text not null default 'null';

-- What is answered to each quick reply of a message. Not in `what`: that is what
-- visitors and agents receive.
alter table event add column answers text;

-- The message whose quick reply this event taps.
alter table event add column tapped text;

-- Two tabs may tap at once.
create unique index event_tapped on event (conversation_id, tapped)
where tapped is not null;
