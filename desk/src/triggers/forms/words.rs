//! A text in the language that is written in.

use leptos::html::Textarea;
use leptos::prelude::*;
use saluda_protocol::limits::{BUTTON_LABEL_GRAPHEMES, GREETING_CHARS};

use super::{Forms, use_forms, wording};
use crate::form_text;
use crate::intl;
use crate::texts::{locale, text, text_with};

/// What a text is for, which decides how long it may be, and what becomes of it
/// when it is emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// What a greeting says.
    Greeting,
    /// What stands on a button: one line.
    Label,
    /// What may be left out altogether.
    Optional,
}

impl Wording {
    fn most(self) -> usize {
        match self {
            Self::Label => BUTTON_LABEL_GRAPHEMES,
            Self::Greeting | Self::Optional => GREETING_CHARS,
        }
    }

    fn rows(self) -> &'static str {
        match self {
            Self::Greeting => "3",
            Self::Label | Self::Optional => "2",
        }
    }

    fn count(self, words: &str) -> usize {
        match self {
            Self::Label => intl::graphemes(&locale(), words),
            Self::Greeting | Self::Optional => words.chars().count(),
        }
    }
}

/// A text in the language that is written in.
#[component]
pub(super) fn Words(
    #[prop(into)] path: String,
    label: String,
    wording: Wording,
    #[prop(default = NodeRef::new())] field: NodeRef<Textarea>,
) -> impl IntoView {
    let forms = use_forms();
    let language = forms.language();
    let place = StoredValue::new(path.clone());
    let written = {
        let path = path.clone();
        Memo::new(move |_| {
            let path = format!("{path}.{}", language.get());
            forms.document.with(|document| document.string(&path))
        })
    };
    let instead = {
        let path = path.clone();
        Memo::new(move |_| {
            let language = language.get();
            forms
                .document
                .with(|document| wording::instead(document, &path, &language))
        })
    };
    let words = Memo::new(move |_| written.get().unwrap_or_default());
    let count = Memo::new(move |_| words.with(|words| wording.count(words)));
    let too_long = Memo::new(move |_| count.get() > wording.most());
    let write = move |event| {
        let typed = event_target_value(&event);
        place.with_value(|path| write(forms, path, &language.get_untracked(), wording, &typed));
    };
    let id = format!("note-{path}");
    let placeholder = move || {
        instead
            .get()
            .filter(|_| written.get().is_none())
            .map(|it| it.1)
    };
    let lang = move || Some(language.get()).filter(|tag| wording::is_language(tag));
    let control = if wording == Wording::Label {
        view! {
            <input
                class="input"
                type="text"
                dir="auto"
                lang=lang
                aria-describedby=id.clone()
                aria-invalid=move || too_long.get().to_string()
                data-path=path
                placeholder=placeholder
                prop:value=words
                on:input=write
            />
        }
        .into_any()
    } else {
        view! {
            <textarea
                class="input form-words"
                rows=wording.rows()
                dir="auto"
                lang=lang
                aria-describedby=id.clone()
                aria-invalid=move || too_long.get().to_string()
                data-path=path
                placeholder=placeholder
                node_ref=field
                prop:value=words
                on:input=write
            ></textarea>
        }
        .into_any()
    };
    view! {
        <div class="form-field">
            <label>
                <span class="field-label">{label}</span>
                {control}
            </label>
            <p class="form-note" id=id>
                <span>{move || note(written.get().as_deref(), instead.get(), wording)}</span>
                <span class="form-count" class:grave=too_long>
                    {move || text_with("fields.count", &[
                        ("count", &count.get().to_string()),
                        ("most", &wording.most().to_string()),
                    ])}
                </span>
            </p>
        </div>
    }
    .into_any()
}

/// What visitors of this language read while nothing is written for them.
fn note(
    written: Option<&str>,
    instead: Option<(String, String)>,
    wording: Wording,
) -> Option<String> {
    let optional = wording == Wording::Optional;
    match (written, instead) {
        (Some(words), _) if !words.trim().is_empty() => None,
        (Some(_), _) | (None, None) if !optional => Some(text("fields.needed")),
        (_, Some((tag, _))) => {
            let name = language_name(&tag);
            Some(text_with("fields.instead", &[("language", &name)]))
        }
        (_, None) => None,
    }
}

/// Writes a text in a language.
fn write(forms: Forms, path: &str, language: &str, wording: Wording, typed: &str) {
    let own = format!("{path}.{language}");
    if !typed.is_empty() {
        forms.put(&own, typed);
        return;
    }
    forms.change(|text| {
        let document = form_text::Document::of(text);
        let others = document.names(path).iter().any(|tag| tag != language);
        match wording {
            // Its language stays, to be written in.
            Wording::Greeting => form_text::set(text, &own, "\"\""),
            Wording::Label if !others => form_text::set(text, &own, "\"\""),
            Wording::Optional if !others => form_text::remove(text, path),
            Wording::Label | Wording::Optional => form_text::remove(text, &own),
        }
    });
}

/// How a language is called within a sentence.
pub(super) fn language_name(tag: &str) -> String {
    let name = wording::is_language(tag).then(|| intl::language_name(&locale(), tag));
    name.flatten().unwrap_or_else(|| tag.to_owned())
}
