//! What can be done in a conversation. One verb, one file.
//!
//! Everyone posts through [`post()`]: visitor, agent, greeting, and whoever comes
//! later.

pub(crate) mod arrive;
pub(crate) mod attach;
mod erase;
pub(crate) mod forms;
pub(crate) mod greet;
pub(crate) mod history;
pub(crate) mod identify;
pub(crate) mod person;
pub(crate) mod post;
pub(crate) mod reach;
pub(crate) mod settle;

use saluda_protocol::ConversationId;
use saluda_protocol::inbox::Summary;
use saluda_store::{Change, StoreError};

use crate::app::App;
use crate::bus::{Notice, Topic};
use crate::permission::Forbidden;
use crate::secret::NoRandomness;

pub(crate) use erase::erase;
pub(crate) use post::post;

/// Why a verb other than a post was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChatError {
    /// It does not exist, or is not for whoever asks. They are told the same.
    #[error("there is no such conversation")]
    NotFound,
    /// The agent's role does not allow it.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Fills in what the store does not keep: who is there.
pub(crate) fn with_presence(app: &App, mut summary: Summary) -> Summary {
    summary.online = app.presence.has_visitor(summary.visitor);
    summary
}

/// Tells everyone concerned that a conversation changed.
fn announce(app: &App, change: Change) {
    let visitor = change.conversation.visitor;
    let site = change.conversation.site;
    let notice = Notice::Changed {
        summary: Box::new(with_presence(
            app,
            change.conversation.summary(change.contact),
        )),
        events: change.events,
        counts: change.counts,
    };
    app.bus.publish(Topic::Visitor(visitor), notice.clone());
    app.bus.publish(Topic::Site(site), notice);
}

/// An id for a conversation that may begin now.
fn fresh_conversation(app: &App) -> Result<ConversationId, NoRandomness> {
    Ok(ConversationId::at(app.now(), crate::secret::random()?))
}
