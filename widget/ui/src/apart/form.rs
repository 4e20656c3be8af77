//! The form before the chat, while it is asked.
//!
//! What may stand in a field is decided in `saluda-protocol`, where the server
//! decides it too. How one field looks is in [`entry`](super::entry).

use js_sys::Reflect;
use leptos::prelude::*;
use saluda_protocol::{
    FieldId,
    form::{Field, Kind, PageForm, Value, Wrong},
    trigger::{Texts, language::text_in},
};
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::{
    entry::{entry, note},
    renew::renew,
};
use crate::{
    built::{Built, Parts, built},
    chat::Chat,
    controls::button,
    live::{does, holds},
    road,
    wire::form as wire,
};

/// The field that has the focus first.
pub(crate) const FIRST: &str = "form-0";

/// What is wrong, by the place of the field.
pub(crate) type Mistakes = RwSignal<Vec<(usize, Wrong)>>;

/// Whether the form is the one that the site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum FormState {
    /// As far as is known.
    #[default]
    Fine,
    /// The server has another one.
    Old,
    /// It is another than the one that was filled in.
    Renewed,
}

/// What was read, and what is wrong by the place of the field.
type Read = (Vec<(FieldId, Value)>, Vec<(usize, Wrong)>);

/// What is asked: the fields that are not answered yet.
struct Sheet {
    chat: Chat,
    version: String,
    fields: Vec<Field>,
    mistakes: Mistakes,
}

/// The form. It is there while it is asked.
pub(crate) fn form(chat: Chat) -> Built {
    let Some(core) = chat.core() else {
        return built(());
    };
    let state = core.form_state.get();
    if state == FormState::Old {
        renew(chat);
    }
    let Some(page) = wire::form(core.link.config()) else {
        return built(());
    };
    chat.focus_soon();
    let title = said(chat, &page.form.title).unwrap_or_else(|| chat.say("form_title"));
    let intro = said(chat, &page.form.intro).map(|intro| note("why", "form-why", &intro));
    let why = if state == FormState::Fine {
        String::new()
    } else {
        chat.say("form_again")
    };
    let typed = core.link.memory().recall(road::FORM).unwrap_or_default();
    let sheet = Sheet::of(chat, page);
    let fields = sheet.fields.iter().enumerate();
    let fields = fields.map(|(place, field)| {
        let before = wire::typed_before(&typed, &field.id);
        entry(chat, &id_of(place), field, before, sheet.mistakes, place)
    });
    let fields = fields.collect();
    let is_required = sheet.fields.iter().any(|field| field.required);
    let sheet = StoredValue::new_local(sheet);
    built(view! {
        <form
            class="sheet"
            novalidate
            aria-labelledby="form-title"
            on:input=move |_| sheet.with_value(Sheet::keep)
            on:submit=move |event| {
                event.prevent_default();
                sheet.with_value(Sheet::send);
            }
        >
            <p id="form-title" class="sheet-title">
                {title}
            </p>
            {Parts(intro.into_iter().collect())}
            <p class="wrong" role="alert">
                {why}
            </p>
            {Parts(fields)}
            <div class="sheet-end">
                <button type="submit" class="primary">
                    {chat.say("form_send")}
                </button>
                {Parts(vec![button(
                    "quiet",
                    chat.say("skip"),
                    holds(move || is_required),
                    does(move || chat.put_off()),
                )])}
            </div>
        </form>
    })
}

/// A text of the owner's, in the language of the page.
pub(crate) fn said(chat: Chat, texts: &Texts) -> Option<String> {
    let core = chat.core()?;
    text_in(texts, core.texts.locale()).map(str::to_owned)
}

fn id_of(place: usize) -> String {
    ["form-", &place.to_string()].concat()
}

impl Sheet {
    fn of(chat: Chat, page: PageForm) -> Self {
        let mut fields = page.form.fields;
        if let Some(core) = chat.core() {
            let talk = core.talk.borrow();
            fields.retain(|field| !talk.has_answered(field.id.as_str()));
        }
        Self {
            chat,
            version: page.version,
            fields,
            mistakes: RwSignal::new(Vec::new()),
        }
    }

    /// What stands in the fields, as it was typed.
    fn typed(&self) -> Vec<(FieldId, Value)> {
        let fields = self.fields.iter().enumerate();
        let typed = fields.filter_map(|(place, field)| {
            let element: Element = self.chat.element(&id_of(place))?;
            let get = |name| Reflect::get(&element, &JsValue::from_str(name)).unwrap_or_default();
            let value = match field.kind {
                Kind::Consent => Value::Ticked(get("checked").as_bool().unwrap_or_default()),
                _ => Value::Text(get("value").as_string().unwrap_or_default()),
            };
            Some((field.id.clone(), value))
        });
        typed.collect()
    }

    /// Keeps over a reload what was typed.
    fn keep(&self) {
        if let Some(core) = self.chat.core() {
            let typed = wire::write_typed(&self.typed());
            core.link.memory().remember(road::FORM, &typed);
        }
        if !self.mistakes.with_untracked(Vec::is_empty) {
            // Only what was complained of is looked at again while it is typed.
            let (_, mut wrong) = self.read();
            let before = self.mistakes.get_untracked();
            wrong.retain(|(place, _)| before.iter().any(|(known, _)| known == place));
            if wrong != before {
                self.mistakes.set(wrong);
            }
        }
    }

    /// Reads what was typed as the server will.
    fn read(&self) -> Read {
        let (mut filled, mut wrong) = (Vec::new(), Vec::new());
        let typed = self.typed();
        for (place, field) in self.fields.iter().enumerate() {
            let value = typed.iter().find(|(id, _)| *id == field.id);
            match field.read(value.map(|(_, value)| value)) {
                Ok(Some(value)) => filled.push((field.id.clone(), value)),
                Ok(None) => {}
                Err(why) => wrong.push((place, why)),
            }
        }
        (filled, wrong)
    }

    /// Sends what was typed, or says what is wrong with it.
    fn send(&self) {
        let (filled, wrong) = self.read();
        match wrong.first() {
            Some((place, _)) => {
                let place = id_of(*place);
                self.mistakes.set(wrong);
                self.chat.focus(&place);
            }
            None => self.chat.fill_in(wire::answers(&self.version, &filled)),
        }
    }
}
