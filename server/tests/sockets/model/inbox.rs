//! What a desk knows of the inbox, with a cursor of its own.

use saluda_protocol::inbox::{Counts, Summary};
use saluda_protocol::{AgentFrame, AgentUpdate, Cursor, Number, Tab};

/// The inbox of a site with one conversation.
#[derive(Debug, Clone, Default)]
pub(super) struct Inbox {
    /// The name of the database, which desks hear once.
    pub(super) epoch: String,
    last: Option<Number>,
    known: Option<Summary>,
    counts: Counts,
}

impl Inbox {
    /// Where it stands, if it has something to go on from.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        Some(Cursor {
            epoch: self.epoch.clone(),
            last: self.last?,
        })
    }

    /// The change that it shows; none before there is something.
    pub(super) fn change(&self) -> Number {
        self.known.as_ref().map_or(Number(0), |it| it.change)
    }

    /// What it shows, apart from who is there at the moment.
    pub(super) fn shown(&self) -> Option<(Summary, Counts)> {
        let mut known = self.known.clone()?;
        known.online = false;
        Some((known, self.counts))
    }

    /// Takes what the desk hears. Returns what it asks for then.
    pub(super) fn hear(&mut self, update: &AgentUpdate) -> Option<AgentFrame> {
        match update {
            AgentUpdate::Watching {
                last,
                reset,
                changed,
                counts,
                ..
            } => {
                (self.last, self.counts) = (Some(*last), *counts);
                for summary in changed {
                    self.learn(summary);
                }
                if *reset {
                    self.known = None;
                    let (tab, after) = (Tab::All, None);
                    return Some(AgentFrame::List { tab, after });
                }
            }
            AgentUpdate::Listed { summaries, .. } => {
                for summary in summaries {
                    self.learn(summary);
                }
            }
            AgentUpdate::Changed {
                summary, counts, ..
            } => {
                self.counts = *counts;
                self.last = self.last.max(Some(summary.change));
                self.learn(summary);
            }
            _ => {}
        }
        None
    }

    fn learn(&mut self, summary: &Summary) {
        if summary.change >= self.change() {
            self.known = Some(summary.clone());
        }
    }
}
