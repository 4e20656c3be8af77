//! The triggers of a site: their list, and one of them in the editor.

mod about;
mod actions;
mod ask;
mod builder;
mod depend;
pub(crate) mod dialog;
pub(crate) mod differences;
mod editor;
mod figures;
mod forms;
mod grip;
mod import;
mod list;
pub(crate) mod lists;
mod loading;
mod menu;
mod order;
mod place;
mod preview;
mod priority;
mod remark;
pub(crate) mod requests;
mod results;
mod row;
mod scope;
mod seen;
mod site;
pub(crate) mod state;
mod table;
pub(crate) mod tester;
mod toolbar;
mod verbs;

use leptos::prelude::*;
use saluda_protocol::SiteKey;

use crate::route::Place;
use crate::state::{Desk, Line, use_desk};
use ask::Asked;
use editor::EditorPage;
use import::ImportPage;
use list::List;
use results::ResultsPage;

/// The pane of the triggers.
#[component]
pub(crate) fn TriggersPane() -> impl IntoView {
    let desk = use_desk();
    follow_sites(desk);
    view! {
        <main class="studio">
            {move || match desk.place.get() {
                Place::Trigger(id) => view! { <EditorPage id=Some(id)/> }.into_any(),
                Place::Results(id) => view! { <ResultsPage id/> }.into_any(),
                Place::NewTrigger => view! { <EditorPage id=None/> }.into_any(),
                Place::Import => view! { <ImportPage/> }.into_any(),
                _ => view! { <List/> }.into_any(),
            }}
        </main>
        <Asked/>
        <p class="unseen" role="status">{move || desk.studio.told.get()}</p>
    }
}

/// Loads the lists of the sites that are shown, and again when the line is back.
fn follow_sites(desk: Desk) {
    let sites = Memo::new(move |_| {
        let sites = desk.listed_sites();
        sites.into_iter().map(|it| it.key).collect::<Vec<SiteKey>>()
    });
    let up = Memo::new(move |_| desk.line.get() == Line::Up);
    Effect::new(move |_| {
        let is_known = sites.with(|sites| !sites.is_empty());
        if is_known && up.get() {
            desk.load_triggers();
        }
    });
}
