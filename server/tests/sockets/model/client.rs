//! A client that keeps what it knows over every connection, as widget and desk do.

use saluda_client::conversation::{Conversation, Outcome, Pending};
use saluda_protocol::visitor::{Credentials, Place};
use saluda_protocol::{
    AgentFrame, AgentUpdate, Body, ConversationId, MessageId, Millis, Side, Slice, Status,
    VisitorFrame, VisitorUpdate, WIRE_VERSION,
};

use super::inbox::Inbox;
use crate::client::{Socket, connect};
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
    /// What a desk knows of the site.
    pub(super) inbox: Inbox,
    /// How often it lost its connection amid what it did.
    pub(super) lost: usize,
}

/// The connection ended.
struct Ended;

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
            inbox: Inbox::default(),
            lost: 0,
        }
    }

    pub(super) fn drop_connection(&mut self) {
        self.socket = None;
    }

    /// Connects unless it is, as often as it takes.
    async fn connected(&mut self, server: &Server) {
        while self.socket.is_none() {
            if self.connect(server).await.is_err() {
                self.socket = None;
                self.lost += 1;
            }
        }
    }

    /// Goes on where it stood, and sends again what is not acknowledged.
    async fn connect(&mut self, server: &Server) -> Result<(), Ended> {
        let resume = self.conversation.cursor();
        match self.kind.clone() {
            Kind::Tab(credentials) => {
                let from = [("origin", ORIGIN)];
                let socket = connect(server, "/ws/visitor/shop", &from).await;
                let socket = self.socket.insert(socket.map_err(|_| Ended)?);
                let hello = VisitorFrame::Hello {
                    wire: WIRE_VERSION,
                    credentials: Some(credentials),
                    resume,
                    place: Place::default(),
                };
                socket.send(&hello).await;
            }
            Kind::Desk {
                cookie,
                conversation,
            } => {
                let own = format!("http://{}", server.address());
                let headers = [("origin", own.as_str()), ("cookie", cookie.as_str())];
                let socket = connect(server, "/ws/agent", &headers).await;
                let socket = self.socket.insert(socket.map_err(|_| Ended)?);
                let hello = AgentFrame::Hello { wire: WIRE_VERSION };
                socket.send(&hello).await;
                let Some(AgentUpdate::Welcome { epoch, sites, .. }) = socket.next().await else {
                    return Err(Ended);
                };
                let shop = sites.iter().find(|site| site.key.as_str() == "shop");
                self.inbox.epoch = epoch;
                let watch = AgentFrame::Watch {
                    site: shop.expect("a member").site,
                    resume: self.inbox.cursor(),
                };
                socket.send(&watch).await;
                let open = AgentFrame::Open {
                    conversation,
                    resume,
                };
                socket.send(&open).await;
            }
        }
        while !self.take().await? {}
        let again: Vec<_> = self.conversation.to_send().cloned().collect();
        for pending in again {
            self.post(&pending).await;
        }
        Ok(())
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
    async fn take(&mut self) -> Result<bool, Ended> {
        let Some(socket) = &mut self.socket else {
            return Err(Ended);
        };
        let (outcome, begins) = match self.kind {
            Kind::Tab(_) => {
                let update = socket.next().await.ok_or(Ended)?;
                self.hear_as_tab(update)
            }
            Kind::Desk { .. } => {
                let update: AgentUpdate = socket.next().await.ok_or(Ended)?;
                if let Some(frame) = self.inbox.hear(&update) {
                    socket.send(&frame).await;
                }
                self.hear_as_desk(update)
            }
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
        Ok(begins)
    }

    fn hear_as_tab(&mut self, update: VisitorUpdate) -> (Outcome, bool) {
        let kept = &mut self.conversation;
        match update {
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
        }
    }

    fn hear_as_desk(&mut self, update: AgentUpdate) -> (Outcome, bool) {
        let kept = &mut self.conversation;
        match update {
            AgentUpdate::Opened {
                slice,
                marks,
                status,
                ..
            } => {
                self.status = Some(status);
                (kept.welcome(self.inbox.epoch.clone(), slice, marks), true)
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
        }
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
        self.listen(server, |client| client.conversation.pending().is_empty())
            .await;
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

    /// Says that it has read everything, and waits until the server knows.
    pub(super) async fn have_read(&mut self, server: &Server) {
        let up_to = self.conversation.last_of_other_side();
        let is_known = |client: &Self| {
            let marks = client.conversation.marks();
            let mine = match client.kind {
                Kind::Tab(_) => marks.visitor,
                Kind::Desk { .. } => marks.agent,
            };
            mine.read >= up_to
        };
        let mut lost = usize::MAX;
        self.connected(server).await;
        while !is_known(self) {
            // What was said before the line broke may not have come.
            if lost != self.lost {
                lost = self.lost;
                self.read(server).await;
            }
            self.hear(server).await;
        }
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
            self.listen(server, |client| client.conversation.events().len() != had)
                .await;
        }
    }

    /// Waits until it knows what another does.
    pub(super) async fn come_to(&mut self, server: &Server, other: &Client) {
        self.listen(server, |client| {
            let (mine, theirs) = (&client.conversation, &other.conversation);
            let has_all = mine.last() >= theirs.last() && mine.marks() == theirs.marks();
            let is_desk = matches!(client.kind, Kind::Desk { .. });
            has_all && (!is_desk || client.inbox.change() >= other.inbox.change())
        })
        .await;
    }

    /// Waits until its inbox is there.
    pub(super) async fn load_inbox(&mut self, server: &Server) {
        self.listen(server, |client| client.inbox.change().0 > 0)
            .await;
    }

    /// Takes updates until it is so, over as many connections as it takes.
    async fn listen(&mut self, server: &Server, is_so: impl Fn(&Self) -> bool) {
        self.connected(server).await;
        while !is_so(self) {
            self.hear(server).await;
        }
    }

    /// Takes an update, or connects again.
    async fn hear(&mut self, server: &Server) {
        if self.take().await.is_err() {
            self.socket = None;
            self.lost += 1;
            self.connected(server).await;
        }
    }
}
