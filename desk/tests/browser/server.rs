//! The server, as the desk sees it: it hears frames and says updates.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use saluda_client::socket::Signal;
use saluda_desk::Desk;
use saluda_protocol::agent::{Me, Membership, Role};
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    AgentFrame, AgentId, AgentUpdate, Author, Body, Contact, ConversationId, Counts, Event, Marks,
    Message, MessageId, Millis, Number, Person, Preview, SiteId, Slice, Status, Summary, Tab,
    VisitorId, What,
};

/// A Friday in November.
const NOW: Millis = Millis(1_795_000_000_000);

#[derive(Clone)]
pub(crate) struct Server {
    owner: Owner,
    desk: Desk,
    heard: Arc<Mutex<Vec<AgentFrame>>>,
    connected: Arc<Mutex<bool>>,
}

impl Server {
    pub(crate) fn new() -> Self {
        let owner = Owner::new();
        let desk = owner.with(|| Desk::new(|_| ()));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let connected = Arc::new(Mutex::new(false));
        let (ears, line) = (Arc::clone(&heard), Arc::clone(&connected));
        desk.take_road(Box::new(move |frame| {
            let connected = *line.lock().unwrap();
            if connected {
                ears.lock().unwrap().push(frame.clone());
            }
            connected
        }));
        Self {
            owner,
            desk,
            heard,
            connected,
        }
    }

    pub(crate) fn desk(&self) -> Desk {
        self.desk
    }

    pub(crate) fn heard(&self) -> Vec<AgentFrame> {
        self.heard.lock().unwrap().clone()
    }

    /// How often a conversation was opened.
    pub(crate) fn openings(&self, conversation: ConversationId) -> usize {
        let opens = |frame: &&AgentFrame| matches!(frame, AgentFrame::Open { conversation: it, .. } if *it == conversation);
        self.heard.lock().unwrap().iter().filter(opens).count()
    }

    pub(crate) fn forget_what_was_heard(&self) {
        self.heard.lock().unwrap().clear();
    }

    pub(crate) fn say(&self, update: AgentUpdate) {
        self.owner.with(|| self.desk.hear(Signal::Update(update)));
    }

    pub(crate) fn lose(&self) {
        *self.connected.lock().unwrap() = false;
        self.owner.with(|| self.desk.hear(Signal::Lost));
    }

    /// Connects, and answers the desk's hello.
    pub(crate) fn welcome(&self) {
        *self.connected.lock().unwrap() = true;
        self.owner.with(|| self.desk.hear(Signal::Opened));
        self.say(AgentUpdate::Welcome {
            me: Me {
                id: AgentId::from_random([1; 16]),
                name: "Rui Santos".into(),
                email: "rui@alba.example".into(),
            },
            epoch: "e".into(),
            now: NOW,
            sites: vec![Membership {
                site: site(),
                key: "demo".parse().unwrap(),
                name: "Alba Coffee".into(),
                role: Role::Agent,
                text_chars: 512,
            }],
        });
    }

    /// Begins the site's inbox with the open conversations.
    pub(crate) fn list(&self, summaries: &[Summary]) {
        let last = summaries
            .iter()
            .map(|it| it.change)
            .max()
            .unwrap_or_default();
        self.say(AgentUpdate::Watching {
            site: site(),
            last,
            reset: true,
            changed: vec![],
            counts: Counts::default(),
        });
        self.say(AgentUpdate::Listed {
            tab: Tab::Open,
            summaries: summaries.to_vec(),
            next: None,
        });
    }

    pub(crate) fn change(&self, summary: Summary) {
        let counts = Counts { open: 2, unread: 2 };
        self.say(AgentUpdate::Changed {
            site: site(),
            summary: Box::new(summary),
            counts,
        });
    }

    /// Answers the desk that opened a conversation.
    pub(crate) fn opened(&self, n: u8, events: Vec<Event>) {
        self.say(AgentUpdate::Opened {
            conversation: conversation(n),
            slice: Slice {
                events,
                reset: true,
                older: false,
            },
            person: Box::new(Person {
                visitor: VisitorId::from_random([n; 16]),
                contact: Contact::default(),
                place: Place::default(),
                first_seen: NOW,
                last_seen: NOW,
                online: true,
                origin: None,
                tags: Vec::new(),
            }),
            status: Status::Open,
            marks: Marks::default(),
        });
    }
}

/// The agent at the desk, as an author.
pub(crate) fn me() -> Author {
    Author::Agent {
        id: AgentId::from_random([1; 16]),
        name: "Rui Santos".into(),
    }
}

pub(crate) fn site() -> SiteId {
    SiteId::from_random([1; 16])
}

pub(crate) fn conversation(n: u8) -> ConversationId {
    ConversationId::from_random([n; 16])
}

pub(crate) fn said(number: u64, author: Author, text: &str) -> Event {
    Event {
        number: Number(number),
        at: NOW,
        what: What::Message(Message {
            id: MessageId::from_random([u8::try_from(number).unwrap(); 16]),
            author,
            body: Body::Text(text.into()),
        }),
    }
}

pub(crate) fn event(n: u8, event: Event) -> AgentUpdate {
    AgentUpdate::Event {
        conversation: conversation(n),
        event,
    }
}

/// A conversation in which the visitor wrote `text` and nobody has answered.
pub(crate) fn summary(n: u8, change: u64, text: &str) -> Summary {
    Summary {
        conversation: conversation(n),
        visitor: VisitorId::from_random([n; 16]),
        contact: Contact::default(),
        status: Status::Open,
        change: Number(change),
        last: Number(1),
        written_at: NOW.plus(change),
        preview: Some(Preview {
            author: Author::Visitor,
            text: text.into(),
        }),
        asked: Number(1),
        marks: Marks::default(),
        online: false,
        origin: None,
        tags: Vec::new(),
    }
}
