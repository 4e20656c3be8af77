//! One pass through all rules, and one event that touches one of them.

use std::hint::black_box;

use saluda_rules::trace::Trace;
use saluda_rules::{Event, Row, Words};
use serde::Serialize;

use crate::site::{self, Site};
use crate::timing::median_ns;

/// What one decision takes at the end of a visit.
#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "a measure carries its unit")]
pub(crate) struct Figures {
    /// Every answer out of date.
    scratch_ns: f64,
    /// After an attribute changed that one rule asks for.
    attribute_ns: f64,
    /// After an event that one rule counts.
    track_ns: f64,
    /// Nothing out of date.
    rest_ns: f64,
}

pub(crate) fn measure(site: &Site, trace: &Trace) -> Figures {
    let (mut engine, now) = site::engine(site.rules(), trace);
    let scratch_ns = median_ns(|| {
        engine.doubt();
        black_box(engine.decide(now));
    });
    let rest_ns = median_ns(|| {
        black_box(engine.decide(now));
    });
    let event_ns = |events: &[Event]| {
        let (mut engine, now) = site::engine(site.rules(), trace);
        let mut row = Row::new();
        for event in events {
            event.pack(&mut row);
        }
        let all = median_ns(|| {
            let mut words = Words::new(row.bytes());
            while !words.is_empty() {
                engine.hear(&mut words, now);
                black_box(engine.decide(now));
            }
        });
        all / events.iter().map(|_| 1.0).sum::<f64>()
    };
    Figures {
        scratch_ns,
        attribute_ns: event_ns(&site::attribute()),
        track_ns: event_ns(&site::track()),
        rest_ns,
    }
}
