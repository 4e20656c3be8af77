//! Whether what stands in a field may stand there.

use alloc::borrow::ToOwned as _;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Date, Field, Form, Kind, Value};
use crate::{EmailAddress, FieldId, limits};

/// What was filled in: each field that was, with what was read.
pub type Filled<'f> = Vec<(&'f Field, Value)>;

/// Why something may not stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It must be answered.
    Missing,
    /// It must be ticked.
    Unticked,
    /// The text has fewer characters than this.
    TooShort(usize),
    /// The text has more characters than this.
    TooLong(usize),
    /// It is no e-mail address.
    NoEmail,
    /// It is no telephone number with its country.
    NoPhone,
    /// It is no whole number.
    NoNumber,
    /// The number is below this.
    TooSmall(i64),
    /// The number is above this.
    TooLarge(i64),
    /// It is no day.
    NoDate,
    /// The day is before this.
    TooEarly(Date),
    /// The day is after this.
    TooLate(Date),
    /// It is none of the options.
    NoOption,
    /// The form has no such field.
    NoField,
    /// It is something else than what the field asks for.
    WrongType,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("this must be answered"),
            Self::Unticked => f.write_str("this must be ticked"),
            Self::TooShort(least) => write!(f, "at least {least} characters"),
            Self::TooLong(most) => write!(f, "at most {most} characters"),
            Self::NoEmail => f.write_str("this is no e-mail address"),
            Self::NoPhone => f.write_str(
                "this is no telephone number; write it with `+` and the country: `+351210000000`",
            ),
            Self::NoNumber => f.write_str("this is no whole number"),
            Self::TooSmall(least) => write!(f, "at least {least}"),
            Self::TooLarge(most) => write!(f, "at most {most}"),
            Self::NoDate => f.write_str("this is no day; write it as `2026-12-25`"),
            Self::TooEarly(first) => write!(f, "not before {first}"),
            Self::TooLate(last) => write!(f, "not after {last}"),
            Self::NoOption => f.write_str("this is none of the options"),
            Self::NoField => f.write_str("the form has no such field"),
            Self::WrongType => f.write_str("this is not what the field asks for"),
        }
    }
}

impl Form {
    /// Reads what was filled in. What is known already may be left out.
    ///
    /// # Errors
    ///
    /// What is wrong, by field: first those of the form in their order, then
    /// what is no field of it.
    pub fn read(
        &self,
        values: &BTreeMap<FieldId, Value>,
        is_known: impl Fn(&Field) -> bool,
    ) -> Result<Filled<'_>, Vec<(FieldId, Wrong)>> {
        let (mut filled, mut wrong) = (Vec::new(), Vec::new());
        for field in &self.fields {
            match field.read(values.get(&field.id)) {
                Ok(Some(value)) => filled.push((field, value)),
                Err(Wrong::Missing | Wrong::Unticked)
                    if is_known(field) && !values.contains_key(&field.id) => {}
                Ok(None) => {}
                Err(why) => wrong.push((field.id.clone(), why)),
            }
        }
        let strange = values.keys().filter(|id| self.field(id).is_none());
        wrong.extend(strange.map(|id| (id.clone(), Wrong::NoField)));
        if wrong.is_empty() {
            Ok(filled)
        } else {
            Err(wrong)
        }
    }
}

impl Field {
    /// Reads what stands in it; nothing if nothing does. What was read is read
    /// as itself.
    ///
    /// # Errors
    ///
    /// When that may not stand there, or something must.
    pub fn read(&self, value: Option<&Value>) -> Result<Option<Value>, Wrong> {
        match (self.kind, value) {
            (Kind::Consent, None | Some(Value::Ticked(false))) if self.required => {
                Err(Wrong::Unticked)
            }
            (Kind::Consent, Some(Value::Ticked(ticked))) => Ok(Some(Value::Ticked(*ticked))),
            (_, None) if self.required => Err(Wrong::Missing),
            (_, None) => Ok(None),
            (Kind::Number, Some(Value::Number(number))) => self.number(*number).map(Some),
            (Kind::Consent, _) | (_, Some(Value::Ticked(_) | Value::Number(_))) => {
                Err(Wrong::WrongType)
            }
            (kind, Some(Value::Text(typed))) => {
                let text = plain(typed, kind == Kind::LongText);
                if text.is_empty() {
                    return self.read(None);
                }
                self.text(text).map(Some)
            }
        }
    }

    fn text(&self, text: String) -> Result<Value, Wrong> {
        match self.kind {
            Kind::Text => self.length(text, limits::FIELD_TEXT_CHARS),
            Kind::LongText => self.length(text, limits::FIELD_LONG_TEXT_CHARS),
            Kind::Email => {
                let address = EmailAddress::parse(&text).map_err(|_| Wrong::NoEmail)?;
                Ok(Value::Text(address.into()))
            }
            Kind::Phone => phone(&text).map(Value::Text).ok_or(Wrong::NoPhone),
            Kind::Number => match text.parse() {
                Ok(number) => self.number(number),
                Err(_) => Err(Wrong::NoNumber),
            },
            Kind::Date => {
                let day: Date = text.parse().map_err(|_| Wrong::NoDate)?;
                match (self.earliest, self.latest) {
                    (Some(first), _) if day < first => Err(Wrong::TooEarly(first)),
                    (_, Some(last)) if day > last => Err(Wrong::TooLate(last)),
                    _ => Ok(Value::Text(text)),
                }
            }
            Kind::Choice => {
                let known = self.options.iter().any(|it| it.id.as_str() == text);
                known.then_some(Value::Text(text)).ok_or(Wrong::NoOption)
            }
            Kind::Consent => Err(Wrong::WrongType),
        }
    }

    /// The most characters that a text in it may have.
    #[must_use]
    pub fn most_chars(&self) -> usize {
        let limit = match self.kind {
            Kind::LongText => limits::FIELD_LONG_TEXT_CHARS,
            _ => limits::FIELD_TEXT_CHARS,
        };
        let chosen = self.max.and_then(|most| usize::try_from(most).ok());
        chosen.map_or(limit, |most| most.min(limit))
    }

    fn length(&self, text: String, limit: usize) -> Result<Value, Wrong> {
        let chars = text.chars().count();
        let bound = |bound: Option<i64>| bound.and_then(|chars| usize::try_from(chars).ok());
        let (least, most) = (bound(self.min), bound(self.max));
        let most = most.map_or(limit, |most| most.min(limit));
        match least {
            Some(least) if chars < least => Err(Wrong::TooShort(least)),
            _ if chars > most => Err(Wrong::TooLong(most)),
            _ => Ok(Value::Text(text)),
        }
    }

    fn number(&self, number: i64) -> Result<Value, Wrong> {
        let bounds = limits::FIELD_NUMBERS;
        let least = self.min.unwrap_or(*bounds.start()).max(*bounds.start());
        let most = self.max.unwrap_or(*bounds.end()).min(*bounds.end());
        if number < least {
            Err(Wrong::TooSmall(least))
        } else if number > most {
            Err(Wrong::TooLarge(most))
        } else {
            Ok(Value::Number(number))
        }
    }
}

/// A text without what cannot be seen, and without spaces around it.
fn plain(typed: &str, lines: bool) -> String {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_control() || (lines && matches!(c, '\n' | '\t')))
        .collect();
    plain.trim().to_owned()
}

/// A telephone number as E.164 writes it: `+`, the country, 7 to 15 digits in
/// all. What people put between them does not count, and `00` is `+`.
fn phone(typed: &str) -> Option<String> {
    let mut number: String = typed
        .chars()
        .filter(|c| !(c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/')))
        .collect();
    if let Some(rest) = number.strip_prefix("00") {
        number = ["+", rest].concat();
    }
    let digits = number.strip_prefix('+')?;
    let fits = limits::PHONE_DIGITS.contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    fits.then_some(number)
}

#[cfg(test)]
mod tests;
