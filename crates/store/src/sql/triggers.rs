//! Triggers, their versions and their history.

pub(crate) const SAVE_TRIGGER: &str = "
    insert into site_trigger
        (site_id, id, status, spec, version, reason, revision, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (site_id, id) do update set
        status = excluded.status, spec = excluded.spec, version = excluded.version,
        reason = excluded.reason, revision = excluded.revision, updated_at = excluded.updated_at";
pub(crate) const TRIGGER: &str = "
    select site_trigger.site_id, site_trigger.id, status, site_trigger.spec, site_trigger.version,
           reason, revision, created_at, updated_at,
           case when site_trigger.spec = trigger_version.spec then 0 else 1 end as edited
    from site_trigger left join trigger_version
        on trigger_version.site_id = site_trigger.site_id
        and trigger_version.trigger_id = site_trigger.id
        and trigger_version.version = site_trigger.version
    where site_trigger.site_id = $1 and site_trigger.id = $2";
pub(crate) const TRIGGERS: &str = "
    select site_trigger.site_id, site_trigger.id, status, site_trigger.spec, site_trigger.version,
           reason, revision, created_at, updated_at,
           case when site_trigger.spec = trigger_version.spec then 0 else 1 end as edited
    from site_trigger left join trigger_version
        on trigger_version.site_id = site_trigger.site_id
        and trigger_version.trigger_id = site_trigger.id
        and trigger_version.version = site_trigger.version
    where site_trigger.site_id = $1 and site_trigger.id > $2
    order by site_trigger.id limit $3";
pub(crate) const DELETE_TRIGGER: &str = "delete from site_trigger where site_id = $1 and id = $2";
pub(crate) const COUNT_LIVE_TRIGGERS: &str =
    "select count(*) as live from site_trigger where site_id = $1 and status = $2";
/// What pages show has changed.
pub(crate) const CHANGE_TRIGGERS: &str =
    "update site set trigger_changes = trigger_changes + 1 where id = $1";
pub(crate) const LIVE_TRIGGERS: &str = "
    select site_trigger.id, trigger_version.version, trigger_version.spec, published_at,
           published_by, created_at
    from site_trigger join trigger_version
        on trigger_version.site_id = site_trigger.site_id
        and trigger_version.trigger_id = site_trigger.id
        and trigger_version.version = site_trigger.version
    where site_trigger.site_id = $1 and status = $2
    order by created_at, site_trigger.id";

pub(crate) const ADD_TRIGGER_VERSION: &str = "
    insert into trigger_version
        (site_id, trigger_id, version, spec, published_at, published_by)
    values ($1, $2, $3, $4, $5, $6)";
pub(crate) const TRIGGER_VERSION: &str = "
    select trigger_id as id, version, spec, published_at, published_by from trigger_version
    where site_id = $1 and trigger_id = $2 and version = $3";
pub(crate) const TRIGGER_VERSIONS: &str = "
    select trigger_id as id, version, spec, published_at, published_by from trigger_version
    where site_id = $1 and trigger_id = $2 and version < $3
    order by version desc limit $4";

/// Takes the number of the next change of a site's triggers.
pub(crate) const NEXT_HISTORY: &str = "
    update site set history = history + 1 where id = $1
    returning history";
pub(crate) const ADD_HISTORY: &str = "
    insert into trigger_history (site_id, number, trigger_id, at, actor, what)
    values ($1, $2, $3, $4, $5, $6)";
pub(crate) const LAST_HISTORY: &str = "
    select number, trigger_id, at, actor, what from trigger_history
    where site_id = $1 and trigger_id = $2
    order by number desc limit 1";
pub(crate) const MOVE_HISTORY: &str =
    "update trigger_history set at = $3 where site_id = $1 and number = $2";
pub(crate) const HISTORY_OF_SITE: &str = "
    select number, trigger_id, at, actor, what from trigger_history
    where site_id = $1 and number < $2
    order by number desc limit $3";
pub(crate) const HISTORY_OF_TRIGGER: &str = "
    select number, trigger_id, at, actor, what from trigger_history
    where site_id = $1 and number < $2 and trigger_id = $4
    order by number desc limit $3";
/// Notes that a site has had the drafts that it begins with. Changes nothing if
/// it had them, or has a trigger.
pub(crate) const TAKE_STARTERS: &str = "
    update site set starters = 1
    where id = $1 and starters = 0
        and not exists (select 1 from site_trigger where site_id = $1)";
