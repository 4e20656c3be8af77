//! Reads the value of a condition as its fact needs it.

use saluda_protocol::limits::PATTERN_CHARS;
use saluda_protocol::trigger::{Operator, Value};

use super::facts::FactKind;
use super::mistake::{Complaint, MistakeKind};
use super::nearest::meant;
use super::operators;
use super::reader::{listed, plain_number, short, whole};
use super::span;
use crate::text::fold;

/// The days of the week.
pub(crate) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What a page can be shown on.
pub(crate) const DEVICES: [&str; 3] = ["desktop", "tablet", "phone"];

/// What a value is, for a sentence.
pub(super) fn described(value: &Value) -> &'static str {
    match value {
        Value::Flag(_) => "`true` or `false`",
        Value::Number(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
    }
}

/// A value as it would be written in a list.
pub(super) fn example(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => plain_number(*number),
        Value::Text(text) => format!("\"{}\"", short(text)),
        Value::List(_) => String::new(),
    }
}

fn expected(kind: FactKind, value: &Value) -> Complaint {
    Complaint::new(
        MistakeKind::WrongValue,
        format!(
            "this should be {}, not {}",
            kind.described(),
            described(value)
        ),
    )
}

/// A value that does not go with an operator.
pub(super) fn mismatch(op: Operator, value: &Value) -> Complaint {
    let word = operators::word(op);
    let takes = match op {
        Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte => "a number",
        Operator::Eq | Operator::Ne => "a text, a number, `true` or `false`",
        _ => "a text",
    };
    Complaint::new(
        MistakeKind::WrongValue,
        format!("`{word}` takes {takes}, not {}", described(value)),
    )
}

pub(super) fn flag(value: &Value) -> Result<bool, Complaint> {
    match value {
        Value::Flag(flag) => Ok(*flag),
        Value::Text(text) if text == "true" || text == "false" => Err(Complaint::new(
            MistakeKind::WrongValue,
            format!("write `{text}` without quotation marks"),
        )),
        _ => Err(expected(FactKind::Flag, value)),
    }
}

fn as_number(kind: FactKind, value: &Value) -> Result<f64, Complaint> {
    match value {
        Value::Number(number) => finite(*number),
        Value::Text(text) if text.trim().parse::<f64>().is_ok_and(f64::is_finite) => {
            Err(Complaint::new(
                MistakeKind::WrongValue,
                format!("write `{}` without quotation marks", short(text.trim())),
            ))
        }
        _ => Err(expected(kind, value)),
    }
}

/// A number that arithmetic is exact for.
pub(super) fn finite(number: f64) -> Result<f64, Complaint> {
    const MOST: f64 = 1e15;
    if number.abs() <= MOST {
        Ok(number)
    } else {
        Err(Complaint::new(
            MistakeKind::OutOfRange,
            "this number is too large; numbers go up to 1000000000000000",
        ))
    }
}

pub(super) fn number(value: &Value) -> Result<f64, Complaint> {
    match value {
        Value::Number(number) => finite(*number),
        _ => Err(Complaint::new(
            MistakeKind::WrongValue,
            format!(
                "all of this list should be numbers, as its first; this is {}",
                described(value)
            ),
        )),
    }
}

pub(super) fn percent(value: &Value) -> Result<f64, Complaint> {
    let number = as_number(FactKind::Percent, value)?;
    if (0.0..=100.0).contains(&number) {
        Ok(number)
    } else {
        Err(Complaint::new(
            MistakeKind::OutOfRange,
            format!("this should be from 0 to 100, not {}", plain_number(number)),
        ))
    }
}

pub(super) fn count(value: &Value) -> Result<f64, Complaint> {
    let number = as_number(FactKind::Count, value)?;
    whole(number, 0, 1_000_000).map(f64::from)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "ten years in milliseconds are exact"
)]
pub(super) fn span_ms(value: &Value) -> Result<f64, Complaint> {
    match value {
        Value::Text(text) => span::parse(text).map(|span| span.0 as f64),
        Value::Number(number) => Err(Complaint::new(
            MistakeKind::WrongValue,
            format!(
                "a length of time needs its unit: `\"{0}s\"` for seconds, `\"{0}m\"` for minutes",
                plain_number(*number)
            ),
        )),
        _ => Err(expected(FactKind::Span, value)),
    }
}

pub(super) fn time_of_day_ms(value: &Value) -> Result<f64, Complaint> {
    let Value::Text(text) = value else {
        return Err(expected(FactKind::TimeOfDay, value));
    };
    match minutes(text) {
        Some(minutes) if minutes < 24 * 60 => Ok(f64::from(minutes * 60_000)),
        _ => Err(Complaint::new(
            MistakeKind::InvalidTimeOfDay,
            format!(
                "`{}` is no time of day; write hours and minutes from `00:00` to `23:59`",
                short(text)
            ),
        )),
    }
}

/// Minutes since midnight of a time such as `09:30`, up to `24:00`.
pub(crate) fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |digits: &str| {
        let plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<u32>().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= 24 * 60).then_some(all)
}

pub(super) fn language(value: &Value) -> Result<String, Complaint> {
    match value {
        Value::Text(text) if is_language(text) => Ok(fold(text)),
        Value::Text(text) => Err(no_language(text)),
        _ => Err(expected(FactKind::Language, value)),
    }
}

pub(super) fn no_language(text: &str) -> Complaint {
    let underscore = text.replace('_', "-");
    let hint = if underscore != text && is_language(&underscore) {
        format!("; did you mean `{underscore}`?")
    } else {
        "; write a tag such as `en`, `es` or `pt-BR`".to_owned()
    };
    Complaint::new(
        MistakeKind::InvalidLanguage,
        format!("`{}` is no language tag{hint}", short(text)),
    )
}

/// Whether a text has the form of a language tag (RFC 5646): letters for the
/// language, then parts of letters and digits.
#[must_use]
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let fits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    text.len() <= 35
        && fits(language, 2, 3)
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| fits(part, 1, 8))
}

pub(super) fn device(value: &Value) -> Result<String, Complaint> {
    let Value::Text(text) = value else {
        return Err(expected(FactKind::Device, value));
    };
    let word = text.to_lowercase();
    if DEVICES.contains(&word.as_str()) {
        return Ok(word);
    }
    let hint = match word.as_str() {
        "mobile" | "smartphone" => "; did you mean `phone`?".to_owned(),
        "computer" | "laptop" => "; did you mean `desktop`?".to_owned(),
        word => match meant(word, DEVICES) {
            none if none.is_empty() => format!("; there are {}", listed(&DEVICES)),
            hint => hint,
        },
    };
    Err(Complaint::new(
        MistakeKind::InvalidDevice,
        format!("`{}` is no kind of device{hint}", short(text)),
    ))
}

pub(super) fn weekday(value: &Value) -> Result<String, Complaint> {
    let Value::Text(text) = value else {
        return Err(expected(FactKind::Weekday, value));
    };
    let word = text.to_lowercase();
    if WEEKDAYS.contains(&word.as_str()) {
        Ok(word)
    } else {
        Err(no_weekday(text))
    }
}

pub(crate) fn no_weekday(text: &str) -> Complaint {
    let word = text.to_lowercase();
    let hint = match WEEKDAYS.iter().find(|day| word.starts_with(*day)) {
        Some(day) => format!("; did you mean `{day}`?"),
        None => format!("; there are {}", listed(&WEEKDAYS)),
    };
    Complaint::new(
        MistakeKind::InvalidWeekday,
        format!("`{}` is no day of the week{hint}", short(text)),
    )
}

/// A selector, as it stands: what it means is between the author and the
/// browser, so only what no browser reads is refused here.
pub(super) fn selector(value: &Value) -> Result<String, Complaint> {
    let Value::Text(text) = value else {
        return Err(expected(FactKind::Selector, value));
    };
    let selector = not_too_long(text.trim())?;
    let refused = |reason: &str| Err(Complaint::new(MistakeKind::InvalidSelector, reason));
    if selector.is_empty() {
        return refused("a selector is missing; write one such as `#prices` or `.buy button`");
    }
    if selector.contains(['{', '}', '<', ';']) || selector.contains(char::is_control) {
        return refused("this is no selector; write one such as `#prices` or `.buy button`");
    }
    for (open, close) in [('[', ']'), ('(', ')')] {
        if selector.matches(open).count() != selector.matches(close).count() {
            return Err(Complaint::new(
                MistakeKind::InvalidSelector,
                format!("in this selector a `{open}` or a `{close}` is missing"),
            ));
        }
    }
    Ok(selector.to_owned())
}

pub(super) fn text(value: &Value) -> Result<&str, Complaint> {
    match value {
        Value::Text(text) => not_too_long(text),
        Value::Number(number) => Err(Complaint::new(
            MistakeKind::WrongValue,
            format!("this should be a text: `\"{}\"`", plain_number(*number)),
        )),
        _ => Err(expected(FactKind::Text, value)),
    }
}

/// A name that a page gives: of an event or of one of its properties.
pub(super) fn name(text: &str) -> Result<String, Complaint> {
    super::reader::words(text, saluda_protocol::limits::PATTERN_CHARS).and_then(|name| {
        if name.contains('\n') {
            Err(Complaint::new(
                MistakeKind::ControlCharacter,
                "a name has no line break in it",
            ))
        } else {
            Ok(name)
        }
    })
}

/// Refuses a text that a fact of this name never is, which is a slip that no one
/// would find: the condition would be false for ever, or true.
pub(super) fn can_fit(name: &str, op: Operator, text: &str) -> Result<(), Complaint> {
    use Operator::{Eq, Glob, In, Matches, Ne, NotIn, StartsWith};

    let is_pattern = matches!(op, Glob | Matches);
    let begins = matches!(op, Eq | Ne | In | NotIn | StartsWith | Glob);
    let reason = match name {
        "page.path" if begins && text.contains("://") => {
            "a path has no `https://` and no host; use `page.url` for the whole address"
        }
        "page.path"
            if begins && !(text.starts_with('/') || op == Glob && text.starts_with('*')) =>
        {
            "a path begins with `/`"
        }
        "page.path" if !is_pattern && text.contains('?') => {
            "a path ends before the `?`; use `page.query.<name>` for what comes after"
        }
        "page.host" if op != Matches && text.contains('/') => {
            "a host has no `/`; use `page.path` or `page.url`"
        }
        "page.hash" if begins && text.starts_with('#') => {
            "this fact is without the `#`; leave it out"
        }
        _ => return Ok(()),
    };
    Err(Complaint::new(MistakeKind::NeverFits, reason))
}

/// Whether a text is short enough to be compared with.
fn not_too_long(text: &str) -> Result<&str, Complaint> {
    let chars = text.chars().count();
    if chars > PATTERN_CHARS {
        return Err(Complaint::new(
            MistakeKind::TooLong,
            format!("this text may have {PATTERN_CHARS} characters and has {chars}"),
        ));
    }
    Ok(text)
}
