//! What a page has to watch, and nothing more.

use alloc::string::String;
use alloc::vec::Vec;

use crate::facts::Group;
use crate::plan::{Asked, Plan, Source};
use crate::trigger::{Fact, Test};

/// What any rule of a site asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a watcher of its own"
)]
pub struct Needs {
    /// The document's title.
    pub title: bool,
    /// How far the visitor has been down the page.
    pub scroll: bool,
    /// The pointer at the page's top.
    pub pointer: bool,
    /// Signs of the visitor.
    pub idle: bool,
    /// The visitor's wall clock.
    pub clock: bool,
    /// Elements that may come onto the screen.
    pub seen: Vec<String>,
    /// Elements that may be clicked.
    pub clicked: Vec<String>,
    /// Events that the page may track.
    pub events: Vec<String>,
}

impl Needs {
    /// What the rules of a plan ask for.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut needs = Self::default();
        for planned in &plan.triggers {
            if let Some(goal) = &planned.terms.goal {
                add(&mut needs.events, &goal.event);
            }
        }
        for Asked { slot, test, .. } in &plan.conditions {
            let fact = match &plan.slots[*slot].source {
                Source::Fact(fact) => fact,
                Source::Event(counted) => {
                    add(&mut needs.events, &counted.name);
                    continue;
                }
            };
            match fact {
                Fact::ElementSeen => add_selectors(&mut needs.seen, test),
                Fact::ElementClicked => add_selectors(&mut needs.clicked, test),
                Fact::IdleTime => needs.idle = true,
                _ => match fact.group() {
                    Group::Title => needs.title = true,
                    Group::Scroll => needs.scroll = true,
                    Group::Pointer => needs.pointer = true,
                    Group::LocalClock => needs.clock = true,
                    _ => {}
                },
            }
        }
        needs
    }
}

/// Selectors are compared as they stand, and so are kept as they stand.
fn add_selectors(selectors: &mut Vec<String>, test: &Test) {
    let named = match test {
        Test::Equals(selector) => core::slice::from_ref(selector),
        Test::OneOf(list) => list,
        _ => &[],
    };
    for selector in named {
        add(selectors, selector);
    }
}

fn add(names: &mut Vec<String>, name: &String) {
    if !names.contains(name) {
        names.push(name.clone());
    }
}
