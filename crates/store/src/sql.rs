//! The SQL that every database accepts.

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
pub(crate) const SITES: &str = "
    select id, key, name, origins, settings, created_at, trigger_changes, revision
    from site where key > $1
    order by key limit $2";
pub(crate) const SIGNING_KEY: &str = "select explain_key from site where id = $1";
pub(crate) const MAKE_SIGNING_KEY: &str =
    "update site set explain_key = coalesce(explain_key, $2) where id = $1";

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
           site.trigger_changes, site.revision, membership.role
    from membership join site on site.id = membership.site_id
    where membership.agent_id = $1 and membership.site_id = $2";
pub(crate) const MEMBERSHIPS: &str = "
    select site.id, site.key, site.name, site.origins, site.settings, site.created_at,
           site.trigger_changes, site.revision, membership.role
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

/// Adds a token, unless its agent has as many as they may have.
pub(crate) const ADD_TOKEN: &str = "
    insert into token (id, agent_id, name, secret_hash, scopes, created_at, expires_at, used_at)
    select $1, $2, $3, $4, $5, $6, $7, $8
    where (select count(*) from token where agent_id = $2) < $9";
pub(crate) const TOKEN: &str = "
    select token.id as token_id, agent_id, token.name as token_name, secret_hash, scopes,
           token.created_at as made_at, expires_at, used_at,
           agent.id, agent.email, agent.name, agent.password, agent.created_at
    from token join agent on agent.id = token.agent_id
    where token.id = $1";
pub(crate) const TOKENS: &str = "
    select id as token_id, agent_id, name as token_name, secret_hash, scopes,
           created_at as made_at, expires_at, used_at
    from token where agent_id = $1
    order by created_at desc, id desc";
pub(crate) const USE_TOKEN: &str = "update token set used_at = $2 where id = $1";
pub(crate) const REVOKE_TOKEN: &str = "delete from token where agent_id = $1 and id = $2";

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
pub(crate) const ATTRIBUTES: &str = "
    select name as id, answer, form from attribute
    where visitor_id = coalesce((select merged_into from visitor where id = $1), $1)
    order by at, place, name";
/// Makes what one visitor filled in that of another, where that one filled in
/// nothing.
pub(crate) const MOVE_ATTRIBUTES: &str = "
    update attribute set visitor_id = $2
    where visitor_id = $1 and name not in (select name from attribute where visitor_id = $2)";
pub(crate) const SET_ATTRIBUTE: &str = "
    insert into attribute (visitor_id, name, answer, form, place, at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (visitor_id, name) do update set
        answer = excluded.answer, form = excluded.form, place = excluded.place, at = excluded.at";

/// Events are written as JSON with their kind first.
pub(crate) const LAST_CLOSE: &str = "
    select number from event
    where conversation_id = $1 and what like '{\"closed\":%'
    order by number desc limit 1";
pub(crate) const RATING: &str = "
    select conversation_id as id, closed, score, comment, times from rating
    where conversation_id = $1 and closed = $2";
/// Makes the ratings of one conversation those of another that took it in.
pub(crate) const MOVE_RATINGS: &str = "
    update rating set conversation_id = $2, closed = closed + $3 where conversation_id = $1";
pub(crate) const SET_RATING: &str = "
    insert into rating (conversation_id, closed, score, comment, times, at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (conversation_id, closed) do update set
        score = excluded.score, comment = excluded.comment, times = excluded.times,
        at = excluded.at";

/// A visitor who turned out to be another sends what is that other's.
pub(crate) const ADD_FILE: &str = "
    insert into file (id, visitor_id, agent_id, file, bytes, at)
    values ($1, coalesce((select merged_into from visitor where id = $2), $2), $3, $4, $5, $6)";
pub(crate) const FILE: &str = "
    select id, visitor_id, agent_id, file, at from file where id = $1 and condemned = 0";
pub(crate) const SENT_SINCE: &str = "
    select count(*) as files, coalesce(sum(bytes), 0) as bytes from file
    where visitor_id = coalesce((select merged_into from visitor where id = $1), $1)
        and at >= $2 and agent_id is null";
/// Once, and by whoever sent it.
pub(crate) const TAKE_FILE: &str = "
    update file set posted = 1
    where id = $1 and visitor_id = $2 and coalesce(agent_id, '') = coalesce($3, '')
        and posted = 0 and condemned = 0
    returning id, file";
pub(crate) const CONDEMN_ORPHANS: &str = "
    update file set condemned = 1
    where id in (select id from file where posted = 0 and at < $1 order by at limit $2)
    returning id";
pub(crate) const FORGET_FILE: &str = "delete from file where id = $1 and condemned = 1";
/// Makes what one visitor sent, and was sent, that of another.
pub(crate) const MOVE_FILES: &str = "update file set visitor_id = $2 where visitor_id = $1";

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
