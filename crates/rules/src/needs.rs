//! What a page has to watch, and nothing more.

use crate::facts::Group;
use crate::plan::{Node, Plan, Source};
use crate::trigger::{Fact, Test};

/// What any rule of a site asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a watcher of its own"
)]
pub struct Needs {
    /// Whether there is any trigger at all.
    pub anything: bool,
    /// The document's title.
    pub title: bool,
    /// How far the visitor has been down the page.
    pub scroll: bool,
    /// The pointer at the page's top.
    pub pointer: bool,
    /// Signs of the visitor.
    pub idle: bool,
    /// The visitor's wall clock.
    pub local_clock: bool,
    /// Elements that may come onto the screen.
    pub seen: Vec<String>,
    /// Elements that may be clicked.
    pub clicked: Vec<String>,
}

impl Needs {
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut needs = Self {
            anything: !plan.triggers.is_empty(),
            ..Self::default()
        };
        for node in &plan.nodes {
            let Node::One { slot, test, .. } = node else {
                continue;
            };
            let Source::Fact(fact) = &plan.slots[*slot].source else {
                continue;
            };
            match fact {
                Fact::ElementSeen => add(&mut needs.seen, test),
                Fact::ElementClicked => add(&mut needs.clicked, test),
                Fact::IdleTime => needs.idle = true,
                _ => match fact.group() {
                    Group::Title => needs.title = true,
                    Group::Scroll => needs.scroll = true,
                    Group::Pointer => needs.pointer = true,
                    Group::LocalClock => needs.local_clock = true,
                    _ => {}
                },
            }
        }
        needs
    }
}

/// Selectors are compared as they stand, and so are kept as they stand.
fn add(selectors: &mut Vec<String>, test: &Test) {
    let named = match test {
        Test::Equals(selector) => std::slice::from_ref(selector),
        Test::OneOf(list) => list,
        _ => &[],
    };
    for selector in named {
        if !selectors.contains(selector) {
            selectors.push(selector.clone());
        }
    }
}
