//! Who someone is, at a glance: letters, a tint that stays, a dot when they
//! are there (S4.9). The name always stands beside it in words.

use leptos::prelude::*;
use saluda_protocol::{Contact, VisitorId};

use crate::icons::{Icon, Symbol};
use crate::names;

/// What an avatar shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) visitor: VisitorId,
    pub(crate) contact: Contact,
    pub(crate) online: bool,
}

/// A visitor's avatar.
#[component]
pub(crate) fn Avatar(
    #[prop(into)] who: Signal<Option<Who>>,
    #[prop(optional)] large: bool,
) -> impl IntoView {
    let class = move || {
        let size = if large { " large" } else { "" };
        who.with(|who| match who {
            Some(who) => {
                let online = if who.online { " online" } else { "" };
                format!("avatar tint-{}{size}{online}", names::tint(who.visitor))
            }
            None => format!("avatar skeleton{size}"),
        })
    };
    let letters =
        Memo::new(move |_| who.with(|who| who.as_ref().map(|who| names::initials(&who.contact))));
    view! {
        <span class=class aria-hidden="true">
            {move || match letters.get() {
                Some(letters) if letters.is_empty() => {
                    view! { <Icon of=Symbol::Person/> }.into_any()
                }
                letters => letters.into_any(),
            }}
        </span>
    }
}
