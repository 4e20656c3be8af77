//! Visitors, and what is taken out and erased of them.

pub(crate) const ADD_VISITOR: &str = "
    insert into visitor (id, site_id, secret_hash, contact, place, first_seen, last_seen)
    values ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const VISITOR: &str = "
    select id, site_id, secret_hash, contact, identity, place, first_seen, last_seen
    from visitor
    where id = coalesce((select merged_into from visitor where id = $1), $1) and erased = 0";
pub(crate) const SEE_VISITOR: &str =
    "update visitor set place = $2, last_seen = $3 where id = $1 and erased = 0";
pub(crate) const PLACES: &str = "
    select place from visitor where site_id = $1 and erased = 0
    order by last_seen desc limit $2";
pub(crate) const SET_CONTACT: &str = "update visitor set contact = $2 where id = $1";

/// By id, by what the owner's server calls them, and by address, whoever said it.
pub(crate) const PEOPLE: &str = "
    select id, site_id, secret_hash, contact, identity, place, first_seen, last_seen
    from visitor
    where site_id = $1 and erased = 0 and merged_into is null
        and (id = $2 or user_id = $2 or lower($2) in (
            lower(json_extract(contact, '$.email')), lower(json_extract(identity, '$.email'))
        ) or id = (select merged_into from visitor where id = $2))
    order by first_seen, id";
pub(crate) const MERGED_INTO: &str = "select id from visitor where merged_into = $1 order by id";
pub(crate) const BROWSERS: &str = "
    select created_at from visitor_secret where visitor_id = $1 order by created_at";
pub(crate) const FILES_OF: &str = "
    select id, visitor_id, agent_id, file, at from file
    where visitor_id = $1 and condemned = 0 order by at, id";
pub(crate) const ALL_EVENTS: &str = "
    select number, at, what from event where conversation_id = $1 order by number";
pub(crate) const ALL_RATINGS: &str = "
    select conversation_id as id, closed, score, comment, times, at from rating
    where conversation_id = $1 order by closed";
pub(crate) const CONVERSATIONS_OF: &str = "select id from conversation where visitor_id = $1";
/// Those who stay behind refer to the one who stays.
pub(crate) const CONDEMN_FILES_OF: &str = "
    update file set condemned = 1, visitor_id = $2, file = '{}' where visitor_id = $1
    returning id";
pub(crate) const ERASE_EVENTS: &str = "delete from event where conversation_id = $1";
pub(crate) const ERASE_RATINGS: &str = "delete from rating where conversation_id = $1";
pub(crate) const ERASE_ATTRIBUTES: &str = "delete from attribute where visitor_id = $1";
pub(crate) const ERASE_SECRETS: &str = "delete from visitor_secret where visitor_id = $1";
pub(crate) const ERASE_VISITOR: &str = "
    update visitor set erased = 1, secret_hash = '', contact = '{}', place = '{}', user_id = null,
        identity = 'null'
    where id = $1";
pub(crate) const MARK_ERASED: &str = "update conversation set erased = 1 where id = $1";
pub(crate) const SILENT_SINCE: &str = "
    select visitor.id from visitor
    left join conversation on conversation.visitor_id = visitor.id and moved_to is null
    where visitor.site_id = $1 and last_seen < $2 and visitor.erased = 0 and merged_into is null
        and coalesce(written_at, 0) < $2
    order by last_seen limit $3";
