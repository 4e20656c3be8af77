//! The address of what is on the screen: `#/c/<id>` for a conversation,
//! anything else for the inbox alone. So a reload, the back button and a link
//! sent to a colleague all work.

use leptos::prelude::*;
use saluda_client::socket::Listener;
use saluda_protocol::ConversationId;
use web_sys::Event;

/// The fragment that shows a conversation, or none.
pub(crate) fn fragment(conversation: Option<ConversationId>) -> String {
    conversation.map_or_else(|| "#/".to_owned(), |id| format!("#/c/{id}"))
}

fn parse(fragment: &str) -> Option<ConversationId> {
    fragment.strip_prefix("#/c/")?.parse().ok()
}

/// The conversation the address names.
pub(crate) fn current() -> Option<ConversationId> {
    parse(&window().location().hash().ok()?)
}

/// Goes to a conversation, or back to the inbox.
pub(crate) fn go(conversation: Option<ConversationId>) {
    // Fails only for a document that is gone.
    let _ = window().location().set_hash(&fragment(conversation));
}

/// Follows the address until the owner is disposed of.
pub(crate) fn follow(then: impl Fn(Option<ConversationId>) + 'static) {
    let listener = Listener::new(&window(), "hashchange", move |_: Event| then(current()));
    StoredValue::new_local(listener);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_conversation() {
        let id = ConversationId::from_random([9; 16]);
        assert_eq!(parse(&fragment(Some(id))), Some(id));
        assert_eq!(parse(&fragment(None)), None);
        assert_eq!(parse("#/c/not-an-id"), None);
    }
}
