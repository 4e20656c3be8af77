//! With whom a conversation is.

use leptos::prelude::*;
use saluda_protocol::ConversationId;

use crate::avatar::Who;
use crate::state::Desk;

/// With whom a conversation is, from the best that is known.
pub(crate) fn who(desk: Desk, id: ConversationId) -> Option<Who> {
    let person = desk.threads.with(|threads| {
        threads.get(id)?.person.as_ref().map(|person| Who {
            visitor: person.visitor,
            contact: person.contact.clone(),
            online: person.online,
        })
    });
    person.or_else(|| desk.inbox.with(|inbox| inbox.summary(id).map(Who::from)))
}
