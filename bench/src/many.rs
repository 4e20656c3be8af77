//! What it costs as a site has more triggers.

use std::hint::black_box;
use std::time::Instant;

use anyhow::Result;
use saluda_rules::Trigger;
use saluda_rules::plan::Plan;
use serde::Serialize;

use crate::site::{self, Site};
use crate::timing::{median_ns, median_of};

/// So many triggers.
#[derive(Serialize)]
pub(crate) struct Figures {
    triggers: usize,
    /// Laying them out.
    lay_ns: f64,
    /// A decision from scratch, at the end of the first visit.
    scratch_ns: f64,
}

pub(crate) fn measure(site: &Site, count: usize) -> Result<Figures> {
    let triggers = many(site, count)?;
    let lay_ns = median_of(|| {
        let rules = site::rules(triggers.clone());
        let start = Instant::now();
        let plan = black_box(Plan::new(rules));
        let elapsed = start.elapsed();
        drop(plan);
        elapsed
    });
    let (mut engine, now) = site::engine(site::rules(triggers), &site.visits[0]);
    Ok(Figures {
        triggers: count,
        lay_ns,
        scratch_ns: median_ns(|| {
            engine.doubt();
            black_box(engine.decide(now));
        }),
    })
}

/// The site's triggers over and over, each time about other pages, values,
/// events and attributes, so that no two ask the same of a text.
fn many(site: &Site, count: usize) -> Result<Vec<Trigger>> {
    let written = site.written.as_array().map_or(&[][..], Vec::as_slice);
    let copies = count.div_ceil(written.len());
    let mut triggers = Vec::new();
    for copy in 0..copies {
        let mut file = Vec::new();
        for trigger in written {
            let mut trigger = trigger.clone();
            if copy > 0 {
                let id = format!("{}-{copy}", trigger["id"].as_str().unwrap_or_default());
                trigger["id"] = id.into();
                vary(&mut trigger["rule"], copy);
            }
            file.push(trigger);
        }
        triggers.extend(site::compiled(&serde_json::to_string(&file)?)?);
    }
    triggers.truncate(count);
    Ok(triggers)
}

fn vary(rule: &mut serde_json::Value, copy: usize) {
    for group in ["all", "any"] {
        let parts = rule
            .get_mut(group)
            .and_then(serde_json::Value::as_array_mut);
        for part in parts.into_iter().flatten() {
            vary(part, copy);
        }
    }
    if let Some(part) = rule.get_mut("not") {
        vary(part, copy);
    }
    // Large sites have more of these, but not one for each trigger.
    let family = copy % 8;
    let fact = rule["fact"].as_str().unwrap_or_default().to_owned();
    if let Some(event) = rule["event"].as_str() {
        rule["event"] = format!("{event}_{family}").into();
    } else if fact.starts_with("visitor.attr.") {
        rule["fact"] = format!("{fact}_{family}").into();
    } else if fact == "page.path" && rule["op"] != "in" {
        let path = rule["value"].as_str().unwrap_or_default();
        rule["value"] = format!("/{copy}{path}").into();
    }
}
