//! Who did something, in words.

use leptos::prelude::*;
use saluda_protocol::studio::Actor;

use crate::state::Desk;
use crate::texts::{text, text_with};

/// Who it was, as they were called then.
pub(crate) fn who(by: &Actor, desk: Desk) -> String {
    match by {
        Actor::Agent { .. } if is_me(by, desk) => text("versions.by_me"),
        Actor::Agent { name, .. } => name.clone(),
        Actor::Token { name, token, .. } => {
            text_with("history.by_token", &[("name", name), ("token", token)])
        }
        // Someone that a newer server knows of is nobody at a desk.
        _ => text("versions.by_command"),
    }
}

/// Whether it was the agent who is signed in here.
pub(crate) fn is_me(by: &Actor, desk: Desk) -> bool {
    let me = desk.me.with(|me| me.as_ref().map(|me| me.id));
    matches!(by, Actor::Agent { id, .. } if me == Some(*id))
}
