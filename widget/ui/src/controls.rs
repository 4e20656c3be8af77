//! The small things that stand in many places. Each kind is one function: a view
//! of its own for each of them would be in the module as many times.

use leptos::prelude::*;
use saluda_client::links::is_web_address;

use crate::{
    built::{Built, Parts, built},
    icons,
    live::{Deed, Fact, Words},
};

/// A button with a word on it, for as long as it is there.
pub(crate) fn button(class: &'static str, words: String, gone: Fact, deed: Deed) -> Built {
    built(view! {
        <button type="button" class=class hidden=gone on:click=deed>
            {words}
        </button>
    })
}

/// A cross that puts something away.
pub(crate) fn cross(class: &'static str, name: String, deed: Deed) -> Parts {
    Parts::of(view! {
        <button type="button" class=class aria-label=name on:click=deed>
            {icons::cross()}
        </button>
    })
}

/// A link out of the page. Whoever calls has seen to it that it may be followed.
pub(crate) fn link(class: &'static str, href: String, words: String, deed: Deed) -> Built {
    // What is called leaves no empty tab behind.
    let target = if is_web_address(&href) {
        "_blank"
    } else {
        "_self"
    };
    built(view! {
        <a class=class href=href target=target rel="noopener nofollow" on:click=deed>
            {words}
        </a>
    })
}

/// Some words beside the rest.
pub(crate) fn note(class: &'static str, words: Words) -> Built {
    built(view! { <p class=class>{words}</p> })
}
