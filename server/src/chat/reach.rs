//! Who an agent is, and which conversations they may touch.

use saluda_protocol::agent::{Me, Membership, Role};
use saluda_protocol::{AgentId, ConversationId, SiteId};
use saluda_store::{Agent, Conversation, Site, StoreError};

use super::ChatError;
use crate::app::App;
use crate::permission::{self, Verb};

/// How many sites are read at once.
const PAGE: u32 = 100;

/// Who an agent is, as they see it.
pub(crate) fn me(agent: Agent) -> Me {
    Me {
        id: agent.id,
        name: agent.name,
        email: agent.email,
    }
}

/// Everywhere an agent may work, by name.
pub(crate) async fn memberships(app: &App, agent: AgentId) -> Result<Vec<Membership>, StoreError> {
    let mut all: Vec<Membership> = Vec::new();
    loop {
        let after = all.last().map(|last| &last.key);
        let page = app.store.memberships(agent, after, PAGE).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page.into_iter().map(membership));
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

fn membership((site, role): (Site, Role)) -> Membership {
    Membership {
        site: site.id,
        key: site.key,
        name: site.name,
        role,
        text_chars: site.settings.agent_text_chars,
    }
}

/// The membership for a site, if the role that the agent has now allows this
/// there.
pub(crate) async fn site(
    app: &App,
    agent: AgentId,
    site: SiteId,
    verb: Verb,
) -> Result<Membership, ChatError> {
    let found = app.store.membership(agent, site).await?;
    let membership = found.map(membership).ok_or(ChatError::NotFound)?;
    permission::require(membership.role, verb)?;
    Ok(membership)
}

/// The conversation, if the agent may do this on its site. One of a foreign
/// site does not exist for them (S4.3).
pub(crate) async fn conversation(
    app: &App,
    agent: AgentId,
    id: ConversationId,
    verb: Verb,
) -> Result<(Conversation, Membership), ChatError> {
    let found = app
        .store
        .conversation(id)
        .await?
        .ok_or(ChatError::NotFound)?;
    let membership = site(app, agent, found.site, verb).await?;
    Ok((found, membership))
}
