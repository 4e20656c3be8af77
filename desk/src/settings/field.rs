//! The fields of the settings: each shows the value at a path of the form,
//! writes it back as it is typed, and says what is wrong with it.

use leptos::prelude::*;
use saluda_protocol::studio::Mistake;

use super::input::Line;
use crate::form_text::quote;
use crate::state::use_desk;
use crate::texts::{text, text_with, translated};

/// A line of text.
#[component]
pub(super) fn Words(
    #[prop(into)] path: String,
    label: String,
    #[prop(optional, into)] hint: String,
) -> impl IntoView {
    let settings = use_desk().settings;
    let of = path.clone();
    let value = Memo::new(move |_| shown(settings.raw(&of)));
    let of = path.clone();
    let typed = move |typed: String| settings.put(&of, &quote(&typed));
    view! {
        <Around path=path.clone() label hint>
            <Line id=id_of(&path) path=path.clone() value typed=Callback::new(typed)/>
        </Around>
    }
}

/// A whole number.
#[component]
pub(super) fn Whole(
    #[prop(into)] path: String,
    label: String,
    #[prop(optional, into)] hint: String,
    /// The least and the most that can be meant.
    range: (u64, u64),
    /// What it counts.
    #[prop(optional, into)]
    unit: String,
) -> impl IntoView {
    view! {
        <Around path=path.clone() label hint>
            <div class="field-row">
                <NumberInput path=path.clone() range/>
                <span class="field-unit">{unit}</span>
            </div>
        </Around>
    }
}

/// The input of a whole number, whose label stands elsewhere.
#[component]
pub(super) fn NumberInput(
    path: String,
    range: (u64, u64),
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let settings = use_desk().settings;
    let (id, wrong, words) = (id_of(&path), is_wrong(&path), described(&path));
    let of = path.clone();
    let value = Memo::new(move |_| shown(settings.raw(&of)));
    let typed = move |event| settings.put(&path, &number(&event_target_value(&event)));
    view! {
        <input
            class="field-input field-number"
            id=id
            type="number"
            inputmode="numeric"
            min=range.0.to_string()
            max=range.1.to_string()
            step="1"
            autocomplete="off"
            prop:value=value
            aria-label=label
            aria-invalid=wrong
            aria-describedby=words
            on:input=typed
        />
    }
}

/// A label, what stands under it, and what is wrong.
#[component]
fn Around(path: String, label: String, hint: String, children: Children) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for=id_of(&path)>{label}</label>
            {children()}
            {(!hint.is_empty()).then(|| view! { <p class="field-hint">{hint}</p> })}
            <Wrong path/>
        </div>
    }
}

/// What is wrong with a field, in sentences. Its id is what the field is
/// described by.
#[component]
pub(super) fn Wrong(#[prop(into)] path: String) -> impl IntoView {
    let settings = use_desk().settings;
    let id = wrong_id(&path);
    let wrong = Memo::new(move |_| settings.wrong_with(&path));
    view! {
        <div class="field-wrong" id=id>
            {move || wrong.get().iter().map(|one| view! {
                <p>{sentence(one)}</p>
                {detail(one).map(|english| view! {
                    <p class="mistake-detail" lang="en" dir="ltr">{english}</p>
                })}
            }).collect_view()}
        </div>
    }
}

/// Whether something is wrong with a field, for its attribute.
pub(super) fn is_wrong(path: &str) -> Signal<Option<&'static str>> {
    let settings = use_desk().settings;
    let path = path.to_owned();
    let wrong = Memo::new(move |_| !settings.wrong_with(&path).is_empty());
    Signal::derive(move || wrong.get().then_some("true"))
}

/// What describes a field.
pub(super) fn described(path: &str) -> String {
    wrong_id(path)
}

/// The id of a field, which its label and the list of mistakes lead to.
pub(super) fn id_of(path: &str) -> String {
    format!("set-{}", plain(path))
}

fn wrong_id(path: &str) -> String {
    format!("wrong-{}", plain(path))
}

/// A path without what an id does better without.
fn plain(path: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    path.chars().map(plain).collect()
}

/// A value as a field shows it.
fn shown(raw: Option<String>) -> String {
    match raw {
        Some(raw) if raw.starts_with('"') => serde_json::from_str(&raw).unwrap_or_default(),
        Some(raw) if raw != "null" => raw,
        _ => String::new(),
    }
}

/// A number as the form has it. What is none goes as it was typed: the server
/// says what is wrong with it.
fn number(typed: &str) -> String {
    match typed.trim().parse::<u64>() {
        Ok(number) => number.to_string(),
        Err(_) => quote(typed),
    }
}

/// What is wrong, in the agent's language where the desk knows the kind.
pub(super) fn sentence(mistake: &Mistake) -> String {
    plainly(mistake)
        .or_else(|| by_kind(mistake))
        .unwrap_or_else(|| mistake.message.clone())
}

/// The server's own sentence, where the desk's leaves out what it says.
fn detail(mistake: &Mistake) -> Option<String> {
    let complete = plainly(mistake).is_some() || by_kind(mistake).is_none();
    (!complete).then(|| mistake.message.clone())
}

/// A sentence that says all that is to be known here, in each language.
fn plainly(mistake: &Mistake) -> Option<String> {
    let sentence = match mistake.kind.as_str() {
        "empty" => text("mistake.empty"),
        "too_long" => text_with("wrong.too_long", &[("most", most_chars(&mistake.message)?)]),
        "invalid_origin" => text("mistake.invalid_origin"),
        "repeated" => text("mistake.repeated"),
        "invalid_color" => text("mistake.invalid_color"),
        "out_of_range" => {
            let [least, most] = bounds(&mistake.message)?;
            text_with("wrong.range", &[("least", least), ("most", most)])
        }
        "invalid_window" => text("mistake.invalid_window"),
        "unknown_zone" => text("mistake.unknown_zone"),
        "wrong_type" => text("wrong.type"),
        _ => return None,
    };
    Some(sentence)
}

/// What the kind of a mistake is called in a language other than the server's.
fn by_kind(mistake: &Mistake) -> Option<String> {
    translated(&format!("mistake.{}", mistake.kind))
}

/// The number in `at most 80 characters`.
fn most_chars(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("at most ")?;
    rest.split_once(" characters").map(|(most, _)| most)
}

/// The numbers in `from 1 to 5000, this is 0`.
fn bounds(message: &str) -> Option<[&str; 2]> {
    let (least, rest) = message.strip_prefix("from ")?.split_once(" to ")?;
    let (most, _) = rest.split_once(',')?;
    Some([least, most])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    #[test]
    fn what_is_typed_for_a_number_is_kept_as_it_is() {
        assert_eq!(number(" 30 "), "30");
        assert_eq!(number(""), "\"\"");
        assert_eq!(number("3.5"), "\"3.5\"");
        assert_eq!(shown(Some("\"3.5\"".into())), "3.5");
        assert_eq!(shown(Some("30".into())), "30");
        assert_eq!(shown(Some("null".into())), "");
    }

    #[test]
    fn a_mistake_is_told_in_a_sentence() {
        let mistake = |kind: &str, message: &str| Mistake {
            path: "x".into(),
            kind: kind.into(),
            message: message.into(),
        };
        let range = sentence(&mistake("out_of_range", "from 1 to 5000, this is 0"));
        assert_eq!(range, "Choose a number from 1 to 5000.");
        assert_eq!(sentence(&mistake("new_kind", "as it is")), "as it is");
    }

    #[test]
    fn what_the_sentence_leaves_out_stands_beneath_it() {
        let mistake = |kind: &str| Mistake {
            path: "origins".into(),
            kind: kind.into(),
            message: "at most 20".into(),
        };
        let said = |kind: &str| (sentence(&mistake(kind)), detail(&mistake(kind)));
        assert_eq!(said("too_many"), ("at most 20".into(), None));
        let spanish = r#"{ "mistake.too_many": "Hay demasiados.", "mistake.empty": "Vacío." }"#;
        texts::install("es", Some(spanish));
        assert_eq!(
            said("too_many"),
            ("Hay demasiados.".into(), Some("at most 20".into()))
        );
        assert_eq!(said("empty"), ("Vacío.".into(), None));
    }

    #[test]
    fn an_id_is_plain() {
        assert_eq!(id_of("hours.weekly.mon[0]"), "set-hours-weekly-mon-0-");
    }
}
