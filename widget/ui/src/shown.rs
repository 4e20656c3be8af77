//! What is on the screen, except for greetings and the lines of the log.

use saluda_protocol::trigger::Asked;

use crate::{fields::Fields, talk::Rates};

/// What the visitor needs to know of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    /// It is there, or is not needed yet.
    Fine,
    /// It has been away for so long that it is worth a word.
    Lost,
    /// The server does not want this page.
    Rejected,
}

/// The screen, as the views follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each stands for a part of the screen that is there or not"
)]
pub(crate) struct Shown {
    /// Whether the panel is open.
    pub(crate) open: bool,
    /// The day it is where the visitor is.
    pub(crate) today: i64,
    /// How many messages wait to be seen.
    pub(crate) unread: usize,
    /// Whether a greeting is above the launcher.
    pub(crate) greeting: bool,
    /// Who is typing.
    pub(crate) typing: Option<String>,
    /// Whether an agent is at the desk.
    pub(crate) agents_online: bool,
    pub(crate) connection: Connection,
    /// Whether code that is needed could not be loaded.
    pub(crate) missing: bool,
    /// Whether older messages are on their way.
    pub(crate) loading_older: bool,
    /// Whether nothing was said yet.
    pub(crate) empty: bool,
    /// Whether the log stands at its end.
    pub(crate) at_end: bool,
    /// What the visitor is asked for.
    pub(crate) asked: Fields,
    /// Whether they may say not now.
    pub(crate) may_skip: bool,
    /// The field that does not hold what it should.
    pub(crate) wrong: Option<Asked>,
    /// What they told of themselves, until the log says it.
    pub(crate) unsaved: String,
    /// Whether the form stands before the chat.
    pub(crate) form: bool,
    /// What can be rated.
    pub(crate) rates: Option<Rates>,
    /// Whether something must be told before a message.
    pub(crate) blocked: bool,
    /// How many characters are in the composer.
    pub(crate) typed: usize,
}

impl Shown {
    /// A chat that was not opened yet, in which nothing was said.
    pub(crate) fn new() -> Self {
        Self {
            open: false,
            today: 0,
            unread: 0,
            greeting: false,
            typing: None,
            agents_online: false,
            connection: Connection::Fine,
            missing: false,
            loading_older: false,
            empty: true,
            at_end: true,
            asked: Fields::default(),
            may_skip: true,
            wrong: None,
            unsaved: String::new(),
            form: false,
            rates: None,
            blocked: false,
            typed: 0,
        }
    }
    /// How much waits behind the launcher.
    pub(crate) fn waiting(&self) -> usize {
        self.unread + usize::from(self.greeting)
    }
}
