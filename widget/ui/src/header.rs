//! The panel's head: whose chat it is, and when an answer can be expected.

use leptos::prelude::*;

use crate::{
    chat::{Chat, Core, now},
    controls::cross,
    live::{class, does, says},
    texts::local_day,
};

/// The head.
pub(crate) fn header(chat: Chat) -> impl IntoView {
    let name = chat.core().map(|core| core.site.name.clone());
    let name = name.unwrap_or_default();
    let online = move || chat.follow(|shown| shown.agents_online);
    let promise = says(move || {
        // It is another day perhaps, when the panel is opened again.
        let _ = chat.follow(|shown| shown.open);
        match chat.core() {
            Some(core) if !online() => away(&core),
            _ => chat.say("here"),
        }
    });
    view! {
        <div class="header" id="header">
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

/// What stands there while nobody is at the desk: the owner's own words, when the
/// site opens again, or how soon an answer can be expected.
fn away(core: &Core) -> String {
    let own = core.texts.say("away");
    if !own.is_empty() {
        return own;
    }
    if let Some(opens) = core.site.opens_after(now()) {
        return core
            .texts
            .fill("back", &core.texts.moment(opens, local_day(now())));
    }
    let within = core.site.reply_within_ms;
    within.map_or_else(String::new, |ms| core.texts.reply_within(ms))
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
