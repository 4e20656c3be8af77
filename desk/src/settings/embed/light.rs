//! Whether the widget has arrived on the site, at a glance and origin by origin.

use leptos::prelude::*;
use saluda_protocol::Millis;

use super::super::remote::Connection;
use super::watch::Watch;
use crate::route::Place;
use crate::state::use_desk;
use crate::texts::{text, text_with};
use crate::time;

/// What was noted is an hour; so long after its beginning it counts as now.
const NOW_MS: u64 = 2 * 60 * 60 * 1_000;

/// The light, and the origins it stands for.
#[component]
pub(super) fn Light(watch: Watch) -> impl IntoView {
    let connected = Memo::new(move |_| {
        let embed = watch.embed.get();
        embed.map(|embed| embed.connected).unwrap_or_default()
    });
    let any = Memo::new(move |_| connected.with(|all| all.iter().any(|one| one.last_at.is_some())));
    view! {
        <section class="light" class:on=any aria-label=text("embed.light")>
            <p class="light-words" role="status">
                <span class="light-sign" aria-hidden="true"></span>
                {move || if any.get() { text("embed.connected") } else { text("embed.waiting") }}
            </p>
            <p class="field-hint">
                {move || if any.get() {
                    view! {
                        {text("embed.connected_words")}" "
                        <a href=Place::Triggers.address()>{text("embed.next")}</a>
                    }.into_any()
                } else {
                    text("embed.waiting_words").into_any()
                }}
            </p>
            <ul class="light-origins">
                {move || connected.get().into_iter().map(|one| view! { <Origin one/> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Origin(one: Connection) -> impl IntoView {
    let desk = use_desk();
    let last = one.last_at.map(Millis);
    let words = move || match last {
        None => text("embed.never"),
        Some(last) if desk.minute.get().since(last) < NOW_MS => text("embed.seen_now"),
        Some(last) => {
            let when = time::date(last, desk.minute.get());
            text_with("embed.seen", &[("when", &when)])
        }
    };
    let name = match one.origin.as_str() {
        "*" => text("embed.anywhere").into_any(),
        origin => view! { <bdi>{origin.to_owned()}</bdi> }.into_any(),
    };
    view! {
        <li class="light-origin" class:on=last.is_some()>
            <span class="light-sign" aria-hidden="true"></span>
            <span class="light-name">{name}</span>
            <span class="light-seen">{words}</span>
        </li>
    }
}
