//! What the desk knows: one value, handed to every view.
//!
//! Views read it and call its verbs ([`verbs`](crate::verbs)); only the link to
//! the server ([`link`](crate::link)) puts into it what others did.

use std::collections::HashMap;
use std::rc::Rc;

use leptos::prelude::*;
use saluda_client::socket::Timeout;
use saluda_protocol::agent::{Me, Membership};
use saluda_protocol::{AgentFrame, Author, ConversationId, Millis, Number};

use crate::api::{self, Errand};
use crate::code::Code;
use crate::courier::{self, Courier};
use crate::inbox::state::Inbox;
use crate::route::Place;
use crate::settings::state::Settings;
use crate::thread::state::Threads;
use crate::time;
use crate::triggers::state::Studio;
use crate::triggers::tester::worker::{self, Tester};
use crate::uploads::{Held, Upload};

/// How it stands with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// On the way there for the first time.
    Connecting,
    /// There.
    Up,
    /// Lost a moment ago; likely back before anyone notices.
    Faltering,
    /// Lost.
    Down,
}

/// Why the desk cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The agent signed out.
    SignedOut,
    /// The session ended on the server.
    SessionEnded,
    /// The server does not take this desk; a newer one may be taken.
    TurnedAway,
}

/// Takes a frame on its way; says whether it could.
pub type Road = Box<dyn Fn(&AgentFrame) -> bool>;

/// What the desk knows.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What is on the screen.
    pub(crate) place: RwSignal<Place>,
    /// Who is signed in; nothing until the server has told.
    pub(crate) me: RwSignal<Option<Me>>,
    /// Where they may work; nothing until the server has told.
    pub(crate) sites: RwSignal<Option<Vec<Membership>>>,
    /// The list of conversations.
    pub(crate) inbox: RwSignal<Inbox>,
    /// A page of the inbox was asked for and is not here yet.
    pub(crate) listing: RwSignal<bool>,
    /// The conversations that were looked into.
    pub(crate) threads: RwSignal<Threads>,
    /// The triggers of the site, and what is being done with them.
    pub(crate) studio: Studio,
    /// What the owner of the site chose, and what is being done with it.
    pub(crate) settings: Settings,
    /// How it stands with the server.
    pub(crate) line: RwSignal<Line>,
    /// The minute it is, by the server's clock.
    pub(crate) minute: RwSignal<Millis>,
    /// Something the agent has to be told.
    pub(crate) notice: RwSignal<Option<String>>,
    /// Whether the person's pane was asked for, where it does not stand beside.
    pub(crate) person_shown: RwSignal<bool>,
    /// How far the code is that agents seldom need.
    pub(crate) code: RwSignal<Code>,
    /// Whether someone looks at the desk now.
    pub(crate) looking: RwSignal<bool>,
    /// Whether the newest message is on the screen.
    pub(crate) at_end: RwSignal<bool>,
    /// Called when the desk cannot go on.
    pub(crate) end: Callback<Ending>,
    /// What was typed and not sent, by conversation.
    pub(crate) drafts: StoredValue<HashMap<ConversationId, String>>,
    /// The files that were chosen and not sent.
    pub(crate) uploads: RwSignal<Vec<Upload>>,
    /// What is held of them besides what is shown.
    pub(crate) held: StoredValue<Held, LocalStorage>,
    /// What was said to have arrived or to have been read on this connection.
    pub(crate) told: StoredValue<Told>,
    /// The database that the server's numbers belong to.
    pub(crate) epoch: StoredValue<String>,
    /// How far the server's clock is ahead of the browser's.
    pub(crate) ahead_ms: StoredValue<i64>,
    pub(crate) road: StoredValue<Option<Road>, LocalStorage>,
    pub(crate) errand: StoredValue<Errand, LocalStorage>,
    pub(crate) courier: StoredValue<Courier, LocalStorage>,
    pub(crate) tester: StoredValue<Tester, LocalStorage>,
    pub(crate) typing_ends: StoredValue<Option<Timeout>, LocalStorage>,
    pub(crate) line_falls: StoredValue<Option<Timeout>, LocalStorage>,
}

/// What was said to the server and need not be said again.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) delivered: HashMap<ConversationId, Number>,
    pub(crate) read: HashMap<ConversationId, Number>,
}

impl Desk {
    /// A desk that knows nothing yet. It belongs to the current reactive owner
    /// and is gone with it.
    pub fn new(end: impl Fn(Ending) + Send + Sync + 'static) -> Self {
        Self {
            place: RwSignal::new(Place::Inbox(None)),
            me: RwSignal::new(None),
            sites: RwSignal::new(None),
            inbox: RwSignal::new(Inbox::default()),
            listing: RwSignal::new(false),
            threads: RwSignal::new(Threads::default()),
            studio: Studio::new(),
            settings: Settings::new(),
            line: RwSignal::new(Line::Connecting),
            minute: RwSignal::new(time::browser_now()),
            notice: RwSignal::new(None),
            person_shown: RwSignal::new(false),
            code: RwSignal::new(Code::at_first()),
            looking: RwSignal::new(true),
            at_end: RwSignal::new(true),
            end: Callback::new(end),
            drafts: StoredValue::new(HashMap::new()),
            uploads: RwSignal::new(Vec::new()),
            held: StoredValue::new_local(Held::default()),
            told: StoredValue::new(Told::default()),
            epoch: StoredValue::new(String::new()),
            ahead_ms: StoredValue::new(0),
            road: StoredValue::new_local(None),
            errand: StoredValue::new_local(Rc::new(|ask| Box::pin(api::send(ask)))),
            courier: StoredValue::new_local(Rc::new(courier::carry)),
            tester: StoredValue::new_local(Rc::new(worker::ask)),
            typing_ends: StoredValue::new_local(None),
            line_falls: StoredValue::new_local(None),
        }
    }

    /// Sends what the desk says along this road from now on.
    pub fn take_road(self, road: Road) {
        self.road.set_value(Some(road));
    }

    /// Sends requests to the REST API by this errand from now on.
    pub fn take_errand(self, errand: Errand) {
        self.errand.set_value(errand);
    }

    /// Sends files by this courier from now on.
    pub fn take_courier(self, courier: Courier) {
        self.courier.set_value(courier);
    }

    /// Asks this one about visits that are tried, from now on.
    pub fn take_tester(self, tester: Tester) {
        self.tester.set_value(tester);
    }

    /// Sends a frame. Says whether it went.
    pub(crate) fn send(self, frame: &AgentFrame) -> bool {
        self.road
            .with_value(|road| road.as_ref().is_some_and(|road| road(frame)))
    }

    /// The instant it is, by the server's clock.
    pub(crate) fn now(self) -> Millis {
        Millis(
            time::browser_now()
                .0
                .saturating_add_signed(self.ahead_ms.get_value()),
        )
    }

    /// The agent as the author of what is written here.
    pub(crate) fn author(self) -> Author {
        self.me.with(|me| {
            me.as_ref().map_or(Author::Visitor, |me| Author::Agent {
                id: me.id,
                name: me.name.clone(),
            })
        })
    }

    /// The site that is watched.
    pub(crate) fn membership(self) -> Option<Membership> {
        let site = self.inbox.with(Inbox::site)?;
        self.sites.with(|sites| {
            sites
                .as_ref()?
                .iter()
                .find(|membership| membership.site == site)
                .cloned()
        })
    }
}

/// The desk that the views below belong to.
pub(crate) fn use_desk() -> Desk {
    expect_context()
}
