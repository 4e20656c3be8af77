//! On which pages and devices it was achieved.

use leptos::prelude::*;
use saluda_protocol::studio::{Slice, TriggerResults};

use super::measure::MEASURES;
use crate::texts::{capitalised, text};

/// On which pages and devices it was achieved.
#[component]
pub(super) fn Slices(found: Memo<Option<TriggerResults>>) -> impl IntoView {
    let pages = Memo::new(move |_| found.with(|it| it.as_ref().map(|it| it.pages.clone())));
    let devices = Memo::new(move |_| found.with(|it| it.as_ref().map(|it| it.devices.clone())));
    view! {
        <div class="results-pair">
            <Table
                id="pages-title"
                title=text("results.by_page")
                first=text("results.page")
                rows=pages
                name=str::to_owned
            />
            <Table
                id="devices-title"
                title=text("results.by_device")
                first=text("results.device")
                rows=devices
                name=device
            />
        </div>
    }
}

#[component]
fn Table(
    id: &'static str,
    title: String,
    /// What the first column holds.
    first: String,
    rows: Memo<Option<Vec<Slice>>>,
    name: fn(&str) -> String,
) -> impl IntoView {
    let row = move |slice: Slice| {
        view! {
            <tr>
                <th scope="row" class="results-of" dir="auto">{name(&slice.of)}</th>
                {MEASURES.map(|measure| view! { <td>{measure.figure(&slice.people)}</td> })}
            </tr>
        }
    };
    view! {
        <section class="card results-card" aria-labelledby=id>
            <div class="card-head"><h2 class="card-title" id=id>{title}</h2></div>
            <div class="results-frame" tabindex="0" role="group" aria-labelledby=id>
                <table class="results">
                    <thead>
                        <tr>
                            <th scope="col">{first}</th>
                            {MEASURES.map(|measure| view! { <th scope="col">{measure.name()}</th> })}
                        </tr>
                    </thead>
                    <tbody>
                        {move || rows.get().unwrap_or_default().into_iter().map(row).collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// What a device is called; one from a newer page by its own word.
fn device(word: &str) -> String {
    let name = match word {
        "desktop" => text("results.desktop"),
        "tablet" => text("results.tablet"),
        "phone" => text("results.phone"),
        word => word.to_owned(),
    };
    capitalised(&name)
}
