//! The questions for a name, an e-mail address and a telephone number.

use leptos::prelude::*;
use saluda_protocol::{Claim, Contact, limits, trigger::Asked};
use web_sys::HtmlInputElement;

use crate::{
    built::Parts,
    chat::Chat,
    controls::button,
    live::{Words, class, does, holds, says, yes_or_no},
};

/// Fewer digits than this are no telephone number anywhere.
const PHONE_DIGITS: usize = 5;

/// The questions. They stay in the page while they are not asked.
pub(crate) fn capture(chat: Chat) -> impl IntoView<State: Send> {
    let why = says(move || {
        chat.say(if chat.follow(|shown| shown.blocked) {
            "ask_first"
        } else {
            "ask_why"
        })
    });
    let wrong = says(move || {
        let wrong = chat.follow(|shown| shown.wrong);
        wrong.map_or_else(String::new, |field| {
            chat.say(match field {
                Asked::Name => "ask_no_name",
                Asked::Email => "ask_invalid",
                Asked::Phone => "ask_no_phone",
            })
        })
    });
    let card = class(["card many", "card"], move || {
        chat.follow(|shown| shown.asked.count() > 1)
    });
    view! {
        <form
            class=card
            novalidate
            hidden=holds(move || chat.follow(|shown| shown.asked.count() == 0))
            on:submit=move |event| {
                event.prevent_default();
                save(chat);
            }
        >
            {field(chat, Asked::Name)}
            {field(chat, Asked::Email)}
            {field(chat, Asked::Phone)}
            <p id="why" class="why">
                {why}
            </p>
            <button type="submit" class="primary">
                {chat.say("save")}
            </button>
            <p id="wrong" class="wrong" role="alert">
                {wrong}
            </p>
            {Parts(vec![button(
                "quiet",
                chat.say("skip"),
                holds(move || !chat.follow(|shown| shown.may_skip)),
                does(move || chat.skip()),
            )])}
        </form>
    }
}

/// A question and the place for its answer.
fn field(chat: Chat, asked: Asked) -> impl IntoView<State: Send> {
    let id = id(asked);
    // What the browser may fill in, and what a phone's keyboard offers.
    let (fill, keys, label, example) = match asked {
        Asked::Name => ("name", "text", chat.say("ask_name"), String::new()),
        Asked::Email => ("email", "email", chat.say("ask"), chat.say("ask_example")),
        Asked::Phone => ("tel", "tel", chat.say("ask_phone"), String::new()),
    };
    let hide = move || holds(move || !chat.follow(|shown| shown.asked.has(asked)));
    let invalid: Words = yes_or_no(move || chat.follow(|shown| shown.wrong == Some(asked)));
    view! {
        <label for=id hidden=hide()>
            {label}
        </label>
        <input
            id=id
            class="field"
            type=keys
            name=fill
            autocomplete=fill
            dir=if asked == Asked::Name { "auto" } else { "ltr" }
            placeholder=example
            required
            aria-describedby="wrong why"
            aria-invalid=invalid
            hidden=hide()
            on:input=move |_| chat.show(|shown| shown.wrong = None)
        />
    }
}

/// The fields have the names of what is asked.
fn id(asked: Asked) -> &'static str {
    match asked {
        Asked::Name => "name",
        Asked::Email => "email",
        Asked::Phone => "phone",
    }
}

/// Sends what was typed, or says what is wrong with the first that is.
fn save(chat: Chat) {
    let asked = chat.now(|shown| shown.asked);
    let typed = |field: Asked| {
        let typed = chat.element::<HtmlInputElement>(id(field))?.value();
        asked.has(field).then_some(typed)
    };
    let (name, email, phone) = (typed(Asked::Name), typed(Asked::Email), typed(Asked::Phone));
    match read(name, email, phone) {
        Ok(contact) => chat.give_contact(contact),
        Err(field) => {
            chat.show(|shown| shown.wrong = Some(field));
            chat.focus(id(field));
        }
    }
}

/// Reads what was typed as the server will. What is asked for must be there;
/// whether a number can be called, only calling it can tell.
fn read(
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
) -> Result<Contact, Asked> {
    if name.as_deref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Asked::Name);
    }
    let is_phone = phone.as_deref().is_none_or(is_phone);
    let contact = Claim { email, name, phone }.read();
    let contact = contact.map_err(|_| Asked::Email)?;
    is_phone.then_some(contact).ok_or(Asked::Phone)
}

fn is_phone(typed: &str) -> bool {
    // Other scripts have digits of their own.
    let digits = typed
        .chars()
        .filter(|c| c.is_ascii_digit() || !c.is_ascii());
    digits.count() >= PHONE_DIGITS && typed.trim().chars().count() <= limits::PHONE_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(name: Option<&str>, email: Option<&str>, phone: Option<&str>) -> Option<Asked> {
        let [name, email, phone] = [name, email, phone].map(|typed| typed.map(str::to_owned));
        read(name, email, phone).err()
    }

    #[test]
    fn the_first_field_that_is_wrong_is_named() {
        let some = |text| Some(text);
        assert_eq!(wrong(some(" "), some("x"), some("1")), Some(Asked::Name));
        assert_eq!(
            wrong(some("Inés"), some("x"), some("1")),
            Some(Asked::Email)
        );
        assert_eq!(
            wrong(None, some("ines@a.pt"), some("1")),
            Some(Asked::Phone)
        );
        assert_eq!(wrong(some("Inés"), some(" ines@a.pt "), None), None);
    }

    #[test]
    fn a_number_may_be_written_as_people_write_it() {
        for good in ["+351 210 000 000", "(0)20-7946 0958", "٠١٢٣٤٥٦٧", "112 34"] {
            assert_eq!(wrong(None, None, Some(good)), None, "{good}");
        }
        let long = "1".repeat(33);
        for bad in ["", "112", "call me", &long] {
            assert_eq!(wrong(None, None, Some(bad)), Some(Asked::Phone), "{bad}");
        }
    }
}
