//! A client that neither reads nor answers any more, as one does whose line is gone.

use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::time::sleep;

use crate::page::Page;
use crate::served::Served;
use crate::shop;

/// How long is waited at most.
const LONGEST: Duration = Duration::from_mins(1);
/// How often is looked whether it is gone.
const LOOK: Duration = Duration::from_millis(10);

/// Seconds until the server gave it up, in tenths: it is not looked more closely.
/// Endless if it did not within a minute.
pub(crate) async fn measure(served: &Served) -> Result<f64> {
    let page = Page::new(served.port).await?;
    let start = Instant::now();
    while start.elapsed() < LONGEST {
        if shop::visitors(served.port).await? < 1.0 {
            drop(page);
            return Ok((start.elapsed().as_secs_f64() * 10.0).round() / 10.0);
        }
        sleep(LOOK).await;
    }
    Ok(f64::INFINITY)
}
