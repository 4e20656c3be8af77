//! Who comes, when, and from where.

use leptos::prelude::*;

use super::clock;
use super::use_testing;
use super::visit::{PageField, Visit};
use crate::intl;
use crate::texts::{capitalised, text};

/// Who comes, when, and from where.
#[component]
pub(super) fn Who() -> impl IntoView {
    let testing = use_testing();
    let field = move |label: String,
                      kind: &'static str,
                      read: fn(&Visit) -> String,
                      write: fn(&mut Visit, &str)| {
        let value = Memo::new(move |_| testing.visit.with(read));
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    class="input"
                    type=kind
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=value
                    on:change=move |event| {
                        let typed = event_target_value(&event);
                        testing.change(|visit| write(visit, typed.trim()));
                    }
                />
            </label>
        }
    };
    let check = move |label: String, read: fn(&Visit) -> bool, write: fn(&mut Visit, bool)| {
        let value = Memo::new(move |_| testing.visit.with(read));
        view! {
            <label class="tester-check">
                <input
                    type="checkbox"
                    prop:checked=value
                    on:change=move |event| {
                        let checked = event_target_checked(&event);
                        testing.change(|visit| write(visit, checked));
                    }
                />
                <span>{label}</span>
            </label>
        }
    };
    let device = Memo::new(move |_| testing.visit.with(|visit| visit.device.clone()));
    let devices = [
        ("desktop", text("device.desktop")),
        ("tablet", text("device.tablet")),
        ("phone", text("device.phone")),
    ];
    let attributes = Memo::new(move |_| testing.visit.with(|visit| visit.attributes.clone()));
    view! {
        <div class="tester-inner tester-who">
            {field(text("tester.begins"), "datetime-local", begins, begin)}
            {field(capitalised(&text("fact.visitor_timezone")), "text", |visit| visit.timezone.clone(), settle)}
            {field(capitalised(&text("fact.visitor_language")), "text", |visit| visit.language.clone(),
                |visit, typed| typed.clone_into(&mut visit.language))}
            <label class="field">
                <span class="field-label">{capitalised(&text("fact.visitor_device"))}</span>
                <select class="select" on:change=move |event| {
                    let chosen = event_target_value(&event);
                    testing.change(|visit| visit.device = chosen);
                }>
                    {devices.into_iter().map(|(value, name)| view! {
                        <option value=value selected=move || device.get() == value>{name}</option>
                    }).collect_view()}
                </select>
            </label>
            {field(text("tester.number"), "number", |visit| visit.number.to_string(), |visit, typed| {
                visit.number = typed.parse().unwrap_or(1).max(1);
                visit.memory = None;
            })}
            {field(text("tester.referrer"), "url",
                |visit| visit.page_field(PageField::Referrer),
                |visit, typed| visit.first_page(PageField::Referrer, typed))}
            {field(capitalised(&text("fact.page_title")), "text",
                |visit| visit.page_field(PageField::Title),
                |visit, typed| visit.first_page(PageField::Title, typed))}
            {field(text("tester.tags"), "text", |visit| visit.tags.clone(),
                |visit, typed| typed.clone_into(&mut visit.tags))}
            <label class="field tester-wide">
                <span class="field-label">{text("tester.attributes")}</span>
                <textarea
                    class="input condition-list"
                    rows="2"
                    placeholder="plan=trial"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=attributes
                    on:change=move |event| {
                        let typed = event_target_value(&event);
                        testing.change(|visit| visit.attributes = typed);
                    }
                ></textarea>
            </label>
            <div class="tester-wide">
                {check(text("tester.known"), |visit| visit.known, |visit, it| visit.known = it)}
                {check(text("tester.conversation"), |visit| visit.conversation,
                    |visit, it| visit.conversation = it)}
                {check(text("tester.online"), |visit| visit.online, |visit, it| visit.online = it)}
            </div>
        </div>
    }
}

/// When the visit begins, by the visitor's clock.
fn begins(visit: &Visit) -> String {
    clock::wall_of(visit.at_ms, visit.offset_minutes)
}

fn begin(visit: &mut Visit, wall: &str) {
    if let Some((at_ms, ahead)) = clock::instant_of(wall, &visit.timezone) {
        (visit.at_ms, visit.offset_minutes) = (at_ms, ahead);
    }
}

/// Sets the visitor's clock by another zone. One that nobody knows is kept as a
/// name, for a rule may ask for it.
fn settle(visit: &mut Visit, zone: &str) {
    zone.clone_into(&mut visit.timezone);
    if let Some(ahead) = intl::ahead_minutes(zone, visit.at_ms) {
        visit.offset_minutes = ahead;
    }
}
