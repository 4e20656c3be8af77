//! What else a trigger says, as conditions on its rule.

use saluda_protocol::trigger::Frequency;

use super::phrases::said;
use super::tree::{Leaf, Part, Subjects};
use super::{Case, Warning, WarningKind};
use crate::trigger::{Comparison, Count, Dismissal, Fact, Terms, Test};

/// Something that is so wherever the trigger shows.
#[derive(Debug)]
pub(super) struct Term {
    /// Which field of the form says so.
    pub(super) field: &'static str,
    subject: usize,
    pub(super) part: Part,
}

/// What is so wherever a trigger shows, its hours left aside.
pub(super) fn of(subjects: &mut Subjects, terms: &Terms) -> Vec<Term> {
    let mut all = Vec::new();
    let mut add = |subject, test, field| {
        all.push(Term {
            field,
            subject,
            part: Part::One(Leaf {
                subject,
                test,
                wanted: true,
            }),
        });
    };
    if !terms.with_open_conversation {
        let conversation = subjects.fact(Fact::ChatConversation);
        add(conversation, Test::Is(false), "with_open_conversation");
    }
    let mut own = |count| subjects.fact(Fact::Trigger(terms.id.clone(), count));
    if terms.frequency == Frequency::Once {
        let none = Test::Number(Comparison::Equal, 0.0);
        add(own(Count::Shown), none, "frequency");
    }
    if let Some(times) = terms.times {
        let fewer = Test::Number(Comparison::Less, f64::from(times));
        add(own(Count::Shown), fewer, "limits.times");
    }
    if terms.after_dismiss == Dismissal::Forever {
        let none = Test::Number(Comparison::Equal, 0.0);
        add(own(Count::Dismissed), none, "after_dismiss");
    }
    all
}

/// Says which of them forbids what the rule asks for.
pub(super) fn warnings(case: &Case<'_>) -> Vec<Warning> {
    let all: Vec<&Part> = case.terms.iter().map(|term| &term.part).collect();
    if case.can(&all) {
        return Vec::new();
    }
    let forbids = case.terms.iter().find(|term| !case.can(&[&term.part]));
    let Some(term) = forbids.or(case.terms.first()) else {
        return Vec::new();
    };
    let (path, asks) = match case.condition_on(term.subject) {
        Some((place, condition)) => (case.phrases.path(&place), said(condition)),
        None => ("rule".to_owned(), "the rule".to_owned()),
    };
    let why = match term.field {
        "with_open_conversation" => {
            "asks for someone who is in conversation, and they see it only with \
             `\"with_open_conversation\": true`. Set that, or change the condition"
        }
        "frequency" => {
            "asks that this trigger was shown before, and with the frequency `once` it is not \
             shown again. Use `visit` or `always`, or change the condition"
        }
        "limits.times" => {
            "asks that this trigger was shown more often than `limits.times` lets it. Raise the \
             limit, or change the condition"
        }
        _ => {
            "asks that this trigger was closed before, and with `after_dismiss` as `forever` it \
             stays away then. Let it come back, or change the condition"
        }
    };
    vec![Warning {
        path,
        kind: WarningKind::ForbiddenByTerms,
        message: format!("{asks} {why}; as it is, this trigger never shows."),
    }]
}
