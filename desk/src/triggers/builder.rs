//! The conditions of a trigger as rows: a fact, how it is compared, and with
//! what. They are the rule of the form, read from it and written into it.

mod event;
mod input;
mod leaf;
mod property;
mod tree;
pub(super) mod typed;

use leptos::prelude::*;
use saluda_protocol::trigger::{Condition, Rule};

use super::editor::state::{Editor, use_editor};
use crate::facts;
use crate::form_text;
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::texts::{text, text_with};
use leaf::Leaf;
use tree::At;

/// So many conditions are there before groups are of use (S2.28).
const BEFORE_GROUPS: usize = 2;
/// Deeper than this, rows have no room; the form goes further.
const DEPTH: usize = 4;

/// The rule as it is typed; nothing while the form cannot be read.
pub(super) type Typed = Memo<Option<Rule>>;

/// Who sees the greeting, as rows.
#[component]
pub(crate) fn Builder() -> impl IntoView {
    let editor = use_editor();
    let rule: Typed = Memo::new(move |_| rule_of(editor));
    let readable = Memo::new(move |_| rule.with(Option::is_some));
    view! {
        <section class="card" aria-labelledby="who-title">
            <div class="card-head">
                <h2 class="card-title" id="who-title">{text("builder.title")}</h2>
            </div>
            {move || if readable.get() {
                view! { <div class="conditions" inert=move || !editor.desk.may_write()><Group rule at=At::new()/></div> }.into_any()
            } else {
                view! { <p class="card-words">{text("builder.unreadable")}</p> }.into_any()
            }}
        </section>
    }
}

fn rule_of(editor: Editor) -> Option<Rule> {
    editor.text.with(|text| form_text::read_rule(text))
}

impl Editor {
    /// Changes the rule in the form. All else in it stays as it is typed.
    pub(super) fn change_rule<T>(self, change: impl FnOnce(&mut Rule) -> T) -> Option<T> {
        let mut rule = untrack(|| rule_of(self))?;
        let done = change(&mut rule);
        let json = form_text::write_rule(&rule);
        let text = self
            .text
            .with_untracked(|text| form_text::replace(text, "rule", &json))?;
        self.typed(text);
        Some(done)
    }

    /// Changes one condition.
    pub(super) fn change_condition(self, at: &[usize], change: impl FnOnce(&mut Condition)) {
        self.change_rule(|rule| {
            if let Some(Rule::One(condition)) = tree::get_mut(rule, at) {
                change(condition);
            }
        });
    }
}

/// The rows of a group; at the top also of a condition that stands alone.
#[component]
fn Group(rule: Typed, at: At) -> impl IntoView {
    let editor = use_editor();
    let at = StoredValue::new(at);
    let here = move |look: fn(&Rule) -> usize| {
        rule.with(|rule| {
            let rule = tree::get(rule.as_ref()?, &at.get_value())?;
            Some(look(rule))
        })
        .unwrap_or_default()
    };
    // A condition that stands alone is the only row of itself.
    let alone = Memo::new(move |_| here(|rule| usize::from(!is_group(rule))) > 0);
    let len = Memo::new(move |_| here(tree::len));
    let any = Memo::new(move |_| here(|rule| usize::from(matches!(rule, Rule::Any { .. }))) > 0);
    let whole =
        Memo::new(move |_| rule.with(|rule| rule.as_ref().map(tree::count).unwrap_or_default()));
    let depth = at.with_value(Vec::len);
    let add = move |grouped: bool| {
        let begin = || facts::FACTS.iter().find(|fact| fact.name == "page.path");
        let Some(fact) = begin() else { return };
        let mut new = Rule::One(typed::begin(*fact, ""));
        if grouped {
            new = Rule::Any { any: vec![new] };
        }
        let added = editor.change_rule(|rule| tree::add(rule, &at.get_value(), new));
        if let Some(added) = added {
            focus(&added, "select");
        }
    };
    let row = move |index: usize| {
        let mut place = at.get_value();
        if !alone.get_untracked() {
            place.push(index);
        }
        let word = move || match (index, any.get()) {
            (0, _) if depth == 0 => text("builder.when"),
            (0, _) => String::new(),
            (_, false) => text("sentence.and"),
            (_, true) => text("sentence.or"),
        };
        let label = text_with("builder.row", &[("number", &(index + 1).to_string())]);
        view! { <Node rule at=place label word=Signal::derive(word)/> }
    };
    view! {
        {move || (len.get() == 0).then(|| view! {
            <p class="conditions-none">
                {if any.get() { text("sentence.nobody") } else { text("sentence.everyone") }}
            </p>
        })}
        {move || (depth == 0 && len.get() > 1).then(|| view! { <Join rule at=at.get_value()/> })}
        {move || {
            // Rows of themselves and rows of a group are not the same rows.
            alone.track();
            view! {
                <For each=move || 0..len.get() key=|index| *index let:index>
                    {row(index)}
                </For>
            }
        }}
        <div class="condition-adds">
            <button class="link condition-add" on:click=move |_| add(false)>
                {move || match (len.get(), any.get()) {
                    (0 | 1, _) if depth == 0 => text("builder.add"),
                    (_, true) => text("builder.add_or"),
                    (_, false) => text("builder.add_and"),
                }}
            </button>
            {move || (whole.get() >= BEFORE_GROUPS && depth < DEPTH).then(|| view! {
                <button class="link" on:click=move |_| add(true)>{text("builder.add_group")}</button>
            })}
        </div>
    }
}

fn is_group(rule: &Rule) -> bool {
    matches!(rule, Rule::All { .. } | Rule::Any { .. })
}

/// Whether all of a group have to hold, or any.
#[component]
fn Join(rule: Typed, at: At) -> impl IntoView {
    let editor = use_editor();
    let at = StoredValue::new(at);
    let any = Memo::new(move |_| {
        rule.with(|rule| {
            let group = rule.as_ref().and_then(|it| tree::get(it, &at.get_value()));
            matches!(group, Some(Rule::Any { .. }))
        })
    });
    let turn = move |event| {
        let any = event_target_value(&event) == "any";
        editor.change_rule(|rule| tree::join(rule, &at.get_value(), any));
    };
    view! {
        <select class="select condition-join" aria-label=text("builder.join") on:change=turn>
            <option value="all" prop:selected=move || !any.get()>{text("builder.all")}</option>
            <option value="any" prop:selected=any>{text("builder.any")}</option>
        </select>
    }
}

/// A row: a condition, or a group with rows of its own.
#[component]
fn Node(rule: Typed, at: At, label: String, word: Signal<String>) -> impl IntoView {
    let editor = use_editor();
    let place = StoredValue::new(at);
    let denied = Memo::new(move |_| {
        rule.with(|rule| {
            let one = rule
                .as_ref()
                .and_then(|it| tree::get(it, &place.get_value()));
            matches!(one, Some(Rule::Not { .. }))
        })
    });
    let inner = move || {
        let mut inner = place.get_value();
        if denied.get() {
            inner.push(0);
        }
        inner
    };
    // What is denied twice is a group of one.
    let grouped = Memo::new(move |_| {
        let inner = inner();
        rule.with(|rule| {
            let one = rule.as_ref().and_then(|it| tree::get(it, &inner));
            one.is_some_and(|one| !matches!(one, Rule::One(_)))
        })
    });
    let remove = move |_| {
        let at = place.get_value();
        editor.change_rule(|rule| tree::remove(rule, &at));
        focus(&at, ".condition-remove");
    };
    let deny = move |_| {
        let denied = !denied.get_untracked();
        editor.change_rule(|rule| tree::deny(rule, &place.get_value(), denied));
        focus(&place.get_value(), ".condition-not");
    };
    view! {
        <div class="condition" role="group" aria-label=label data-at=name_of(&place.get_value())>
            <span class="condition-word" aria-hidden="true">{word}</span>
            <button class="condition-not" aria-pressed=move || denied.get().to_string() on:click=deny>
                {text("builder.not")}
            </button>
            {move || if grouped.get() {
                view! { <Join rule at=inner()/> }.into_any()
            } else {
                view! { <Leaf rule at=inner()/> }.into_any()
            }}
            <button class="icon-button condition-remove" aria-label=text("builder.remove") on:click=remove>
                <Icon of=Symbol::Close/>
            </button>
            {move || grouped.get().then(|| view! {
                <div class="condition-group"><Group rule at=inner()/></div>
            }.into_any())}
        </div>
    }
    .into_any()
}

/// Puts the focus into the row of what a path of the form names. Says whether
/// there is one.
pub(super) fn lead_to(path: &str) -> bool {
    place_of(path).is_some_and(|at| keys::focus(&format!("[data-at='{}'] select", name_of(&at))))
}

/// The row that a path such as `rule.all[1].not` leads to. What is denied has
/// no row of its own: it stands in the one that denies it.
fn place_of(path: &str) -> Option<At> {
    let steps: Vec<&str> = path.strip_prefix("rule")?.split('.').skip(1).collect();
    let numbers = steps.iter().map(|step| match step.split_once('[') {
        Some((_, index)) => index.strip_suffix(']')?.parse().ok(),
        None => Some(0),
    });
    let mut at: At = numbers.collect::<Option<_>>()?;
    if steps.last() == Some(&"not") {
        at.pop();
    }
    Some(at)
}

fn name_of(at: &[usize]) -> String {
    let numbers: Vec<_> = at.iter().map(ToString::to_string).collect();
    format!("at-{}", numbers.join("-"))
}

/// Puts the focus into a row once it is drawn; into the row before it, or on
/// what adds one, when it is gone.
fn focus(at: &[usize], what: &'static str) {
    let row = name_of(at);
    let before = at.split_last().map(|(last, parent)| {
        let mut before = parent.to_vec();
        before.push(last.saturating_sub(1));
        name_of(&before)
    });
    request_animation_frame(move || {
        let found = keys::focus(&format!("[data-at='{row}'] > {what}"))
            || before.is_some_and(|before| keys::focus(&format!("[data-at='{before}'] > {what}")));
        if !found {
            keys::focus(".condition-add");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_the_form_leads_to_its_row() {
        for (path, at) in [
            ("rule", Some(vec![])),
            ("rule.all[1]", Some(vec![1])),
            ("rule.all[1].not", Some(vec![1])),
            ("rule.any[0].not.all[2]", Some(vec![0, 0, 2])),
            ("greeting.text", None),
        ] {
            assert_eq!(place_of(path), at, "{path}");
        }
    }
}
