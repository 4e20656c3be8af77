//! Conditions on pages that no page fits which visitors were on.

use std::collections::BTreeSet;

use super::judge::{Finding, Place};
use super::phrases::said;
use super::{Case, Warning, WarningKind};
use crate::compile::nearest::nearest;
use crate::evaluate::text_passes;
use crate::text::{cut, fold};
use crate::trigger::{Condition, Fact, Rule, Subject, Test};
use crate::url::{Parts, decode};

/// With fewer pages, it says nothing that none of them fits.
const FEW: usize = 5;

/// Pages that visitors were on, as conditions look at them.
#[derive(Default)]
struct Seen {
    urls: BTreeSet<String>,
    hosts: BTreeSet<String>,
    paths: BTreeSet<String>,
}

impl Seen {
    fn of(pages: &[String]) -> Self {
        let mut seen = Self::default();
        for page in pages {
            let parts = Parts::of(cut(page));
            seen.paths.insert(fold(&decode(parts.path, false)));
            if !parts.host.is_empty() {
                seen.urls.insert(fold(cut(page)));
                seen.hosts.insert(fold(parts.host));
            }
        }
        seen
    }

    /// What was seen of a fact, and what that is called.
    fn of_fact(&self, subject: &Subject) -> Option<(&BTreeSet<String>, &'static str)> {
        match subject {
            Subject::Fact(Fact::PageUrl) => Some((&self.urls, "pages")),
            Subject::Fact(Fact::PageHost) => Some((&self.hosts, "hosts")),
            Subject::Fact(Fact::PagePath) => Some((&self.paths, "pages")),
            _ => None,
        }
    }
}

pub(super) fn warnings(case: &Case<'_>, findings: &[Finding], pages: &[String]) -> Vec<Warning> {
    let seen = Seen::of(pages);
    let mut warnings = Vec::new();
    look(
        &case.trigger.rule,
        &Place::new(),
        true,
        &mut |place, one| {
            let Some((pages, called)) = seen.of_fact(&one.subject) else {
                return;
            };
            let number = pages.len();
            let fits = |page: &String| text_passes(&one.test, page);
            let told = findings.iter().any(|finding| finding.place == *place);
            // What no page at all fits is said already.
            if number < FEW || told || pages.iter().any(fits) {
                return;
            }
            let Some(condition) = case.phrases.condition(place) else {
                return;
            };
            let near = meant(&one.test, pages);
            let near = near.map(|near| format!(" The nearest is `{near}`."));
            warnings.push(Warning {
                path: case.phrases.path(place),
                kind: WarningKind::NoPageSeen,
                message: format!(
                    "{} fits none of the {number} {called} that are known.{} Check how it is \
                 written, unless the page is new.",
                    said(condition),
                    near.unwrap_or_default()
                ),
            });
        },
    );
    warnings
}

/// The page that was meant, perhaps.
fn meant<'s>(test: &Test, pages: &'s BTreeSet<String>) -> Option<&'s str> {
    let written = match test {
        Test::Equals(part)
        | Test::Contains(part)
        | Test::StartsWith(part)
        | Test::EndsWith(part) => part,
        Test::Glob(glob) => glob.as_str(),
        _ => return None,
    };
    let bare = written.trim_end_matches(['*', '/']);
    nearest(bare, pages.iter().map(String::as_str))
}

/// Goes through the conditions that something is so.
fn look(rule: &Rule, place: &Place, wanted: bool, each: &mut impl FnMut(&Place, &Condition)) {
    match rule {
        Rule::All(rules) | Rule::Any(rules) => {
            for (at, rule) in rules.iter().enumerate() {
                look(rule, &super::judge::inside(place, at), wanted, each);
            }
        }
        Rule::Not(rule) => look(rule, &super::judge::inside(place, 0), !wanted, each),
        Rule::One(one) if one.negated != wanted && one.test != Test::Exists => each(place, one),
        Rule::One(_) => {}
    }
}
