//! What the page, the chat and the browser tell that is simply so from then on.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use saluda_protocol::Millis;
use saluda_protocol::limits::LIST_VALUES;

use super::{ATTRIBUTES, TAGS, Visit};
use crate::event::Attribute;
use crate::facts::{Changed, Group, Stopwatch};
use crate::pack::{Words, event};
use crate::text::cut;

impl Visit {
    /// Takes in what is told. Returns the facts that may be others now.
    #[inline(never)]
    pub(crate) fn learn<'a>(
        &mut self,
        code: u8,
        words: &mut Words<'a>,
        now: Millis,
    ) -> Changed<'a> {
        let groups: &[Group] = match code {
            event::TITLE => {
                cut(words.str()).clone_into(&mut self.title);
                &[Group::Title]
            }
            event::SCROLL => {
                // What is no number is no depth.
                let depth = words.number();
                if depth > self.scroll.unwrap_or(-1.0) {
                    self.scroll = Some(depth.clamp(0.0, 100.0));
                }
                &[Group::Scroll]
            }
            event::VISIBLE => {
                self.see(words.flag(), now);
                &[Group::Time]
            }
            event::POINTER_LEFT => {
                self.pointer_left = words.flag();
                &[Group::Pointer]
            }
            event::ACTIVE => {
                self.idle_time = Stopwatch::starting_at(0, self.visible, now);
                &[Group::Time]
            }
            event::FORM_FOCUS => {
                self.form_focus = words.flag();
                self.form_touched |= self.form_focus;
                &[Group::Form]
            }
            event::ATTRIBUTE => {
                let (name, value) = (words.str(), words.attribute());
                self.set_attribute(name, value);
                return Changed {
                    groups: &[Group::Visitor],
                    name: Some(name),
                };
            }
            event::TAGS => {
                self.tags = words.texts();
                self.tags.truncate(TAGS);
                &[Group::Visitor]
            }
            event::ELEMENT_SEEN => {
                note(&mut self.seen, words.text());
                &[Group::Elements]
            }
            event::ELEMENT_CLICKED => {
                note(&mut self.clicked, words.text());
                &[Group::Elements]
            }
            event::MESSAGE => {
                self.messages = Some(self.messages.unwrap_or(0).saturating_add(1));
                self.last_message_at = Some(now);
                if words.flag() {
                    self.memory.agent_wrote_at = Some(now);
                }
                &[Group::Chat]
            }
            event::MESSAGES => {
                self.messages = Some(words.small());
                self.last_message_at = words.optional().map(Millis);
                &[Group::Chat]
            }
            event::CONVERSATION => {
                self.conversation = words.flag();
                &[Group::Chat]
            }
            event::KNOWN => {
                self.known = words.flag();
                &[Group::Visitor]
            }
            event::PANEL => {
                self.panel = words.flag();
                &[]
            }
            event::ON_SCREEN => {
                self.on_screen = words.flag();
                &[]
            }
            event::DESK_ONLINE => {
                self.desk_online = words.flag();
                &[Group::Desk]
            }
            event::LOCAL_CLOCK => {
                self.clock = words.clock();
                &[Group::LocalClock]
            }
            event::LANGUAGE => {
                self.language = words.text();
                &[Group::Visitor]
            }
            _ => {
                words.spoil();
                &[]
            }
        };
        groups.into()
    }

    fn set_attribute(&mut self, name: &str, value: Option<Attribute>) {
        let known = self.attributes.iter().position(|(known, _)| known == name);
        match (known, value) {
            (Some(index), Some(value)) => self.attributes[index].1 = value,
            (Some(index), None) => drop(self.attributes.remove(index)),
            (None, Some(value)) if self.attributes.len() < ATTRIBUTES => {
                self.attributes.push((name.to_owned(), value));
            }
            (None, _) => {}
        }
    }
}

fn note(list: &mut Vec<String>, selector: String) {
    if !list.contains(&selector) && list.len() < LIST_VALUES {
        list.push(selector);
    }
}
