//! Launcher and greeting in the owner's colour, on a light page and on a dark
//! one. A drawing: what a greeting says is seen in the editor of its trigger.

use leptos::prelude::*;
use saluda_protocol::color;
use saluda_protocol::site::{Corner, Look};

use super::color::accent;
use super::launcher::style;
use crate::form_text::values;
use crate::icons::{Icon, Symbol};
use crate::names;
use crate::state::use_desk;
use crate::texts::text;

/// Both pages.
#[component]
pub(super) fn Preview() -> impl IntoView {
    let desk = use_desk();
    let accent = accent(desk);
    // What is no colour yet leaves the drawing as it was.
    let look: Memo<Look> = Memo::new(move |before: Option<&Look>| match accent.get() {
        Some(accent) => color::look(&accent, Corner::default()),
        None => before
            .cloned()
            .unwrap_or_else(|| color::look("", Corner::default())),
    });
    let at_start = Memo::new(move |_| desk.settings.raw("corner").as_deref() == Some("\"start\""));
    let sender = Memo::new(move |_| {
        desk.settings.text.with(|text| {
            let own = values::words(text, "senders.default");
            own.or_else(|| values::words(text, "name"))
                .unwrap_or_default()
        })
    });
    let style = style();
    let hidden = Memo::new(move |_| style.with(|style| style == "\"hidden\""));
    // In whichever language comes first: one is as good as another to look at.
    let label = Memo::new(move |_| {
        let labelled = style.with(|style| style == "\"label\"");
        let first = desk.settings.text.with(|text| {
            let labels = values::entries(text, "launcher.label").into_iter();
            labels
                .map(|(tag, _)| format!("launcher.label.{tag}"))
                .find_map(|path| values::words(text, &path))
        });
        first.filter(|_| labelled)
    });
    let page = move |dark: bool| {
        let ground = move || {
            look.with(|look| {
                if dark {
                    &look.accent_dark
                } else {
                    &look.accent
                }
                .clone()
            })
        };
        let ink = move || {
            look.with(|look| {
                if dark {
                    &look.on_accent_dark
                } else {
                    &look.on_accent
                }
                .clone()
            })
        };
        view! {
            <div class="look-page" class:dark=dark class:start=at_start>
                <div class="look-bubble">
                    <span class="look-face" style:background-color=ground style:color=ink>
                        {move || names::initials_of(&sender.get())}
                    </span>
                    <span class="look-sender">{sender}</span>
                    <span class="look-words">{text("look.greeting")}</span>
                </div>
                <span
                    class="look-launcher"
                    class:wide=move || label.with(Option::is_some)
                    hidden=hidden
                    style:background-color=ground
                    style:color=ink
                >
                    <Icon of=Symbol::Talk/>
                    {label}
                </span>
            </div>
        }
    };
    view! {
        <div class="look-preview" role="img" aria-label=text("look.preview")>
            {page(false)}
            {page(true)}
        </div>
    }
}
