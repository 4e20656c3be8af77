//! Sites, and the origins their pages came from.

pub(crate) const ADD_SITE: &str = "
    insert into site (id, key, name, origins, settings, created_at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict do nothing";
/// Changes nothing if the site is at another revision than the one expected.
pub(crate) const SAVE_SITE: &str = "
    update site set name = $2, origins = $3, settings = $4, revision = revision + 1
    where id = $1 and ($5 is null or revision = $5)
    returning revision";
pub(crate) const SEE_ORIGIN: &str = "
    insert into site_origin (site_id, origin, first_at, last_at)
    values ($1, $2, $3, $3)
    on conflict (site_id, origin) do update set last_at = excluded.last_at
    where excluded.last_at > site_origin.last_at";
pub(crate) const ORIGINS_SEEN: &str = "
    select origin, first_at, last_at from site_origin
    where site_id = $1
    order by origin";
pub(crate) const FORGET_ORIGIN: &str = "delete from site_origin where site_id = $1 and origin = $2";
pub(crate) const SITE: &str = "
    select id, key, name, origins, settings, created_at, trigger_changes, revision
    from site where id = $1";
pub(crate) const SITE_BY_KEY: &str = "
    select id, key, name, origins, settings, created_at, trigger_changes, revision
    from site where key = $1";
/// Two are one too many: nobody needs the others.
pub(crate) const SITES_ON: &str = "
    select id, key, name, origins, settings, created_at, trigger_changes, revision
    from site
    where exists (select 1 from json_each(site.origins) where value in ($1, '*'))
    limit 2";
pub(crate) const SITES: &str = "
    select id, key, name, origins, settings, created_at, trigger_changes, revision
    from site where key > $1
    order by key limit $2";
pub(crate) const SIGNING_KEY: &str = "select explain_key from site where id = $1";
pub(crate) const MAKE_SIGNING_KEY: &str =
    "update site set explain_key = coalesce(explain_key, $2) where id = $1";
