//! Words that are read.

use saluda_protocol::TriggerId;

use super::Word;
use super::codes::{
    ALL, ANY, ATTR, COMPARISONS, CONTAINS, COUNTS, ENDS_WITH, EQUALS, EVENT, EXISTS, FACTS, GLOB,
    IS, LANGUAGE, MATCHES, NOT, NUMBER, ONE, ONE_OF, ONE_OF_NUMBERS, ONLINE, OPEN, PLAIN, QUERY,
    STARTS_WITH, TRIGGER, UTM,
};
use crate::expression::Expression;
use crate::glob::Glob;
use crate::trigger::{Condition, Counted, Fact, Property, Rule, Subject, Test};

/// Words that are read. Anything that does not fit is no trigger.
pub(super) struct Words<'a>(pub(super) &'a mut dyn Iterator<Item = Word>);

impl Words<'_> {
    pub(super) fn number(&mut self) -> Option<f64> {
        match self.0.next()? {
            Word::Number(number) => Some(number),
            Word::Text(_) => None,
        }
    }

    pub(super) fn text(&mut self) -> Option<String> {
        match self.0.next()? {
            Word::Text(text) => Some(text),
            Word::Number(_) => None,
        }
    }

    pub(super) fn whole(&mut self) -> Option<u64> {
        self.number().map(as_whole)
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        self.whole().map(saturated)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        u8::try_from(self.whole()?).ok()
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        Some(self.byte()? != 0)
    }

    pub(super) fn code<T: Copy>(&mut self, table: &[T]) -> Option<T> {
        table.get(usize::from(self.byte()?)).copied()
    }

    pub(super) fn list<T>(
        &mut self,
        one: &mut dyn FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let count = self.whole()?;
        (0..count).map(|_| one(self)).collect()
    }

    pub(super) fn rule(&mut self, depth: usize) -> Option<Rule> {
        let depth = depth.checked_sub(1)?;
        Some(match self.byte()? {
            ALL => Rule::All(self.list(&mut |words| words.rule(depth))?),
            ANY => Rule::Any(self.list(&mut |words| words.rule(depth))?),
            NOT => Rule::Not(Box::new(self.rule(depth)?)),
            ONE => Rule::One(Condition {
                subject: self.subject()?,
                test: self.test()?,
                negated: self.flag()?,
            }),
            _ => return None,
        })
    }

    pub(super) fn subject(&mut self) -> Option<Subject> {
        Some(Subject::Fact(match self.byte()? {
            EVENT => {
                return Some(Subject::Event(Counted {
                    name: self.text()?,
                    within_ms: present(self.number()?),
                    properties: self.list(&mut |words| {
                        Some(Property {
                            name: words.text()?,
                            test: words.test()?,
                            negated: words.flag()?,
                        })
                    })?,
                }));
            }
            QUERY => Fact::PageQuery(self.text()?),
            UTM => Fact::VisitUtm(self.text()?),
            ATTR => Fact::VisitorAttr(self.text()?),
            TRIGGER => Fact::Trigger(TriggerId::try_from(self.text()?).ok()?, self.code(&COUNTS)?),
            ONLINE => Fact::DeskOnline,
            OPEN => Fact::DeskOpen,
            code => FACTS.get(usize::from(code - PLAIN))?.clone(),
        }))
    }

    pub(super) fn test(&mut self) -> Option<Test> {
        Some(match self.byte()? {
            EXISTS => Test::Exists,
            IS => Test::Is(self.flag()?),
            NUMBER => Test::Number(self.code(&COMPARISONS)?, self.number()?),
            ONE_OF_NUMBERS => Test::OneOfNumbers(self.list(&mut Words::number)?),
            EQUALS => Test::Equals(self.text()?),
            ONE_OF => Test::OneOf(self.list(&mut Words::text)?),
            LANGUAGE => Test::Language(self.list(&mut Words::text)?),
            CONTAINS => Test::Contains(self.text()?),
            STARTS_WITH => Test::StartsWith(self.text()?),
            ENDS_WITH => Test::EndsWith(self.text()?),
            GLOB => Test::Glob(Glob::new(self.text()?)),
            MATCHES => Test::Matches(Expression::from_text(&self.text()?)?),
            _ => return None,
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a number that is out of range stops at the end of it"
)]
pub(super) fn as_whole(number: f64) -> u64 {
    number as u64
}

pub(super) fn saturated(whole: u64) -> u32 {
    u32::try_from(whole).unwrap_or(u32::MAX)
}

/// Something that may be missing is written as -1.
pub(super) fn present(number: f64) -> Option<u64> {
    (number >= 0.0).then_some(as_whole(number))
}
