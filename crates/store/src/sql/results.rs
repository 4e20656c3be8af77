//! What happened to greetings, counted.

pub(crate) const ADD_TRIGGER_EVENT: &str = "
    insert into trigger_event
        (id, site_id, trigger_id, version, variant, kind, person, device, page, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict do nothing";
/// Whether a person was counted before: for the trigger, and for this version
/// and variant of it.
pub(crate) const COUNTED_BEFORE: &str = "
    select
        exists (
            select 1 from trigger_event
            where site_id = $1 and trigger_id = $2 and kind = $3 and person = $4
        ) as at_all,
        exists (
            select 1 from trigger_event
            where site_id = $1 and trigger_id = $2 and kind = $3 and person = $4
                and version = $5 and variant = $6
        ) as so";
/// The pages of a site, each once: every next one is looked up by the one before
/// it, because there are few pages and many events.
pub(crate) const PAGES: &str = "
    with recursive seen (page, number) as (
        select (select min(page) from trigger_event where site_id = $1), 1
        union all
        select (
            select min(page) from trigger_event where site_id = $1 and page > seen.page
        ), number + 1
        from seen where page is not null and number < $2
    )
    select page from seen where page is not null";
pub(crate) const COUNT_PERSON: &str = "
    insert into trigger_people (site_id, trigger_id, version, variant, kind, people)
    values ($1, $2, $3, $4, $5, 1)
    on conflict (site_id, trigger_id, version, variant, kind)
    do update set people = trigger_people.people + 1";
pub(crate) const PEOPLE_OF_SITE: &str = "
    select trigger_id as id, version, variant, kind, people from trigger_people
    where site_id = $1 and trigger_id >= $2 and trigger_id <= $3 and version = 0";
pub(crate) const PEOPLE_WITHIN: &str = "
    select kind, count(distinct person) as people from trigger_event
    where site_id = $1 and trigger_id = $2 and at >= $3 and at < $4
    group by kind";
pub(crate) const RESULTS_WITHIN: &str = "
    select version, variant, kind, count(distinct person) as people from trigger_event
    where site_id = $1 and trigger_id = $2 and at >= $3 and at < $4
    group by version, variant, kind
    order by version desc, variant";
pub(crate) const PEOPLE_BY_DAY: &str = "
    select (at - $3) / 86400000 as day, kind, count(distinct person) as people
    from trigger_event
    where site_id = $1 and trigger_id = $2 and at >= $3 and at < $4
    group by day, kind
    order by day";
/// People by one column: those parts with the most of them first.
macro_rules! people_by {
    ($column:literal) => {
        concat!(
            "
    with most as (
        select ",
            $column,
            " as part, count(distinct person) as people from trigger_event
        where site_id = $1 and trigger_id = $2 and at >= $3 and at < $4
        group by part
        order by people desc, part limit $5
    )
    select most.part, kind, count(distinct person) as people
    from most join trigger_event on trigger_event.",
            $column,
            " = most.part
    where site_id = $1 and trigger_id = $2 and at >= $3 and at < $4
    group by most.part, kind
    order by max(most.people) desc, most.part"
        )
    };
}

pub(crate) const PEOPLE_BY_PAGE: &str = people_by!("page");
pub(crate) const PEOPLE_BY_DEVICE: &str = people_by!("device");
pub(crate) const GOALS_OF_HELD: &str = "
    select variant, count(distinct person) as people from trigger_event
    where site_id = $1 and trigger_id = $2 and at >= $3 and at < $4
        and version = $5 and kind = 'goal' and person in (
            select person from trigger_event
            where site_id = $1 and trigger_id = $2 and at >= $3 and at < $4
                and version = $5 and kind = 'held'
        )
    group by variant";
pub(crate) const PEOPLE_OF_TRIGGER: &str = "
    select trigger_id as id, version, variant, kind, people from trigger_people
    where site_id = $1 and trigger_id = $2
    order by version desc, variant";
