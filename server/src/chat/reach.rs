//! Who an agent is, and which conversations they may touch.

use saluda_protocol::agent::{Me, Membership};
use saluda_protocol::{AgentId, ConversationId, SiteId};
use saluda_store::{Agent, Conversation, StoreError};

use super::ChatError;
use crate::app::App;

/// Who an agent is, as they see it.
pub(crate) fn me(agent: Agent) -> Me {
    Me {
        id: agent.id,
        name: agent.name,
        email: agent.email,
    }
}

/// Where an agent may work.
pub(crate) async fn memberships(app: &App, agent: AgentId) -> Result<Vec<Membership>, StoreError> {
    let memberships = app.store.memberships(agent).await?;
    Ok(memberships
        .into_iter()
        .map(|(site, role)| Membership {
            site: site.id,
            key: site.key,
            name: site.name,
            role,
            text_chars: site.settings.agent_text_chars,
        })
        .collect())
}

/// The membership for a site.
pub(crate) async fn site(app: &App, agent: AgentId, site: SiteId) -> Result<Membership, ChatError> {
    memberships(app, agent)
        .await?
        .into_iter()
        .find(|membership| membership.site == site)
        .ok_or(ChatError::NotFound)
}

/// The conversation, if the agent may work on its site. One of a foreign site
/// does not exist for them (S4.3).
pub(crate) async fn conversation(
    app: &App,
    agent: AgentId,
    id: ConversationId,
) -> Result<(Conversation, Membership), ChatError> {
    let found = app
        .store
        .conversation(id)
        .await?
        .ok_or(ChatError::NotFound)?;
    let membership = site(app, agent, found.site).await?;
    Ok((found, membership))
}
