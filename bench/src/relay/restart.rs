//! A server that is told to stop while clients are there, and started again.
//!
//! They come back as the widget does: after a random pause that grows. Some of them
//! go on to post, and send again what they do not know to be on disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use saluda_client::backoff::pause_ms;
use saluda_protocol::{Cursor, MessageId, Number};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::crowd::{pong, stay};
use crate::figures::Return;
use crate::history::{self, id, text};
use crate::page::Page;
use crate::shop::Shop;

/// Clients that post meanwhile.
const POSTING: usize = 100;
/// How long each of those waits between two messages.
const PAUSE: Duration = Duration::from_millis(100);
/// Messages of one: as many as a welcome holds.
const MOST: usize = 100;
/// How long they post before the server is stopped.
const BEFORE: Duration = Duration::from_secs(2);
/// How long everything may take.
const PATIENCE: Duration = Duration::from_secs(90);
/// How often is looked whether all are there.
const LOOK: Duration = Duration::from_millis(1);

/// What all clients know.
struct Scene {
    port: u16,
    /// Which start of the server it is.
    life: AtomicUsize,
    /// How many clients were welcomed since that start.
    welcomed: AtomicUsize,
    over: AtomicBool,
}

/// `clients` visitors whose conversations have `messages`.
pub(crate) async fn measure(shop: &Shop, clients: usize, messages: u64) -> Result<Return> {
    let served = shop.serve().await?;
    let scene = Arc::new(Scene {
        port: served.port,
        life: AtomicUsize::new(0),
        welcomed: AtomicUsize::new(0),
        over: AtomicBool::new(false),
    });
    let mut resting = JoinSet::new();
    let mut posting = JoinSet::new();
    for client in 0..clients {
        let scene = Arc::clone(&scene);
        if client < POSTING {
            posting.spawn(async move { post(&scene, client).await });
        } else {
            resting.spawn(async move { rest(&scene, client).await });
        }
    }
    all_are_there(&scene, clients).await?;
    sleep(BEFORE).await;
    let start = Instant::now();
    scene.welcomed.store(0, Ordering::Relaxed);
    scene.life.fetch_add(1, Ordering::Relaxed);
    let port = served.port;
    served.stop().await?;
    let served = shop.serve_on(port).await?;
    all_are_there(&scene, clients).await?;
    let seconds = start.elapsed().as_secs_f64();
    scene.over.store(true, Ordering::Relaxed);
    let (mut wrong, mut expected) = (0, 0);
    while let Some(posted) = posting.join_next().await {
        let (client, posted) = posted??;
        expected += posted;
        wrong += wrong_of(port, client, posted, messages).await?;
    }
    drop(resting);
    drop(served);
    Ok(Return {
        clients,
        seconds,
        wrong,
        expected,
    })
}

async fn all_are_there(scene: &Scene, clients: usize) -> Result<()> {
    let all = async {
        while scene.welcomed.load(Ordering::Relaxed) < clients {
            sleep(LOOK).await;
        }
    };
    timeout(PATIENCE, all).await.context("clients stay away")
}

/// A client's connections, one after the other.
struct Client<'a> {
    scene: &'a Scene,
    number: usize,
    attempt: u32,
    /// In which life of the server it was welcomed last.
    life: Option<usize>,
}

impl Client<'_> {
    fn new(scene: &Scene, number: usize) -> Client<'_> {
        Client {
            scene,
            number,
            attempt: 0,
            life: None,
        }
    }

    /// The page, once it is welcome.
    async fn come(&mut self) -> Page {
        loop {
            let known = history::credentials(self.number);
            let life = self.scene.life.load(Ordering::Relaxed);
            if let Ok(page) = Page::join(self.scene.port, Some(known), None).await {
                self.attempt = 0;
                if self.life.replace(life) != Some(life) {
                    self.scene.welcomed.fetch_add(1, Ordering::Relaxed);
                }
                return page;
            }
            self.pause().await;
        }
    }

    async fn pause(&mut self) {
        let pause = pause_ms(self.attempt, chance(self.number, self.attempt));
        self.attempt += 1;
        sleep(Duration::from_millis(pause.into())).await;
    }
}

async fn rest(scene: &Scene, number: usize) {
    let mut client = Client::new(scene, number);
    loop {
        let page = client.come().await;
        stay(page.socket, pong).await;
        client.pause().await;
    }
}

/// Posts until it is over. Returns who it was, and how many messages it knows to be
/// on disk.
async fn post(scene: &Scene, number: usize) -> Result<(usize, usize)> {
    let mut client = Client::new(scene, number);
    let mut page = client.come().await;
    let mut posted = 0;
    while posted < MOST && !scene.over.load(Ordering::Relaxed) {
        sleep(PAUSE).await;
        let id = MessageId::from_random(id(8, posted));
        if page.post(id, &text(posted)).await.is_ok() {
            posted += 1;
        } else {
            client.pause().await;
            page = client.come().await;
        }
    }
    // It may have posted all before the server was stopped.
    while !scene.over.load(Ordering::Relaxed) {
        stay(page.socket, pong).await;
        page = client.come().await;
    }
    Ok((number, posted))
}

/// How many of a client's messages are missing, doubled or out of place.
async fn wrong_of(port: u16, client: usize, posted: usize, messages: u64) -> Result<usize> {
    let known = history::credentials(client);
    let epoch = Page::join(port, Some(known.clone()), None).await?.epoch;
    let last = Number(messages);
    let page = Page::join(port, Some(known), Some(Cursor { epoch, last })).await?;
    let mut kept = page.slice.events.iter();
    let misplaced = (0..posted).zip(messages + 1..).filter(|(n, number)| {
        kept.next().is_none_or(|event| {
            let id = event.what.message().map(|message| message.id);
            event.number != Number(*number) || id != Some(MessageId::from_random(id_of(*n)))
        })
    });
    Ok(misplaced.count() + kept.count())
}

fn id_of(n: usize) -> [u8; 16] {
    id(8, n)
}

/// Random enough for a pause, and the same in every run: at least 0 and below 1.
fn chance(client: usize, attempt: u32) -> f64 {
    let mut bits = (client as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(attempt);
    for _ in 0..2 {
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
    f64::from((bits >> 32) as u32) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_spread() {
        let below = |bound: f64| (0..1_000).filter(|n| chance(*n, 0) < bound).count();
        assert_eq!(below(1.0), 1_000);
        assert!((450..550).contains(&below(0.5)), "{}", below(0.5));
    }
}
