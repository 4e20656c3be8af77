//! Makes triggers of what people write, and names every mistake in it.
//!
//! [`read`] judges a file: it walks through it by hand, so that a person learns
//! of all mistakes at once, each with its place and a sentence that says what to
//! write instead. [`compile`] makes the form that decides of what was read.
//! Neither is carried into a page.

mod condition;
mod experiment;
mod expression;
mod facts;
mod file;
mod greeting;
pub(crate) mod json;
mod key;
pub(crate) mod mistake;
pub(crate) mod nearest;
mod operators;
pub(crate) mod reader;
mod rule;
mod schedule;
mod schema;
mod size;
mod span;
mod texts;
pub(crate) mod value;

use saluda_protocol::TriggerSpec;
use saluda_protocol::trigger::AfterDismiss;

pub use self::facts::{FactEntry, FactKind, facts};
pub use self::file::{read, read_all};
pub use self::key::key;
pub use self::mistake::{Mistake, MistakeKind};
use self::reader::{Path, Reader};
pub use self::schema::{plain, schema};
use self::size::Size;
pub use self::value::is_language;
use crate::Trigger;
use crate::trigger::{Dismissal, Goal, Terms};

/// What a trigger does not say itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Which publication it is.
    pub version: u32,
    /// The zone of its wall-clock times: that of the site's hours. UTC if the
    /// site has none.
    pub zone: Option<&'a str>,
}

/// Makes the form that decides, of a trigger that is live.
///
/// # Errors
///
/// What [`read`] let through fails only if the zone does not exist. For any
/// other spec, what [`read`] would have said of its rule and its schedule.
pub fn compile(spec: &TriggerSpec, context: &Context<'_>) -> Result<Trigger, Vec<Mistake>> {
    let mut reader = Reader::default();
    let top = Path::TOP;
    let id = file::id_of(spec);
    if id.is_none() {
        let message = "this name gives no id; add one such as `\"id\": \"pricing-help\"`";
        reader.refuse::<()>(&top.field("name"), MistakeKind::NoId, message);
    }
    let place = top.field("rule");
    let rule = rule::compile(&mut reader, &place, &spec.rule, &mut Size::default(), 1);
    let place = top.field("schedule");
    let ends = schedule::compile(&mut reader, &place, &spec.schedule, context.zone);
    let trigger = id.zip(rule).zip(ends).map(|((id, rule), (from, until))| {
        let experiment = spec.experiment.as_ref();
        let terms = Terms {
            id,
            version: context.version,
            live: true,
            hours: spec.schedule.hours,
            from,
            until,
            frequency: spec.frequency,
            times: spec.limits.times,
            gap_ms: spec.limits.gap.map(|gap| gap.0),
            after_dismiss: match spec.after_dismiss {
                AfterDismiss::None => Dismissal::None,
                AfterDismiss::Visit => Dismissal::Visit,
                AfterDismiss::For(span) => Dismissal::For(span.0),
                AfterDismiss::Forever => Dismissal::Forever,
            },
            with_open_conversation: spec.with_open_conversation,
            goal: spec.goal.as_ref().map(|goal| Goal {
                event: goal.event.clone(),
                within_ms: goal.within.0,
            }),
            seed: experiment.map(|it| it.seed.clone()).unwrap_or_default(),
            holdout: experiment.map_or(0, |it| it.holdout),
            shares: experiment.map_or_else(Vec::new, |it| {
                it.variants.iter().map(|variant| variant.share).collect()
            }),
        };
        Trigger {
            priority: spec.priority,
            rule,
            terms,
        }
    });
    reader.finish(trigger)
}
