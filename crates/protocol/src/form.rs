//! What a visitor is asked before the chat: the fields of a form, and what may
//! stand in them.
//!
//! Page and server read answers through [`Form::read`], so both take the same.
//! How a form looks, how a mistake is worded and where answers are kept is not
//! in this file.

mod date;
mod read;
mod value;

use alloc::string::String;
use alloc::vec::Vec;

use crate::trigger::Texts;
use crate::{Claim, FieldId};

pub use date::{Date, InvalidDate};
pub use read::{Filled, Wrong};
pub use value::Value;

/// What the visitors of a site are asked before they write.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Form {
    /// What stands above it, by language; words of the widget's own if none. At
    /// most 100 characters in each.
    #[cfg_attr(feature = "serde", serde(default))]
    pub title: Texts,
    /// Why it is asked, by language. At most 300 characters in each.
    #[cfg_attr(feature = "serde", serde(default))]
    pub intro: Texts,
    /// The fields, in their order. At most 12.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 12)))]
    pub fields: Vec<Field>,
}

/// One question of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Field {
    /// The attribute that the answer becomes.
    pub id: FieldId,
    /// What is asked for.
    pub kind: Kind,
    /// The question, by language. At most 100 characters in each.
    pub label: Texts,
    /// A word of help, by language. At most 200 characters in each.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Texts::is_empty")
    )]
    pub hint: Texts,
    /// Whether it must be answered; of a consent box, whether it must be ticked.
    #[cfg_attr(feature = "serde", serde(default))]
    pub required: bool,
    /// What can be chosen. Only of a choice, and there 2 to 30.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub options: Vec<Choice>,
    /// The least number; of a text, the fewest characters.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub min: Option<i64>,
    /// The greatest number; of a text, the most characters.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub max: Option<i64>,
    /// The first day that may be given. Only of a date.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub earliest: Option<Date>,
    /// The last day that may be given. Only of a date.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub latest: Option<Date>,
}

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Kind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// An e-mail address.
    Email,
    /// A telephone number with its country, as in E.164.
    Phone,
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// One of several options.
    Choice,
    /// A box to tick.
    Consent,
}

impl Kind {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::LongText,
        Self::Email,
        Self::Phone,
        Self::Number,
        Self::Date,
        Self::Choice,
        Self::Consent,
    ];

    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Number => "number",
            Self::Date => "date",
            Self::Choice => "choice",
            Self::Consent => "consent",
        }
    }

    /// The kind that is written so.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// What the attribute holds then.
    pub id: FieldId,
    /// What it is called, by language. At most 60 characters in each.
    pub label: Texts,
}

/// A form as pages get it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageForm {
    /// Another one for another form. Answers say which form they are for.
    pub version: String,
    /// The form.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub form: Form,
}

/// An answer, with what it meant when it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Answer {
    /// The attribute.
    pub field: FieldId,
    /// The question, by language.
    pub label: Texts,
    /// The answer.
    pub value: Value,
    /// Of a choice: what was chosen, by language.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Texts::is_empty")
    )]
    pub option: Texts,
}

/// A part of a visitor's contact that a field fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaches {
    /// How they are called: a text named `name`.
    Name,
    /// Where to write to: the first field of its kind.
    Email,
    /// Where to call: the first field of its kind.
    Phone,
}

impl Form {
    /// The field with this id.
    #[must_use]
    pub fn field(&self, id: &FieldId) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == *id)
    }

    /// What an answer to a field tells of how to reach the visitor.
    #[must_use]
    pub fn reaches(&self, field: &Field) -> Option<Reaches> {
        let is_first = |kind: Kind| {
            let first = self.fields.iter().find(|other| other.kind == kind);
            first.is_some_and(|first| first.id == field.id)
        };
        match field.kind {
            Kind::Email if is_first(Kind::Email) => Some(Reaches::Email),
            Kind::Phone if is_first(Kind::Phone) => Some(Reaches::Phone),
            Kind::Text if field.id.as_str() == "name" => Some(Reaches::Name),
            _ => None,
        }
    }

    /// How the visitor can be reached, by what they filled in.
    #[must_use]
    pub fn claim(&self, filled: &Filled<'_>) -> Claim {
        let mut claim = Claim::default();
        for (field, value) in filled {
            let Value::Text(text) = value else { continue };
            let told = Some(text.clone());
            match self.reaches(field) {
                Some(Reaches::Name) => claim.name = told,
                Some(Reaches::Email) => claim.email = told,
                Some(Reaches::Phone) => claim.phone = told,
                None => {}
            }
        }
        claim
    }

    /// What was filled in, as it is kept.
    #[must_use]
    pub fn answers(filled: Filled<'_>) -> Vec<Answer> {
        let answer = |(field, value): (&Field, Value)| {
            let chosen =
                |choice: &&Choice| matches!(&value, Value::Text(id) if *id == choice.id.as_str());
            let option = field.options.iter().find(chosen);
            Answer {
                field: field.id.clone(),
                label: field.label.clone(),
                option: option.map(|it| it.label.clone()).unwrap_or_default(),
                value,
            }
        };
        filled.into_iter().map(answer).collect()
    }
}
