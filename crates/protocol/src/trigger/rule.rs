//! The tree of conditions, as it is written.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Span;

/// A condition, or several joined. Any depth up to
/// [`RULE_DEPTH`](crate::limits::RULE_DEPTH).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Rule {
    /// Holds when each of them holds; with none in it, always.
    All {
        /// The conditions.
        all: Vec<Rule>,
    },
    /// Holds when one of them holds; with none in it, never.
    Any {
        /// The conditions.
        any: Vec<Rule>,
    },
    /// Holds when this one does not.
    Not {
        /// The condition.
        not: Box<Rule>,
    },
    /// One condition.
    One(Condition),
}

/// One condition: a fact or an event, an operator, and a value.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Condition {
    /// About something that is known of the visitor, the page or the desk.
    Fact {
        /// Its name, such as `page.path`.
        fact: String,
        /// How it is compared.
        op: Operator,
        /// With what. `exists` needs none.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Option::is_none")
        )]
        value: Option<Value>,
    },
    /// About how often the page tracked an event: in this visit, or within a
    /// length of time.
    Event {
        /// Its name, as in `Saluda('track', name)`.
        event: String,
        /// How the count is compared. `gte` unless said.
        #[cfg_attr(feature = "serde", serde(default = "at_least"))]
        op: Operator,
        /// With what. 1 unless said; at most
        /// [`EVENT_COUNT`](crate::limits::EVENT_COUNT).
        #[cfg_attr(feature = "serde", serde(default = "one"))]
        value: u32,
        /// Only those of the last seconds, minutes, hours or days count.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Option::is_none")
        )]
        within: Option<Span>,
        /// Only those with such properties count.
        #[cfg_attr(
            feature = "serde",
            serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")
        )]
        properties: BTreeMap<String, PropertyCondition>,
    },
}

#[cfg(feature = "serde")]
fn at_least() -> Operator {
    Operator::Gte
}

#[cfg(feature = "serde")]
fn one() -> u32 {
    1
}

/// What a property of an event must be.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct PropertyCondition {
    /// How it is compared.
    pub op: Operator,
    /// With what.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub value: Option<Value>,
}

/// How a fact is compared with a value.
///
/// `ne`, `not_contains` and `not_in` are exactly the negation of their partner,
/// so they hold for a fact that is missing. Every other operator is false for
/// one, save `exists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Operator {
    /// Is the same; text without regard to case.
    Eq,
    /// Is not the same, or missing.
    Ne,
    /// Has this text in it.
    Contains,
    /// Has this text not in it, or is missing.
    NotContains,
    /// Begins with this text.
    StartsWith,
    /// Ends with this text.
    EndsWith,
    /// Fits a pattern: `*` stands for anything within a folder, `**` for
    /// anything at all, `?` for one character.
    Glob,
    /// Has a part that fits a regular expression.
    Matches,
    /// Is greater.
    Gt,
    /// Is greater or the same.
    Gte,
    /// Is less.
    Lt,
    /// Is less or the same.
    Lte,
    /// Is one of these.
    In,
    /// Is none of these, or missing.
    NotIn,
    /// Is known; with the value `false`, is not known.
    Exists,
}

/// What a fact is compared with.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(#[cfg_attr(feature = "serde", serde(serialize_with = "crate::number::short"))] f64),
    /// A text, a length of time (`30s`) or a time of day (`09:00`).
    Text(String),
    /// Several, for `in` and `not_in`.
    List(Vec<Value>),
}
