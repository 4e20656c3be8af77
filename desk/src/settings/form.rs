//! What visitors are asked before they write, and how they found it after.

mod bound;
mod field;
mod list;
mod options;
mod rating;
mod wording;

use leptos::prelude::*;
use saluda_protocol::form::Kind;
use saluda_protocol::limits;

use super::field::{Wrong, id_of};
use super::input::Tick;
use crate::keys;
use crate::state::{Desk, use_desk};
use crate::texts::text;
use field::Field;
use list::{Items, field_named, free_id};
use rating::RatingPart;
use wording::{InLanguage, Languages, own_language};

/// Where the fields stand.
const FIELDS: &str = "form.fields";

/// The page.
#[component]
pub(super) fn FormPage() -> impl IntoView {
    let desk = use_desk();
    provide_context(wording::Writing(RwSignal::new(own_language())));
    view! {
        <fieldset class="settings-form" disabled=move || !desk.may_administer()>
            <legend class="unseen">{text("settings.form")}</legend>
            <Languages/>
            <Questions/>
            <RatingPart/>
        </fieldset>
    }
}

/// The form, or that there is none.
#[component]
fn Questions() -> impl IntoView {
    let settings = use_desk().settings;
    let asks = Memo::new(move |_| settings.raw("form").is_some_and(|raw| raw != "null"));
    // What was there before it was taken away comes back.
    let before = StoredValue::new(None::<String>);
    let turn = move |on: bool| {
        if on {
            let kept = before.get_value();
            settings.put("form", &kept.unwrap_or_else(usual));
        } else {
            before.set_value(untrack(|| settings.raw("form")));
            settings.put("form", "null");
        }
    };
    view! {
        <section class="settings-part" aria-labelledby="form-before">
            <h3 class="settings-part-title" id="form-before">{text("form.before")}</h3>
            <p class="field-hint">{text("form.before_hint")}</p>
            <Tick on=asks turn=turn label=text("form.ask")/>
            {move || asks.get().then(|| view! {
                <InLanguage
                    path="form.title"
                    label=text("form.title")
                    most=limits::FIELD_LABEL_CHARS
                    placeholder=text("form.title_usual")
                />
                <InLanguage
                    path="form.intro"
                    label=text("form.intro")
                    most=limits::FORM_INTRO_CHARS
                />
                <Fields/>
            })}
        </section>
    }
}

/// The fields, and one more.
#[component]
fn Fields() -> impl IntoView {
    let desk = use_desk();
    let items = Items::at(desk, FIELDS);
    let count = Memo::new(move |_| items.count());
    let add = move |event: web_sys::Event| {
        let kind = Kind::from_word(&event_target_value(&event));
        // It is a menu, and says what it does again once something was done.
        event_target::<web_sys::HtmlSelectElement>(&event).set_value("");
        if let Some(kind) = kind {
            add_field(desk, kind);
        }
    };
    view! {
        <ol class="form-fields">
            <For each=move || 0..count.get() key=|at| *at let:at>
                <Field at count/>
            </For>
        </ol>
        {move || (count.get() == 0).then(|| view! { <Wrong path=FIELDS/> })}
        {move || (count.get() < limits::FORM_FIELDS).then(|| view! {
            <select class="select form-add" aria-label=text("form.add") on:change=add>
                <option value="">{text("form.add")}</option>
                {Kind::ALL.map(|kind| view! { <option value=kind.word()>{kind_name(kind)}</option> })}
            </select>
        })}
    }
}

fn add_field(desk: Desk, kind: Kind) {
    let items = Items::at(desk, FIELDS);
    let ids = untrack(|| items.words("id"));
    let id = free_id(kind.word(), &ids);
    items.push(field_named(&id, kind, &own_language(), &kind_name(kind)));
    let last = untrack(|| items.count()).saturating_sub(1);
    focus(&format!("{FIELDS}[{last}].label"));
}

/// The form that a site begins with.
fn usual() -> String {
    let language = own_language();
    let name = field_named("name", Kind::Text, &language, &text("form.usual_name"));
    let email = field_named("email", Kind::Email, &language, &text("form.usual_email"));
    format!(r#"{{"title":{{}},"intro":{{}},"fields":[{name},{email}]}}"#)
}

/// Puts the focus on what stands at a path, once it is there.
fn focus(path: &str) {
    let id = format!("#{}", id_of(path));
    request_animation_frame(move || {
        keys::focus(&id);
    });
}

/// What a kind of field is called.
fn kind_name(kind: Kind) -> String {
    match kind {
        Kind::Text => text("form.kind_text"),
        Kind::LongText => text("form.kind_long_text"),
        Kind::Email => text("form.kind_email"),
        Kind::Phone => text("form.kind_phone"),
        Kind::Number => text("form.kind_number"),
        Kind::Date => text("form.kind_date"),
        Kind::Choice => text("form.kind_choice"),
        Kind::Consent => text("form.kind_consent"),
    }
}
