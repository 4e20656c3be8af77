//! What is measured: each one counts people, and is a part of those who saw the
//! greeting.

use leptos::prelude::*;
use saluda_protocol::studio::People;

use super::super::figures::{Figure, number};
use crate::texts::{text, text_with};

/// What is measured beside how many saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Sent,
    Opened,
    Replied,
    Dismissed,
    Goal,
}

/// Every measure, from the widest to the narrowest.
pub(super) const MEASURES: [Measure; 5] = [
    Measure::Sent,
    Measure::Opened,
    Measure::Replied,
    Measure::Dismissed,
    Measure::Goal,
];

impl Measure {
    pub(super) fn of(self, people: &People) -> u64 {
        match self {
            Self::Sent => people.sent,
            Self::Opened => people.opened,
            Self::Replied => people.replied,
            Self::Dismissed => people.dismissed,
            Self::Goal => people.goal,
        }
    }

    pub(super) fn name(self) -> String {
        match self {
            Self::Sent => text("triggers.sent"),
            Self::Opened => text("triggers.opened"),
            Self::Replied => text("triggers.replied"),
            Self::Dismissed => text("results.dismissed"),
            Self::Goal => text("triggers.goal"),
        }
    }

    /// How many, and which part of those who saw it.
    pub(super) fn figure(self, people: &People) -> impl IntoView + use<> {
        let of = (self != Self::Sent).then_some(people.sent);
        view! { <Figure count=self.of(people) of/> }
    }
}

/// All of them in a sentence.
pub(super) fn summary(people: &People) -> String {
    let named = MEASURES.map(|measure| {
        text_with(
            "results.named",
            &[
                ("name", &measure.name()),
                ("count", &number(measure.of(people))),
            ],
        )
    });
    named.join(", ")
}
