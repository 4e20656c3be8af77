//! A client that keeps what it knows over every connection, as widget and desk do.

use saluda_client::conversation::{Conversation, Outcome, Pending};
use saluda_protocol::visitor::{Credentials, Place};
use saluda_protocol::{
    AgentFrame, AgentUpdate, Body, ConversationId, MessageId, Millis, Side, Slice, Status,
    VisitorFrame, VisitorUpdate, WIRE_VERSION,
};

use crate::client::{Desk, Socket, connect};
use crate::server::{ORIGIN, Server};

/// What a client is.
#[derive(Clone)]
pub(super) enum Kind {
    /// A tab of the visitor with these credentials.
    Tab(Credentials),
    /// The desk of whoever has this cookie, with the conversation open.
    Desk {
        cookie: String,
        conversation: ConversationId,
    },
}

pub(super) struct Client {
    kind: Kind,
    socket: Option<Socket>,
    pub(super) conversation: Conversation,
    /// What the server said of the conversation when it was opened last.
    pub(super) status: Option<Status>,
    /// The name of the database, which desks hear once.
    epoch: String,
}

/// Whether a stretch comes before what a client has.
fn is_older(kept: &Conversation, slice: &Slice) -> bool {
    let before = slice
        .events
        .first()
        .is_some_and(|event| event.number < kept.first());
    before && !slice.reset
}

impl Client {
    pub(super) fn new(kind: Kind) -> Self {
        let side = match kind {
            Kind::Tab(_) => Side::Visitor,
            Kind::Desk { .. } => Side::Agent,
        };
        Self {
            kind,
            socket: None,
            conversation: Conversation::new(side),
            status: None,
            epoch: String::new(),
        }
    }

    pub(super) fn drop_connection(&mut self) {
        self.socket = None;
    }

    /// Connects unless it is, goes on where it stood, and sends again what is not
    /// acknowledged.
    async fn connected(&mut self, server: &Server) {
        if self.socket.is_some() {
            return;
        }
        let resume = self.conversation.cursor();
        match self.kind.clone() {
            Kind::Tab(credentials) => {
                let from = [("origin", ORIGIN)];
                let mut socket = connect(server, "/ws/visitor/shop", &from).await.unwrap();
                let hello = VisitorFrame::Hello {
                    wire: WIRE_VERSION,
                    credentials: Some(credentials),
                    resume,
                    place: Place::default(),
                };
                socket.send(&hello).await;
                self.socket = Some(socket);
            }
            Kind::Desk {
                cookie,
                conversation,
            } => {
                let desk = Desk::with_cookie(server, &cookie, "shop").await;
                self.epoch = desk.epoch;
                let mut socket = desk.socket;
                let open = AgentFrame::Open {
                    conversation,
                    resume,
                };
                socket.send(&open).await;
                self.socket = Some(socket);
            }
        }
        while !self.take().await {}
        let again: Vec<_> = self.conversation.to_send().cloned().collect();
        for pending in again {
            self.post(&pending).await;
        }
    }

    async fn send(&mut self, tab: VisitorFrame, desk: impl Fn(ConversationId) -> AgentFrame) {
        let Some(socket) = &mut self.socket else {
            return;
        };
        match self.kind {
            Kind::Tab(_) => socket.send(&tab).await,
            Kind::Desk { conversation, .. } => socket.send(&desk(conversation)).await,
        };
    }

    async fn post(&mut self, pending: &Pending) {
        let (id, body) = (pending.id, pending.body.clone());
        let tab = VisitorFrame::Post {
            id,
            body: body.clone(),
        };
        let desk = |conversation| AgentFrame::Post {
            conversation,
            id,
            body: body.clone(),
        };
        self.send(tab, desk).await;
    }

    /// Takes the next update. Returns whether it is what a connection begins with.
    async fn take(&mut self) -> bool {
        let Some(socket) = &mut self.socket else {
            return false;
        };
        let kept = &mut self.conversation;
        let (outcome, begins) = match self.kind {
            Kind::Tab(_) => match socket.next().await.expect("the connection ended") {
                VisitorUpdate::Welcome {
                    epoch,
                    slice,
                    marks,
                    ..
                } => (kept.welcome(epoch, slice, marks), true),
                VisitorUpdate::Event(event) => (kept.event(event), false),
                VisitorUpdate::Ack { id, number, .. } => (kept.ack(id, number), false),
                VisitorUpdate::Slice(slice) if is_older(kept, &slice) => {
                    kept.older(slice);
                    (Outcome::Applied, false)
                }
                VisitorUpdate::Slice(slice) => (kept.slice(slice), false),
                VisitorUpdate::Marks(marks) => {
                    kept.mark(marks);
                    (Outcome::Applied, false)
                }
                VisitorUpdate::Refused { error, .. } => panic!("{error:?}"),
                _ => (Outcome::Applied, false),
            },
            Kind::Desk { .. } => match socket.next().await.expect("the connection ended") {
                AgentUpdate::Opened {
                    slice,
                    marks,
                    status,
                    ..
                } => {
                    self.status = Some(status);
                    (kept.welcome(self.epoch.clone(), slice, marks), true)
                }
                AgentUpdate::Event { event, .. } => (kept.event(event), false),
                AgentUpdate::Ack { id, number, .. } => (kept.ack(id, number), false),
                AgentUpdate::Older { slice, .. } => {
                    kept.older(slice);
                    (Outcome::Applied, false)
                }
                AgentUpdate::Marks { marks, .. } => {
                    kept.mark(marks);
                    (Outcome::Applied, false)
                }
                AgentUpdate::Refused { error, .. } => panic!("{error:?}"),
                _ => (Outcome::Applied, false),
            },
        };
        if let Outcome::Missed(after) = outcome {
            let resume = self.conversation.cursor();
            let tab = VisitorFrame::Missed(after);
            let desk = |conversation| AgentFrame::Open {
                conversation,
                resume: resume.clone(),
            };
            self.send(tab, desk).await;
        }
        begins
    }

    pub(super) async fn say(&mut self, server: &Server, id: MessageId) {
        self.connected(server).await;
        let pending = Pending {
            id,
            body: Body::Text(id.to_string()),
            at: Millis(0),
            refused: None,
            greeting: None,
        };
        self.conversation.write(pending.clone());
        self.post(&pending).await;
    }

    pub(super) async fn wait_for_acks(&mut self, server: &Server) {
        self.connected(server).await;
        while !self.conversation.pending().is_empty() {
            self.take().await;
        }
    }

    pub(super) async fn read(&mut self, server: &Server) {
        self.connected(server).await;
        let up_to = self.conversation.last_of_other_side();
        let desk = |conversation| AgentFrame::Read {
            conversation,
            up_to,
        };
        self.send(VisitorFrame::Read(up_to), desk).await;
    }

    pub(super) async fn set(&mut self, server: &Server, status: Status) {
        self.connected(server).await;
        let desk = |conversation| AgentFrame::SetStatus {
            conversation,
            status,
        };
        // Only the desk can.
        self.send(VisitorFrame::Pong, desk).await;
    }

    /// Loads everything that was said.
    pub(super) async fn load_all(&mut self, server: &Server) {
        self.connected(server).await;
        while self.conversation.has_older() {
            let (before, had) = (self.conversation.first(), self.conversation.events().len());
            let desk = |conversation| AgentFrame::Older {
                conversation,
                before,
            };
            self.send(VisitorFrame::Older(before), desk).await;
            while self.conversation.events().len() == had {
                self.take().await;
            }
        }
    }

    /// Waits until it knows what another does.
    pub(super) async fn come_to(&mut self, server: &Server, other: &Conversation) {
        self.connected(server).await;
        let behind =
            |mine: &Conversation| mine.last() < other.last() || mine.marks() != other.marks();
        while behind(&self.conversation) {
            self.take().await;
        }
    }
}
