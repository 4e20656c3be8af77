//! Who greets: names that visitors see, by ids that triggers use.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use saluda_protocol::{TriggerId, limits};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use super::field::{Wrong, id_of};
use super::input::Line;
use crate::form_text::{quote, values};
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_with};

/// The sender that is the site itself, unless it has a name of its own.
const SITE_ITSELF: &str = "default";

/// The senders, a line for each.
#[component]
pub(super) fn Senders() -> impl IntoView {
    let desk = use_desk();
    let ids = Memo::new(move |_| {
        let senders = all(desk).into_iter().map(|(id, _)| id);
        senders.filter(|id| id != SITE_ITSELF).collect::<Vec<_>>()
    });
    view! {
        <section class="settings-part" aria-labelledby="look-senders">
            <h3 class="settings-part-title" id="look-senders">{text("look.senders")}</h3>
            <p class="field-hint">{text("look.senders_hint")}</p>
            <SiteItself/>
            <ul class="field-list">
                <For each=move || ids.get() key=String::clone let:id>
                    <Sender id/>
                </For>
            </ul>
            <Wrong path="senders.default"/>
            <Add ids/>
        </section>
    }
}

/// The site's own name, or the one that stands for it.
#[component]
fn SiteItself() -> impl IntoView {
    let desk = use_desk();
    let settings = desk.settings;
    let path = format!("senders.{SITE_ITSELF}");
    let of = path.clone();
    let value = Memo::new(move |_| {
        settings
            .text
            .with(|text| values::words(text, &of))
            .unwrap_or_default()
    });
    let site = Memo::new(move |_| {
        settings
            .text
            .with(|text| values::words(text, "name"))
            .unwrap_or_default()
    });
    let typed = move |typed: String| {
        let name = (!typed.is_empty()).then(|| quote(&typed));
        put(desk, SITE_ITSELF, name.as_deref());
    };
    view! {
        <div class="field">
            <label class="field-label" for=id_of(&path)>{text("look.site_itself")}</label>
            <Line
                id=id_of(&path)
                path=path.clone()
                value
                placeholder=site
                typed=Callback::new(typed)
            />
        </div>
    }
}

/// A sender: its name, and the way to be rid of it.
#[component]
fn Sender(id: String) -> impl IntoView {
    let desk = use_desk();
    let settings = desk.settings;
    let path = format!("senders.{id}");
    let of = path.clone();
    let value = Memo::new(move |_| {
        settings
            .text
            .with(|text| values::words(text, &of))
            .unwrap_or_default()
    });
    let id = StoredValue::new(id);
    let typed = move |typed: String| {
        let name = quote(&typed);
        id.with_value(|id| put(desk, id, Some(&name)));
    };
    let remove = move |_| {
        id.with_value(|id| put(desk, id, None));
        keys::focus("#sender-new");
    };
    let label = id.with_value(|id| text_with("look.sender", &[("id", id)]));
    view! {
        <li class="field">
            <div class="field-row">
                <Line
                    id=id_of(&path)
                    path=path.clone()
                    label
                    value
                    typed=Callback::new(typed)
                />
                <code class="field-unit">{id.get_value()}</code>
                <button
                    class="icon-button"
                    type="button"
                    aria-label=move || text_with("look.sender_remove", &[("name", &value.get())])
                    on:click=remove
                >
                    <Icon of=Symbol::Close/>
                </button>
            </div>
            <Wrong path/>
        </li>
    }
}

/// Makes a sender of a name.
#[component]
fn Add(ids: Memo<Vec<String>>) -> impl IntoView {
    let desk = use_desk();
    let name = RwSignal::new(String::new());
    let add = move || {
        let typed = name.get_untracked().trim().to_owned();
        if typed.is_empty() {
            keys::focus("#sender-new");
            return;
        }
        let id = ids.with_untracked(|ids| free_id(&typed, ids));
        put(desk, &id, Some(&quote(&typed)));
        name.set(String::new());
        keys::focus("#sender-new");
    };
    let by_key = move |event: KeyboardEvent| {
        let from_field = event
            .target()
            .is_some_and(|it| it.has_type::<HtmlInputElement>());
        if event.key() == "Enter" && from_field {
            event.prevent_default();
            add();
        }
    };
    let full = Memo::new(move |_| ids.with(Vec::len) >= limits::SENDERS);
    view! {
        <div class="field" hidden=full>
            <label class="field-label" for="sender-new">{text("look.sender_new")}</label>
            <div class="field-row" on:keydown=by_key>
                <Line id="sender-new" value=name typed=Callback::new(move |typed| name.set(typed))/>
                <button class="button" type="button" on:click=move |_| add()>
                    {text("look.sender_add")}
                </button>
            </div>
        </div>
    }
}

fn all(desk: Desk) -> Vec<(String, String)> {
    desk.settings.text.with(|text| {
        let senders = values::entries(text, "senders").into_iter();
        senders.map(|(id, name)| (id, name.to_owned())).collect()
    })
}

/// Gives a sender a name, or takes it out.
fn put(desk: Desk, id: &str, name: Option<&str>) {
    let mut senders = untrack(|| all(desk));
    senders.retain(|(known, _)| known != id);
    senders.extend(name.map(|name| (id.to_owned(), name.to_owned())));
    // As the server has them, so that what is put back is no change.
    senders.sort();
    desk.settings.put("senders", &values::object_of(senders));
}

/// The id of a sender with this name: its letters, and a number if it is taken.
fn free_id(name: &str, taken: &[String]) -> String {
    // Letters with accents would fall out of an id.
    let plain: String = name.chars().map(bare).collect();
    let id = TriggerId::from_name(&plain).map_or_else(|| "sender".to_owned(), String::from);
    // Plain letters, so a byte each.
    let stem = id.get(..id.len().min(limits::SENDER_ID_CHARS - 4));
    let stem = stem.unwrap_or(&id).trim_end_matches('-').to_owned();
    let is_taken = |id: &String| taken.contains(id) || id == SITE_ITSELF;
    let numbered = (2..).map(|number: u32| format!("{stem}-{number}"));
    let mut ids = std::iter::once(stem.clone()).chain(numbered);
    ids.find(|id| !is_taken(id)).unwrap_or(stem)
}

/// A letter of the desk's languages without what stands on it.
fn bare(letter: char) -> char {
    match letter.to_lowercase().next().unwrap_or(letter) {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_gets_an_id_that_is_free() {
        let id = |name: &str, taken: &[&str]| {
            let taken: Vec<_> = taken.iter().map(|it| (*it).to_owned()).collect();
            free_id(name, &taken)
        };
        assert_eq!(id("Lucía from Alba", &[]), "lucia-from-alba");
        assert_eq!(id("Lucía", &["lucia", "lucia-2"]), "lucia-3");
        assert_eq!(id("Default", &[]), "default-2");
        assert_eq!(id("店長", &[]), "sender");
        assert!(id(&"a".repeat(80), &[]).len() <= limits::SENDER_ID_CHARS);
    }
}
