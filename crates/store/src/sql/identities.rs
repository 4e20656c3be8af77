//! Who visitors turn out to be: secrets, tokens that were used, and two that become one.

pub(crate) const ADD_SECRET: &str = "
    insert into site_secret (id, site_id, secret, created_at)
    select $1, $2, $3, $4
    where (select count(*) from site_secret where site_id = $2) < $5";
pub(crate) const SECRETS: &str = "
    select id, site_id, secret, created_at from site_secret
    where site_id = $1
    order by created_at desc, id desc";
pub(crate) const REVOKE_SECRET: &str = "delete from site_secret where site_id = $1 and id = $2";

pub(crate) const FORGET_USED: &str = "delete from used_token where expires_at <= $1";
pub(crate) const USE_IDENTITY: &str = "
    insert into used_token (site_id, id, expires_at) values ($1, $2, $3)
    on conflict do nothing";
pub(crate) const VISITOR_OF_USER: &str = "
    select id, site_id, secret_hash, contact, identity, place, first_seen, last_seen
    from visitor where site_id = $1 and user_id = $2";
pub(crate) const KNOW_VISITOR: &str = "
    update visitor set user_id = $2, identity = $3, contact = $4, place = $5, last_seen = $6
    where id = $1";
pub(crate) const SET_VISITOR_SECRET: &str = "update visitor set secret_hash = $2 where id = $1";
pub(crate) const MERGE_VISITOR: &str =
    "update visitor set merged_into = $2, secret_hash = '' where id = $1";
pub(crate) const ADD_VISITOR_SECRET: &str = "
    insert into visitor_secret (visitor_id, secret_hash, created_at) values ($1, $2, $3)
    on conflict do nothing";
pub(crate) const VISITOR_SECRETS: &str =
    "select secret_hash from visitor_secret where visitor_id = $1";
/// Leaves the latest.
pub(crate) const FORGET_VISITOR_SECRETS: &str = "
    delete from visitor_secret where visitor_id = $1 and secret_hash not in (
        select secret_hash from visitor_secret where visitor_id = $1
        order by created_at desc, secret_hash limit $2
    )";
pub(crate) const GIVE_CONVERSATION: &str = "update conversation set visitor_id = $2 where id = $1";
pub(crate) const MOVE_CONVERSATION: &str = "update conversation set moved_to = $2 where id = $1";
/// Makes the events of one conversation those of another, behind its own.
pub(crate) const MOVE_EVENTS: &str = "
    update event set conversation_id = $2, number = number + $3 where conversation_id = $1";
/// Makes what one visitor filled in that of another, where that one filled in
/// nothing.
pub(crate) const MOVE_ATTRIBUTES: &str = "
    update attribute set visitor_id = $2
    where visitor_id = $1 and name not in (select name from attribute where visitor_id = $2)";
/// Makes the ratings of one conversation those of another that took it in.
pub(crate) const MOVE_RATINGS: &str = "
    update rating set conversation_id = $2, closed = closed + $3 where conversation_id = $1";
/// Makes what one visitor sent, and was sent, that of another.
pub(crate) const MOVE_FILES: &str = "update file set visitor_id = $2 where visitor_id = $1";
