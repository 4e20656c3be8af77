//! Conversations, their events, and the order in which an inbox lists them.

pub(crate) const ADD_CONVERSATION: &str = "
    insert into conversation
        (id, site_id, visitor_id, status, created_at, last, change, written_at, preview, asked,
         marks, origin, tags, follow_up)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    on conflict (id) do update set
        status = excluded.status, last = excluded.last, change = excluded.change,
        written_at = excluded.written_at, preview = excluded.preview, asked = excluded.asked,
        marks = excluded.marks, origin = excluded.origin, tags = excluded.tags,
        follow_up = excluded.follow_up";
pub(crate) const CONVERSATION: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, origin, tags, follow_up, moved_to, conversation.erased,
           visitor.user_id is not null as verified, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where conversation.id = coalesce((select moved_to from conversation where id = $1), $1)";
pub(crate) const CONVERSATION_OF: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, origin, tags, follow_up, moved_to, conversation.erased,
           visitor.user_id is not null as verified, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where visitor_id = coalesce((select merged_into from visitor where id = $1), $1)
        and conversation.erased = 0";

pub(crate) const ADD_EVENT: &str = "
    insert into event (conversation_id, number, at, what, message_id, answers, tapped)
    values ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const EVENT_OF_MESSAGE: &str =
    "select number, at from event where conversation_id = $1 and message_id = $2";
pub(crate) const EVENT_WITH_ANSWERS: &str = "
    select number, at, what, answers from event
    where conversation_id = $1 and message_id = $2";
pub(crate) const EVENT_THAT_TAPS: &str =
    "select number from event where conversation_id = $1 and tapped = $2";
/// With the conversation's last number in each row, and that alone if there are
/// no events.
pub(crate) const EVENTS_AFTER: &str = "
    select conversation.last, iif(erased, last, 1) as first, event.number, event.at, event.what
    from conversation
    left join event on event.conversation_id = conversation.id and event.number > $2
    where conversation.id = $1
    order by event.number limit $3";
pub(crate) const EVENTS_BEFORE: &str = "
    select conversation.last, iif(erased, last, 1) as first, event.number, event.at, event.what
    from conversation
    left join event on event.conversation_id = conversation.id and event.number < $2
    where conversation.id = $1
    order by event.number desc limit $3";

/// Takes the next change of a site's inbox and keeps its counts.
pub(crate) const CHANGE_INBOX: &str = "
    update site set
        changes = changes + 1, open_count = open_count + $2, unread_count = unread_count + $3
    where id = $1
    returning changes, open_count, unread_count";
pub(crate) const INBOX_STATE: &str =
    "select changes, open_count, unread_count from site where id = $1";
pub(crate) const INBOX_ALL: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, origin, tags, follow_up, moved_to, conversation.erased,
           visitor.user_id is not null as verified, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where conversation.site_id = $1 and (written_at, conversation.id) < ($2, $3)
        and moved_to is null and conversation.erased = 0
    order by written_at desc, conversation.id desc limit $4";
pub(crate) const INBOX_OF_STATUS: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, origin, tags, follow_up, moved_to, conversation.erased,
           visitor.user_id is not null as verified, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where conversation.site_id = $1 and (written_at, conversation.id) < ($2, $3) and status = $5
        and moved_to is null and conversation.erased = 0
    order by written_at desc, conversation.id desc limit $4";
pub(crate) const INBOX_AFTER: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, origin, tags, follow_up, moved_to, conversation.erased,
           visitor.user_id is not null as verified, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where conversation.site_id = $1 and change > $2
    order by change limit $3";
