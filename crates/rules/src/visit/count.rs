//! Events that the page tracks, counted for the rules that ask for them.

use alloc::string::String;

use saluda_protocol::Millis;

use super::Visit;
use crate::evaluate;
use crate::event::Attribute;
use crate::facts::{Group, Value};
use crate::plan::{Plan, Source};
use crate::trigger::{Property, Test};

impl Visit {
    #[inline(never)]
    pub(crate) fn count(
        &mut self,
        name: &str,
        properties: &[(String, Option<Attribute>)],
        plan: &Plan,
        now: Millis,
    ) {
        for index in &plan.groups[Group::Events as usize] {
            let Source::Event(counted) = &plan.slots[*index].source else {
                continue;
            };
            let fits = |property: &Property| self.property_fits(property, properties);
            if counted.name != name || !counted.properties.iter().all(fits) {
                continue;
            }
            let tally = self.memory.tally_mut(&counted.key);
            tally.visit = tally.visit.saturating_add(1);
            // As many as tell a count at the limit from one above it.
            if tally.last.len() > saluda_protocol::limits::EVENT_COUNT as usize {
                tally.last.remove(0);
            }
            // A clock that was set back must not break the order.
            let latest = tally.last.last().map_or(now, |last| now.max(*last));
            tally.last.push(latest);
        }
    }

    fn property_fits(&self, property: &Property, said: &[(String, Option<Attribute>)]) -> bool {
        let said = said.iter().find(|(name, _)| *name == property.name);
        let value = self.said(said.and_then(|(_, value)| value.as_ref()));
        self.fixed_passes(&property.test, &value) != property.negated
    }

    /// Whether a value that does not move by itself passes a test.
    fn fixed_passes(&self, test: &Test, value: &Value) -> bool {
        let at = evaluate::Instant {
            now: Millis(0),
            clock: self.clock,
            hours: None,
            tallies: &[],
        };
        evaluate::passes(test, value, &at).holds
    }
}
