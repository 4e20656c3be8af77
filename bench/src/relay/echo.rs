//! A server that sends back what it is sent.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;
use futures_util::SinkExt as _;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use crate::crowd::{Crowd, settled_bytes};
use crate::dialect::Dialect;
use crate::figures::{Most, Other, Spread};
use crate::history::text;
use crate::served::Served;
use crate::socket::{self, Socket};
use crate::spread::{count, median, of_rounds, spread};

/// Messages that do not count: everything is used for the first time with them.
const WARM_UP: usize = 200;
/// Clients that send as much as comes back, and how much of each is under way.
const CLIENTS: usize = 100;
const UNDER_WAY: usize = 10;

/// How much is measured.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    pub(crate) sockets: usize,
    pub(crate) messages: usize,
    pub(crate) length: Duration,
    pub(crate) rounds: usize,
}

/// Starts the server and measures it.
pub(crate) async fn measure(
    name: &'static str,
    dialect: Dialect,
    command: &mut Command,
    port: u16,
    effort: Effort,
) -> Result<Other> {
    let served = Served::start(command, port).await?;
    // Its first client, with whom everything is used for the first time.
    drop(dialect.open(port, 0).await?);
    let empty = settled_bytes(&served).await?;
    let mut crowd = Crowd::default();
    let open = |client| dialect.open(port, client);
    crowd
        .join(0..effort.sockets, dialect.answer(), open)
        .await?;
    let bytes_each = (settled_bytes(&served).await? - empty) / count(effort.sockets);
    drop(crowd);
    let (mut echoed, mut most) = (Vec::new(), Vec::new());
    for _ in 0..effort.rounds {
        echoed.push(one_by_one(dialect, port, effort.messages).await?);
        most.push(as_many(&served, dialect, effort.length).await?);
    }
    let of_most = |figure: fn(&Most) -> f64| median(most.iter().map(figure).collect());
    Ok(Other {
        name,
        bytes_each,
        echoed: of_rounds(&echoed),
        most: Most {
            per_second: of_most(|most| most.per_second),
            busy: of_most(|most| most.busy),
        },
    })
}

/// One message, and the next one once it came back.
async fn one_by_one(dialect: Dialect, port: u16, messages: usize) -> Result<Spread> {
    let mut socket = dialect.open(port, 0).await?;
    let mut times = Vec::with_capacity(messages);
    for n in 0..WARM_UP + messages {
        let message = dialect.say(0, &text(n));
        let start = Instant::now();
        socket.send(message).await?;
        while hear(&mut socket, dialect).await? == 0 {}
        if n >= WARM_UP {
            times.push(start.elapsed());
        }
    }
    Ok(spread(times))
}

async fn as_many(served: &Served, dialect: Dialect, length: Duration) -> Result<Most> {
    let mut sockets = Vec::new();
    for client in 0..CLIENTS {
        sockets.push(dialect.open(served.port, client).await?);
    }
    let (start, took) = (Instant::now(), served.cpu()?);
    let mut sending = JoinSet::new();
    for (client, socket) in sockets.into_iter().enumerate() {
        let message = dialect.say(client, &text(client));
        sending.spawn(send_until(socket, dialect, message, start + length));
    }
    let mut came_back = 0;
    while let Some(of_one) = sending.join_next().await {
        came_back += of_one??;
    }
    let (seconds, took) = (
        start.elapsed().as_secs_f64(),
        served.cpu()?.saturating_sub(took),
    );
    Ok(Most {
        per_second: count(came_back) / seconds,
        busy: took.as_secs_f64() / seconds,
    })
}

async fn send_until(
    mut socket: Socket,
    dialect: Dialect,
    message: Message,
    end: Instant,
) -> Result<usize> {
    let (mut came_back, mut to_send) = (0, UNDER_WAY);
    while Instant::now() < end {
        for _ in 0..to_send {
            socket.feed(message.clone()).await?;
        }
        socket.flush().await?;
        to_send = hear(&mut socket, dialect).await?;
        came_back += to_send;
    }
    Ok(came_back)
}

/// The next message. Returns how many of ours it brings back.
async fn hear(socket: &mut Socket, dialect: Dialect) -> Result<usize> {
    let heard = socket::next(socket).await?;
    if let Some(answer) = dialect.answer()(&heard) {
        socket.send(answer).await?;
    }
    Ok(dialect.came_back(&heard))
}
