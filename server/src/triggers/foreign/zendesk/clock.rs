//! Hours and days as Zendesk Chat counts them.

use saluda_protocol::trigger::{Operator, Rule, Value};
use serde_json::Value as Json;

use super::operator::Compared;
use crate::triggers::foreign::draft::{self, all, always, any, never, whole};

/// Monday is 0 there.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Hours of a day, from 0 to 23, in which the comparison holds.
pub(super) fn hour(op: Compared, value: &Json) -> Option<Rule> {
    let hour = whole(value).filter(|hour| *hour < 24)?;
    let holds = |at: u32| op.holds(at, hour);
    let hours: Vec<bool> = (0..24).map(holds).collect::<Option<_>>()?;
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(begin) = (from..24).find(|at| hours[*at]) {
        let end = (begin..24).find(|at| !hours[*at]).unwrap_or(24);
        spans.push(span(begin, end));
        from = end;
    }
    Some(match spans.len() {
        0 => never(),
        _ => any(spans),
    })
}

fn span(begin: usize, end: usize) -> Rule {
    let at = |op, hour: usize| draft::text("visitor.local_time", op, &format!("{hour:02}:00"));
    let mut rules = Vec::new();
    if begin > 0 {
        rules.push(at(Operator::Gte, begin));
    }
    if end < 24 {
        rules.push(at(Operator::Lt, end));
    }
    if rules.is_empty() {
        always()
    } else {
        all(rules)
    }
}

/// Days of a week on which the comparison holds.
pub(super) fn day(op: Compared, value: &Json) -> Option<Rule> {
    let day = whole(value).filter(|day| *day < 7)?;
    let mut days = Vec::new();
    for (number, name) in (0..).zip(DAYS) {
        if op.holds(number, day)? {
            days.push(Value::Text(name.to_owned()));
        }
    }
    Some(match days.len() {
        0 => never(),
        7 => always(),
        1 => draft::fact("visitor.weekday", Operator::Eq, days.remove(0)),
        _ => draft::fact("visitor.weekday", Operator::In, Value::List(days)),
    })
}
