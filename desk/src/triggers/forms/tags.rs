//! The tags of a conversation in which the greeting is taken up.

use leptos::html::Input;
use leptos::prelude::*;
use saluda_protocol::limits::{TAG_CHARS, TRIGGER_TAGS};

use super::{focus_after, use_forms};
use crate::form_text;
use crate::icons::{Icon, Symbol};
use crate::texts::{text, text_with};

const PATH: &str = "tags";

/// The tags, and a field for one more.
#[component]
pub(super) fn Tags() -> impl IntoView {
    let forms = use_forms();
    let tags = forms.read(|document| document.strings(PATH));
    let full = Memo::new(move |_| tags.with(|tags| tags.len() >= TRIGGER_TAGS));
    let field = NodeRef::<Input>::new();
    let write = move |tags: Vec<String>| {
        let all: Vec<_> = tags.iter().map(|tag| form_text::quote(tag)).collect();
        forms.set(PATH, &format!("[{}]", all.join(",")));
    };
    let add = move |_| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let typed = field.value();
        field.set_value("");
        if let Some(more) = with_tags(&tags.get_untracked(), &typed) {
            write(more);
        }
    };
    let tag = move |tag: String| {
        let name = text_with("fields.remove", &[("what", &tag)]);
        let own = tag.clone();
        let remove = move |_| {
            let mut left = tags.get_untracked();
            left.retain(|it| *it != own);
            write(left);
            focus_after(PATH.to_owned());
        };
        view! {
            <li class="tag-chosen">
                <span dir="auto">{tag}</span>
                <button class="tag-remove" aria-label=name on:click=remove>
                    <Icon of=Symbol::Close/>
                </button>
            </li>
        }
    };
    view! {
        <div class="form-field">
            <label>
                <span class="field-label">{text("tags.label")}</span>
                <input
                    class="input"
                    type="text"
                    autocapitalize="off"
                    maxlength=TAG_CHARS
                    placeholder=text("tags.add")
                    data-path=PATH
                    disabled=full
                    node_ref=field
                    on:change=add
                />
            </label>
            <ul class="tags-chosen">{move || tags.get().into_iter().map(tag).collect_view()}</ul>
            <p class="form-note">{text("tags.words")}</p>
        </div>
    }
    .into_any()
}

/// The tags with what was typed; several are parted by commas. Nothing if that
/// adds none.
fn with_tags(tags: &[String], typed: &str) -> Option<Vec<String>> {
    let mut all = tags.to_vec();
    for tag in typed
        .split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
    {
        let known = all.iter().any(|it| it.to_lowercase() == tag.to_lowercase());
        if !known && all.len() < TRIGGER_TAGS {
            all.push(tag.to_owned());
        }
    }
    (all.len() > tags.len()).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_added_once() {
        let tags = ["pricing".to_owned()];
        let with = |typed| with_tags(&tags, typed);
        assert_eq!(with(" trial , Pricing,").unwrap(), ["pricing", "trial"]);
        assert_eq!(with("PRICING"), None);
        assert_eq!(with(" "), None);
        let many = (0..20)
            .map(|n| format!("tag {n}"))
            .collect::<Vec<_>>()
            .join(",");
        assert_eq!(with(&many).unwrap().len(), TRIGGER_TAGS);
    }
}
