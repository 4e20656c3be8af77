//! The SQL that every database accepts.

pub(crate) const EPOCH: &str = "select value from meta where name = 'epoch'";
pub(crate) const SET_EPOCH: &str =
    "insert into meta (name, value) values ('epoch', $1) on conflict (name) do nothing";

pub(crate) const ADD_SITE: &str = "
    insert into site (id, key, name, origins, settings, created_at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict do nothing";
pub(crate) const UPDATE_SITE: &str =
    "update site set name = $2, origins = $3, settings = $4 where id = $1";
pub(crate) const SITE: &str =
    "select id, key, name, origins, settings, created_at from site where id = $1";
pub(crate) const SITE_BY_KEY: &str =
    "select id, key, name, origins, settings, created_at from site where key = $1";
pub(crate) const SITES: &str = "
    select id, key, name, origins, settings, created_at from site
    where key > $1
    order by key limit $2";

pub(crate) const ADD_AGENT: &str = "
    insert into agent (id, email, name, password, created_at)
    values ($1, $2, $3, $4, $5)
    on conflict do nothing";
pub(crate) const AGENT_BY_EMAIL: &str =
    "select id, email, name, password, created_at from agent where email = $1";
pub(crate) const AGENTS: &str = "
    select id, email, name, password, created_at from agent
    where email > $1
    order by email limit $2";
pub(crate) const SET_ROLE: &str = "
    insert into membership (site_id, agent_id, role) values ($1, $2, $3)
    on conflict (agent_id, site_id) do update set role = excluded.role";
pub(crate) const MEMBERSHIP: &str = "
    select site.id, site.key, site.name, site.origins, site.settings, site.created_at,
           membership.role
    from membership join site on site.id = membership.site_id
    where membership.agent_id = $1 and membership.site_id = $2";
pub(crate) const MEMBERSHIPS: &str = "
    select site.id, site.key, site.name, site.origins, site.settings, site.created_at,
           membership.role
    from membership join site on site.id = membership.site_id
    where membership.agent_id = $1 and site.key > $2
    order by site.key limit $3";

pub(crate) const ADD_SESSION: &str = "
    insert into session (token_hash, agent_id, created_at, expires_at)
    values ($1, $2, $3, $4)";
pub(crate) const FORGET_SESSIONS: &str = "delete from session where expires_at <= $1";
pub(crate) const SESSION: &str = "
    select agent.id, agent.email, agent.name, agent.password, agent.created_at
    from session join agent on agent.id = session.agent_id
    where session.token_hash = $1 and session.expires_at > $2";
pub(crate) const END_SESSION: &str = "delete from session where token_hash = $1";

pub(crate) const ADD_VISITOR: &str = "
    insert into visitor (id, site_id, secret_hash, contact, place, first_seen, last_seen)
    values ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const VISITOR: &str = "
    select id, site_id, secret_hash, contact, place, first_seen, last_seen
    from visitor where id = $1";
pub(crate) const SEE_VISITOR: &str = "update visitor set place = $2, last_seen = $3 where id = $1";
pub(crate) const SET_CONTACT: &str = "update visitor set contact = $2 where id = $1";

pub(crate) const ADD_CONVERSATION: &str = "
    insert into conversation
        (id, site_id, visitor_id, status, created_at, last, change, written_at, preview, asked,
         marks)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (id) do update set
        status = excluded.status, last = excluded.last, change = excluded.change,
        written_at = excluded.written_at, preview = excluded.preview, asked = excluded.asked,
        marks = excluded.marks";
pub(crate) const CONVERSATION: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where conversation.id = $1";
pub(crate) const CONVERSATION_OF: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where visitor_id = $1";

pub(crate) const ADD_EVENT: &str = "
    insert into event (conversation_id, number, at, what, message_id)
    values ($1, $2, $3, $4, $5)";
pub(crate) const EVENT_OF_MESSAGE: &str =
    "select number, at from event where conversation_id = $1 and message_id = $2";
pub(crate) const EVENTS_AFTER: &str = "
    select number, at, what from event
    where conversation_id = $1 and number > $2
    order by number limit $3";
pub(crate) const EVENTS_BEFORE: &str = "
    select number, at, what from event
    where conversation_id = $1 and number < $2
    order by number desc limit $3";

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
           written_at, preview, asked, marks, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where conversation.site_id = $1 and (written_at, conversation.id) < ($2, $3)
    order by written_at desc, conversation.id desc limit $4";
pub(crate) const INBOX_OF_STATUS: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where conversation.site_id = $1 and (written_at, conversation.id) < ($2, $3) and status = $5
    order by written_at desc, conversation.id desc limit $4";
pub(crate) const INBOX_AFTER: &str = "
    select conversation.id, conversation.site_id, visitor_id, status, created_at, last, change,
           written_at, preview, asked, marks, visitor.contact
    from conversation join visitor on visitor.id = conversation.visitor_id
    where conversation.site_id = $1 and change > $2
    order by change limit $3";
