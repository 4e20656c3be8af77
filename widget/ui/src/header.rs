//! The panel's head: whose chat it is, and when an answer can be expected.

use leptos::prelude::*;

use crate::{
    chat::Chat,
    controls::cross,
    live::{class, does, says},
};

/// The head.
pub(crate) fn header(chat: Chat) -> impl IntoView {
    let (name, reply) = chat
        .core()
        .map(|core| {
            let reply = core
                .site
                .reply_within_ms
                .map(|ms| core.texts.reply_within(ms));
            (core.site.name.clone(), reply.unwrap_or_default())
        })
        .unwrap_or_default();
    let online = move || chat.follow(|shown| shown.agents_online);
    let promise = says(move || {
        if online() {
            chat.say("here")
        } else {
            reply.clone()
        }
    });
    view! {
        <div class="header">
            <span class=class(["avatar avatar-large online", "avatar avatar-large"], online) aria-hidden="true">
                {initials(&name)}
            </span>
            <div class="header-words">
                <h2 id="title" class="title">
                    {name}
                </h2>
                <p class="promise">{promise}</p>
            </div>
            {cross("tool", chat.say("close"), does(move || chat.close()))}
        </div>
    }
}

/// The first letters of the first and the last word. The sheet makes capitals of
/// them: the tables for that are in the browser already.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_both_ends_of_a_name() {
        assert_eq!(initials("Lucía Marín"), "LM");
        assert_eq!(initials("ana maria da costa"), "ac");
        assert_eq!(initials(" Étienne "), "É");
        assert_eq!(initials(""), "");
    }
}
