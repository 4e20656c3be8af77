//! What a page is told of that happened elsewhere.

use saluda_protocol::{Event, Number, VisitorUpdate};

use super::{End, Page};
use crate::bus::{Heard, Notice};
use crate::chat::{forms, history};
use crate::refusal::Refusal;
use crate::ws::link::Close;

impl Page {
    /// What the page has not been sent yet, up to `last`: from `events` when
    /// they follow, else from the database.
    pub(super) async fn forward(
        &mut self,
        events: Vec<Event>,
        last: Number,
    ) -> Result<Vec<VisitorUpdate>, Refusal> {
        let Some(conversation) = self.conversation else {
            return Ok(Vec::new());
        };
        if last <= self.last {
            return Ok(Vec::new());
        }
        let follows = events
            .first()
            .is_some_and(|event| event.number == self.last.next());
        let updates = if follows {
            events.into_iter().map(VisitorUpdate::Event).collect()
        } else {
            let slice = history::since(&self.app, conversation, self.last, last).await?;
            vec![VisitorUpdate::Slice(slice)]
        };
        self.last = last;
        Ok(updates)
    }

    pub(super) async fn hear(&mut self, heard: Heard) -> Result<(), End> {
        let updates = match heard {
            // The browser knows by now: another of its pages has said so, or it is
            // told when it comes back that nobody knows it.
            Heard::Notice(notice) if matches!(*notice, Notice::Identified | Notice::Erased) => {
                return Err(End::Close(Close::Restart));
            }
            Heard::Notice(notice) => self.notice(&notice).await,
            Heard::Missed => self.catch_up().await,
        };
        match updates {
            Ok(updates) => Ok(self.send(updates).await?),
            // It was logged. The page comes back and resumes, so what it was
            // to be told now is not lost.
            Err(_) => Err(End::Close(Close::Restart)),
        }
    }

    async fn notice(&mut self, notice: &Notice) -> Result<Vec<VisitorUpdate>, Refusal> {
        match notice {
            Notice::Changed {
                events, summary, ..
            } => {
                self.conversation = Some(summary.conversation);
                let mut updates = self.forward(events.clone(), summary.last).await?;
                if summary.marks != self.marks {
                    self.marks = summary.marks;
                    updates.push(VisitorUpdate::Marks(summary.marks));
                }
                Ok(updates)
            }
            Notice::AgentTyping(name) => Ok(vec![VisitorUpdate::Typing { name: name.clone() }]),
            Notice::AgentsOnline(online) => Ok(vec![VisitorUpdate::AgentsOnline(*online)]),
            Notice::FilledIn { answered, contact } => Ok(vec![
                VisitorUpdate::Contact(contact.clone()),
                VisitorUpdate::Answered(answered.clone()),
            ]),
            Notice::RulesChanged => Ok(vec![VisitorUpdate::RulesChanged]),
            _ => Ok(Vec::new()),
        }
    }

    /// The bus ran ahead of this page: everything is read from the database.
    async fn catch_up(&mut self) -> Result<Vec<VisitorUpdate>, Refusal> {
        let online = self.app.presence.has_agent(self.site);
        let mut updates = vec![
            VisitorUpdate::AgentsOnline(online),
            VisitorUpdate::RulesChanged,
        ];
        if let Some(found) = self.app.store.conversation_of(self.visitor.id).await? {
            self.conversation = Some(found.id);
            updates.extend(self.forward(Vec::new(), found.last).await?);
            self.marks = found.marks;
            updates.push(VisitorUpdate::Marks(found.marks));
        }
        if let Some(kept) = self.app.store.visitor(self.visitor.id).await? {
            let (app, site) = (&self.app, self.site);
            let answered = forms::known(app, site, kept.id, &kept.contact).await?;
            updates.push(VisitorUpdate::Contact(kept.contact));
            updates.push(VisitorUpdate::Answered(answered));
        }
        Ok(updates)
    }
}
