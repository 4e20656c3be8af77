//! What each event changes in a visit.

use saluda_protocol::{Millis, TriggerId};

use crate::event::{Attribute, Event, Reaction};
use crate::facts::{Group, Stopwatch, Value};
use crate::memory::{Memory, Record, SHOWINGS, Showing, Tally};
use crate::plan::{Plan, Source};
use crate::stay::Stay;
use crate::text::cut;
use crate::trigger::{Property, Test};
use crate::url::Parts;
use crate::visit::{ATTRIBUTES, TAGS, Visit};
use crate::{evaluate, experiment};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Every group: after what may change anything.
pub(crate) const ALL: &[Group] = &[
    Group::Address,
    Group::Title,
    Group::Scroll,
    Group::Pointer,
    Group::Form,
    Group::Elements,
    Group::Time,
    Group::Visit,
    Group::Visitor,
    Group::LocalClock,
    Group::Chat,
    Group::Desk,
    Group::Greetings,
    Group::Events,
];

/// What a page of the same visit may change.
const PAGE: &[Group] = &[
    Group::Address,
    Group::Title,
    Group::Scroll,
    Group::Pointer,
    Group::Form,
    Group::Elements,
    Group::Time,
    Group::Visit,
];

impl Visit {
    /// Takes an event in. Returns the facts that may be others now.
    pub(crate) fn take(&mut self, event: Event, plan: &Plan, now: Millis) -> &'static [Group] {
        match event {
            Event::Page {
                url,
                title,
                referrer,
            } => {
                let before = self.memory.stay.map(|stay| stay.number);
                self.begin_page(&url, &title, &referrer, now);
                let same_visit = before == Some(self.number());
                if same_visit { PAGE } else { ALL }
            }
            Event::Title(title) => {
                cut(&title).clone_into(&mut self.title);
                &[Group::Title]
            }
            Event::Scroll(percent) => {
                // What is no number is no depth.
                let depth = percent.clamp(0.0, 100.0).max(self.scroll.unwrap_or(0.0));
                self.scroll = Some(depth).filter(|depth| !depth.is_nan()).or(self.scroll);
                self.active(now, &[Group::Scroll])
            }
            Event::Visible(visible) => {
                self.visible = visible;
                self.settle(now);
                self.page_time.run(visible, now);
                self.seen_time.run(visible, now);
                self.idle_time.run(visible, now);
                self.active(now, &[Group::Time])
            }
            Event::PointerLeft(left) => {
                self.pointer_left = left;
                &[Group::Pointer]
            }
            Event::Active => {
                self.idle_time = Stopwatch::starting_at(0, self.visible, now);
                self.active(now, &[Group::Time])
            }
            Event::FormFocus(focus) => {
                self.form_focus = focus;
                self.form_touched |= focus;
                self.active(now, &[Group::Form])
            }
            Event::Track { name, properties } => {
                let changed = self.active(now, &[Group::Events]);
                self.count(&name, &properties, plan, now);
                changed
            }
            Event::Attribute { name, value } => {
                self.set_attribute(name, value);
                &[Group::Visitor]
            }
            Event::Tags(tags) => {
                self.tags = tags;
                self.tags.truncate(TAGS);
                &[Group::Visitor]
            }
            Event::ElementSeen(selector) => {
                note(&mut self.seen, selector);
                &[Group::Elements]
            }
            Event::ElementClicked(selector) => {
                note(&mut self.clicked, selector);
                self.active(now, &[Group::Elements])
            }
            Event::Panel(open) => {
                self.panel = open;
                self.active(now, &[])
            }
            Event::OnScreen(on_screen) => {
                self.on_screen = on_screen;
                &[]
            }
            // The engine's own.
            Event::Run { .. } => &[],
            Event::Shown { trigger, held } => {
                self.show(&trigger, held, plan, now);
                &[Group::Greetings]
            }
            Event::Greeting { trigger, what } => {
                self.react(&trigger, what, now);
                self.active(now, &[Group::Greetings])
            }
            Event::Memory(memory) => {
                self.share(*memory, now);
                ALL
            }
            other => self.learn(other, now),
        }
    }

    /// Takes in what others know: the chat, the desk, the browser.
    fn learn(&mut self, event: Event, now: Millis) -> &'static [Group] {
        match event {
            Event::Message { by_agent } => {
                self.messages = Some(self.messages.unwrap_or(0).saturating_add(1));
                self.last_message_at = Some(now);
                if by_agent {
                    self.memory.agent_wrote_at = Some(now);
                }
                &[Group::Chat]
            }
            Event::Messages { count, last_at } => {
                self.messages = Some(count);
                self.last_message_at = last_at;
                &[Group::Chat]
            }
            Event::Conversation(open) => {
                self.conversation = open;
                &[Group::Chat]
            }
            Event::Known(known) => {
                self.known = known;
                &[Group::Visitor]
            }
            Event::DeskOnline(online) => {
                self.desk_online = online;
                &[Group::Desk]
            }
            Event::Hours(intervals) => {
                self.hours = Some(intervals);
                &[Group::Desk]
            }
            Event::LocalClock(clock) => {
                self.clock = clock;
                &[Group::LocalClock]
            }
            Event::Language(language) => {
                self.language = language;
                &[Group::Visitor]
            }
            _ => &[],
        }
    }

    /// Moves the time that was visible into the memory.
    pub(crate) fn settle(&mut self, now: Millis) {
        let elapsed_ms = self.seen_time.elapsed_ms(now);
        if elapsed_ms > self.memory.visible_ms {
            self.memory.visible_ms = elapsed_ms;
        }
    }

    fn begin_page(&mut self, url: &str, title: &str, referrer: &str, now: Millis) {
        self.settle(now);
        self.begun = true;
        let before = self.memory.stay.map(|stay| stay.number);
        cut(url).clone_into(&mut self.url);
        cut(title).clone_into(&mut self.title);
        self.go_on(now);
        let Some(stay) = &mut self.memory.stay else {
            return;
        };
        *stay = stay.see_page(now);
        if before != Some(stay.number) {
            let own = Parts::of(&self.url).host == Parts::of(referrer).host;
            let referrer = if own { "" } else { cut(referrer) };
            referrer.clone_into(&mut self.memory.referrer);
            // The page that began it is counted already.
            stay.pages = 1;
        }
        self.scroll = None;
        self.seen.clear();
        self.clicked.clear();
        self.pointer_left = false;
        self.form_touched = false;
        self.form_focus = false;
        self.on_screen = false;
        self.page_time = Stopwatch::starting_at(0, self.visible, now);
        self.idle_time = self.page_time;
        self.seen_time = Stopwatch::starting_at(self.memory.visible_ms, self.visible, now);
    }

    /// Notes a sign of life. When the last one is too long ago, another visit
    /// begins with it.
    fn active(&mut self, now: Millis, changed: &'static [Group]) -> &'static [Group] {
        let before = self.number();
        self.go_on(now);
        if self.number() == before {
            changed
        } else {
            ALL
        }
    }

    fn go_on(&mut self, now: Millis) {
        let stored = self.memory.stay;
        let stay = Stay::resume(stored, now);
        self.memory.stay = Some(stay);
        if stored.is_some_and(|stored| stored.number == stay.number) {
            return;
        }
        if let Some(stored) = stored {
            self.memory.last_visit_ended_at = Some(stored.active_at);
        }
        self.memory.stay = Some(Stay { pages: 1, ..stay });
        self.memory.referrer.clear();
        self.url.clone_into(&mut self.memory.landing);
        self.memory.visible_ms = 0;
        self.seen_time = Stopwatch::starting_at(0, self.visible, now);
        for tally in &mut self.memory.events {
            tally.visit = 0;
        }
        self.memory.events.retain(|tally| !tally.last.is_empty());
        let number = stay.number;
        let showings = &mut self.memory.showings;
        showings.retain(|one| one.visit == number || now.since(one.at) < DAY_MS);
    }

    fn count(&mut self, name: &str, properties: &[(String, Attribute)], plan: &Plan, now: Millis) {
        for slot in &plan.slots {
            let Source::Event { key, counted } = &slot.source else {
                continue;
            };
            let fits = |property: &Property| self.property_fits(property, properties);
            if counted.name != name || !counted.properties.iter().all(fits) {
                continue;
            }
            let found = self.memory.events.iter().position(|one| one.key == *key);
            let index = found.unwrap_or_else(|| {
                self.memory.events.push(Tally {
                    key: key.clone(),
                    ..Tally::default()
                });
                self.memory.events.len() - 1
            });
            let tally = &mut self.memory.events[index];
            tally.visit = tally.visit.saturating_add(1);
            // As many as tell a count at the limit from one above it.
            if tally.last.len() > saluda_protocol::limits::EVENT_COUNT as usize {
                tally.last.remove(0);
            }
            // A clock that was set back must not break the order.
            let latest = tally.last.last().map_or(now, |last| now.max(*last));
            tally.last.push(latest);
        }
    }

    fn property_fits(&self, property: &Property, said: &[(String, Attribute)]) -> bool {
        let said = said.iter().find(|(name, _)| *name == property.name);
        let value = match said.map(|(_, value)| value) {
            None => Value::Missing,
            Some(Attribute::Flag(flag)) => Value::Flag(*flag),
            Some(Attribute::Number(number)) => Value::Number(*number),
            Some(Attribute::Text(text)) => Value::Text((self.fold)(cut(text))),
        };
        self.fixed_passes(&property.test, &value) != property.negated
    }

    /// Whether a value that does not move by itself passes a test.
    fn fixed_passes(&self, test: &Test, value: &Value) -> bool {
        let at = evaluate::Instant {
            now: Millis(0),
            clock: self.clock,
            hours: None,
        };
        evaluate::passes(test, value, &at).holds
    }

    fn set_attribute(&mut self, name: String, value: Option<Attribute>) {
        let known = self.attributes.iter().position(|(one, _)| *one == name);
        let value = value.map(|value| match value {
            Attribute::Text(text) => Attribute::Text(cut(&text).to_owned()),
            other => other,
        });
        match (known, value) {
            (Some(index), Some(value)) => self.attributes[index].1 = value,
            (Some(index), None) => {
                self.attributes.remove(index);
            }
            (None, Some(value)) if self.attributes.len() < ATTRIBUTES => {
                self.attributes.push((name, value));
            }
            (None, _) => {}
        }
    }

    fn show(&mut self, id: &TriggerId, held: bool, plan: &Plan, now: Millis) {
        let Some(planned) = plan.triggers.iter().find(|one| one.trigger.id == *id) else {
            return;
        };
        let visit = self.number();
        let dice = self.memory.dice;
        let record = self.record(id);
        record.version = planned.trigger.version;
        record.variant = experiment::variant(&planned.trigger, dice);
        record.held = held;
        record.reached = false;
        record.shown = record.shown.saturating_add(1);
        record.shown_at = now;
        record.shown_visit = visit;
        record.spent = true;
        if !held {
            self.on_screen = true;
            let showings = &mut self.memory.showings;
            showings.push(Showing { at: now, visit });
            if showings.len() > SHOWINGS {
                showings.remove(0);
            }
        }
    }

    fn react(&mut self, trigger: &TriggerId, what: Reaction, now: Millis) {
        let visit = self.number();
        let record = self.record(trigger);
        match what {
            Reaction::Opened => record.opened = record.opened.saturating_add(1),
            Reaction::Replied => record.replied = record.replied.saturating_add(1),
            Reaction::Dismissed => {
                record.dismissed = record.dismissed.saturating_add(1);
                record.dismissed_at = now;
                record.dismissed_visit = visit;
            }
        }
        self.on_screen &= what == Reaction::Replied;
    }

    pub(crate) fn record(&mut self, id: &TriggerId) -> &mut Record {
        let records = &mut self.memory.greetings;
        let found = records.iter().position(|record| record.trigger == *id);
        let index = found.unwrap_or_else(|| {
            records.push(Record::new(id.clone()));
            records.len() - 1
        });
        &mut records[index]
    }

    /// Goes on with what another tab wrote.
    fn share(&mut self, memory: Memory, now: Millis) {
        let before = std::mem::replace(&mut self.memory, memory);
        if self.memory.dice == 0 {
            self.memory.dice = before.dice;
        }
        let same_visit = before.stay.map(|stay| stay.number) == Some(self.number());
        let elapsed_ms = if same_visit {
            self.seen_time.elapsed_ms(now)
        } else {
            0
        };
        let total_ms = elapsed_ms.max(self.memory.visible_ms);
        self.seen_time = Stopwatch::starting_at(total_ms, self.visible, now);
    }
}

fn note(list: &mut Vec<String>, selector: String) {
    if !list.contains(&selector) && list.len() < saluda_protocol::limits::LIST_VALUES {
        list.push(selector);
    }
}
