-- Where the widget was seen: which of a site's origins asked for its config, in
-- which hours first and last. `origin` is as the owner wrote it, so there are never
-- more than the owner has.
create table site_origin (
    site_id text not null references site (id),
    origin text not null,
    first_at integer not null,
    last_at integer not null,
    primary key (site_id, origin)
) strict, without rowid;
