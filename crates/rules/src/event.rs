//! What happens in a visit, as the page tells it or a trace records it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use saluda_protocol::{Millis, TriggerId};

use crate::memory::Memory;

/// Something that happened.
///
/// Names and texts come from the page as they are; the visit folds and shortens
/// them.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Event {
    /// A page begins: it was loaded, or a single-page app went on.
    Page {
        /// Its address.
        url: String,
        /// The document's title, if it is known yet.
        #[cfg_attr(feature = "serde", serde(default))]
        title: String,
        /// The address the browser says the visitor comes from.
        #[cfg_attr(feature = "serde", serde(default))]
        referrer: String,
    },
    /// The document's title is now another.
    Title(String),
    /// The visitor has seen this much of the page's length, in percent.
    Scroll(f64),
    /// The page is visible now, or not.
    Visible(bool),
    /// The pointer is outside the page's top now, or back.
    PointerLeft(bool),
    /// A sign of the visitor: pointer, key, touch or wheel.
    Active,
    /// A field of a form has the focus now, or not.
    FormFocus(bool),
    /// The page tracks an event.
    Track {
        /// Its name.
        name: String,
        /// What the page says of it.
        #[cfg_attr(feature = "serde", serde(default))]
        properties: Vec<(String, Attribute)>,
    },
    /// The page says something of the visitor; `None` takes it back.
    Attribute {
        /// Its name.
        name: String,
        /// Its value.
        value: Option<Attribute>,
    },
    /// The visitor's tags are now these.
    Tags(Vec<String>),
    /// An element was on the screen, by a selector that a rule names.
    ElementSeen(String),
    /// An element was clicked, by a selector that a rule names.
    ElementClicked(String),
    /// A message was written or has arrived.
    Message {
        /// Whether an agent wrote it.
        #[cfg_attr(feature = "serde", serde(default))]
        by_agent: bool,
    },
    /// What is known of the conversation that was there before.
    Messages {
        /// How many messages it has.
        count: u32,
        /// When the last one was written.
        last_at: Option<Millis>,
    },
    /// Whether the visitor is in an open conversation now.
    Conversation(bool),
    /// Whether there is a way to reach the visitor now.
    Known(bool),
    /// The panel is open now, or not.
    Panel(bool),
    /// A greeting is on the screen now, or none.
    OnScreen(bool),
    /// Whether an agent is there now.
    DeskOnline(bool),
    /// Where the visitor's clock stands.
    LocalClock(LocalClock),
    /// The visitor's language is now this.
    Language(String),
    /// The page asks for a greeting, whatever its rule says.
    Run {
        /// Which one.
        trigger: TriggerId,
        /// Whether frequency, limits, dismissal and budget are passed over too.
        #[cfg_attr(feature = "serde", serde(default))]
        force: bool,
    },
    /// A decision was carried out: the greeting is about to be on the screen,
    /// or was held back. Written down before it is painted.
    Shown {
        /// Which one.
        trigger: TriggerId,
        /// Whether the visitor is in the group that sees nothing.
        #[cfg_attr(feature = "serde", serde(default))]
        held: bool,
    },
    /// The visitor did something with a greeting.
    Greeting {
        /// Which one.
        trigger: TriggerId,
        /// What.
        what: Reaction,
    },
    /// Another tab has written to the memory that all tabs share.
    Memory(Box<Memory>),
    /// Only now may be looked at what the browser remembers of the time before
    /// this page. What has happened since goes on from there.
    Recalled(Box<Memory>),
}

/// What a visitor does with a greeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Reaction {
    /// Clicked it.
    Opened,
    /// Closed it with its X.
    Dismissed,
    /// Answered, or gave what was asked for.
    Replied,
    /// Followed a call to action, which is no answer (S0.14).
    Clicked,
}

impl Reaction {
    /// All of them, in the order of their codes among words.
    pub(crate) const ALL: [Self; 4] = [Self::Opened, Self::Dismissed, Self::Replied, Self::Clicked];
}

/// Something a page says, of the visitor or of an event.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Attribute {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// Where a clock stands, and when it is set next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LocalClock {
    /// Minutes ahead of UTC.
    pub offset_minutes: i32,
    /// When it is set next, if that is known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub changes_at: Option<Millis>,
    /// Minutes ahead of UTC from then on.
    #[cfg_attr(feature = "serde", serde(default))]
    pub then_minutes: i32,
}
