//! What an import changes: which triggers are new, which lines of others differ,
//! what is otherwise than it was in the other product, and what is left out.

use leptos::prelude::*;
use saluda_protocol::TriggerId;

use super::super::differences::Differences;
use crate::diff::Line;
use crate::form_text::{self, values};
use crate::route::Place;
use crate::texts::{text, text_count, text_with};

/// What an import changes, or has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) saved: bool,
    triggers: Vec<Planned>,
    left_out: Vec<LeftOut>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Planned {
    id: String,
    name: String,
    file: String,
    change: Change,
    difference: Vec<String>,
    notes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    New,
    Changed,
    Same,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct LeftOut {
    file: String,
    name: String,
    reason: String,
}

impl Plan {
    pub(super) fn read(body: &str) -> Self {
        let words = |one: &str, field| values::words(one, field).unwrap_or_default();
        let triggers = form_text::items(body, "triggers").into_iter();
        let left_out = form_text::items(body, "left_out").into_iter();
        Self {
            saved: values::at(body, "saved") == Some("true"),
            triggers: triggers
                .map(|one| Planned {
                    id: words(one, "id"),
                    name: words(one, "name"),
                    file: words(one, "file"),
                    change: match words(one, "change").as_str() {
                        "new" => Change::New,
                        "same" => Change::Same,
                        _ => Change::Changed,
                    },
                    difference: values::texts(one, "difference"),
                    notes: values::texts(one, "notes"),
                })
                .collect(),
            left_out: left_out
                .map(|one| LeftOut {
                    file: words(one, "file"),
                    name: words(one, "name"),
                    reason: words(one, "reason"),
                })
                .collect(),
        }
    }

    /// How many triggers become others, or come to be.
    pub(super) fn changes(&self) -> usize {
        self.count(Change::New) + self.count(Change::Changed)
    }

    fn count(&self, change: Change) -> usize {
        self.triggers
            .iter()
            .filter(|one| one.change == change)
            .count()
    }
}

/// The plan, and the way to carry it out.
#[component]
pub(super) fn PlanView(plan: Plan, busy: RwSignal<bool>, apply: Callback<()>) -> impl IntoView {
    let count = |change| u64::try_from(plan.count(change)).unwrap_or_default();
    let (new, other, same) = (
        count(Change::New),
        count(Change::Changed),
        count(Change::Same),
    );
    let sums = [
        (new, text_count("import.new", new)),
        (other, text_count("import.changed", other)),
        (same, text_count("import.same", same)),
    ];
    let sums = sums.into_iter().filter(|(count, _)| *count > 0);
    let sums: Vec<_> = sums.map(|(_, words)| words).collect();
    let left_out = plan.left_out.clone();
    let (saved, changes) = (plan.saved, plan.changes());
    let title = match (saved, changes) {
        (true, _) => text("import.done"),
        (false, 0) => text("import.nothing"),
        (false, _) => text("import.plan"),
    };
    view! {
        <section class="import-outcome" tabindex="-1" aria-labelledby="import-plan">
            <h2 class="settings-part-title" id="import-plan">{title}</h2>
            <p class="import-sums">{sums.join(" · ")}</p>
            {(!saved && changes > 0).then(|| view! { <p class="field-hint">{text("import.drafts")}</p> })}
            <ul class="planned">
                {plan.triggers.into_iter().map(|one| view! { <Item one saved/> }).collect_view()}
            </ul>
            {(!left_out.is_empty()).then(|| view! {
                <h3 class="settings-part-title">{text("import.left_out")}</h3>
                <ul class="planned">
                    {left_out.into_iter().map(|one| view! {
                        <li class="planned-one">
                            <p class="planned-name"><bdi>{one.name}</bdi></p>
                            <p>{one.reason}</p>
                            <p class="field-hint"><bdi>{one.file}</bdi></p>
                        </li>
                    }).collect_view()}
                </ul>
            })}
            {if saved {
                view! {
                    <a class="button primary" href=Place::Triggers.address()>{text("import.see")}</a>
                }
                .into_any()
            } else if changes > 0 {
                let words = text_count("import.apply", u64::try_from(changes).unwrap_or_default());
                view! {
                    <button
                        class="button primary"
                        type="button"
                        aria-disabled=move || busy.get().to_string()
                        on:click=move |_| apply.run(())
                    >
                        {words}
                    </button>
                }
                .into_any()
            } else {
                ().into_any()
            }}
        </section>
    }
}

/// A trigger, and what becomes of it.
#[component]
fn Item(one: Planned, saved: bool) -> impl IntoView {
    let sign = match one.change {
        Change::New => text("import.is_new"),
        Change::Changed => text("import.is_changed"),
        Change::Same => text("import.is_same"),
    };
    let lines: Vec<_> = one.difference.iter().map(|line| line_of(line)).collect();
    let name = match one.id.parse::<TriggerId>() {
        Ok(id) if saved => view! { <a href=Place::Trigger(id).address()>{one.name}</a> }.into_any(),
        _ => one.name.into_any(),
    };
    view! {
        <li class="planned-one">
            <p class="planned-name">
                <bdi>{name}</bdi>" "<span class="planned-sign" class:same=one.change == Change::Same>{sign}</span>
            </p>
            <p class="field-hint">
                {text_with("import.where", &[("id", &one.id), ("file", &one.file)])}
            </p>
            {(!one.notes.is_empty()).then(|| view! {
                <ul class="losses">
                    {one.notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}
                </ul>
            })}
            {(!lines.is_empty()).then(|| view! { <Differences lines/> })}
        </li>
    }
}

/// A line as the server marks it.
fn line_of(line: &str) -> Line {
    let rest = || line.get(1..).unwrap_or_default().to_owned();
    match line.chars().next() {
        Some('-') => Line::Removed(rest()),
        Some('+') => Line::Added(rest()),
        Some(' ') => Line::Same(rest()),
        _ => Line::Same(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use saluda_protocol::studio::{self, ImportPlan, PlannedChange, PlannedTrigger};

    #[test]
    fn a_plan_is_read_as_the_server_writes_it() {
        let trigger = |id: &str, change| PlannedTrigger {
            id: id.parse().unwrap(),
            name: id.to_uppercase(),
            file: "a.json".into(),
            from: None,
            change,
            difference: vec![],
            notes: vec![],
        };
        let mut changed = trigger("help", PlannedChange::Changed);
        changed.difference = vec![" {".into(), "-  \"a\": 1".into(), "+  \"a\": 2".into()];
        changed.notes = vec!["it was switched off there".into()];
        let plan = ImportPlan {
            saved: false,
            triggers: vec![
                changed,
                trigger("new", PlannedChange::New),
                trigger("old", PlannedChange::Same),
            ],
            left_out: vec![studio::LeftOut {
                file: "a.json".into(),
                name: "October".into(),
                reason: "it greets nobody".into(),
            }],
        };
        let read = Plan::read(&serde_json::to_string(&plan).unwrap());
        assert!(!read.saved);
        assert_eq!(read.changes(), 2);
        assert_eq!(read.triggers[0].notes.len(), 1);
        assert_eq!(
            line_of(&read.triggers[0].difference[1]),
            Line::Removed("  \"a\": 1".into())
        );
        assert_eq!(read.left_out[0].reason, "it greets nobody");
    }
}
