//! Telling the server how far the agents have come: what has arrived at a desk
//! and what was on a screen. Once per connection, since a frame may be lost
//! with one.

use leptos::prelude::*;
use saluda_protocol::{AgentFrame, ConversationId, Number, Summary};

use crate::state::{Desk, Line};

impl Desk {
    /// Says that what is on the screen was read.
    pub(crate) fn tell_read(self) {
        if !(self.looking.get() && self.at_end.get() && self.line.get() == Line::Up) {
            return;
        }
        let to_read = self
            .threads
            .with(|threads| Some((threads.open_id()?, threads.current()?.to_read()?)));
        let Some((conversation, up_to)) = to_read else {
            return;
        };
        let told = self
            .told
            .with_value(|told| told.read.get(&conversation).copied());
        if told < Some(up_to)
            && self.send(&AgentFrame::Read {
                conversation,
                up_to,
            })
        {
            self.told.update_value(|told| {
                told.read.insert(conversation, up_to);
            });
        }
    }

    /// Says that what visitors wrote has arrived at a desk.
    pub(super) fn tell_delivered(self, summaries: &[Summary]) {
        for summary in summaries {
            if summary.asked > summary.marks.agent.delivered {
                self.tell_one_delivered(summary.conversation, summary.asked);
            }
        }
    }

    pub(super) fn tell_one_delivered(self, conversation: ConversationId, up_to: Number) {
        let told = self
            .told
            .with_value(|told| told.delivered.get(&conversation).copied());
        if told < Some(up_to)
            && self.send(&AgentFrame::Delivered {
                conversation,
                up_to,
            })
        {
            self.told.update_value(|told| {
                told.delivered.insert(conversation, up_to);
            });
        }
    }
}
