//! Puts a gap into a text: something that is known of the visitor, and what
//! stands there when it is not.

use leptos::html::Textarea;
use leptos::prelude::*;
use saluda_protocol::trigger::gaps::{Piece, pieces};

use super::super::builder::typed;
use super::{focus_after, use_forms};
use crate::fact_words;
use crate::texts::{capitalised, text, text_with};

/// What can stand in a gap.
const FACTS: [&str; 5] = [
    "visitor.attr.<name>",
    "page.title",
    "page.path",
    "page.query.<name>",
    "visit.utm.<name>",
];

/// Puts a gap into the text that is typed in `field`.
#[component]
pub(super) fn Gaps(path: String, field: NodeRef<Textarea>) -> impl IntoView {
    let forms = use_forms();
    let open = RwSignal::new(false);
    let language = forms.language();
    let broken = {
        let path = path.clone();
        Memo::new(move |_| {
            let said = forms
                .document
                .with(|document| document.string(&format!("{path}.{}", language.get())));
            broken(&said.unwrap_or_default())
        })
    };
    let path = StoredValue::new(path);
    let place = path.with_value(|path| format!("gap-{path}"));
    let turn = {
        let place = place.clone();
        move |_| {
            open.update(|open| *open = !*open);
            if open.get_untracked() {
                focus_after(place.clone());
            }
        }
    };
    let insert = Callback::new(move |gap: String| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let said = field.value();
        let caret = field.selection_start().ok().flatten();
        let (text, after) = with_gap(&said, caret, &gap);
        let path = path.with_value(|path| format!("{path}.{}", language.get_untracked()));
        forms.put(&path, &text);
        open.set(false);
        request_animation_frame(move || {
            // Neither fails but for a field that is gone.
            let _ = field.focus();
            let _ = field.set_selection_range(after, after);
        });
    });
    view! {
        <div class="gaps">
            <button class="link" aria-expanded=move || open.get().to_string() on:click=turn>
                {text("gap.insert")}
            </button>
            {move || open.get().then(|| view! { <NewGap place=place.clone() insert/> })}
            <p class="form-note warned" role="status">
                {move || broken.get().map(|gap| text_with("gap.broken", &[("gap", &gap)]))}
            </p>
        </div>
    }
    .into_any()
}

/// What is to stand in a gap.
#[component]
fn NewGap(place: String, insert: Callback<String>) -> impl IntoView {
    let fact = RwSignal::new(FACTS[0].to_owned());
    let name = RwSignal::new(String::new());
    let fallback = RwSignal::new(String::new());
    let named = Memo::new(move |_| fact.with(|fact| fact.contains('<')));
    let whole = Memo::new(move |_| !named.get() || name.with(|name| !plain(name).is_empty()));
    let put = move |_| {
        if whole.get_untracked() {
            let named = typed::named(&fact.get_untracked(), &plain(&name.get_untracked()));
            let fallback = plain(&fallback.get_untracked());
            insert.run(format!("{{{{{named}|{fallback}}}}}"));
        }
    };
    let option = move |pattern: &'static str| {
        let words = match pattern {
            "visitor.attr.<name>" => text("builder.attribute"),
            pattern => capitalised(&fact_words::name(pattern, "…")),
        };
        view! { <option value=pattern prop:selected=move || fact.get() == pattern>{words}</option> }
    };
    view! {
        <div class="gap-new" role="group" aria-label=text("gap.insert")>
            <label class="form-field">
                <span class="field-label">{text("gap.fact")}</span>
                <select
                    class="select"
                    data-path=place
                    on:change=move |event| fact.set(event_target_value(&event))
                >
                    {FACTS.map(option)}
                </select>
            </label>
            {move || named.get().then(|| view! {
                <label class="form-field">
                    <span class="field-label">{text("builder.name")}</span>
                    <input
                        class="input"
                        type="text"
                        autocapitalize="off"
                        spellcheck="false"
                        prop:value=name
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                </label>
            })}
            <label class="form-field">
                <span class="field-label">{text("gap.fallback")}</span>
                <input
                    class="input"
                    type="text"
                    prop:value=fallback
                    on:input=move |event| fallback.set(event_target_value(&event))
                />
            </label>
            <button class="button" aria-disabled=move || (!whole.get()).to_string() on:click=put>
                {text("gap.put")}
            </button>
        </div>
    }
    .into_any()
}

/// Words without what would end a gap.
fn plain(words: &str) -> String {
    let kept = words.chars().filter(|c| !matches!(c, '{' | '}' | '|'));
    kept.collect::<String>().trim().to_owned()
}

/// What begins like a gap and is none.
fn broken(text: &str) -> Option<String> {
    pieces(text).find_map(|piece| match piece {
        Piece::Broken(gap) => Some(gap.chars().take(40).collect()),
        Piece::Text(_) | Piece::Gap { .. } => None,
    })
}

/// The text with a gap at the caret, else at its end, and where the caret is
/// then. Browsers count in the units of UTF-16.
fn with_gap(text: &str, caret: Option<u32>, gap: &str) -> (String, u32) {
    let mut units = 0;
    let mut at = text.len();
    for (place, c) in text.char_indices() {
        if caret.is_some_and(|caret| units >= caret) {
            at = place;
            break;
        }
        units += if c.len_utf16() == 2 { 2 } else { 1 };
    }
    let (before, after) = text.split_at(at);
    let length = u32::try_from(gap.encode_utf16().count()).unwrap_or_default();
    (format!("{before}{gap}{after}"), units + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_put_at_the_caret() {
        assert_eq!(with_gap("Hi !", Some(3), "{g}"), ("Hi {g}!".into(), 6));
        assert_eq!(with_gap("👋é!", Some(3), "g"), ("👋ég!".into(), 4));
        assert_eq!(with_gap("Hi", None, "g"), ("Hig".into(), 3));
        assert_eq!(with_gap("Hi", Some(99), "g"), ("Hig".into(), 3));
        assert_eq!(with_gap("", Some(0), "g"), ("g".into(), 1));
    }

    #[test]
    fn what_is_no_gap_yet_is_named() {
        assert_eq!(broken("Hi {{visitor.attr.name|there}}"), None);
        assert_eq!(broken("Hi {{name}}!").as_deref(), Some("{{name}}"));
        assert_eq!(plain(" {{a|b}} "), "ab");
    }
}
