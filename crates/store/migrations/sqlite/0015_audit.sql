-- Who did what, besides to triggers, which have a history of their own. Never
-- changed, only added to.
create table audit (
    -- Not used again for another, also when the latest are gone.
    number integer primary key autoincrement,
    -- Nothing when it concerns an agent and no site.
    site_id text references site (id),
    at integer not null,
    -- Agents and tokens with their names, which may be gone when someone reads it.
    actor text not null,
    what text not null
) strict;

create index audit_site on audit (site_id, number);
