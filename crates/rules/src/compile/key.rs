//! The names under which browsers count events.

use crate::hash;
use crate::pack::Row;
use crate::trigger::Property;

/// The name for what is asked of an event and its properties: conditions that
/// ask for the same share it. Browsers keep counts under it, so it must stay the
/// same.
#[must_use]
pub fn key(event: &str, properties: &[Property]) -> String {
    if properties.is_empty() {
        return event.to_owned();
    }
    // What is asked of the properties is told by a hash: it is short.
    let mut row = Row::new();
    for property in properties {
        row.property(property);
    }
    format!("{event}#{:016x}", hash::of(row.bytes().iter().copied()))
}
