//! Agents, what they may do, and how they are signed in.

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
