//! What stands between a rule that holds and a greeting on the screen.

use saluda_protocol::Millis;
use saluda_protocol::limits::AGENT_PAUSE_MS;
use saluda_protocol::site::Attention;
use saluda_protocol::trigger::{Frequency, OpeningHours};

use crate::evaluate::{Instant, NEVER, Outcome};
use crate::memory::Record;
use crate::trigger::{Dismissal, Terms};
use crate::visit::Visit;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// What must be open, besides the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Gate {
    /// That it is published.
    Status,
    /// Its dates.
    Schedule,
    /// The site's opening hours.
    Hours,
    /// How often one visitor may see it.
    Frequency,
    /// How many times one visitor may see it.
    Times,
    /// How long after the last time.
    Gap,
    /// How long after it was closed.
    Dismissal,
    /// That the visitor is not in conversation.
    Conversation,
    /// That no agent wrote within the last hour.
    AgentPause,
    /// That the page is visible.
    Visible,
    /// That the panel is closed.
    Panel,
    /// That no greeting is on the screen.
    OnScreen,
    /// That no field of a form has the focus.
    FormFocus,
    /// How many greetings a visit may have.
    PerVisit,
    /// How many greetings a day may have.
    PerDay,
    /// How long after the last greeting.
    AnyGap,
}

/// Those that each trigger has for itself, in the order in which they are named
/// as the reason.
pub const OWN: [Gate; 8] = [
    Gate::Status,
    Gate::Schedule,
    Gate::Hours,
    Gate::Frequency,
    Gate::Times,
    Gate::Gap,
    Gate::Dismissal,
    Gate::Conversation,
];

/// Those that all triggers share; they come after the others.
pub const SHARED: [Gate; 8] = [
    Gate::AgentPause,
    Gate::PerVisit,
    Gate::PerDay,
    Gate::AnyGap,
    Gate::OnScreen,
    Gate::Panel,
    Gate::FormFocus,
    Gate::Visible,
];

impl Gate {
    /// Whether a page that asks for a greeting by its name goes past it.
    pub(crate) fn yields(self, force: bool) -> bool {
        match self {
            Self::Schedule | Self::Hours => true,
            Self::Frequency
            | Self::Times
            | Self::Gap
            | Self::Dismissal
            | Self::PerVisit
            | Self::PerDay
            | Self::AnyGap => force,
            _ => false,
        }
    }
}

/// Whether a gate of a trigger is open, and until when at least. `record` is what
/// happened to its greeting.
pub(crate) fn own(
    gate: Gate,
    terms: &Terms,
    record: Option<&Record>,
    visit: &Visit,
    at: &Instant<'_>,
) -> Outcome {
    let now = at.now;
    match gate {
        Gate::Status => Outcome::fixed(terms.live),
        Gate::Schedule => {
            let from = terms
                .from
                .map_or(Outcome::fixed(true), |from| before(from, now).negated(true));
            let until = terms
                .until
                .map_or(Outcome::fixed(true), |until| before(until, now));
            Outcome::join(true, [from, until].into_iter())
        }
        Gate::Hours => match terms.hours {
            OpeningHours::Any => Outcome::fixed(true),
            OpeningHours::During => at.open(),
            OpeningHours::Outside => at.open().negated(true),
        },
        Gate::Frequency => Outcome::fixed(match (terms.frequency, record) {
            (_, None) => true,
            (Frequency::Once, Some(record)) => record.shown == 0,
            (Frequency::Visit, Some(record)) => record.shown_visit != visit.number(),
            (Frequency::Always, Some(record)) => !record.spent,
        }),
        Gate::Times => Outcome::fixed(match (terms.times, record) {
            (Some(times), Some(record)) => record.shown < times,
            _ => true,
        }),
        Gate::Gap => match (terms.gap_ms, record) {
            (Some(gap_ms), Some(record)) if record.shown > 0 => {
                before(record.shown_at.plus(gap_ms), now).negated(true)
            }
            _ => Outcome::fixed(true),
        },
        Gate::Dismissal => match record {
            Some(record) if record.dismissed > 0 => match terms.after_dismiss {
                Dismissal::None => Outcome::fixed(true),
                Dismissal::Visit => Outcome::fixed(record.dismissed_visit != visit.number()),
                Dismissal::For(span_ms) => {
                    before(record.dismissed_at.plus(span_ms), now).negated(true)
                }
                Dismissal::Forever => Outcome::fixed(false),
            },
            _ => Outcome::fixed(true),
        },
        Gate::Conversation => Outcome::fixed(terms.with_open_conversation || !visit.conversation),
        _ => Outcome::fixed(true),
    }
}

/// Whether a gate that all triggers share is open, and until when at least.
pub(crate) fn shared(
    gate: Gate,
    visit: &Visit,
    attention: &Attention,
    at: &Instant<'_>,
) -> Outcome {
    let now = at.now;
    match gate {
        Gate::AgentPause => visit
            .memory
            .agent_wrote_at
            .map_or(Outcome::fixed(true), |wrote_at| {
                before(wrote_at.plus(AGENT_PAUSE_MS), now).negated(true)
            }),
        Gate::Visible => Outcome::fixed(visit.begun && visit.visible),
        Gate::Panel => Outcome::fixed(!visit.panel),
        Gate::OnScreen => Outcome::fixed(!visit.on_screen),
        Gate::FormFocus => Outcome::fixed(!visit.form_focus),
        Gate::PerVisit => Outcome::fixed(attention.per_visit.is_none_or(|most| {
            let number = visit.number();
            let shown = visit.memory.showings.iter();
            shown.filter(|one| one.visit == number).count() < most as usize
        })),
        Gate::PerDay => attention
            .per_day
            .map_or(Outcome::fixed(true), |most| per_day(most, visit, now)),
        Gate::AnyGap => visit
            .memory
            .showings
            .last()
            .map_or(Outcome::fixed(true), |last| {
                before(last.at.plus(attention.gap_ms), now).negated(true)
            }),
        _ => Outcome::fixed(true),
    }
}

/// Open again once so many of the last day's greetings are a day old that there
/// is room for one more.
fn per_day(most: u32, visit: &Visit, now: Millis) -> Outcome {
    let showings = &visit.memory.showings;
    let recent = showings.iter().rev();
    let full = recent.take_while(|one| now.since(one.at) < DAY_MS);
    match (most as usize).checked_sub(1) {
        None => Outcome::fixed(false),
        Some(index) => match full.map(|one| one.at).nth(index) {
            Some(at) => before(at.plus(DAY_MS), now).negated(true),
            None => Outcome::fixed(true),
        },
    }
}

/// Whether it is before an instant.
fn before(instant: Millis, now: Millis) -> Outcome {
    Outcome {
        holds: now < instant,
        until: if now < instant { instant } else { NEVER },
    }
}
