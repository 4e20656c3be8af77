//! The link to the server: what it says goes into the state, and what the
//! server has to be told without anyone asking is sent from here.

mod marks;
mod resume;

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_client::Outcome;
use saluda_client::socket::{Signal, Socket, Timeout};
use saluda_protocol::{
    AgentFrame, AgentUpdate, ConversationId, ErrorBody, ErrorCode, MessageId, WIRE_VERSION, limits,
};

use crate::refusal;
use crate::route::{self, Place};
use crate::session;
use crate::state::{Desk, Ending, Line};

/// A connection that comes back within this time is not worth a word.
const FALTERING_MS: u32 = 2_000;
/// The close code of a session that ended.
const SESSION_ENDED: u16 = 4401;

/// Connects the desk, until its owner is disposed of.
pub(crate) fn connect(desk: Desk) {
    let location = window().location();
    let scheme = match location.protocol().as_deref() {
        Ok("https:") => "wss",
        _ => "ws",
    };
    let host = location.host().unwrap_or_default();
    let socket = Socket::<AgentFrame, AgentUpdate>::connect(
        format!("{scheme}://{host}/ws/agent"),
        move |signal| desk.hear(signal),
    );
    desk.take_road(Box::new(move |frame| socket.send(frame)));
}

impl Desk {
    /// Takes what the connection has to tell.
    pub fn hear(self, signal: Signal<AgentUpdate>) {
        match signal {
            Signal::Opened => {
                self.send(&AgentFrame::Hello { wire: WIRE_VERSION });
            }
            Signal::Update(update) => self.apply(update),
            Signal::Lost => self.falter(),
            Signal::Rejected(SESSION_ENDED) => self.end.run(Ending::SessionEnded),
            Signal::Rejected(_) => self.end.run(Ending::TurnedAway),
        }
    }

    fn apply(self, update: AgentUpdate) {
        match update {
            AgentUpdate::Welcome {
                me,
                epoch,
                now,
                sites,
            } => {
                self.epoch.set_value(epoch);
                let ahead = i64::try_from(now.0).unwrap_or_default()
                    - i64::try_from(crate::time::browser_now().0).unwrap_or_default();
                self.ahead_ms.set_value(ahead);
                self.minute.set(now);
                self.me.set(Some(me));
                self.resume(sites);
            }
            AgentUpdate::Watching {
                site,
                last,
                reset,
                changed,
                counts,
            } => {
                self.watching(site, last, reset, &changed, counts);
            }
            AgentUpdate::Listed {
                tab,
                summaries,
                next,
            } => {
                if self.inbox.with_untracked(|inbox| inbox.cursor().is_some()) {
                    self.inbox
                        .update(|inbox| inbox.listed(tab, &summaries, next));
                    self.listing.set(false);
                    self.tell_delivered(&summaries);
                }
            }
            AgentUpdate::Changed {
                site,
                summary,
                counts,
            } => {
                if self
                    .inbox
                    .with_untracked(|inbox| inbox.site() == Some(site))
                {
                    self.inbox.update(|inbox| inbox.changed(&summary, counts));
                }
                let open = self
                    .threads
                    .with_untracked(|threads| threads.open_id() == Some(summary.conversation));
                if let Some(moved) = summary.moved.filter(|_| open) {
                    // Whoever reads it goes on reading.
                    route::go(&Place::Inbox(Some(moved)));
                }
                self.threads.update(|threads| threads.changed(&summary));
                self.tell_delivered(&[*summary]);
            }
            AgentUpdate::Presence {
                conversation,
                online,
            } => {
                self.inbox
                    .update(|inbox| inbox.presence(conversation, online));
                self.threads
                    .update(|threads| threads.presence(conversation, online));
            }
            AgentUpdate::Refused {
                id,
                conversation,
                error,
            } => self.refused(id, conversation, &error),
            AgentUpdate::Ping => {
                self.send(&AgentFrame::Pong);
            }
            update => self.apply_to_thread(update),
        }
    }

    fn apply_to_thread(self, update: AgentUpdate) {
        match update {
            AgentUpdate::Opened {
                conversation,
                slice,
                person,
                status,
                marks,
            } => {
                let epoch = self.epoch.get_value();
                let outcome = self.threads.try_update(|threads| {
                    threads.opened(conversation, epoch, slice, *person, status, marks)
                });
                self.fill(conversation, outcome);
            }
            AgentUpdate::Older {
                conversation,
                slice,
            } => self.threads.update(|threads| {
                if let Some(thread) = threads.get_mut(conversation) {
                    thread.fetching_older = false;
                    thread.conversation.older(slice);
                }
            }),
            AgentUpdate::Event {
                conversation,
                event,
            } => {
                let number = event.number;
                let asked = event
                    .what
                    .message()
                    .is_some_and(|it| it.author.is_visitor());
                let outcome = self
                    .threads
                    .try_update(|threads| threads.event(conversation, event));
                self.fill(conversation, outcome);
                if asked {
                    self.tell_one_delivered(conversation, number);
                }
            }
            AgentUpdate::Ack {
                conversation,
                id,
                number,
                ..
            } => {
                let outcome = self.threads.try_update(|threads| {
                    let thread = threads.get_mut(conversation)?;
                    Some(thread.conversation.ack(id, number))
                });
                self.fill(conversation, outcome.flatten());
            }
            AgentUpdate::Marks {
                conversation,
                marks,
            } => self.threads.update(|threads| {
                if let Some(thread) = threads.get_mut(conversation) {
                    thread.conversation.mark(marks);
                }
            }),
            AgentUpdate::Typing { conversation } => self.visitor_types(conversation),
            AgentUpdate::Person {
                conversation,
                person,
            } => self.threads.update(|threads| {
                if let Some(thread) = threads.get_mut(conversation) {
                    thread.person = Some(*person);
                }
            }),
            // From a newer server: nothing this desk knows how to show.
            _ => {}
        }
    }

    fn fill(self, conversation: ConversationId, outcome: Option<Outcome>) {
        let open = self
            .threads
            .with_untracked(|threads| threads.open_id() == Some(conversation));
        if open && matches!(outcome, Some(Outcome::Missed(_))) {
            self.ask_for(conversation);
        }
    }

    fn refused(
        self,
        id: Option<MessageId>,
        conversation: Option<ConversationId>,
        error: &ErrorBody,
    ) {
        if let Some(id) = id {
            self.threads.update(|threads| threads.refuse(id, error));
            return;
        }
        if error.code == ErrorCode::Unauthorized {
            self.end.run(Ending::SessionEnded);
            return;
        }
        self.listing.set(false);
        let waited_for = self
            .threads
            .try_update(|threads| conversation.is_some_and(|id| threads.refuse_open(id, error)));
        if waited_for != Some(true) {
            self.notice.set(Some(refusal::sentence(error)));
        }
    }

    fn falter(self) {
        if matches!(self.line.get_untracked(), Line::Faltering | Line::Down) {
            return;
        }
        self.line.set(Line::Faltering);
        self.listing.set(false);
        let fall = Timeout::new(FALTERING_MS, move || {
            self.line.set(Line::Down);
            spawn_local(self.look_why());
        });
        self.line_falls.set_value(Some(fall));
    }

    /// A socket that is refused does not say why, so a session that ended
    /// meanwhile would look like a network that is down.
    async fn look_why(self) {
        if session::signed_in().await == Ok(false) {
            // The desk may be gone already, for the same reason.
            self.end.try_run(Ending::SessionEnded);
        }
    }

    fn visitor_types(self, conversation: ConversationId) {
        self.set_typing(conversation, true);
        let lasts_ms = u32::try_from(limits::TYPING_LASTS_MS).unwrap_or(u32::MAX);
        let end = Timeout::new(lasts_ms, move || self.set_typing(conversation, false));
        self.typing_ends.set_value(Some(end));
    }

    fn set_typing(self, conversation: ConversationId, typing: bool) {
        self.threads.update(|threads| {
            if let Some(thread) = threads.get_mut(conversation) {
                thread.typing = typing;
            }
        });
    }
}
