//! What each version achieved, and each variant of it.

use leptos::prelude::*;
use saluda_protocol::studio::{People, TriggerResult};

use super::super::figures::Figure;
use super::state::{Known, use_editor};
use crate::route::Place;
use crate::texts::{text, text_with};

/// What each version achieved.
#[component]
pub(super) fn Results() -> impl IntoView {
    let editor = use_editor();
    let found = Memo::new(move |_| {
        editor.known.with(|known| match known {
            Known::Saved(detail) => Some((detail.row.people, detail.results.clone())),
            _ => None,
        })
    });
    view! {
        <section class="card" aria-labelledby="results-title">
            <div class="card-head">
                <h2 class="card-title" id="results-title">{text("results.title")}</h2>
                {editor.id.get_value().map(|id| view! {
                    <a class="link card-link" href=Place::Results(id).address()>{text("results.open")}</a>
                })}
            </div>
            {move || match found.get() {
                Some((people, mut results)) if !results.is_empty() => {
                    // The newest first, as the versions are.
                    results.sort_by_key(|it| std::cmp::Reverse(it.version));
                    view! { <Table people results/> }.into_any()
                }
                _ => view! { <p class="card-words">{text("results.none")}</p> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Table(people: People, results: Vec<TriggerResult>) -> impl IntoView {
    let held = people.held > 0 || results.iter().any(|it| it.people.held > 0);
    let head = move |name: String| view! { <th scope="col">{name}</th> };
    let row = move |result: TriggerResult| {
        let variant = result.variant.unwrap_or_else(|| text("results.original"));
        let version = result.version.to_string();
        view! {
            <tr>
                <th scope="row">
                    {text_with("results.version", &[("version", &version)])}
                    <span class="share" dir="auto">{variant}</span>
                </th>
                {cells(result.people, held)}
            </tr>
        }
    };
    view! {
        <div class="results-frame" tabindex="0" role="group" aria-labelledby="results-title">
            <table class="results">
                <thead>
                    <tr>
                        <th scope="col"><span class="unseen">{text("results.what")}</span></th>
                        {head(text("triggers.sent"))}
                        {head(text("triggers.opened"))}
                        {head(text("triggers.replied"))}
                        {head(text("triggers.goal"))}
                        {held.then(|| head(text("results.held")))}
                    </tr>
                </thead>
                <tbody>{results.into_iter().map(row).collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{text("results.all")}</th>
                        {cells(people, held)}
                    </tr>
                </tfoot>
            </table>
        </div>
        <p class="card-note">{text("results.note")}</p>
    }
}

fn cells(people: People, held: bool) -> impl IntoView {
    let sent = people.sent;
    view! {
        <td><Figure count=sent of=None/></td>
        <td><Figure count=people.opened of=Some(sent)/></td>
        <td><Figure count=people.replied of=Some(sent)/></td>
        <td><Figure count=people.goal of=Some(sent)/></td>
        {held.then(|| view! { <td><Figure count=people.held of=None/></td> })}
    }
}
