//! A desk.

mod verbs;

use std::sync::Arc;

use saluda_protocol::inbox::{Counts, Summary};
use saluda_protocol::{
    AgentFrame, AgentUpdate, Author, ConversationId, Event, Marks, MessageId, Number, SiteId, What,
    limits,
};
use saluda_store::Agent;

use super::link::{Close, Gone, Incoming, Link, Socket};
use crate::app::App;
use crate::bus::{Heard, Notice, Subscription, Topic};
use crate::chat::{self, history, person, reach};
use crate::presence::Here;
use crate::refusal::{self, Refusal};

type Updates = Result<Vec<AgentUpdate>, Refusal>;

/// Serves a desk from its hello to its end.
pub(crate) async fn serve(app: Arc<App>, agent: Agent, token_hash: String, socket: Socket) {
    let _counted = super::count("agent");
    let mut link = Link::new(socket);
    let Some(AgentFrame::Hello { wire }) = link.first().await else {
        return link.close(Close::NoHello).await;
    };
    let mut desk = Desk {
        own: app.bus.subscribe(Topic::Agent(agent.id)),
        watched: None,
        open: None,
        app,
        agent,
        token_hash,
        wire,
        link,
    };
    if let Some(why) = desk.run().await {
        desk.link.close(why).await;
    }
}

struct Desk {
    app: Arc<App>,
    agent: Agent,
    token_hash: String,
    /// Which version of the protocol it speaks.
    wire: u32,
    link: Link,
    own: Subscription,
    watched: Option<Watched>,
    open: Option<Open>,
}

/// The inbox the desk follows.
struct Watched {
    site: SiteId,
    /// The last change the desk was sent.
    last: Number,
    notices: Subscription,
    /// Counts the agent as present, if they answer here.
    here: Option<Here>,
}

/// The conversation the desk follows.
#[derive(Clone, Copy)]
struct Open {
    conversation: ConversationId,
    /// The last event the desk was sent.
    last: Number,
    marks: Marks,
}

/// What a frame was about, for saying so when it is turned away.
#[derive(Clone, Copy, Default)]
struct About {
    id: Option<MessageId>,
    conversation: Option<ConversationId>,
}

impl About {
    fn of(frame: &AgentFrame) -> Self {
        let conversation = match frame {
            AgentFrame::Open { conversation, .. }
            | AgentFrame::Older { conversation, .. }
            | AgentFrame::Post { conversation, .. }
            | AgentFrame::Delivered { conversation, .. }
            | AgentFrame::Read { conversation, .. }
            | AgentFrame::Typing { conversation }
            | AgentFrame::SetStatus { conversation, .. } => Some(*conversation),
            _ => None,
        };
        let id = match frame {
            AgentFrame::Post { id, .. } => Some(*id),
            _ => None,
        };
        Self { id, conversation }
    }
}

/// Whether more is known of the visitor since: how to reach them, or which
/// greeting they took up.
fn tells_of_person(event: &Event) -> bool {
    match &event.what {
        What::Contact(_) | What::Answers(_) | What::Erased => true,
        What::Message(message) => matches!(message.author, Author::Greeting { .. }),
        _ => false,
    }
}

/// The next notice of the inbox the desk follows; none comes when it follows
/// none.
async fn heard(watched: Option<&mut Watched>) -> Heard {
    match watched {
        Some(watched) => watched.notices.next().await,
        None => std::future::pending().await,
    }
}

impl Desk {
    /// Runs until the desk is gone, or until there is a reason to close it.
    async fn run(&mut self) -> Option<Close> {
        let welcome = self.welcome().await;
        self.answer(About::default(), welcome).await.ok()?;
        let app = Arc::clone(&self.app);
        let stopped = app.stopped();
        tokio::pin!(stopped);
        loop {
            let step = tokio::select! {
                incoming = self.link.next() => match incoming {
                    Ok(Incoming::Frame(frame)) => {
                        let about = About::of(&frame);
                        let updates = self.frame(frame).await;
                        self.answer(about, updates).await
                    }
                    Ok(Incoming::Senseless) => {
                        self.answer(About::default(), Err(super::senseless())).await
                    },
                    Ok(Incoming::Quiet) => {
                        if !self.still_signed_in().await {
                            return Some(Close::SignedOut);
                        }
                        self.link.send(&AgentUpdate::Ping).await
                    }
                    Err(gone) => Err(gone),
                },
                heard = heard(self.watched.as_mut()) => {
                    let updates = match heard {
                        Heard::Notice(notice) => self.notice(&notice).await,
                        Heard::Missed => self.catch_up().await,
                    };
                    match updates {
                        Ok(updates) => self.send(updates).await,
                        // It was logged. The desk comes back and resumes, so
                        // what it was to be told now is not lost.
                        Err(_) => return Some(Close::Restart),
                    }
                },
                heard = self.own.next() => {
                    let mine = match heard {
                        Heard::Notice(notice) => matches!(
                            &*notice,
                            Notice::SignedOut { token_hash } if *token_hash == self.token_hash
                        ),
                        Heard::Missed => !self.still_signed_in().await,
                    };
                    if mine {
                        return Some(Close::SignedOut);
                    }
                    Ok(())
                },
                () = &mut stopped => return Some(Close::Restart),
            };
            step.ok()?;
        }
    }

    /// Whether the session still stands: it may have expired.
    async fn still_signed_in(&mut self) -> bool {
        let session = self
            .app
            .store
            .session(&self.token_hash, self.app.now())
            .await;
        match session {
            Ok(session) => session.is_some(),
            Err(error) => {
                refusal::unheard(error);
                true
            }
        }
    }

    async fn welcome(&mut self) -> Updates {
        Ok(vec![AgentUpdate::Welcome {
            me: reach::me(self.agent.clone()),
            epoch: self.app.epoch.clone(),
            now: self.app.now(),
            sites: reach::memberships(&self.app, self.agent.id).await?,
        }])
    }

    async fn answer(&mut self, about: About, updates: Updates) -> Result<(), Gone> {
        match updates {
            Ok(updates) => self.send(updates).await,
            Err(Refusal(error)) => {
                let refused = AgentUpdate::Refused {
                    id: about.id,
                    conversation: about.conversation,
                    error,
                };
                self.link.send(&refused).await
            }
        }
    }

    async fn send(&mut self, updates: Vec<AgentUpdate>) -> Result<(), Gone> {
        for update in updates {
            self.link.send(&update.for_wire(self.wire)).await?;
        }
        Ok(())
    }

    async fn notice(&mut self, notice: &Notice) -> Updates {
        let open = self.open.map(|open| open.conversation);
        match notice {
            Notice::Changed {
                events,
                summary,
                counts,
            } => self.changed(events, summary, *counts).await,
            Notice::VisitorTyping(conversation) if open == Some(*conversation) => {
                Ok(vec![AgentUpdate::Typing {
                    conversation: *conversation,
                }])
            }
            Notice::Presence {
                conversation,
                online,
            } => {
                let mut updates = vec![AgentUpdate::Presence {
                    conversation: *conversation,
                    online: *online,
                }];
                if open == Some(*conversation) {
                    updates.extend(self.person(*conversation).await?);
                }
                Ok(updates)
            }
            _ => Ok(Vec::new()),
        }
    }

    async fn person(&mut self, id: ConversationId) -> Updates {
        let Some(found) = self.app.store.conversation(id).await? else {
            return Ok(Vec::new());
        };
        Ok(vec![AgentUpdate::Person {
            conversation: id,
            person: Box::new(person::person(&self.app, &found).await?),
        }])
    }

    /// A conversation changed: the inbox hears it, and so does the open
    /// conversation if it is the one.
    async fn changed(&mut self, events: &[Event], summary: &Summary, counts: Counts) -> Updates {
        let Some(watched) = &mut self.watched else {
            return Ok(Vec::new());
        };
        let mut updates = Vec::new();
        if summary.change == watched.last.next() {
            watched.last = summary.change;
            updates.push(AgentUpdate::Changed {
                site: watched.site,
                summary: Box::new(summary.clone()),
                counts,
            });
        } else if summary.change > watched.last {
            updates.extend(self.inbox_since_last().await?);
        }
        if let Some(open) = self.open
            && open.conversation == summary.conversation
        {
            updates.extend(
                self.forward(open, events, summary.last, summary.marks)
                    .await?,
            );
            // Who the visitor is by the owner's word comes without an event.
            let identified =
                events.is_empty() && (summary.last > open.last || summary.marks == open.marks);
            if identified || events.iter().any(tells_of_person) {
                updates.extend(self.person(summary.conversation).await?);
            }
        }
        Ok(updates)
    }

    /// What the desk has not been sent of the open conversation: from `events`
    /// when they follow, else from the database.
    async fn forward(
        &mut self,
        open: Open,
        events: &[Event],
        last: Number,
        marks: Marks,
    ) -> Updates {
        let conversation = open.conversation;
        let mut updates = Vec::new();
        if last > open.last {
            let follows = events
                .first()
                .is_some_and(|event| event.number == open.last.next());
            let missed;
            let events = if follows {
                events
            } else {
                missed = history::since(&self.app, conversation, open.last, last).await?;
                &missed.events
            };
            updates.extend(events.iter().map(|event| AgentUpdate::Event {
                conversation,
                event: event.clone(),
            }));
        }
        if marks != open.marks {
            updates.push(AgentUpdate::Marks {
                conversation,
                marks,
            });
        }
        self.open = Some(Open {
            conversation,
            last: last.max(open.last),
            marks,
        });
        Ok(updates)
    }

    /// Everything that changed in the inbox since the desk last heard of it.
    async fn inbox_since_last(&mut self) -> Updates {
        let Some(watched) = &mut self.watched else {
            return Ok(Vec::new());
        };
        let site = watched.site;
        let mut updates = Vec::new();
        loop {
            let (_, counts) = self.app.store.inbox_state(site).await?;
            let page = self
                .app
                .store
                .inbox_after(site, watched.last, limits::SUMMARIES_PER_UPDATE)
                .await?;
            let Some(newest) = page.last() else {
                return Ok(updates);
            };
            watched.last = newest.change;
            updates.extend(page.into_iter().map(|summary| AgentUpdate::Changed {
                site,
                summary: Box::new(chat::with_presence(&self.app, summary)),
                counts,
            }));
        }
    }

    /// The bus ran ahead of this desk: everything is read from the database.
    async fn catch_up(&mut self) -> Updates {
        let mut updates = self.inbox_since_last().await?;
        if let Some(open) = self.open
            && let Some(found) = self.app.store.conversation(open.conversation).await?
        {
            updates.extend(self.forward(open, &[], found.last, found.marks).await?);
        }
        Ok(updates)
    }
}
