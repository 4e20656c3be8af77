//! Many clients that say nothing: they answer when they are asked whether they are
//! still there.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::{SinkExt as _, StreamExt as _, TryStreamExt as _, stream};
use saluda_protocol::{Cursor, Number};
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_tungstenite::tungstenite::Message;

use crate::figures;
use crate::history;
use crate::page::Page;
use crate::served::Served;
use crate::socket::Socket;
use crate::spread::count;

/// How many open their socket at the same time.
const AT_ONCE: usize = 100;
/// How long a server may take to put away what it needed for the opening.
const SETTLE: Duration = Duration::from_secs(2);

/// What a client answers to what it hears, if anything.
pub(crate) type Answer = fn(&Message) -> Option<Message>;

/// Clients that are there until this is dropped.
#[derive(Default)]
pub(crate) struct Crowd {
    tasks: JoinSet<()>,
    dropped: Arc<AtomicUsize>,
}

impl Crowd {
    /// Lets more of them come, and returns when all are there.
    pub(crate) async fn join<F>(
        &mut self,
        numbers: Range<usize>,
        answer: Answer,
        open: impl Fn(usize) -> F,
    ) -> Result<()>
    where
        F: Future<Output = Result<Socket>>,
    {
        let mut opened = stream::iter(numbers).map(open).buffer_unordered(AT_ONCE);
        while let Some(socket) = opened.try_next().await? {
            let dropped = Arc::clone(&self.dropped);
            self.tasks.spawn(async move {
                stay(socket, answer).await;
                dropped.fetch_add(1, Ordering::Relaxed);
            });
        }
        Ok(())
    }

    /// How many were sent away.
    fn dropped(&self) -> usize {
        self.dropped.load(Ordering::Relaxed)
    }
}

/// Stays until the other side ends it.
pub(crate) async fn stay(mut socket: Socket, answer: Answer) {
    while let Some(Ok(message)) = socket.next().await {
        if let Some(answer) = answer(&message)
            && socket.send(answer).await.is_err()
        {
            return;
        }
    }
}

/// What our clients answer.
pub(crate) fn pong(heard: &Message) -> Option<Message> {
    match heard {
        Message::Text(text) if text.as_str() == r#""ping""# => Some(Message::text(r#""pong""#)),
        _ => None,
    }
}

/// Bytes that a server has once nothing moves any more.
pub(crate) async fn settled_bytes(served: &Served) -> Result<f64> {
    sleep(SETTLE).await;
    served.bytes()
}

/// Our server with visitors whom it knows, who lack nothing, or who are welcomed with
/// what was said last if they have nothing.
pub(crate) async fn measure(
    served: &Served,
    sockets: usize,
    has: Option<Number>,
    watch: Duration,
) -> Result<figures::Crowd> {
    let first = Page::join(served.port, Some(history::credentials(0)), None).await?;
    let epoch = &first.epoch;
    let empty = settled_bytes(served).await?;
    let mut crowd = Crowd::default();
    let open = async |visitor| {
        let resume = has.map(|last| Cursor {
            epoch: epoch.clone(),
            last,
        });
        let known = Some(history::credentials(visitor));
        Ok(Page::join(served.port, known, resume).await?.socket)
    };
    crowd.join(0..sockets, pong, open).await?;
    let bytes = settled_bytes(served).await? - empty;
    let (start, took) = (Instant::now(), served.cpu()?);
    sleep(watch).await;
    let (watched, took) = (start.elapsed(), served.cpu()?.saturating_sub(took));
    Ok(figures::Crowd {
        sockets,
        bytes_each: bytes / count(sockets),
        cpu_us_each: took.as_secs_f64() * 1e6 / count(sockets) / watched.as_secs_f64(),
        watched_s: watched.as_secs_f64(),
        dropped: crowd.dropped(),
    })
}
