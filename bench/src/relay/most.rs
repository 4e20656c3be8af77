//! As many messages as the server takes: everyone posts, and posts again once they
//! know that it is on disk.

use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use saluda_protocol::MessageId;
use tokio::task::JoinSet;

use crate::figures::Most;
use crate::history::{id, text};
use crate::page::Page;
use crate::served::Served;
use crate::spread::count;

/// Messages of `visitors` new visitors for `length`.
pub(crate) async fn measure(served: &Served, visitors: usize, length: Duration) -> Result<Most> {
    // With the first message of each, their conversation begins.
    let pages = stream::iter(0..visitors).map(async |_| {
        let mut page = Page::new(served.port).await?;
        page.post(MessageId::from_random(id(7, 0)), &text(0))
            .await?;
        anyhow::Ok(page)
    });
    let pages: Vec<Page> = pages.buffered(100).try_collect().await?;
    let (start, took) = (Instant::now(), served.cpu()?);
    let mut posting = JoinSet::new();
    for page in pages {
        posting.spawn(post_until(page, start + length));
    }
    let mut posted = 0;
    while let Some(by_one) = posting.join_next().await {
        posted += by_one??;
    }
    let (seconds, took) = (
        start.elapsed().as_secs_f64(),
        served.cpu()?.saturating_sub(took),
    );
    Ok(Most {
        per_second: count(posted) / seconds,
        busy: took.as_secs_f64() / seconds,
    })
}

async fn post_until(mut page: Page, end: Instant) -> Result<usize> {
    let mut posted = 0;
    while Instant::now() < end {
        posted += 1;
        page.post(MessageId::from_random(id(7, posted)), &text(posted))
            .await?;
    }
    Ok(posted)
}
