//! Emoji to choose from. Each names itself: screen readers have words for them
//! in every language.

use js_sys::Object;
use leptos::prelude::*;
use web_sys::Element;

use super::{
    Part,
    popover::popover,
    script::{call, get, make, put, window},
};
use crate::{
    built::{Built, Parts, built},
    chat::Chat,
    live::does,
};

/// Those used last, the last first, with spaces between.
const RECENT: &str = "emoji";
/// So many stand in a row.
const COLUMNS: usize = 8;

/// What there is, a row of each kind after the other: faces, hands, hearts, food,
/// animals, things, signs.
const ALL: [&str; 20] = [
    "😀 😃 😄 😁 😆 😅 🤣 😂",
    "🙂 🙃 😉 😊 😇 🥰 😍 🤩",
    "😘 😋 😜 🤪 🤗 🤭 🤫 🤔",
    "😐 😏 😒 🙄 😬 😌 😔 😴",
    "🤒 🤕 🤢 🥵 🥶 🤯 🥳 😎",
    "🤓 😕 😟 🙁 😮 😳 🥺 😨",
    "😢 😭 😱 😤 😡 🤬 💩 🤖",
    "👋 🤚 ✋ 👌 🤞 🤟 👈 👉",
    "👆 👇 👍 👎 ✊ 👏 🙌 🙏",
    "💪 👀 🧠 🙋 🤷 🤦 🙇 🏃",
    "❤️ 🧡 💛 💚 💙 💜 🖤 💔",
    "💯 💥 ✨ 🔥 ⭐ 🎉 🎁 🏆",
    "☕ 🍵 🍺 🍷 🍕 🍔 🥐 🍰",
    "🍎 🍋 🌶️ 🌱 🌸 🌍 ☀️ 🌧️",
    "🐶 🐱 🐻 🦊 🐼 🐸 🦄 🐝",
    "🏠 🏢 🛒 📦 🚚 ✈️ 🚗 🚲",
    "📱 💻 ⌚ 📷 💡 🔒 🔑 🔧",
    "📅 ⏰ 📌 📎 ✏️ 📄 📧 ☎️",
    "💳 💶 💰 🏷️ 📈 📉 🛠️ ⚙️",
    "✅ ❌ ❓ ❗ ⚠️ ➡️ ⬅️ 🔁",
];

/// The emoji.
pub(super) fn emoji(chat: Chat) -> Built {
    let recent = recent(chat);
    let rows = [recent.as_str()].into_iter().chain(ALL);
    let all = rows.flat_map(str::split_whitespace);
    let all = all.map(|one| choice(chat, one.to_owned())).collect();
    let columns = i32::try_from(COLUMNS).unwrap_or_default();
    let name = chat.say("emoji");
    popover(chat, Part::Emoji, "group", name, columns, Parts(all))
}

fn choice(chat: Chat, emoji: String) -> Built {
    let chosen = emoji.clone();
    built(view! {
        <button type="button" tabindex="-1" on:click=does(move || choose(chat, &chosen))>
            {emoji}
        </button>
    })
}

fn recent(chat: Chat) -> String {
    let kept = chat
        .core()
        .and_then(|core| core.link.memory().recall(RECENT));
    kept.unwrap_or_default()
}

/// Writes it where the visitor writes, in the place of what is selected there.
fn choose(chat: Chat, emoji: &str) {
    let Some(field) = chat.element::<Element>("composer") else {
        return;
    };
    let [from, to] = ["selectionStart", "selectionEnd"].map(|end| get(&field, end));
    call(
        &field,
        "setRangeText",
        &[emoji.into(), from, to, "end".into()],
    );
    // As if it had been typed.
    let options = Object::new();
    put(&options, "bubbles", &true.into());
    let event = make(&window(), "Event", &["input".into(), options.into()]);
    call(&field, "dispatchEvent", &[event]);
    if let Some(core) = chat.core() {
        let recent = moved_to_front(&recent(chat), emoji);
        core.link.memory().remember(RECENT, &recent);
    }
}

fn moved_to_front(recent: &str, emoji: &str) -> String {
    let others = recent.split_whitespace().filter(|other| *other != emoji);
    let all: Vec<&str> = [emoji].into_iter().chain(others).take(COLUMNS).collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_full_and_nothing_is_there_twice() {
        let mut all: Vec<&str> = Vec::new();
        for row in ALL {
            let row: Vec<&str> = row.split_whitespace().collect();
            assert_eq!(row.len(), COLUMNS, "{row:?}");
            all.extend(row);
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn the_last_used_come_first_and_only_so_many() {
        assert_eq!(moved_to_front("", "🙂"), "🙂");
        assert_eq!(moved_to_front("😀 🙂", "🙂"), "🙂 😀");
        assert_eq!(moved_to_front("1 2 3 4 5 6 7 8", "9"), "9 1 2 3 4 5 6 7");
    }
}
