//! One field of the form before the chat: the browser's own control for what it
//! asks, and what is wrong with what stands in it.

use leptos::prelude::*;
use saluda_protocol::form::{Date, Field, Kind, Value, Wrong};

use super::form::{Mistakes, said};
use crate::{
    built::{Built, Parts, built},
    chat::Chat,
    live::{Words, says, yes_or_no},
    message::text,
};

/// What a control has in common with the others.
struct Control {
    id: String,
    described: String,
    invalid: Words,
    required: bool,
    before: String,
}

/// A field with its question. `before` is what stood in it on an earlier page.
pub(crate) fn entry(
    chat: Chat,
    id: &str,
    field: &Field,
    before: Option<Value>,
    mistakes: Mistakes,
    place: usize,
) -> Built {
    let at = move |all: &Vec<(usize, Wrong)>| {
        let mut all = all.iter();
        all.find(|(at, _)| *at == place).map(|(_, why)| *why)
    };
    let kind = field.kind;
    let wrong = says(move || {
        let wrong = mistakes.with(at);
        wrong.map_or_else(String::new, |why| sentence(chat, kind, why))
    });
    let (hint_id, wrong_id) = ([id, "-why"].concat(), [id, "-wrong"].concat());
    let hint = said(chat, &field.hint).map(|hint| note("why", &hint_id, &hint));
    let label = said(chat, &field.label).unwrap_or_default();
    let ticked = matches!(before, Some(Value::Ticked(true)));
    let control = Control {
        id: id.to_owned(),
        described: [&wrong_id, " ", &hint_id].concat(),
        invalid: yes_or_no(move || mistakes.with(at).is_some()),
        required: field.required,
        before: match before {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        },
    };
    let parts = if kind == Kind::Consent {
        let tick = tick(control, ticked, &label);
        [tick].into_iter().chain(hint).collect()
    } else {
        let optional = if field.required {
            String::new()
        } else {
            chat.say("form_optional")
        };
        let question = built(view! {
            <label for=id.to_owned()>{label}" "<small>{optional}</small></label>
        });
        let question = [question].into_iter().chain(hint);
        question.chain([input(chat, control, field)]).collect()
    };
    built(view! {
        <div class="entry">
            {Parts(parts)}
            <p id=wrong_id class="wrong" role="alert">
                {wrong}
            </p>
        </div>
    })
}

/// Words beside the fields. An address in them can be followed.
pub(crate) fn note(class: &'static str, id: &str, words: &str) -> Built {
    let id = id.to_owned();
    built(view! {
        <p class=class id=id>
            {Parts(text(words))}
        </p>
    })
}

fn tick(control: Control, ticked: bool, label: &str) -> Built {
    let Control {
        id,
        described,
        invalid,
        required,
        ..
    } = control;
    built(view! {
        <label class="tick">
            <input
                id=id
                type="checkbox"
                checked=ticked
                required=required
                aria-describedby=described
                aria-invalid=invalid
            />
            <span>{Parts(text(label))}</span>
        </label>
    })
}

fn input(chat: Chat, control: Control, field: &Field) -> Built {
    let Control {
        id,
        described,
        invalid,
        required,
        before,
    } = control;
    match field.kind {
        Kind::LongText => built(view! {
            <textarea
                id=id
                class="field long"
                rows="3"
                dir="auto"
                maxlength=field.most_chars().to_string()
                required=required
                aria-describedby=described
                aria-invalid=invalid
            >
                {before}
            </textarea>
        }),
        Kind::Choice => {
            let option = |value: &str, label: String| {
                let (value, chosen) = (value.to_owned(), value == before);
                built(view! {
                    <option value=value selected=chosen>
                        {label}
                    </option>
                })
            };
            let mut options = vec![option("", chat.say("form_choose"))];
            options.extend(field.options.iter().map(|choice| {
                let label = said(chat, &choice.label).unwrap_or_default();
                option(choice.id.as_str(), label)
            }));
            built(view! {
                <select
                    id=id
                    class="field"
                    required=required
                    aria-describedby=described
                    aria-invalid=invalid
                >
                    {Parts(options)}
                </select>
            })
        }
        kind => {
            // What the browser may fill in, and what a phone's keyboard offers.
            let (kind, keys, fill, dir) = match kind {
                Kind::Email => ("email", "email", "email", "ltr"),
                Kind::Phone => ("tel", "tel", "tel", "ltr"),
                Kind::Date => ("date", "", "off", "ltr"),
                // A keyboard of digits may lack the sign.
                Kind::Number if field.min.is_some_and(|least| least >= 0) => {
                    ("text", "numeric", "off", "ltr")
                }
                Kind::Number => ("text", "", "off", "ltr"),
                _ => match field.id.as_str() {
                    "name" => ("text", "", "name", "auto"),
                    "company" => ("text", "", "organization", "auto"),
                    _ => ("text", "", "on", "auto"),
                },
            };
            let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            built(view! {
                <input
                    id=id
                    class="field"
                    type=kind
                    inputmode=keys
                    autocomplete=fill
                    dir=dir
                    min=day(field.earliest)
                    max=day(field.latest)
                    value=before
                    required=required
                    aria-describedby=described
                    aria-invalid=invalid
                />
            })
        }
    }
}

/// What is wrong, for the person who typed it.
fn sentence(chat: Chat, kind: Kind, why: Wrong) -> String {
    let day = |day: Date| {
        let core = chat.core();
        core.map(|core| core.texts.date(day)).unwrap_or_default()
    };
    match why {
        Wrong::TooShort(least) => chat.count("form_short", least),
        Wrong::TooLong(most) => chat.count("form_long", most),
        Wrong::TooSmall(least) => chat.fill("form_small", &least.to_string()),
        Wrong::TooLarge(most) => chat.fill("form_large", &most.to_string()),
        Wrong::TooEarly(first) => chat.fill("form_early", &day(first)),
        Wrong::TooLate(last) => chat.fill("form_late", &day(last)),
        Wrong::Unticked => chat.say("form_unticked"),
        Wrong::NoEmail => chat.say("ask_invalid"),
        Wrong::NoPhone => chat.say("form_phone"),
        Wrong::NoNumber => chat.say("form_number"),
        Wrong::NoDate => chat.say("form_date"),
        _ if kind == Kind::Choice => chat.say("form_option"),
        _ => chat.say("form_missing"),
    }
}
