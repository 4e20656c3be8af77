//! Other triggers that go first wherever this one could show.

use saluda_protocol::Millis;
use saluda_protocol::trigger::Frequency;

use super::budget::Budget;
use super::opening::{asked, begins};
use super::search::{Goal, possible};
use super::terms;
use super::tree::{Leaf, Part, Subjects};
use super::{Around, Case, Other, Warning, WarningKind};
use crate::compile::{Context, compile};
use crate::stay::PAUSE_MS;
use crate::text::fold;
use crate::trigger::{Condition, Fact, Rule, Subject, Terms, Test, Trigger};
use crate::url::{Parts, decode};

/// Most triggers that are named.
const NAMED: usize = 5;

/// Most pages on which two triggers are compared.
const PAGES: usize = 40;

/// Whether one trigger could show wherever another could, as far as its rule,
/// its dates, its hours and a conversation decide. `now` is when it is, if that
/// is known.
#[must_use]
pub fn goes_first(other: &Trigger, this: &Trigger, now: Option<Millis>) -> bool {
    Pair::of(other, this).is_first(&Budget::default(), None)
        && covers(&other.terms, &this.terms, now)
}

/// Whether the dates of one are within those of another.
fn covers(other: &Terms, this: &Terms, now: Option<Millis>) -> bool {
    let begins = begins(this, now);
    let from = other
        .from
        .is_none_or(|from| begins.is_some_and(|begins| from <= begins));
    let until = other
        .until
        .is_none_or(|until| this.until.is_some_and(|ends| ends <= until));
    from && until
}

/// Two triggers, one of which may go first.
struct Pair {
    subjects: Subjects,
    /// What is so wherever this one shows.
    this: Vec<Part>,
    /// When the other could.
    other: Part,
    path: usize,
}

impl Pair {
    fn of(other: &Trigger, this: &Trigger) -> Self {
        let mut subjects = Subjects::default();
        let mut parts = vec![subjects.part(&this.rule)];
        let terms = terms::of(&mut subjects, &this.terms).into_iter();
        parts.extend(terms.map(|term| term.part));
        parts.extend(asked(&mut subjects, this.terms.hours));
        let mut theirs = vec![subjects.part(&other.rule)];
        theirs.extend(asked(&mut subjects, other.terms.hours));
        let terms = terms::of(&mut subjects, &other.terms).into_iter();
        let conversation = terms.filter(|term| term.field == "with_open_conversation");
        theirs.extend(conversation.map(|term| term.part));
        Self {
            this: parts,
            other: Part::All(theirs),
            path: subjects.fact(Fact::PagePath),
            subjects,
        }
    }

    /// Whether the other could show wherever this one could; on one page, if one
    /// is named.
    fn is_first(&self, budget: &Budget, page: Option<&str>) -> bool {
        let page = page.map(|page| {
            Part::One(Leaf {
                subject: self.path,
                test: Test::Equals(page.to_owned()),
                wanted: true,
            })
        });
        let this = self.this.iter().chain(&page);
        let mut goals: Vec<Goal<'_>> = this.map(|part| Goal::new(part, true)).collect();
        if page.is_some() && !possible(&self.subjects, budget, &goals) {
            return false;
        }
        goals.push(Goal::new(&self.other, false));
        !possible(&self.subjects, budget, &goals)
    }
}

/// Says which triggers go first.
pub(super) fn warnings(case: &Case<'_>, around: &Around<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for other in around
        .others
        .iter()
        .filter(|other| stands_before(case, other))
    {
        let context = Context {
            version: 0,
            zone: around.hours.zone(),
        };
        let Ok(trigger) = compile(other.spec, &context) else {
            continue;
        };
        let same = trigger.terms.id == case.trigger.terms.id;
        if same || !covers(&trigger.terms, &case.trigger.terms, around.now) {
            continue;
        }
        let pair = Pair::of(&trigger, case.trigger);
        let subjects = pair.subjects.len();
        if case.budget.spend(subjects * subjects).is_err() {
            break;
        }
        warnings.extend(compared(case, other, &trigger, &pair, around.pages));
        if warnings.len() == NAMED {
            break;
        }
    }
    warnings
}

/// Whether another would go first if both could show, and not only now and then:
/// what is shown once, or so many times, is out of the way for good, and a long
/// gap lets the other through.
fn stands_before(case: &Case<'_>, other: &Other<'_>) -> bool {
    let spec = other.spec;
    let before =
        spec.priority > case.spec.priority || spec.priority == case.spec.priority && other.older;
    let gap_ms = spec.limits.gap.map_or(0, |gap| gap.0);
    before && spec.frequency != Frequency::Once && spec.limits.times.is_none() && gap_ms <= PAUSE_MS
}

fn compared(
    case: &Case<'_>,
    other: &Other<'_>,
    trigger: &Trigger,
    pair: &Pair,
    pages: &[String],
) -> Option<Warning> {
    let name = &other.spec.name;
    let why = if other.spec.priority > case.spec.priority {
        "It has a higher priority"
    } else {
        "It has the same priority and is older"
    };
    let again = match other.spec.frequency {
        Frequency::Always => "each time",
        _ => "in each visit",
    };
    if pair.is_first(case.budget, None) {
        return Some(Warning {
            path: "priority".to_owned(),
            kind: WarningKind::Shadowed,
            message: format!(
                "“{name}” comes first. {why}, and its rule holds wherever this one does, so {again} \
                 this trigger waits until that one was shown. Give this one a higher priority, or \
                 let one of the rules leave out the other."
            ),
        });
    }
    // One for every page is meant to stand back on some.
    if !names(&case.trigger.rule, &|fact| {
        matches!(fact, Fact::PagePath | Fact::PageUrl)
    }) {
        return None;
    }
    let first: Vec<String> = candidates(&trigger.rule, pages)
        .into_iter()
        .filter(|page| pair.is_first(case.budget, Some(page)))
        .collect();
    let places = match first.as_slice() {
        [] => return None,
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, rest @ ..] => format!("{one} and {} more pages", rest.len()),
    };
    Some(Warning {
        path: "priority".to_owned(),
        kind: WarningKind::Shadowed,
        message: format!(
            "“{name}” comes first on {places}. {why}, so this trigger rarely shows there."
        ),
    })
}

/// Pages on which the other may go first: those that it names, and those that
/// were seen.
fn candidates(rule: &Rule, pages: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    named_pages(rule, &mut all);
    let seen = pages.iter();
    all.extend(seen.map(|page| fold(&decode(Parts::of(page).path, false))));
    let mut once: Vec<String> = Vec::new();
    for page in all {
        if once.len() < PAGES && !once.contains(&page) {
            once.push(page);
        }
    }
    once
}

fn named_pages(rule: &Rule, into: &mut Vec<String>) {
    match rule {
        Rule::All(rules) | Rule::Any(rules) => {
            for rule in rules {
                named_pages(rule, into);
            }
        }
        Rule::Not(rule) => named_pages(rule, into),
        Rule::One(Condition { subject, test, .. }) => {
            if *subject == Subject::Fact(Fact::PagePath) {
                match test {
                    Test::Equals(page) => into.push(page.clone()),
                    Test::OneOf(pages) => into.extend(pages.iter().cloned()),
                    _ => {}
                }
            }
        }
    }
}

/// Whether a rule asks for such a fact.
fn names(rule: &Rule, such: &dyn Fn(&Fact) -> bool) -> bool {
    match rule {
        Rule::All(rules) | Rule::Any(rules) => rules.iter().any(|rule| names(rule, such)),
        Rule::Not(rule) => names(rule, such),
        Rule::One(Condition { subject, .. }) => match subject {
            Subject::Fact(fact) => such(fact),
            Subject::Event(_) => false,
        },
    }
}
