//! What is asked before something is done with a trigger, and what it would
//! need when it could not be done.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::SiteKey;
use saluda_protocol::studio::{Mistake, TriggerRow};

use super::dialog::Dialog;
use super::lists::Which;
use super::remark::Remark;
use super::state::Question;
use super::verbs::focus_row;
use crate::route::{self, Place};
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_count, text_with};

/// The question, if there is one.
#[component]
pub(crate) fn Asked() -> impl IntoView {
    let desk = use_desk();
    move || {
        desk.studio.asked.get().map(|question| match question {
            Question::Delete { site, row } => view! { <Delete site row/> }.into_any(),
            Question::Mend {
                site,
                row,
                mistakes,
            } => view! { <Mend site row mistakes/> }.into_any(),
        })
    }
}

/// Takes the question away. The focus goes back to where it was asked.
fn drop_question(desk: Desk, which: &Which) {
    desk.studio.asked.set(None);
    focus_row(which);
}

/// Asks whether a trigger shall be deleted, and says what would be lost.
#[component]
fn Delete(site: SiteKey, row: TriggerRow) -> impl IntoView {
    let desk = use_desk();
    let id = row.id.clone();
    let which = StoredValue::new(Which { site, id });
    let row = StoredValue::new(row);
    let close = move || drop_question(desk, &which.get_value());
    // What is known of those that need it: nothing yet, or a sentence.
    let dependent = RwSignal::new(None::<Option<String>>);
    spawn_local(async move {
        let sentence = match desk.dependent(which.get_value()).await {
            Ok(names) if names.is_empty() => None,
            Ok(names) => Some(text_with(
                "delete.dependent",
                &[("names", &names.join(", "))],
            )),
            Err(_) => Some(text("delete.unknown")),
        };
        // It may have been closed meanwhile.
        dependent.try_set(Some(sentence));
    });
    let delete = move |_| {
        desk.studio.asked.set(None);
        desk.delete_trigger(&which.get_value().site, &row.get_value());
    };
    view! {
        <Dialog labelled="delete-title" close=Callback::new(move |()| close())>
            <h2 class="dialog-title" id="delete-title">
                {row.with_value(|row| text_with("delete.title", &[("name", &row.name)]))}
            </h2>
            <p>{text("delete.words")}</p>
            <ul class="losses">
                {row.with_value(losses).into_iter().map(|loss| view! { <li>{loss}</li> }).collect_view()}
                {move || match dependent.get() {
                    None => view! { <li class="soft">{text("delete.looking")}</li> }.into_any(),
                    Some(None) => ().into_any(),
                    Some(Some(sentence)) => view! { <li class="grave">{sentence}</li> }.into_any(),
                }}
            </ul>
            <div class="dialog-actions">
                <button class="button" autofocus on:click=move |_| close()>{text("action.cancel")}</button>
                <button class="button danger" on:click=delete>{text("delete.do")}</button>
            </div>
        </Dialog>
    }
}

/// What is lost with a trigger, besides itself.
fn losses(row: &TriggerRow) -> Vec<String> {
    let mut losses = Vec::new();
    if let Some(version) = row.version {
        losses.push(text_count("delete.versions", version.into()));
    }
    if row.people.sent > 0 {
        losses.push(text_count("delete.results", row.people.sent));
    }
    if losses.is_empty() {
        losses.push(text("delete.draft"));
    }
    losses
}

/// Says what keeps a trigger from being published.
#[component]
fn Mend(site: SiteKey, row: TriggerRow, mistakes: Vec<Mistake>) -> impl IntoView {
    let desk = use_desk();
    let id = row.id.clone();
    let which = StoredValue::new(Which { site, id });
    let close = move || drop_question(desk, &which.get_value());
    let mend = move |_| {
        let Which { site, id } = which.get_value();
        desk.studio.asked.set(None);
        route::go_at(&Place::Trigger(id), &site);
    };
    view! {
        <Dialog labelled="mend-title" close=Callback::new(move |()| close())>
            <h2 class="dialog-title" id="mend-title">
                {text_with("mend.title", &[("name", &row.name)])}
            </h2>
            <p>{text("mend.words")}</p>
            <ul class="mistakes">
                {mistakes.into_iter().map(|mistake| view! {
                    <li class="mistake">{Remark::from(mistake).view("")}</li>
                }).collect_view()}
            </ul>
            <div class="dialog-actions">
                <button class="button" autofocus on:click=move |_| close()>{text("action.close")}</button>
                <button class="button primary" on:click=mend>{text("mend.do")}</button>
            </div>
        </Dialog>
    }
}
