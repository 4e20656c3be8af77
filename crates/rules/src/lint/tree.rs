//! A rule as the linter looks at it: each fact has a number, and facts that say
//! the same in two ways are one.

use super::space::Space;
use crate::trigger::{self, Comparison, Condition, Fact, Rule, Subject, Test};

/// A part of a rule, of the shape it was written in.
#[derive(Debug)]
pub(super) enum Part {
    All(Vec<Part>),
    Any(Vec<Part>),
    Not(Box<Part>),
    One(Leaf),
}

/// One condition.
#[derive(Debug)]
pub(super) struct Leaf {
    /// Which subject it looks at.
    pub(super) subject: usize,
    /// What is asked of it.
    pub(super) test: Test,
    /// The answer with which it holds.
    pub(super) wanted: bool,
}

/// Everything that some rules look at, and what is known of it.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    known: Vec<Known>,
    /// Numbers of which the first is never greater than the second.
    pub(super) orders: Vec<(usize, usize)>,
    /// Where knowing the first means that the second is so.
    pub(super) follow: Vec<(usize, Leaf)>,
}

#[derive(Debug)]
struct Known {
    subject: Subject,
    space: Space,
}

impl Subjects {
    pub(super) fn space(&self, subject: usize) -> Option<&Space> {
        self.known.get(subject).map(|known| &known.space)
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Takes a rule in.
    pub(super) fn part(&mut self, rule: &Rule) -> Part {
        match rule {
            Rule::All(rules) => Part::All(self.parts(rules)),
            Rule::Any(rules) => Part::Any(self.parts(rules)),
            Rule::Not(rule) => Part::Not(Box::new(self.part(rule))),
            Rule::One(condition) => Part::One(self.leaf(condition)),
        }
    }

    fn parts(&mut self, rules: &[Rule]) -> Vec<Part> {
        rules.iter().map(|rule| self.part(rule)).collect()
    }

    fn leaf(&mut self, condition: &Condition) -> Leaf {
        // The first visit is visit number one.
        if let (Subject::Fact(Fact::VisitorNew), Test::Is(is)) =
            (&condition.subject, &condition.test)
        {
            return Leaf {
                subject: self.fact(Fact::VisitorVisits),
                test: Test::Number(Comparison::Equal, 1.0),
                wanted: *is != condition.negated,
            };
        }
        Leaf {
            subject: self.number(&condition.subject),
            test: condition.test.clone(),
            wanted: !condition.negated,
        }
    }

    /// The number of a fact.
    pub(super) fn fact(&mut self, fact: Fact) -> usize {
        self.number(&Subject::Fact(fact))
    }

    fn number(&mut self, subject: &Subject) -> usize {
        let mut known = self.known.iter();
        if let Some(number) = known.position(|known| known.subject == *subject) {
            return number;
        }
        let number = self.known.len();
        self.known.push(Known {
            subject: subject.clone(),
            space: Space::of(subject),
        });
        self.relate(number, subject);
        number
    }

    /// Notes what follows from one fact for others.
    fn relate(&mut self, number: usize, subject: &Subject) {
        match subject {
            // Both begin with the page and stand still while it is not visible.
            Subject::Fact(Fact::IdleTime) => {
                let page = self.fact(Fact::PageTime);
                self.orders.push((number, page));
            }
            // Before the first visit there was none.
            Subject::Fact(Fact::VisitorLastVisit) => {
                let subject = self.fact(Fact::VisitorVisits);
                let second = Leaf {
                    subject,
                    test: Test::Number(Comparison::AtLeast, 2.0),
                    wanted: true,
                };
                self.follow.push((number, second));
            }
            // What happened in the last minute happened in the last hour.
            Subject::Event(counted) if counted.within_ms.is_some() => {
                let others = self.known.iter().enumerate();
                let orders = others.filter_map(|(other, known)| match &known.subject {
                    Subject::Event(trigger::Counted { key, within_ms, .. })
                        if *key == counted.key && within_ms.is_some() =>
                    {
                        match within_ms.cmp(&counted.within_ms) {
                            std::cmp::Ordering::Less => Some((other, number)),
                            std::cmp::Ordering::Greater => Some((number, other)),
                            std::cmp::Ordering::Equal => None,
                        }
                    }
                    _ => None,
                });
                let orders: Vec<_> = orders.collect();
                self.orders.extend(orders);
            }
            _ => {}
        }
    }
}
