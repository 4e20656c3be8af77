//! The windows of a day: from when until when, several a day, past midnight.

use leptos::prelude::*;

use super::super::field::{Wrong, described, id_of, is_wrong};
use super::form::{Of, runs_over, split};
use super::{change, hours_of};
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::state::use_desk;
use crate::texts::{text, text_with};

/// The windows of a day or a date. `day` is what it is called.
#[component]
pub(super) fn Windows(of: Of, #[prop(into)] day: Signal<String>) -> impl IntoView {
    let desk = use_desk();
    let of = StoredValue::new(of);
    let windows = Memo::new(move |_| of.with_value(|of| hours_of(desk).windows(of).to_vec()));
    let count = Memo::new(move |_| windows.with(Vec::len));
    view! {
        <ul class="windows">
            <For each=move || 0..count.get() key=|at| *at let:at>
                <Window of=of.get_value() at day windows/>
            </For>
        </ul>
    }
}

#[component]
fn Window(of: Of, at: usize, day: Signal<String>, windows: Memo<Vec<String>>) -> impl IntoView {
    let desk = use_desk();
    let path = format!("{}[{at}]", of.path());
    let of = StoredValue::new(of);
    let written = Memo::new(move |_| windows.with(|all| all.get(at).cloned().unwrap_or_default()));
    // The end of a day is its last midnight, which a clock shows as 00:00.
    let ends = move || {
        let (start, end) = written.with(|window| {
            let (start, end) = split(window);
            (start.to_owned(), end.to_owned())
        });
        [
            start,
            if end == "24:00" {
                "00:00".to_owned()
            } else {
                end
            },
        ]
    };
    let put = move |which: usize, typed: String| {
        let mut both = untrack(ends);
        if let Some(end) = both.get_mut(which) {
            *end = typed;
        }
        change(desk, |hours| {
            let windows = of.with_value(|of| hours.windows_mut(of).clone());
            let changed = windows.into_iter().enumerate().map(|(place, window)| {
                if place == at { both.join("-") } else { window }
            });
            let changed = changed.collect();
            of.with_value(|of| *hours.windows_mut(of) = changed);
        });
    };
    let remove = move |_| {
        change(desk, |hours| {
            of.with_value(|of| {
                let windows = hours.windows_mut(of);
                if at < windows.len() {
                    windows.remove(at);
                }
            });
        });
        let add = of.with_value(|of| format!("#{}-add", id_of(&of.path())));
        request_animation_frame(move || {
            keys::focus(&add);
        });
    };
    let end = move |which: usize, label: &'static str, path: &str| {
        let name = move || {
            let number = (at + 1).to_string();
            let values = [("day", &*day.get()), ("number", &*number)];
            if label == "from" {
                text_with("hours.from", &values)
            } else {
                text_with("hours.until", &values)
            }
        };
        view! {
            <input
                class="field-input window-end"
                type="time"
                id=(which == 0).then(|| id_of(path))
                aria-label=name
                prop:value=move || ends()[which].clone()
                aria-invalid=is_wrong(path)
                aria-describedby=described(path)
                on:change=move |event| put(which, event_target_value(&event))
            />
        }
    };
    view! {
        <li class="window">
            <div class="window-row">
                {end(0, "from", &path)}
                <span class="window-dash" aria-hidden="true">"–"</span>
                {end(1, "until", &path)}
                <button
                    class="icon-button"
                    type="button"
                    aria-label=move || text_with(
                        "hours.remove",
                        &[("day", &day.get()), ("number", &(at + 1).to_string())],
                    )
                    on:click=remove
                >
                    <Icon of=Symbol::Close/>
                </button>
                {move || written.with(|it| runs_over(it)).then(|| view! {
                    <span class="window-over">{text("hours.next_day")}</span>
                })}
            </div>
            <Wrong path/>
        </li>
    }
}
