//! Nothing is waited for without end.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::time::timeout;

/// Measures something in at most so many seconds, and says how long it took.
pub(crate) async fn bounded<T>(
    what: &str,
    seconds: u64,
    measuring: impl Future<Output = Result<T>>,
) -> Result<T> {
    let start = Instant::now();
    let measured = timeout(Duration::from_secs(seconds), measuring)
        .await
        .with_context(|| format!("not measured within {seconds} s: {what}"))?
        .with_context(|| format!("cannot be measured: {what}"))?;
    eprintln!(
        "  relay    measured {what} in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    Ok(measured)
}
