//! Another greeting that is tried.

use leptos::prelude::*;

use super::field::{Amount, Name};
use super::saying::Saying;
use super::{Part, use_forms};
use crate::form_text::{self, Document, quote};
use crate::icons::{Icon, Symbol};
use crate::texts::{text, text_with};

const LIST: &str = "experiment.variants";

/// Most characters of a variant's name.
const NAME_CHARS: usize = 20;

/// The share of a first variant. The trigger's own greeting has the other half.
const HALF: u32 = 50;

/// A variant: its name, its share, and what it says.
#[component]
pub(super) fn Variant(path: String, number: usize) -> impl IntoView {
    let forms = use_forms();
    let title = text_with("variant.title", &[("number", &number.to_string())]);
    let remove_name = text_with("fields.remove", &[("what", &title)]);
    let remove = {
        let (path, title) = (path.clone(), title.clone());
        move |_| {
            forms.take_out(Part::Outcome, title.clone(), |text| {
                form_text::remove(text, &path)
            });
        }
    };
    view! {
        <div class="form-box" role="group" aria-label=title>
            <div class="form-box-fields">
                <div class="form-row">
                    <Name path=format!("{path}.name") label=text("variant.name") most=NAME_CHARS/>
                    <Amount path=format!("{path}.share") label=text("variant.share") least=0 most=100/>
                </div>
                <Saying base=path part=Part::Outcome/>
            </div>
            <button class="icon-button" aria-label=remove_name on:click=remove>
                <Icon of=Symbol::Close/>
            </button>
        </div>
    }
    .into_any()
}

/// A variant to begin with: it says what the trigger says, to be changed, and
/// gets its part of what the others leave.
pub(super) fn begun(document: &Document) -> String {
    let names: Vec<_> = (0..document.len(LIST))
        .filter_map(|at| document.string(&format!("{LIST}[{at}].name")))
        .collect();
    let free = ('b'..='z')
        .map(String::from)
        .find(|name| !names.contains(name));
    let count = u32::try_from(names.len()).unwrap_or_default();
    let share = (100 - shares(document).min(100)) / 2;
    let share = if count == 0 { HALF } else { share };
    let copied = |field: &str, otherwise: &str| {
        let raw = document.raw(&format!("greeting.{field}"));
        raw.unwrap_or(otherwise).to_owned()
    };
    format!(
        "{{\"name\":{},\"share\":{share},\"text\":{},\"buttons\":{}}}",
        quote(&free.unwrap_or_default()),
        copied("text", "{}"),
        copied("buttons", "[]"),
    )
}

/// The shares of all variants together.
pub(super) fn shares(document: &Document) -> u32 {
    let share = |at| {
        document
            .raw(&format!("{LIST}[{at}].share"))?
            .parse::<u32>()
            .ok()
    };
    let all = (0..document.len(LIST)).filter_map(share);
    all.fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_begins_as_a_copy_with_a_free_name() {
        let form = r#"{ "greeting": { "text": { "en": "Hi" }, "buttons": [{ "label": {} }] } }"#;
        let begun_from = |form: &str| begun(&Document::of(form));
        assert_eq!(
            begun_from(form),
            r#"{"name":"b","share":50,"text":{ "en": "Hi" },"buttons":[{ "label": {} }]}"#
        );
        let second = form_text::set(form, &format!("{LIST}[0]"), &begun_from(form)).unwrap();
        let begun = begun_from(&second);
        assert!(begun.starts_with(r#"{"name":"c","share":25,"#), "{begun}");
    }
}
