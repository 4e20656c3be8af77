//! What each event changes.
//!
//! A browser compiles a function as a whole, when it is first called. So what few
//! pages hear of stands in functions of its own, and is kept there
//! (`inline(never)`, here and in the visit): the first pass of a page is a
//! fifteenth shorter for it.

use saluda_protocol::report::Kind;
use saluda_protocol::{Millis, TriggerId};

use crate::engine::Engine;
use crate::event::Reaction;
use crate::facts::{ALL, Changed, Group, PAGE};
use crate::memory::Memory;
use crate::pack::{Words, event};
use crate::plan::Plan;

impl Engine {
    /// Takes in one event, as [`Event::pack`](crate::Event::pack) writes it. What
    /// makes no sense spoils the words, and may be taken for something else.
    pub fn hear(&mut self, words: &mut Words<'_>, now: Millis) {
        let code = words.byte();
        let before = self.visit.number();
        if matches!(
            code,
            event::SCROLL
                | event::ACTIVE
                | event::FORM_FOCUS
                | event::TRACK
                | event::ELEMENT_CLICKED
                | event::PANEL
                | event::GREETING
        ) {
            // A sign of life. When the last one is too long ago, another visit
            // begins with it.
            self.visit.go_on(now);
        }
        let changed = self.take(code, words, now);
        let same_visit = before == self.visit.number();
        self.refresh(if same_visit { changed } else { ALL.into() });
    }

    /// Returns the facts that may be others now, if the visit is the same.
    fn take<'a>(&mut self, code: u8, words: &mut Words<'a>, now: Millis) -> Changed<'a> {
        let groups = match code {
            event::PAGE => {
                self.request = None;
                self.rearm_page();
                let (url, title, referrer) = (words.str(), words.str(), words.str());
                self.visit.begin_page(url, title, referrer, now);
                PAGE
            }
            event::TRACK => {
                let name = words.str();
                let properties = words.list(&mut |words| (words.text(), words.attribute()));
                self.reach(name, now);
                self.visit.count(name, &properties, &self.plan, now);
                return Changed {
                    groups: &[Group::Events],
                    name: self.visit.memory.keeps_tallies().then_some(name),
                };
            }
            event::RUN
            | event::SHOWN
            | event::GREETING
            | event::MEMORY
            | event::RECALLED
            | event::RENEWED => self.take_rare(code, words, now),
            _ => return self.visit.learn(code, words, now),
        };
        groups.into()
    }

    /// The same of what a page that begins does not hear of.
    #[inline(never)]
    fn take_rare(&mut self, code: u8, words: &mut Words<'_>, now: Millis) -> &'static [Group] {
        match code {
            event::RUN => {
                let (id, force) = (words.str(), words.flag());
                self.request = self.grant(id, force, now);
                &[]
            }
            event::SHOWN => {
                let (id, held) = (words.str(), words.flag());
                self.request = None;
                self.show(id, held, now);
                &[Group::Greetings]
            }
            event::GREETING => {
                let (id, what) = (words.trigger(), words.code(&Reaction::ALL));
                self.react(id, what, now);
                &[Group::Greetings]
            }
            event::MEMORY | event::RECALLED => {
                let memory = Memory::unpack(words);
                if words.are_sound() {
                    if code == event::MEMORY {
                        self.visit.share(memory, now);
                    } else {
                        self.visit.recall(memory, now);
                    }
                }
                ALL
            }
            _ => {
                let plan = Plan::unpack(words);
                if words.are_sound() {
                    self.renew(plan);
                }
                ALL
            }
        }
    }

    #[inline(never)]
    fn show(&mut self, id: &str, held: bool, now: Millis) {
        let Some(index) = self.position(id) else {
            return;
        };
        let terms = &self.plan.triggers[index].terms;
        let kind = if held { Kind::Held } else { Kind::Sent };
        self.reports.push((kind, terms.id.clone()));
        self.visit.show(terms, held, now);
    }

    #[inline(never)]
    fn react(&mut self, trigger: TriggerId, what: Reaction, now: Millis) {
        self.visit.react(&trigger, what, now);
        let kind = match what {
            Reaction::Opened => Kind::Opened,
            Reaction::Dismissed => Kind::Dismissed,
            Reaction::Replied => Kind::Replied,
            Reaction::Clicked => Kind::Clicked,
        };
        self.reports.push((kind, trigger));
    }

    /// Notes the triggers whose goal an event is, if it comes now, for this
    /// visitor.
    #[inline(never)]
    fn reach(&mut self, event: &str, now: Millis) {
        for index in &self.plan.goals {
            let terms = &self.plan.triggers[*index].terms;
            let Some(goal) = terms.goal.as_ref().filter(|goal| goal.event == event) else {
                continue;
            };
            let records = &mut self.visit.memory.greetings;
            let record = records.iter_mut().find(|one| one.trigger == terms.id);
            if let Some(record) = record
                && record.shown > 0
                && !record.reached
                && now.since(record.shown_at) < goal.within_ms
            {
                record.reached = true;
                self.reports.push((Kind::Goal, terms.id.clone()));
            }
        }
    }
}
