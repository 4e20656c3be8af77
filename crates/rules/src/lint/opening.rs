//! Whether a trigger ever shows at the site's hours.

use saluda_protocol::Millis;
use saluda_protocol::trigger::OpeningHours;

use super::phrases::said;
use super::search::{Goal, possible};
use super::tree::{Leaf, Part, Subjects};
use super::{Around, Case, SiteHours, Warning, WarningKind};
use crate::trigger::{Fact, Terms, Test};

/// What is so of the site's hours wherever a trigger shows.
pub(super) struct Opening {
    /// The number of `desk.open`.
    open: usize,
    /// The number of `visitor.weekday`.
    weekday: usize,
    /// What the schedule asks for.
    pub(super) asked: Option<Part>,
    /// What the calendar has.
    calendar: Vec<Part>,
}

/// The first instant at which a trigger can show, as far as it is known.
pub(super) fn begins(terms: &Terms, now: Option<Millis>) -> Option<Millis> {
    terms.from.max(now)
}

/// What a schedule asks of the hours.
pub(super) fn asked(subjects: &mut Subjects, hours: OpeningHours) -> Option<Part> {
    let open = subjects.fact(Fact::DeskOpen);
    match hours {
        OpeningHours::Any => None,
        OpeningHours::During => Some(is_open(open, true)),
        OpeningHours::Outside => Some(is_open(open, false)),
    }
}

fn is_open(subject: usize, wanted: bool) -> Part {
    Part::One(Leaf {
        subject,
        test: Test::Is(true),
        wanted,
    })
}

impl Opening {
    pub(super) fn of(subjects: &mut Subjects, terms: &Terms, around: &Around<'_>) -> Self {
        let open = subjects.fact(Fact::DeskOpen);
        let weekday = subjects.fact(Fact::VisitorWeekday);
        let mut calendar = Vec::new();
        match around.hours {
            SiteHours::Unknown => {}
            SiteHours::None => calendar.push(is_open(open, true)),
            SiteHours::Written(hours) => {
                let from = begins(terms, around.now);
                if !hours.may_open(from, terms.until) {
                    calendar.push(is_open(open, false));
                }
                if !hours.may_close(from, terms.until) {
                    calendar.push(is_open(open, true));
                }
                let days = hours.weekdays_while_open();
                let days = days.into_iter().map(str::to_owned).collect();
                let on_such_a_day = Part::One(Leaf {
                    subject: weekday,
                    test: Test::OneOf(days),
                    wanted: true,
                });
                calendar.push(Part::Any(vec![is_open(open, false), on_such_a_day]));
            }
        }
        Self {
            open,
            weekday,
            asked: asked(subjects, terms.hours),
            calendar,
        }
    }

    /// Says why the trigger never shows, or that its hours change nothing.
    pub(super) fn warnings(&self, case: &Case<'_>, around: &Around<'_>) -> Vec<Warning> {
        let schedule = &case.spec.schedule;
        if let (Some(until), Some(now)) = (case.trigger.terms.until, around.now)
            && until <= now
        {
            let until = schedule.until.as_deref().unwrap_or_default();
            return vec![Warning {
                path: "schedule.until".to_owned(),
                kind: WarningKind::Over,
                message: format!(
                    "`{until}` is over, so this trigger does not show any more by itself. Set a later end, \
                     or take it off the pages."
                ),
            }];
        }
        let terms = || case.terms.iter().map(|term| &term.part);
        let all: Vec<&Part> = terms().chain(&self.asked).chain(&self.calendar).collect();
        if case.can(&all) {
            return self.idle(case, around.hours);
        }
        let (path, message) = self.never(case, around);
        vec![Warning {
            path,
            kind: WarningKind::NeverInHours,
            message,
        }]
    }

    /// Where and why it never shows.
    fn never(&self, case: &Case<'_>, around: &Around<'_>) -> (String, String) {
        let hours = case.trigger.terms.hours;
        let site = match around.hours {
            SiteHours::None => "the site has no opening hours and counts as always open".to_owned(),
            _ if self.calendar.iter().any(|part| opens(part) == Some(true)) => {
                "the site is open around the clock".to_owned()
            }
            _ => format!("the site is never open {}", between(case, around)),
        };
        let goals: Vec<Goal<'_>> = (self.asked.iter().chain(&self.calendar))
            .map(|part| Goal::new(part, true))
            .collect();
        if !possible(case.subjects, case.budget, &goals) {
            let message = match hours {
                OpeningHours::Outside => format!(
                    "{site}, so outside of its hours this trigger never shows by itself. Leave \
                     `hours` out, or write down when the site is open."
                ),
                _ => format!(
                    "{site}, so during its hours this trigger never shows by itself. \
                     Leave `hours` out, or change its dates or the site's hours."
                ),
            };
            return ("schedule.hours".to_owned(), capital(&message));
        }
        let condition = case
            .condition_on(self.open)
            .or_else(|| case.condition_on(self.weekday));
        let Some((place, condition)) = condition else {
            let message =
                "The rule and the site's hours never meet, so this trigger never shows by itself.";
            return ("rule".to_owned(), message.to_owned());
        };
        let terms = case.terms.iter().map(|term| &term.part);
        let by_schedule: Vec<&Part> = terms.chain(&self.asked).collect();
        let condition = said(condition);
        let message = if !case.can(&by_schedule) {
            let asks = match hours {
                OpeningHours::Outside => "outside",
                _ => "during",
            };
            format!(
                "{condition} never holds where the schedule lets it show, `{asks}` the site's \
                 hours, so this trigger never shows by itself. Change one of them."
            )
        } else if case.condition_on(self.open).is_some() && !self.calendar_leaves_both() {
            format!(
                "{condition} never holds, because {site}; so this trigger never shows by itself. \
                 Change it, or write down when the site is open."
            )
        } else {
            format!(
                "{condition} never holds while the site is open, wherever the visitor is, so this \
                 trigger never shows by itself. Change it, or the site's hours."
            )
        };
        (case.phrases.path(&place), message)
    }

    fn calendar_leaves_both(&self) -> bool {
        self.calendar.iter().all(|part| opens(part).is_none())
    }

    /// Hours that are asked for and not there.
    fn idle(&self, case: &Case<'_>, hours: SiteHours<'_>) -> Vec<Warning> {
        if !matches!(hours, SiteHours::None) {
            return Vec::new();
        }
        let (path, what) = if case.trigger.terms.hours == OpeningHours::During {
            (
                "schedule.hours".to_owned(),
                "`during` changes nothing".to_owned(),
            )
        } else if let Some((place, condition)) = case.condition_on(self.open) {
            let what = format!("{} decides nothing", said(condition));
            (case.phrases.path(&place), what)
        } else {
            return Vec::new();
        };
        vec![Warning {
            path,
            kind: WarningKind::NoHours,
            message: format!(
                "The site has no opening hours and counts as always open, so {what}. Write down \
                 when it is open, or take this out."
            ),
        }]
    }
}

/// Whether a part says that the site is open, or closed.
fn opens(part: &Part) -> Option<bool> {
    match part {
        Part::One(leaf) => Some(leaf.wanted),
        _ => None,
    }
}

/// When a trigger shows, as it was written.
fn between(case: &Case<'_>, around: &Around<'_>) -> String {
    let schedule = &case.spec.schedule;
    match (&schedule.from, &schedule.until) {
        (Some(from), Some(until)) => format!("from `{from}` until `{until}`"),
        (Some(from), None) => format!("from `{from}` on"),
        (None, Some(until)) => format!("until `{until}`"),
        (None, None) => match around.hours {
            SiteHours::Written(hours) if hours.may_open(None, None) => "from now on".to_owned(),
            _ => "at all".to_owned(),
        },
    }
}

fn capital(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
