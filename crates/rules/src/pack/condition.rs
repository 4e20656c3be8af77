//! What rules look at and what they ask of it, as words.

use alloc::string::String;
use alloc::vec::Vec;

use super::codes::{
    self, ATTR, COMPARISONS, CONTAINS, COUNTS, ENDS_WITH, EQUALS, EVENT, EXISTS, GLOB, IS,
    LANGUAGE, MATCHES, NUMBER, ONE_OF, ONE_OF_NUMBERS, QUERY, STARTS_WITH, TRIGGER, UTM,
};
use super::{Row, Words};
use crate::expression::Expression;
use crate::glob::Glob;
use crate::plan::{Asked, Source};
use crate::trigger::{Counted, Fact, Property, Test};

impl Row {
    pub(crate) fn source(&mut self, source: &Source) {
        let (code, name) = match source {
            Source::Event(counted) => {
                self.whole(u64::from(EVENT));
                self.text(&counted.name);
                self.text(&counted.key);
                self.list(&counted.properties, Self::property);
                return;
            }
            Source::Fact(Fact::Trigger(id, count)) => {
                self.whole(u64::from(TRIGGER));
                self.text(id.as_str());
                self.code(&COUNTS, count);
                return;
            }
            Source::Fact(Fact::PageQuery(name)) => (QUERY, Some(name)),
            Source::Fact(Fact::VisitUtm(name)) => (UTM, Some(name)),
            Source::Fact(Fact::VisitorAttr(name)) => (ATTR, Some(name)),
            Source::Fact(fact) => {
                let code = (0..u8::MAX).find(|code| codes::fact(*code).as_ref() == Some(fact));
                (code.unwrap_or(u8::MAX), None)
            }
        };
        self.whole(u64::from(code));
        if let Some(name) = name {
            self.text(name);
        }
    }

    pub(crate) fn property(&mut self, property: &Property) {
        self.text(&property.name);
        self.test(&property.test);
        self.flag(property.negated);
    }

    pub(crate) fn asked(&mut self, asked: &Asked) {
        self.whole(asked.slot as u64);
        self.test(&asked.test);
        self.optional(asked.within_ms);
    }

    fn test(&mut self, asked: &Test) {
        let mut code = |code: u8| self.whole(u64::from(code));
        match asked {
            Test::Exists => code(EXISTS),
            Test::Is(flag) => {
                code(IS);
                self.flag(*flag);
            }
            Test::Number(comparison, target) => {
                code(NUMBER);
                self.code(&COMPARISONS, comparison);
                self.number(*target);
            }
            Test::OneOfNumbers(numbers) => {
                code(ONE_OF_NUMBERS);
                self.list(numbers, |row, number| row.number(*number));
            }
            Test::Equals(text) => {
                code(EQUALS);
                self.text(text);
            }
            Test::OneOf(texts) => {
                code(ONE_OF);
                self.list(texts, |row, text| row.text(text));
            }
            Test::Language(ranges) => {
                code(LANGUAGE);
                self.list(ranges, |row, text| row.text(text));
            }
            Test::Contains(part) => {
                code(CONTAINS);
                self.text(part);
            }
            Test::StartsWith(part) => {
                code(STARTS_WITH);
                self.text(part);
            }
            Test::EndsWith(part) => {
                code(ENDS_WITH);
                self.text(part);
            }
            Test::Glob(glob) => {
                code(GLOB);
                self.text(glob.as_str());
            }
            Test::Matches(expression) => {
                code(MATCHES);
                self.expression(expression);
            }
        }
    }

    /// The kind of each byte, as runs of the same kind, then the rows.
    pub(crate) fn expression(&mut self, expression: &Expression) {
        let (kinds, rows) = expression.parts();
        for run in kinds.chunk_by(PartialEq::eq) {
            self.whole(u64::from(run[0]));
            self.whole(run.len() as u64);
        }
        self.list(rows, |row, state| row.whole(u64::from(*state)));
    }
}

impl Words<'_> {
    #[inline(never)]
    pub(super) fn source(&mut self) -> Source {
        Source::Fact(match self.byte() {
            EVENT => {
                return Source::Event(Counted {
                    name: self.text(),
                    key: self.text(),
                    within_ms: None,
                    properties: self.list(&mut Self::property),
                });
            }
            QUERY => Fact::PageQuery(self.text()),
            UTM => Fact::VisitUtm(self.text()),
            ATTR => Fact::VisitorAttr(self.text()),
            TRIGGER => Fact::Trigger(self.trigger(), self.code(&COUNTS)),
            code => match codes::fact(code) {
                Some(fact) => fact,
                None => self.spoilt(Fact::PageUrl),
            },
        })
    }

    fn property(&mut self) -> Property {
        Property {
            name: self.text(),
            test: self.test(),
            negated: self.flag(),
        }
    }

    pub(super) fn test(&mut self) -> Test {
        match self.byte() {
            EXISTS => Test::Exists,
            IS => Test::Is(self.flag()),
            NUMBER => Test::Number(self.code(&COMPARISONS), self.number()),
            ONE_OF_NUMBERS => Test::OneOfNumbers(self.list(&mut Self::number)),
            EQUALS => Test::Equals(self.text()),
            ONE_OF => Test::OneOf(self.texts()),
            LANGUAGE => Test::Language(self.texts()),
            CONTAINS => Test::Contains(self.text()),
            STARTS_WITH => Test::StartsWith(self.text()),
            ENDS_WITH => Test::EndsWith(self.text()),
            GLOB => Test::Glob(Glob::new(self.text())),
            MATCHES => match self.expression() {
                Some(expression) => Test::Matches(expression),
                None => self.spoilt(Test::Exists),
            },
            _ => self.spoilt(Test::Exists),
        }
    }

    /// None when what is there makes no table.
    pub(crate) fn expression(&mut self) -> Option<Expression> {
        let mut kinds = Vec::new();
        while kinds.len() < 256 && self.are_sound() {
            let (kind, run) = (self.byte(), self.small() as usize);
            // One too many is noticed.
            kinds.resize((kinds.len() + run).min(257), kind);
        }
        let rows = self.list(&mut Self::byte);
        Expression::new(kinds, &rows)
    }

    /// Several texts.
    pub(crate) fn texts(&mut self) -> Vec<String> {
        self.list(&mut Self::text)
    }
}
