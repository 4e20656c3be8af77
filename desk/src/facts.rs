//! The facts that conditions ask for, and what can be asked of each.
//!
//! The server reads a table of its own when a trigger is saved, which weighs
//! too much for a page; a test holds the two equal.

use saluda_protocol::trigger::Operator;

/// A fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fact {
    /// Its name. What stands in `<…>` is the author's to choose.
    pub(crate) name: &'static str,
    /// What kind of value it has.
    pub(crate) kind: Kind,
}

/// What kind of value a fact has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Text,
    Texts,
    Percent,
    Count,
    Span,
    Flag,
    Language,
    Device,
    Weekday,
    TimeOfDay,
    Selector,
    Any,
}

macro_rules! facts {
    ($($name:literal $kind:ident,)*) => {
        &[$(Fact { name: $name, kind: Kind::$kind },)*]
    };
}

/// Every fact, in the order of the documents.
pub(crate) const FACTS: &[Fact] = facts! {
    "page.url" Text,
    "page.host" Text,
    "page.path" Text,
    "page.query.<name>" Text,
    "page.hash" Text,
    "page.title" Text,
    "page.time" Span,
    "page.scroll" Percent,
    "visit.time" Span,
    "visit.pages" Count,
    "visit.referrer" Text,
    "visit.landing" Text,
    "visit.utm.<name>" Text,
    "visitor.visits" Count,
    "visitor.new" Flag,
    "visitor.last_visit" Span,
    "visitor.language" Language,
    "visitor.timezone" Text,
    "visitor.device" Device,
    "visitor.known" Flag,
    "visitor.attr.<name>" Any,
    "visitor.tag" Texts,
    "visitor.local_time" TimeOfDay,
    "visitor.weekday" Weekday,
    "pointer.left" Flag,
    "idle.time" Span,
    "element.seen" Selector,
    "element.clicked" Selector,
    "form.focused" Flag,
    "chat.conversation" Flag,
    "chat.messages" Count,
    "chat.last" Span,
    "desk.online" Flag,
    "desk.open" Flag,
    "trigger.<id>.shown" Count,
    "trigger.<id>.opened" Count,
    "trigger.<id>.dismissed" Count,
    "trigger.<id>.replied" Count,
};

/// The fact with a name, and what its author chose in it.
pub(crate) fn find(written: &str) -> Option<(Fact, &str)> {
    FACTS.iter().find_map(|fact| {
        let Some((before, rest)) = fact.name.split_once('<') else {
            return (fact.name == written).then_some((*fact, ""));
        };
        let (_, after) = rest.split_once('>')?;
        let chosen = written.strip_prefix(before)?.strip_suffix(after)?;
        (!chosen.is_empty()).then_some((*fact, chosen))
    })
}

impl Kind {
    /// What can be asked of such a fact.
    pub(crate) fn operators(self) -> &'static [Operator] {
        use Operator::{
            Contains, EndsWith, Eq, Exists, Glob, Gt, Gte, In, Lt, Lte, Matches, Ne, NotContains,
            NotIn, StartsWith,
        };
        match self {
            Self::Text | Self::Texts => &[
                Eq,
                Ne,
                Contains,
                NotContains,
                StartsWith,
                EndsWith,
                Glob,
                Matches,
                In,
                NotIn,
                Exists,
            ],
            Self::Percent | Self::Count => &[Eq, Ne, Gt, Gte, Lt, Lte, In, NotIn, Exists],
            Self::Span => &[Gt, Gte, Lt, Lte, Exists],
            Self::Flag => &[Eq, Ne, Exists],
            Self::Language | Self::Device | Self::Weekday => &[Eq, Ne, In, NotIn, Exists],
            Self::TimeOfDay => &[Gt, Gte, Lt, Lte],
            Self::Selector => &[Eq, Ne, In, NotIn],
            Self::Any => &[
                Eq,
                Ne,
                Contains,
                NotContains,
                StartsWith,
                EndsWith,
                Glob,
                Matches,
                Gt,
                Gte,
                Lt,
                Lte,
                In,
                NotIn,
                Exists,
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn the_server_knows_the_same_facts_and_operators() {
        let theirs = saluda_rules::compile::facts();
        let names = |it: &[saluda_rules::compile::FactEntry]| -> Vec<String> {
            it.iter()
                .map(|it| format!("{} {:?} {:?}", it.name, it.kind, it.operators()))
                .collect()
        };
        let ours: Vec<_> = FACTS
            .iter()
            .map(|it| format!("{} {:?} {:?}", it.name, it.kind, it.kind.operators()))
            .collect();
        assert_eq!(ours, names(theirs));
    }

    #[test]
    fn a_fact_is_found_with_what_was_chosen_in_it() {
        let found = |written| find(written).map(|(fact, chosen)| (fact.name, chosen));
        assert_eq!(found("page.path"), Some(("page.path", "")));
        assert_eq!(
            found("visitor.attr.plan"),
            Some(("visitor.attr.<name>", "plan"))
        );
        assert_eq!(
            found("trigger.help.opened"),
            Some(("trigger.<id>.opened", "help"))
        );
        assert_eq!(found("visitor.attr."), None);
        assert_eq!(found("page.paths"), None);
    }
}
