//! The server, as the desk sees it: it hears frames and says updates, and
//! answers requests.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use saluda_client::socket::Signal;
use saluda_desk::{Answer, Ask, Desk};
use saluda_protocol::Answer as Answered;
use saluda_protocol::agent::{Me, Membership, Role};
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    AgentFrame, AgentId, AgentUpdate, Author, Body, Contact, ConversationId, Counts, Event, Marks,
    Message, MessageId, Millis, Number, Person, Preview, SiteId, Slice, Status, Summary, Tab,
    VisitorId, What,
};

use crate::page::pause;

/// A Friday in November.
pub(crate) const NOW: Millis = Millis(1_795_000_000_000);

#[derive(Clone)]
pub(crate) struct Server {
    owner: Owner,
    desk: Desk,
    heard: Arc<Mutex<Vec<AgentFrame>>>,
    connected: Arc<Mutex<bool>>,
    requests: Requests,
}

type Answering = Box<dyn Fn(&Ask) -> Option<Answer>>;

/// What was asked, and what is answered.
#[derive(Clone)]
struct Requests {
    asked: Rc<RefCell<Vec<Ask>>>,
    answer: Rc<RefCell<Answering>>,
    held: Rc<Cell<bool>>,
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
        let requests = Requests {
            asked: Rc::default(),
            answer: Rc::new(RefCell::new(Box::new(|_| None))),
            held: Rc::default(),
        };
        let taken = requests.clone();
        desk.take_errand(Rc::new(move |ask| {
            taken.asked.borrow_mut().push(ask.clone());
            let Requests { answer, held, .. } = taken.clone();
            Box::pin(async move {
                while held.get() {
                    pause().await;
                }
                answer.borrow()(&ask)
            })
        }));
        Self {
            owner,
            desk,
            heard,
            connected,
            requests,
        }
    }

    /// Answers requests so from now on; with nothing, it cannot be reached.
    pub(crate) fn answer(&self, answer: impl Fn(&Ask) -> Option<Answer> + 'static) {
        *self.requests.answer.borrow_mut() = Box::new(answer);
    }

    /// Lets requests wait, or lets them go on.
    pub(crate) fn hold(&self, held: bool) {
        self.requests.held.set(held);
    }

    /// What was asked, as `GET /api/…`.
    pub(crate) fn asked(&self) -> Vec<String> {
        let asked = self.requests.asked.borrow();
        let line = |ask: &Ask| format!("{} {}", ask.method, ask.path);
        asked.iter().map(line).collect()
    }

    /// What was asked last in this way.
    pub(crate) fn last_asked(&self, method: &str) -> Option<Ask> {
        let asked = self.requests.asked.borrow();
        asked.iter().rev().find(|ask| ask.method == method).cloned()
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

    /// Connects, and answers the desk's hello to an administrator.
    pub(crate) fn welcome(&self) {
        self.welcome_as(Role::Administrator);
    }

    /// Connects, and answers the desk's hello to someone with this role.
    pub(crate) fn welcome_as(&self, role: Role) {
        let mut alba = membership(1, "demo", "Alba Coffee");
        alba.role = role;
        self.welcome_to(vec![alba]);
    }

    /// Connects, and answers the desk's hello to someone who works on these sites.
    pub(crate) fn welcome_to(&self, sites: Vec<Membership>) {
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
            sites,
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
        self.opened_with(n, events, Vec::new());
    }

    /// The same, of a visitor who filled this in.
    pub(crate) fn opened_with(&self, n: u8, events: Vec<Event>, attributes: Vec<Answered>) {
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
                identity: None,
                place: Place::default(),
                first_seen: NOW,
                last_seen: NOW,
                online: true,
                origin: None,
                tags: Vec::new(),
                attributes,
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

/// A site on which someone is an administrator.
pub(crate) fn membership(n: u8, key: &str, name: &str) -> Membership {
    Membership {
        site: SiteId::from_random([n; 16]),
        key: key.parse().unwrap(),
        name: name.into(),
        role: Role::Administrator,
        text_chars: 512,
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
        verified: false,
        moved: None,
        erased: false,
    }
}
