//! Every fact by its name: what it is, and what can be asked of it.
//!
//! This is the one table. Mistakes, the schema, the documents and an editor read
//! it, so a fact that is added here is known everywhere.

mod find;

use saluda_protocol::trigger::Operator;

pub(crate) use self::find::find;
use super::operators::OPERATORS;
use crate::trigger::{Count, Fact};

/// A fact as an editor needs to know it.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct FactEntry {
    /// Its name. What stands in `<…>` is the author's to choose.
    pub name: &'static str,
    /// What kind of value it has.
    pub kind: FactKind,
    /// What it says.
    pub description: &'static str,
    #[serde(skip)]
    make: Make,
}

/// What kind of value a fact has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FactKind {
    /// A text.
    Text,
    /// Several texts: a condition holds if it holds for one of them.
    Texts,
    /// A number from 0 to 100.
    Percent,
    /// A whole number.
    Count,
    /// A length of time.
    Span,
    /// Yes or no.
    Flag,
    /// A language tag: `es` also means `es-MX`.
    Language,
    /// `desktop`, `tablet` or `phone`.
    Device,
    /// `mon` to `sun`.
    Weekday,
    /// A time of day, `00:00` to `23:59`.
    TimeOfDay,
    /// Elements of the page, by the selectors that conditions name.
    Selector,
    /// Whatever the page says: a text, a number, or yes and no.
    Any,
}

/// How the fact is made of its name.
#[derive(Debug, Clone, Copy)]
enum Make {
    Plain(fn() -> Fact),
    /// Of what stands in `<…>`.
    Named(fn(String) -> Fact),
    Counted(Count),
}

/// Writes the table: name, kind, how it is made; what it says.
macro_rules! facts {
    ($($name:literal $kind:ident $make:expr; $description:literal)*) => {
        &[$(FactEntry {
            name: $name,
            kind: FactKind::$kind,
            description: $description,
            make: $make,
        },)*]
    };
}

static FACTS: &[FactEntry] = facts! {
    "page.url" Text Make::Plain(|| Fact::PageUrl);
    "The address of the page, whole."
    "page.host" Text Make::Plain(|| Fact::PageHost);
    "The host of the address, with a port that is not the scheme's own."
    "page.path" Text Make::Plain(|| Fact::PagePath);
    "The path of the address, percent-decoded. It begins with `/`."
    "page.query.<name>" Text Make::Named(Fact::PageQuery);
    "A parameter of the address, percent-decoded. Of several with the same name, the \
     first. Missing without it."
    "page.hash" Text Make::Plain(|| Fact::PageHash);
    "The fragment of the address without `#`, percent-decoded."
    "page.title" Text Make::Plain(|| Fact::PageTitle);
    "The title of the document, as it is now."
    "page.time" Span Make::Plain(|| Fact::PageTime);
    "How long this page has been visible."
    "page.scroll" Percent Make::Plain(|| Fact::PageScroll);
    "How far down this page the visitor has been, in percent of its length."
    "visit.time" Span Make::Plain(|| Fact::VisitTime);
    "How long pages of this visit have been visible, all together."
    "visit.pages" Count Make::Plain(|| Fact::VisitPages);
    "How many pages were opened in this visit, with this one."
    "visit.referrer" Text Make::Plain(|| Fact::VisitReferrer);
    "The address that this visit came from. Missing when it came from nowhere else."
    "visit.landing" Text Make::Plain(|| Fact::VisitLanding);
    "The address of the first page of this visit."
    "visit.utm.<name>" Text Make::Named(Fact::VisitUtm);
    "A campaign parameter of the first page's address, without `utm_`: `visit.utm.source` \
     is `utm_source`. Missing without it."
    "visitor.visits" Count Make::Plain(|| Fact::VisitorVisits);
    "Which visit of this browser it is, from 1."
    "visitor.new" Flag Make::Plain(|| Fact::VisitorNew);
    "Whether this is the first visit of this browser."
    "visitor.last_visit" Span Make::Plain(|| Fact::VisitorLastVisit);
    "How long ago the visit before this one ended. Missing in the first."
    "visitor.language" Language Make::Plain(|| Fact::VisitorLanguage);
    "The first language of the browser. `es` also means `es-MX`."
    "visitor.timezone" Text Make::Plain(|| Fact::VisitorTimezone);
    "The time zone of the browser, such as `America/Sao_Paulo`."
    "visitor.device" Device Make::Plain(|| Fact::VisitorDevice);
    "What the page is shown on: `desktop`, `tablet` or `phone`."
    "visitor.known" Flag Make::Plain(|| Fact::VisitorKnown);
    "Whether there is a way to reach the visitor: an address was given, or the page has \
     signed them in."
    "visitor.attr.<name>" Any Make::Named(Fact::VisitorAttr);
    "What the page says of the visitor with `Saluda('set', …)`. Missing until it does."
    "visitor.tag" Texts Make::Plain(|| Fact::VisitorTag);
    "The tags that the page gave the visitor. A condition holds if it holds for one of \
     them."
    "visitor.local_time" TimeOfDay Make::Plain(|| Fact::VisitorLocalTime);
    "The time of day where the visitor is."
    "visitor.weekday" Weekday Make::Plain(|| Fact::VisitorWeekday);
    "The day of the week where the visitor is: `mon`, `tue`, `wed`, `thu`, `fri`, `sat` \
     or `sun`."
    "pointer.left" Flag Make::Plain(|| Fact::PointerLeft);
    "Whether the pointer has left the page at its top, as if to close it. On touch \
     screens, whether the visitor has flicked back up and not scrolled down since."
    "idle.time" Span Make::Plain(|| Fact::IdleTime);
    "How long the visible page has seen no pointer, key, touch or wheel."
    "element.seen" Selector Make::Plain(|| Fact::ElementSeen);
    "Elements of this page that have been on the screen, by CSS selector."
    "element.clicked" Selector Make::Plain(|| Fact::ElementClicked);
    "Elements of this page that were clicked, by CSS selector."
    "form.focused" Flag Make::Plain(|| Fact::FormFocused);
    "Whether a field of a form has had the focus on this page."
    "chat.conversation" Flag Make::Plain(|| Fact::ChatConversation);
    "Whether the visitor is in an open conversation."
    "chat.messages" Count Make::Plain(|| Fact::ChatMessages);
    "How many messages the visitor's conversation has."
    "chat.last" Span Make::Plain(|| Fact::ChatLast);
    "How long ago its last message was written. Missing before the first."
    "desk.online" Flag Make::Plain(|| Fact::DeskOnline);
    "Whether an agent is there."
    "desk.open" Flag Make::Plain(|| Fact::DeskOpen);
    "Whether it is within the site's opening hours. A site without hours is always open."
    "trigger.<id>.shown" Count Make::Counted(Count::Shown);
    "How often the greeting of another trigger was on this visitor's screen."
    "trigger.<id>.opened" Count Make::Counted(Count::Opened);
    "How often the greeting of another trigger was clicked by this visitor."
    "trigger.<id>.dismissed" Count Make::Counted(Count::Dismissed);
    "How often the greeting of another trigger was closed by this visitor with its X."
    "trigger.<id>.replied" Count Make::Counted(Count::Replied);
    "How often the greeting of another trigger was answered by this visitor."
};

/// All facts.
#[must_use]
pub fn facts() -> &'static [FactEntry] {
    FACTS
}

impl FactEntry {
    /// What can be asked of it.
    #[must_use]
    pub fn operators(&self) -> &'static [Operator] {
        self.kind.operators()
    }

    /// What stands before and after the part in `<…>`, if there is one.
    pub(crate) fn around(&self) -> Option<(&'static str, &'static str)> {
        let (before, rest) = self.name.split_once('<')?;
        let (_, after) = rest.split_once('>')?;
        Some((before, after))
    }
}

impl FactKind {
    /// What can be asked of such a fact.
    #[must_use]
    pub fn operators(self) -> &'static [Operator] {
        use Operator::{
            Contains, EndsWith, Eq, Exists, Glob, Gt, Gte, In, Lt, Lte, Matches, Ne, NotContains,
            NotIn, StartsWith,
        };

        match self {
            Self::Text | Self::Texts => &[
                Eq,
                Ne,
                Contains,
                NotContains,
                StartsWith,
                EndsWith,
                Glob,
                Matches,
                In,
                NotIn,
                Exists,
            ],
            Self::Percent | Self::Count => &[Eq, Ne, Gt, Gte, Lt, Lte, In, NotIn, Exists],
            Self::Span => &[Gt, Gte, Lt, Lte, Exists],
            Self::Flag => &[Eq, Ne, Exists],
            Self::Language | Self::Device | Self::Weekday => &[Eq, Ne, In, NotIn, Exists],
            Self::TimeOfDay => &[Gt, Gte, Lt, Lte],
            Self::Selector => &[Eq, Ne, In, NotIn],
            Self::Any => OPERATORS,
        }
    }

    /// What its values are, for a sentence.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Text | Self::Texts => "a text",
            Self::Percent => "a number from 0 to 100",
            Self::Count => "a whole number",
            Self::Span => "a length of time such as `30s`",
            Self::Flag => "`true` or `false`",
            Self::Language => "a language tag such as `es` or `pt-BR`",
            Self::Device => "`desktop`, `tablet` or `phone`",
            Self::Weekday => "a day such as `mon`",
            Self::TimeOfDay => "a time of day such as `09:00`",
            Self::Selector => "a CSS selector such as `#prices`",
            Self::Any => "a text, a number, `true` or `false`",
        }
    }
}
