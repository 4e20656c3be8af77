//! Clients that come back all at once, each of which missed some messages.

use std::time::Instant;

use anyhow::Result;
use saluda_protocol::{Cursor, Number, Slice};
use tokio::task::JoinSet;

use crate::figures::Return;
use crate::history;
use crate::page::Page;

/// How many messages each of them missed.
pub(crate) const MISSED: u64 = 10;

/// Lets `clients` come, whose conversations have `messages`.
pub(crate) async fn measure(port: u16, clients: usize, messages: u64) -> Result<Return> {
    let somebody = Page::join(port, Some(history::credentials(0)), None).await?;
    let cursor = Cursor {
        epoch: somebody.epoch.clone(),
        last: Number(messages - MISSED),
    };
    drop(somebody);
    let start = Instant::now();
    let mut coming = JoinSet::new();
    for client in 0..clients {
        let (known, cursor) = (history::credentials(client), cursor.clone());
        coming.spawn(async move {
            let page = Page::join(port, Some(known), Some(cursor)).await?;
            let wrong = wrong(&page.slice, messages - MISSED + 1..=messages);
            anyhow::Ok((page, wrong))
        });
    }
    // They stay until all are there.
    let mut pages = Vec::with_capacity(clients);
    let mut wrong = 0;
    while let Some(came) = coming.join_next().await {
        let (page, of_one) = came??;
        wrong += of_one;
        pages.push(page);
    }
    Ok(Return {
        clients,
        seconds: start.elapsed().as_secs_f64(),
        wrong,
        expected: pages.len() * usize::try_from(MISSED)?,
    })
}

/// How many numbers are missing from what was heard, came twice, or stand where they
/// should not.
pub(crate) fn wrong(slice: &Slice, expected: std::ops::RangeInclusive<u64>) -> usize {
    let mut heard = slice.events.iter().map(|event| event.number.0);
    let misplaced = expected.filter(|number| heard.next() != Some(*number));
    misplaced.count() + heard.count() + usize::from(slice.reset)
}

#[cfg(test)]
mod tests {
    use saluda_protocol::conversation::What;
    use saluda_protocol::{Author, Event, Millis};

    use super::*;

    #[test]
    fn what_is_missing_or_doubled_is_counted() {
        let heard = |numbers: &[u64]| Slice {
            events: numbers
                .iter()
                .map(|number| Event {
                    number: Number(*number),
                    at: Millis(0),
                    what: What::Closed(Author::Visitor),
                })
                .collect(),
            reset: false,
            older: false,
        };
        assert_eq!(wrong(&heard(&[4, 5, 6]), 4..=6), 0);
        assert_eq!(wrong(&heard(&[4, 5]), 4..=6), 1);
        assert_eq!(wrong(&heard(&[4, 5, 6, 6]), 4..=6), 1);
        assert_eq!(wrong(&heard(&[]), 4..=6), 3);
    }
}
