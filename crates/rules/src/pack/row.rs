//! Words that are written.

use super::Word;
use super::codes::{
    ALL, ANY, ATTR, COMPARISONS, CONTAINS, COUNTS, ENDS_WITH, EQUALS, EVENT, EXISTS, FACTS, GLOB,
    IS, LANGUAGE, MATCHES, NOT, NUMBER, ONE, ONE_OF, ONE_OF_NUMBERS, ONLINE, OPEN, PLAIN, QUERY,
    STARTS_WITH, TRIGGER, UTM,
};
use crate::trigger::{Fact, Property, Rule, Subject, Test};

/// Words that are written.
pub(super) struct Row(pub(super) Vec<Word>);

impl Row {
    pub(super) fn number(&mut self, number: f64) {
        self.0.push(Word::Number(number));
    }

    pub(super) fn whole(&mut self, whole: u64) {
        self.number(as_number(whole));
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.number(f64::from(u8::from(flag)));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.0.push(Word::Text(text.to_owned()));
    }

    pub(super) fn optional(&mut self, whole: Option<u64>) {
        self.number(whole.map_or(-1.0, as_number));
    }

    pub(super) fn code<T: PartialEq>(&mut self, table: &[T], value: &T) {
        let code = table.iter().position(|one| one == value);
        self.whole(code.unwrap_or(0) as u64);
    }

    pub(super) fn texts(&mut self, texts: &[String]) {
        self.whole(texts.len() as u64);
        for text in texts {
            self.text(text);
        }
    }

    pub(super) fn rule(&mut self, rule: &Rule) {
        match rule {
            Rule::All(rules) => self.rules(ALL, rules),
            Rule::Any(rules) => self.rules(ANY, rules),
            Rule::Not(rule) => {
                self.whole(u64::from(NOT));
                self.rule(rule);
            }
            Rule::One(condition) => {
                self.whole(u64::from(ONE));
                self.subject(&condition.subject);
                self.test(&condition.test);
                self.flag(condition.negated);
            }
        }
    }

    pub(super) fn rules(&mut self, code: u8, rules: &[Rule]) {
        self.whole(u64::from(code));
        self.whole(rules.len() as u64);
        for rule in rules {
            self.rule(rule);
        }
    }

    pub(super) fn subject(&mut self, subject: &Subject) {
        let (code, name) = match subject {
            Subject::Event(counted) => {
                self.whole(u64::from(EVENT));
                self.text(&counted.name);
                self.optional(counted.within_ms);
                self.whole(counted.properties.len() as u64);
                for property in &counted.properties {
                    self.property(property);
                }
                return;
            }
            Subject::Fact(Fact::Trigger(id, count)) => {
                self.whole(u64::from(TRIGGER));
                self.text(id.as_str());
                self.code(&COUNTS, count);
                return;
            }
            Subject::Fact(Fact::PageQuery(name)) => (QUERY, Some(name)),
            Subject::Fact(Fact::VisitUtm(name)) => (UTM, Some(name)),
            Subject::Fact(Fact::VisitorAttr(name)) => (ATTR, Some(name)),
            Subject::Fact(Fact::DeskOnline) => (ONLINE, None),
            Subject::Fact(Fact::DeskOpen) => (OPEN, None),
            Subject::Fact(fact) => {
                let code = FACTS.iter().position(|one| one == fact).unwrap_or(0);
                self.whole(code as u64 + u64::from(PLAIN));
                return;
            }
        };
        self.whole(u64::from(code));
        if let Some(name) = name {
            self.text(name);
        }
    }

    pub(super) fn property(&mut self, property: &Property) {
        self.text(&property.name);
        self.test(&property.test);
        self.flag(property.negated);
    }

    pub(super) fn test(&mut self, asked: &Test) {
        let mut code = |code: u8| self.0.push(Word::Number(f64::from(code)));
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
                self.whole(numbers.len() as u64);
                for number in numbers {
                    self.number(*number);
                }
            }
            Test::Equals(text) => {
                code(EQUALS);
                self.text(text);
            }
            Test::OneOf(texts) => {
                code(ONE_OF);
                self.texts(texts);
            }
            Test::Language(ranges) => {
                code(LANGUAGE);
                self.texts(ranges);
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
                self.text(&expression.to_text());
            }
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact below 2^53, which no length, count or instant here reaches"
)]
pub(super) fn as_number(whole: u64) -> f64 {
    whole as f64
}
