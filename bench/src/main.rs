//! Measures the rules natively, for `cargo xtask bench rules`, and makes what the
//! browser measures the same with.
//!
//! Prints one JSON value. Only figures of a release build mean anything.

mod explain;
mod many;
mod pass;
mod site;
mod timing;

use anyhow::Result;
use serde::Serialize;

use crate::site::Visited;

/// Everything that is printed. Times are nanoseconds.
#[derive(Serialize)]
struct Report {
    /// The rules, as they are written.
    triggers: serde_json::Value,
    visits: Vec<Visited>,
    passes: Vec<pass::Figures>,
    many: Vec<many::Figures>,
    explain: explain::Figures,
}

fn main() -> Result<()> {
    let site = site::read()?;
    let report = Report {
        triggers: site.written.clone(),
        visits: site.visited()?,
        passes: site
            .visits
            .iter()
            .map(|one| pass::measure(&site, one))
            .collect(),
        many: [50, 500, 5_000, 10_000]
            .into_iter()
            .map(|count| many::measure(&site, count))
            .collect::<Result<_>>()?,
        explain: explain::measure(&site),
    };
    println!("{}", serde_json::to_string(&report)?);
    Ok(())
}
