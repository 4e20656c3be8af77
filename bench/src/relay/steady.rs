//! So many messages a second, whether or not the server keeps up.
//!
//! A message's time begins when it was to be sent, so that one that waits for others
//! is not passed over.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures_util::stream::SplitSink;
use futures_util::{SinkExt as _, StreamExt as _, TryStreamExt as _, stream};
use saluda_protocol::MessageId;
use tokio::task::{JoinSet, yield_now};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::desk::Desk;
use crate::figures::Steady;
use crate::history::{id, text};
use crate::page::{self, Page};
use crate::served::Served;
use crate::socket::Socket;
use crate::spread::{count, spread};

/// How long the last message may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Messages of `visitors` new visitors who take turns, for `length`.
pub(crate) async fn measure(
    served: &Served,
    visitors: usize,
    per_second: f64,
    length: Duration,
) -> Result<Steady> {
    let mut desk = Desk::new(served.port).await?;
    let pages = stream::iter(0..visitors).map(|_| Page::new(served.port));
    let pages: Vec<Page> = pages.buffered(20).try_collect().await?;
    let (mut readers, mut says) = (JoinSet::new(), Vec::new());
    for page in pages {
        let (say, hear) = page.socket.split();
        says.push(say);
        // What they hear is read and let go.
        readers.spawn(hear.for_each(async |_| {}));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some thousands"
    )]
    let measured = (length.as_secs_f64() * per_second) as usize;
    // With the first message of each, their conversation begins: those do not count.
    let schedule = Schedule {
        begin: Instant::now(),
        every: Duration::from_secs_f64(1.0 / per_second),
        messages: visitors + measured,
    };
    let took = served.cpu()?;
    let listening = timeout(
        schedule.length() + PATIENCE,
        listen(&mut desk, &schedule, visitors),
    );
    let (heard, ()) = tokio::try_join!(
        async {
            listening
                .await
                .context("messages are missing at the desk")?
        },
        send(&mut says, &schedule),
    )?;
    let took = served.cpu()?.saturating_sub(took);
    Ok(Steady {
        visitors,
        per_second,
        relayed: spread(heard),
        busy: took.as_secs_f64() / schedule.begin.elapsed().as_secs_f64(),
    })
}

/// When which message is to be sent.
struct Schedule {
    begin: Instant,
    every: Duration,
    messages: usize,
}

impl Schedule {
    fn due(&self, n: usize) -> Instant {
        self.begin + self.every.mul_f64(count(n))
    }

    fn length(&self) -> Duration {
        self.every.mul_f64(count(self.messages))
    }
}

async fn send(says: &mut [SplitSink<Socket, Message>], schedule: &Schedule) -> Result<()> {
    let visitors = says.len();
    for n in 0..schedule.messages {
        // A timer would be late by up to a millisecond, which is what is measured.
        while Instant::now() < schedule.due(n) {
            yield_now().await;
        }
        let message = page::post(MessageId::from_random(id(6, n)), &text(n))?;
        says[n % visitors].send(message).await?;
    }
    Ok(())
}

/// How late each message is known at the desk. A conversation that looks different
/// shows its last message, and those before it are known with it.
async fn listen(desk: &mut Desk, schedule: &Schedule, visitors: usize) -> Result<Vec<Duration>> {
    let mut known: Vec<usize> = (0..visitors).collect();
    let mut begun = 0;
    let mut heard = Vec::new();
    while begun + heard.len() < schedule.messages {
        let summary = desk.changed().await?;
        let now = Instant::now();
        let shown = summary
            .preview
            .context("a conversation without a message")?;
        let number = shown.text.split(' ').next().unwrap_or_default();
        let n: usize = number.parse().context("a message of nobody")?;
        let next = &mut known[n % visitors];
        while *next <= n {
            if *next < visitors {
                begun += 1;
            } else {
                heard.push(now.saturating_duration_since(schedule.due(*next)));
            }
            *next += visitors;
        }
    }
    Ok(heard)
}
