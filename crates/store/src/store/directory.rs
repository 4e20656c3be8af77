//! Who there is besides visitors: sites, agents, and who is signed in.

use async_trait::async_trait;
use saluda_protocol::agent::Role;
use saluda_protocol::{AgentId, Millis, SiteId, SiteKey, TokenId};

use crate::{Agent, AuditNote, Expected, SeenOrigin, Session, Site, StoreError, Token, Unchanged};

/// Who there is besides visitors: sites, agents, and who is signed in.
#[async_trait]
pub trait Directory: Send + Sync + 'static {
    /// Adds a site. Returns whether its id and key were free.
    async fn add_site(&self, site: Site, note: Option<AuditNote>) -> Result<bool, StoreError>;

    /// Replaces what the owner chose: name, origins, settings. Returns the
    /// revision that the site has from then on.
    async fn save_site(
        &self,
        site: Site,
        expected: Expected,
        note: Option<AuditNote>,
    ) -> Result<Result<u64, Unchanged>, StoreError>;

    /// The same, whoever changed it last. Returns whether there is such a site.
    async fn update_site(&self, site: Site) -> Result<bool, StoreError> {
        Ok(self.save_site(site, Expected::Any, None).await?.is_ok())
    }

    /// The site with this id.
    async fn site(&self, id: SiteId) -> Result<Option<Site>, StoreError>;

    /// The site with this key.
    async fn site_by_key(&self, key: &SiteKey) -> Result<Option<Site>, StoreError>;

    /// The site whose widget may be on pages of this origin, if there is exactly
    /// one.
    async fn only_site_on(&self, origin: &str) -> Result<Option<Site>, StoreError>;

    /// At most `limit` sites in the order of their keys, after `after`.
    async fn sites(&self, after: Option<&SiteKey>, limit: u32) -> Result<Vec<Site>, StoreError>;

    /// Notes that one of a site's origins carried the widget in an hour. An
    /// earlier hour changes nothing.
    async fn see_origin(&self, site: SiteId, origin: &str, hour: Millis) -> Result<(), StoreError>;

    /// Which of a site's origins carried the widget, in their order. What is no
    /// origin of the site any more was forgotten.
    async fn origins_seen(&self, site: SiteId) -> Result<Vec<SeenOrigin>, StoreError>;

    /// What signs what the server says to someone of a site and wants to know
    /// again: links that open the explain panel, codes in mails. None if none was
    /// ever made.
    async fn signing_key(&self, site: SiteId) -> Result<Option<String>, StoreError>;

    /// Makes `fresh` that key unless there is one already. Returns the one there
    /// is; `fresh` too when there is no such site, for which it is good for
    /// nothing.
    async fn make_signing_key(&self, site: SiteId, fresh: String) -> Result<String, StoreError>;

    /// Adds an agent. Returns whether the id and the address were free.
    async fn add_agent(&self, agent: Agent, note: Option<AuditNote>) -> Result<bool, StoreError>;

    /// The agent who signs in with this address, in lower case.
    async fn agent_by_email(&self, email: &str) -> Result<Option<Agent>, StoreError>;

    /// At most `limit` agents in the order of their addresses, after `after`.
    async fn agents(&self, after: Option<&str>, limit: u32) -> Result<Vec<Agent>, StoreError>;

    /// Lets an agent work on a site, or changes what they may do there.
    async fn set_role(
        &self,
        site: SiteId,
        agent: AgentId,
        role: Role,
        note: Option<AuditNote>,
    ) -> Result<(), StoreError>;

    /// The site and what an agent may do there, if anything.
    async fn membership(
        &self,
        agent: AgentId,
        site: SiteId,
    ) -> Result<Option<(Site, Role)>, StoreError>;

    /// Where an agent may work: at most `limit` sites in the order of their
    /// keys, after `after`.
    async fn memberships(
        &self,
        agent: AgentId,
        after: Option<&SiteKey>,
        limit: u32,
    ) -> Result<Vec<(Site, Role)>, StoreError>;

    /// Begins a session, and forgets those that expired before it began.
    async fn add_session(&self, session: Session) -> Result<(), StoreError>;

    /// Whose session this is, if it has not expired.
    async fn session(&self, token_hash: &str, now: Millis) -> Result<Option<Agent>, StoreError>;

    /// Ends a session. One that does not exist is ended.
    async fn end_session(&self, token_hash: &str) -> Result<(), StoreError>;

    /// Adds a token. Returns whether its agent had fewer than they may have.
    async fn add_token(&self, token: Token, note: Option<AuditNote>) -> Result<bool, StoreError>;

    /// The token with this id, expired or not, and whose it is.
    async fn token(&self, id: TokenId) -> Result<Option<(Token, Agent)>, StoreError>;

    /// All tokens of an agent, the latest first.
    async fn tokens(&self, agent: AgentId) -> Result<Vec<Token>, StoreError>;

    /// Notes when a token was used.
    async fn use_token(&self, id: TokenId, at: Millis) -> Result<(), StoreError>;

    /// Revokes a token of this agent. Returns whether they had it.
    async fn revoke_token(
        &self,
        agent: AgentId,
        id: TokenId,
        note: Option<AuditNote>,
    ) -> Result<bool, StoreError>;
}
