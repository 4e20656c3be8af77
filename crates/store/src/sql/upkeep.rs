//! What keeps the database itself: whose it is, its log of changes, its copy and its check.

pub(crate) const EPOCH: &str = "select value from meta where name = 'epoch'";
pub(crate) const SET_EPOCH: &str =
    "insert into meta (name, value) values ('epoch', $1) on conflict (name) do nothing";
pub(crate) const FORGET_EPOCH: &str = "delete from meta where name = 'epoch'";

pub(crate) const ADD_AUDIT: &str =
    "insert into audit (site_id, at, actor, what) values ($1, $2, $3, $4)";
pub(crate) const AUDIT_LOG: &str = "
    select number, at, actor, what from audit
    where ($1 is null or site_id = $1) and number < $2
    order by number desc limit $3";

pub(crate) const COPY: &str = "vacuum into $1";
pub(crate) const CHECK_FILE: &str = "pragma integrity_check";
pub(crate) const CHECK_REFERENCES: &str = "pragma foreign_key_check";
pub(crate) const CHECK_NUMBERS: &str = "
    select conversation.id, last, count(number) as events
    from conversation left join event on event.conversation_id = conversation.id
    where moved_to is null
    group by conversation.id
    having coalesce(max(number), 0) <> last
        or count(number) <> iif(erased, 1, last)
        or coalesce(min(number), 1) <> iif(erased, last, 1)";
pub(crate) const CHECK_INBOXES: &str = "
    select key, changes, open_count, unread_count,
           count(conversation.id) filter (where status = '\"open\"' and moved_to is null) as open,
           count(conversation.id) filter
               (where asked > json_extract(marks, '$.agent.read') and moved_to is null) as unread,
           coalesce(max(change), 0) as last_change
    from site left join conversation on conversation.site_id = site.id
    group by site.id";
pub(crate) const COUNT_ALL: &str = "
    select (select count(*) from conversation) as conversations,
           (select count(*) from event) as events";
pub(crate) const POSTED_FILES: &str = "
    select id, bytes from file where posted = 1 and condemned = 0 order by id";
