//! What was said, from top to bottom, and what stands below it.

use leptos::prelude::*;

use crate::{
    apart::Part,
    built::Parts,
    chat::Chat,
    controls::button,
    live::{does, holds, says},
    scroll,
};

/// The part of the panel that scrolls.
pub(crate) fn log(chat: Chat) -> impl IntoView {
    view! {
        <div class="log">
            <div
                class="scroller"
                role="region"
                aria-label=chat.say("log")
                tabindex="0"
                id="scroller"
                on:scroll=move |_| scroll::moved(chat)
            >
                <div class="content" id="content">
                    <p class="day" hidden=holds(move || !chat.follow(|shown| shown.loading_older))>
                        {chat.say("earlier")}
                    </p>
                    {welcome(chat)}
                    <div
                        role="log"
                        aria-relevant="additions"
                        aria-live=says(move || {
                            let loading = chat.follow(|shown| shown.loading_older);
                            let live = if loading { "off" } else { "polite" };
                            live.to_owned()
                        })
                        class="lines"
                        id="lines"
                    ></div>
                    {unsaved(chat)}
                    <div id=Part::Capture.home()></div>
                    <div id=Part::Form.home()></div>
                    <div id=Part::Rating.home()></div>
                    {typing(chat)}
                </div>
            </div>
            {Parts(vec![button(
                "newer",
                chat.say("newer"),
                holds(move || chat.follow(|shown| shown.at_end || shown.unread == 0)),
                does(move || scroll::to_end(chat)),
            )])}
        </div>
    }
}

fn welcome(chat: Chat) -> impl IntoView {
    view! {
        <div class="welcome" hidden=holds(move || !chat.follow(|shown| shown.empty))>
            <p class="welcome-title">{chat.say("welcome_title")}</p>
            <p>{chat.say("welcome_text")}</p>
        </div>
    }
}

/// Says how we will reach the visitor, until the log itself does.
fn unsaved(chat: Chat) -> impl IntoView {
    let words = says(move || chat.follow(|shown| shown.unsaved.clone()));
    view! { <p class="event">{words}</p> }
}

fn typing(chat: Chat) -> impl IntoView {
    let words = says(move || {
        let name = chat.follow(|shown| shown.typing.clone());
        name.map_or_else(String::new, |name| chat.fill("typing", &name))
    });
    view! {
        <div role="status">
            <span class="away">{words}</span>
            <div class="typing" hidden=holds(move || chat.follow(|shown| shown.typing.is_none()))>
                <i></i>
                <i></i>
                <i></i>
            </div>
        </div>
    }
}
