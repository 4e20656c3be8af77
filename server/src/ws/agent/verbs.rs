//! What a desk asks for, frame by frame.

use std::sync::Arc;

use saluda_protocol::agent::Page;
use saluda_protocol::inbox::Tab;
use saluda_protocol::{
    AgentFrame, AgentUpdate, Author, Body, ConversationId, Cursor, Mark, MessageId, Number, Side,
    SiteId, Status, limits,
};

use super::{Desk, Open, Updates, Watched};
use crate::bus::{Notice, Topic};
use crate::chat::post::By;
use crate::chat::{self, ChatError, history, person, reach, settle};
use crate::permission::{self, Verb};

/// A desk that missed more changes than this loads its list anew.
const MOST_MISSED: u64 = 500;

impl Desk {
    /// Does what a frame asks.
    pub(super) async fn frame(&mut self, frame: AgentFrame) -> Updates {
        match frame {
            AgentFrame::Watch { site, resume } => self.watch(site, resume).await,
            AgentFrame::List { tab, after } => self.list(tab, after).await,
            AgentFrame::Open {
                conversation,
                resume,
            } => self.open(conversation, resume).await,
            AgentFrame::Leave => {
                self.open = None;
                Ok(Vec::new())
            }
            AgentFrame::Older {
                conversation,
                before,
            } => {
                self.reach(conversation, Verb::ReadConversations).await?;
                let slice = history::before(&self.app, conversation, before).await?;
                Ok(vec![AgentUpdate::Older {
                    conversation,
                    slice,
                }])
            }
            AgentFrame::Post {
                conversation,
                id,
                body,
            } => self.post(conversation, id, body).await,
            AgentFrame::Delivered {
                conversation,
                up_to,
            } => self.mark(conversation, up_to, Number(0)).await,
            AgentFrame::Read {
                conversation,
                up_to,
            } => self.mark(conversation, up_to, up_to).await,
            AgentFrame::Typing { conversation } => {
                let (found, _) = self.reach(conversation, Verb::AnswerVisitors).await?;
                let notice = Notice::AgentTyping(self.agent.name.clone());
                self.app.bus.publish(Topic::Visitor(found.visitor), notice);
                Ok(Vec::new())
            }
            AgentFrame::SetStatus {
                conversation,
                status,
            } => self.set_status(conversation, status).await,
            AgentFrame::Pong => Ok(Vec::new()),
            _ => Err(super::super::senseless()),
        }
    }

    /// The conversation, if the agent may do this with it.
    async fn reach(
        &mut self,
        conversation: ConversationId,
        verb: Verb,
    ) -> Result<
        (
            saluda_store::Conversation,
            saluda_protocol::agent::Membership,
        ),
        ChatError,
    > {
        let found = reach::conversation(&self.app, self.agent.id, conversation, verb).await;
        if let (Err(ChatError::Forbidden(_)), Some(watched)) = (&found, &mut self.watched) {
            // Their role is another since the desk began to watch: nobody waits
            // for them any more.
            drop(watched.here.take());
        }
        found
    }

    fn author(&self) -> Author {
        Author::Agent {
            id: self.agent.id,
            name: self.agent.name.clone(),
        }
    }

    async fn watch(&mut self, site: SiteId, resume: Option<Cursor>) -> Updates {
        let reading = Verb::ReadConversations;
        let membership = reach::site(&self.app, self.agent.id, site, reading).await?;
        // Listening begins before anything is read, so nothing falls between.
        let notices = self.app.bus.subscribe(Topic::Site(site));
        let bus = Arc::clone(&self.app.bus);
        // Who only looks on is nobody a visitor could wait for.
        let answers = permission::allows(membership.role, Verb::AnswerVisitors);
        let here = answers.then(|| {
            self.app.presence.agent(site, move |online| {
                bus.publish(Topic::Pages(site), Notice::AgentsOnline(online));
            })
        });
        self.open = None;
        let (last, counts) = self.app.store.inbox_state(site).await?;
        let from = resume
            .filter(|cursor| {
                cursor.epoch == self.app.epoch
                    && cursor.last <= last
                    && last.0 - cursor.last.0 <= MOST_MISSED
            })
            .map(|cursor| cursor.last);
        self.watched = Some(Watched {
            site,
            last: from.unwrap_or(last),
            notices,
            here,
        });
        let mut changed = Vec::new();
        if from.is_some() {
            for update in self.inbox_since_last().await? {
                if let AgentUpdate::Changed { summary, .. } = update {
                    changed.push(*summary);
                }
            }
        }
        Ok(vec![AgentUpdate::Watching {
            site,
            last: self.watched.as_ref().map_or(last, |watched| watched.last),
            reset: from.is_none(),
            changed,
            counts,
        }])
    }

    async fn list(&mut self, tab: Tab, after: Option<Page>) -> Updates {
        let Some(watched) = &self.watched else {
            return Err(ChatError::NotFound.into());
        };
        let limit = limits::SUMMARIES_PER_UPDATE;
        let page = self
            .app
            .store
            .inbox(watched.site, tab, after, limit)
            .await?;
        let full = page.len() == usize::try_from(limit).unwrap_or(usize::MAX);
        let next = page.last().filter(|_| full).map(|last| Page {
            written_at: last.written_at,
            conversation: last.conversation,
        });
        let summaries = page
            .into_iter()
            .map(|summary| chat::with_presence(&self.app, summary))
            .collect();
        Ok(vec![AgentUpdate::Listed {
            tab,
            summaries,
            next,
        }])
    }

    async fn open(&mut self, id: ConversationId, resume: Option<Cursor>) -> Updates {
        let (found, membership) = self.reach(id, Verb::ReadConversations).await?;
        if self.watched.as_ref().map(|watched| watched.site) != Some(membership.site) {
            return Err(ChatError::NotFound.into());
        }
        let slice = history::resume(&self.app, id, found.last, resume.as_ref()).await?;
        self.open = Some(Open {
            conversation: id,
            last: found.last,
            marks: found.marks,
        });
        Ok(vec![AgentUpdate::Opened {
            conversation: id,
            slice,
            person: Box::new(person::person(&self.app, &found).await?),
            status: found.status,
            marks: found.marks,
        }])
    }

    async fn post(&mut self, conversation: ConversationId, id: MessageId, body: Body) -> Updates {
        let (_, membership) = self.reach(conversation, Verb::AnswerVisitors).await?;
        let by = By::Agent {
            id: self.agent.id,
            name: self.agent.name.clone(),
            conversation,
            text_chars: usize::try_from(membership.text_chars).unwrap_or(usize::MAX),
        };
        let recorded = chat::post(&self.app, by, id, &body).await?;
        let mut updates = Vec::new();
        if let (Some(open), Some(change)) = (self.open, &recorded.change)
            && open.conversation == conversation
        {
            let (last, marks) = (change.conversation.last, change.conversation.marks);
            updates = self.forward(open, &change.events, last, marks).await?;
        }
        updates.push(AgentUpdate::Ack {
            conversation,
            id,
            number: recorded.number,
            at: recorded.at,
        });
        Ok(updates)
    }

    async fn mark(
        &mut self,
        conversation: ConversationId,
        delivered: Number,
        read: Number,
    ) -> Updates {
        self.reach(conversation, Verb::AnswerVisitors).await?;
        let mark = Mark { delivered, read };
        settle::mark(&self.app, conversation, Side::Agent, mark).await?;
        Ok(Vec::new())
    }

    async fn set_status(&mut self, conversation: ConversationId, status: Status) -> Updates {
        self.reach(conversation, Verb::AnswerVisitors).await?;
        settle::status(&self.app, conversation, status, self.author()).await?;
        Ok(Vec::new())
    }
}
