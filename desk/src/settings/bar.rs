//! Saving: what is wrong, what followed, and the bar that says that something is
//! not saved yet.

use leptos::prelude::*;
use saluda_protocol::TriggerId;

use super::field::{id_of, sentence};
use super::page_of;
use super::state::Outcome;
use crate::keys;
use crate::route::{Place, Topic};
use crate::state::use_desk;
use crate::texts::{text, text_count, text_with};

/// What stands below each page of the form.
#[component]
pub(super) fn Bar(topic: Topic) -> impl IntoView {
    let desk = use_desk();
    let settings = desk.settings;
    let unsaved = Memo::new(move |_| settings.is_unsaved());
    let undecided = Memo::new(move |_| settings.clash.with(Option::is_some));
    let off = move || (settings.busy.get() || undecided.get()).to_string();
    view! {
        <Outcomes/>
        <Mistakes topic/>
        {move || unsaved.get().then(|| view! {
            <div class="settings-bar" role="group" aria-label=text("settings.unsaved")>
                <p class="settings-unsaved">{text("settings.unsaved")}</p>
                <button
                    class="button"
                    type="button"
                    aria-disabled=move || settings.busy.get().to_string()
                    on:click=move |_| if !settings.busy.get_untracked() {
                        settings.discard();
                        settings.told.set(text("settings.told_discarded"));
                        keys::focus(".settings-title");
                    }
                >
                    {text("settings.discard")}
                </button>
                <button
                    class="button primary"
                    type="button"
                    aria-disabled=off
                    on:click=move |_| desk.save_settings()
                >
                    {move || if settings.busy.get() { text("settings.saving") } else { text("settings.save") }}
                </button>
            </div>
        })}
    }
}

/// What is wrong, each with the way to it: it may be on another page.
#[component]
fn Mistakes(topic: Topic) -> impl IntoView {
    let settings = use_desk().settings;
    move || {
        let mistakes = settings.mistakes.get();
        let count = u64::try_from(mistakes.len()).unwrap_or_default();
        (count > 0).then(|| {
            view! {
                <section class="settings-mistakes" aria-labelledby="settings-mistakes-title">
                    <h3 class="settings-mistakes-title" id="settings-mistakes-title" tabindex="-1">
                        {text_count("settings.mistakes", count)}
                    </h3>
                    <ul class="mistakes">
                        {mistakes.into_iter().map(|mistake| {
                            let page = page_of(&mistake.path);
                            let words = format!("{}: {}", field_name(&mistake.path), sentence(&mistake));
                            let path = mistake.path.clone();
                            let way = if page == topic {
                                view! {
                                    <button class="link" type="button" on:click=move |_| {
                                        focus_near(&path);
                                    }>
                                        {words}
                                    </button>
                                }
                                .into_any()
                            } else {
                                view! {
                                    <a href=Place::Settings(page).address()>
                                        {words}
                                    </a>
                                }
                                .into_any()
                            };
                            view! { <li class="mistake">{way}</li> }
                        }).collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

/// What the field is called in which something is wrong.
pub(super) fn field_name(path: &str) -> String {
    match path.split(['.', '[']).next().unwrap_or_default() {
        "name" => text("site.name"),
        "origins" => text("site.origins"),
        "email" => text("site.email"),
        "attention" => text("site.budget"),
        "agent_text_chars" => text("site.agent_text"),
        "retention_days" => text("site.retention"),
        "accent" => text("look.color"),
        "corner" => text("look.corner"),
        "launcher" => text("look.launcher"),
        "notices" => text("look.notices"),
        "texts" => text("look.words"),
        "reply_within_ms" => text("look.promise"),
        "senders" => text("look.senders"),
        "hours" => text("settings.hours"),
        "form" => place_in_form(path),
        "rating" => text("form.question"),
        other => other.to_owned(),
    }
}

/// Which question of the form it is.
fn place_in_form(path: &str) -> String {
    let place = path.strip_prefix("form.fields[");
    let place = place.and_then(|rest| rest.split_once(']')?.0.parse::<usize>().ok());
    match place {
        Some(at) => text_with("form.field", &[("number", &(at + 1).to_string())]),
        None => text("settings.form"),
    }
}

/// Puts the focus on the field at a path, or on the nearest one around it: of a
/// text, one language is written in at a time.
fn focus_near(path: &str) {
    let mut path = path;
    while !keys::focus(&format!("#{}", id_of(path))) {
        match path.rsplit_once(['.', '[']) {
            Some((around, _)) => path = around,
            None => return,
        }
    }
}

/// What followed from saving and has to be looked at.
#[component]
fn Outcomes() -> impl IntoView {
    let settings = use_desk().settings;
    move || {
        let outcome = settings.outcome.get();
        (outcome != Outcome::default()).then(|| view! {
            <section class="settings-outcome" tabindex="-1">
                {(!outcome.stopped.is_empty()).then(|| view! {
                    <h3 class="settings-outcome-title">{text("settings.stopped")}</h3>
                })}
                <ul class="losses">
                    {outcome.stopped.into_iter().map(|[id, name, reason]| view! {
                        <li>{way(&id, name)}": "{reason}</li>
                    }).collect_view()}
                </ul>
                {(!outcome.moved.is_empty()).then(|| view! {
                    <p>{text_with("settings.moved", &[("names", &outcome.moved.join(", "))])}</p>
                })}
            </section>
        })
    }
}

/// The name of a trigger, and the way to it.
fn way(id: &str, name: String) -> AnyView {
    match id.parse::<TriggerId>() {
        Ok(id) => view! { <a href=Place::Trigger(id).address()>{name}</a> }.into_any(),
        Err(_) => name.into_any(),
    }
}
