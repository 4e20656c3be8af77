//! What Zendesk Chat knows of a visitor, and the fact that is the same here.

use saluda_protocol::trigger::{Operator, Rule, Value};
use serde_json::Value as Json;

use super::clock;
use super::operator::Compared;
use crate::triggers::foreign::draft::{self, all, short, whole};

/// What Saluda does not know of a visitor: the variable, the attribute that
/// stands for it, and what it is.
const ATTRIBUTES: [(&str, &str, &str); 20] = [
    ("visitor_name", "name", "the visitor's name"),
    ("visitor_email", "email", "the visitor's address"),
    ("visitor_phone", "phone", "the visitor's number"),
    ("visitor_ip", "", "the visitor's network address"),
    ("visitor_hostname", "", "the host of the visitor's network"),
    ("visitor_city", "", "the visitor's city"),
    ("visitor_region", "", "the visitor's region"),
    ("visitor_country", "", "the visitor's country"),
    ("visitor_country_code", "", "the visitor's country"),
    ("visitor_country_name", "", "the visitor's country"),
    ("visitor_previous_chats", "", "how many chats there were"),
    ("visitor_search_engine", "", "the search engine"),
    ("visitor_search_term", "", "what was searched for"),
    ("visitor_browser", "", "the visitor's browser"),
    ("visitor_platform", "", "the visitor's system"),
    ("visitor_user_agent", "", "the visitor's browser"),
    ("visitor_department", "", "the visitor's department"),
    ("visitor_requesting_chat", "", "who asks for a chat"),
    ("visitor_served", "", "who is being served"),
    ("department_status", "", "which department is online"),
];

/// A comparison of a variable, as a condition here.
pub(super) fn rule(
    name: &str,
    op: Compared,
    value: &Json,
    notes: &mut Vec<String>,
) -> Result<Rule, String> {
    let about = || format!("`{}` {} {}", short(name), op.words(), shown(value));
    if value.as_str().is_some_and(|text| text.starts_with('@')) {
        return Err(format!("{}: a fact is not compared with another", about()));
    }
    let variable = name.strip_prefix('@').unwrap_or_default();
    let made = fact(variable, op, value);
    if let Some(rule) = made {
        let same = |note: &String| !notes.contains(note);
        let note = difference(variable, &rule).map(|said| format!("`{}`: {said}", short(name)));
        notes.extend(note.filter(same));
        return Ok(rule);
    }
    let known = ATTRIBUTES.iter().find(|(known, ..)| *known == variable);
    let (attribute, what) = match (variable, known) {
        ("account_status", _) => ("account_status", "who is away"),
        (_, Some((_, "", what))) => (variable, *what),
        (_, Some((_, attribute, what))) => (*attribute, *what),
        _ if is_fact(variable) => {
            return Err(format!("{}: this is not compared so here", about()));
        }
        _ => return Err(format!("{}: no such variable is known here", about())),
    };
    // A count may be written as a text there.
    let number = value
        .as_str()
        .and_then(|text| text.trim().parse::<u32>().ok());
    let number = number
        .filter(|_| attribute == "visitor_previous_chats")
        .map(Json::from);
    let rule = said(attribute, op, number.as_ref().unwrap_or(value))
        .ok_or_else(|| format!("{}: this cannot be compared so", about()))?;
    notes.push(format!(
        "{}: Saluda does not know {what}; it asks for the attribute `{attribute}` instead, and \
         until your page says it with `Saluda('set', …)` the condition holds for nobody",
        about()
    ));
    Ok(rule)
}

/// The comparison of a variable whose fact there is here; none if it cannot be
/// made, or there is none.
fn fact(variable: &str, op: Compared, value: &Json) -> Option<Rule> {
    match variable {
        "visitor_page_url" => text("page.url", op, value),
        "visitor_page_title" => text("page.title", op, value),
        "visitor_referrer" | "visitor_referer" => text("visit.referrer", op, value),
        // A comparison with all tags at once would be one with each of them here.
        "visitor_tags" | "visitor_tag"
            if matches!(op, Compared::Contains | Compared::ContainsNot) =>
        {
            text("visitor.tag", op, value)
        }
        "visitor_time_on_page" => time("page.time", op, value),
        "visitor_time_on_site" => time("visit.time", op, value),
        "visitor_page_count" => count("visit.pages", op, value, 0),
        // Theirs are those before this one, ours count this one too.
        "visitor_previous_visits" => count("visitor.visits", op, value, 1),
        "hour_of_day" => clock::hour(op, value),
        "day_of_week" => clock::day(op, value),
        "account_status" => status(op, value),
        _ => None,
    }
}

/// Whether there is a fact for it.
fn is_fact(variable: &str) -> bool {
    let numbers = fact(variable, Compared::More, &Json::from(0));
    let texts = fact(variable, Compared::Contains, &Json::from("a"));
    numbers.or(texts).is_some()
}

/// What is not quite the same.
fn difference(variable: &str, rule: &Rule) -> Option<&'static str> {
    Some(match variable {
        // That someone is online is the same here.
        "account_status" if *rule == online(true) => return None,
        "hour_of_day" | "day_of_week" => {
            "there it is the time in UTC, here where the visitor is; for your own hours, use \
             `schedule`"
        }
        "account_status" => "an agent who is away there counts as not there here",
        "visitor_tags" | "visitor_tag" => {
            "the tags are those that your page says with `Saluda('set', { tags: […] })`"
        }
        _ => return None,
    })
}

fn text(fact: &str, op: Compared, value: &Json) -> Option<Rule> {
    let value = value.as_str()?;
    if value.is_empty() {
        let known = match op {
            Compared::Is => false,
            Compared::IsNot => true,
            _ => return None,
        };
        return Some(draft::fact(fact, Operator::Exists, Value::Flag(known)));
    }
    Some(match op {
        Compared::Is => draft::text(fact, Operator::Eq, value),
        Compared::IsNot => draft::text(fact, Operator::Ne, value),
        Compared::Contains => draft::text(fact, Operator::Contains, value),
        Compared::ContainsNot => draft::text(fact, Operator::NotContains, value),
        Compared::Fits => fits(fact, value),
        Compared::FitsNot => Rule::Not {
            not: Box::new(fits(fact, value)),
        },
        _ => return None,
    })
}

/// There an expression is about the whole text, here about a part of it.
fn fits(fact: &str, expression: &str) -> Rule {
    draft::text(fact, Operator::Matches, &format!("^({expression})$"))
}

fn time(fact: &str, op: Compared, value: &Json) -> Option<Rule> {
    let value = draft::seconds(whole(value)?);
    Some(draft::fact(fact, numeric(op)?, value)).filter(|_| {
        // Of a clock that runs, no one instant can be asked.
        !matches!(op, Compared::Is | Compared::IsNot)
    })
}

fn count(fact: &str, op: Compared, value: &Json, more: u32) -> Option<Rule> {
    let value = whole(value)?.checked_add(more)?;
    Some(draft::fact(
        fact,
        numeric(op)?,
        Value::Number(f64::from(value)),
    ))
}

fn numeric(op: Compared) -> Option<Operator> {
    Some(match op {
        Compared::Is => Operator::Eq,
        Compared::IsNot => Operator::Ne,
        Compared::Less => Operator::Lt,
        Compared::AtMost => Operator::Lte,
        Compared::More => Operator::Gt,
        Compared::AtLeast => Operator::Gte,
        _ => return None,
    })
}

/// Whether anyone is at the desk.
fn status(op: Compared, value: &Json) -> Option<Rule> {
    let online = match (op, value.as_str()?) {
        (Compared::Is, "online") | (Compared::IsNot, "offline") => true,
        (Compared::Is, "offline") | (Compared::IsNot, "online") => false,
        _ => return None,
    };
    Some(self::online(online))
}

fn online(online: bool) -> Rule {
    draft::fact("desk.online", Operator::Eq, Value::Flag(online))
}

/// What the page must have said. A comparison that would hold for what is not
/// known asks that it is.
fn said(attribute: &str, op: Compared, value: &Json) -> Option<Rule> {
    let fact = format!("visitor.attr.{attribute}");
    let known = || draft::fact(&fact, Operator::Exists, Value::Flag(true));
    let rule = match value {
        Json::String(value) if value.is_empty() => {
            // Of what is not known it is not known either that it is empty.
            let rule = draft::text(&fact, Operator::Eq, "");
            match op {
                Compared::Is => rule,
                Compared::IsNot => known(),
                _ => return None,
            }
        }
        Json::String(_) => text(&fact, op, value)?,
        Json::Bool(flag) => {
            let op = numeric(op).filter(|op| matches!(op, Operator::Eq | Operator::Ne))?;
            draft::fact(&fact, op, Value::Flag(*flag))
        }
        Json::Number(number) => draft::fact(&fact, numeric(op)?, Value::Number(number.as_f64()?)),
        _ => return None,
    };
    let denies = matches!(
        op,
        Compared::IsNot | Compared::ContainsNot | Compared::FitsNot
    );
    Some(if denies && rule != known() {
        all(vec![known(), rule])
    } else {
        rule
    })
}

/// A value for a sentence.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) if text.is_empty() => "empty".to_owned(),
        Json::String(text) => format!("`{}`", short(text)),
        Json::Number(_) | Json::Bool(_) => format!("`{value}`"),
        _ => "`…`".to_owned(),
    }
}
