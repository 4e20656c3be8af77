//! Explaining recorded visits, as a preview of a trigger does.

use std::hint::black_box;

use saluda_rules::text::fold;
use saluda_rules::trace::Run;
use serde::Serialize;

use crate::site::Site;
use crate::timing::median_ns;

/// All visits replayed once.
#[derive(Serialize)]
pub(crate) struct Figures {
    /// What that takes.
    replay_ns: f64,
    /// How many triggers are explained in it: every one after each step.
    explained: usize,
}

pub(crate) fn measure(site: &Site) -> Figures {
    let steps = site.visits.iter().map(|trace| trace.steps.len());
    Figures {
        explained: steps.sum::<usize>() * site.triggers.len(),
        replay_ns: median_ns(|| {
            for trace in &site.visits {
                let mut run = Run::begin(&trace.head, site.rules(), fold);
                for step in &trace.steps {
                    // A recorded visit expects nothing.
                    black_box(run.step(step).is_ok());
                    black_box(run.explain());
                }
            }
        }),
    }
}
