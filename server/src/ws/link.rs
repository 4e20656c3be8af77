//! One socket: frames in, updates out, a heartbeat, and an end.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use saluda_protocol::limits;
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::{Instant, sleep_until, timeout};

use crate::door::Rate;

/// How long a reader may take for one update before it counts as gone.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a client may take to say its first frame.
const FIRST_FRAME_TIMEOUT: Duration = Duration::from_secs(10);
const HEARTBEAT: Duration = Duration::from_millis(limits::HEARTBEAT_MS);
const SILENCE: Duration = Duration::from_millis(limits::SILENCE_MS);

/// The other side is gone. There is nobody to tell.
#[derive(Debug)]
pub(crate) struct Gone;

/// What came in.
#[derive(Debug)]
pub(crate) enum Incoming<F> {
    /// A frame.
    Frame(F),
    /// Something that is no frame.
    Senseless,
    /// The other side has been silent for a while: let it hear something.
    Quiet,
}

/// Why we close a socket. The numbers are contract: clients do not try again
/// after 4400 to 4499.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Close {
    /// The server stops; come back in a moment.
    Restart,
    /// What came first was no hello.
    NoHello,
    /// Nobody is signed in any more.
    SignedOut,
    /// There is no room for someone new; come back later.
    Busy,
}

impl Close {
    fn frame(self) -> CloseFrame {
        let (code, reason) = match self {
            Self::Restart => (1012, "the server restarts"),
            Self::NoHello => (4400, "expected a hello"),
            Self::SignedOut => (4401, "signed out"),
            Self::Busy => (1013, "the server is busy"),
        };
        CloseFrame {
            code,
            reason: reason.into(),
        }
    }
}

/// A socket with a client.
pub(crate) struct Link {
    socket: WebSocket,
    heard: Instant,
    beat: Instant,
    pace: Option<Pace>,
}

/// How fast frames are read: so many at once, and then one after the other.
/// Whoever sends faster waits, and fills nobody's memory but their own.
struct Pace {
    rate: Rate,
    /// When all frames may come at once again.
    rested: Instant,
}

impl Pace {
    /// When the next frame is read.
    fn next(&self) -> Instant {
        let ahead = self.rate.every() * self.rate.at_once.saturating_sub(1);
        self.rested.checked_sub(ahead).unwrap_or(self.rested)
    }

    fn count(&mut self, now: Instant) {
        self.rested = self.rested.max(now) + self.rate.every();
    }
}

impl Link {
    pub(crate) fn new(socket: WebSocket) -> Self {
        let now = Instant::now();
        Self {
            socket,
            heard: now,
            beat: now + HEARTBEAT,
            pace: None,
        }
    }

    /// One whose frames are read at most this fast.
    pub(crate) fn paced(socket: WebSocket, rate: Rate) -> Self {
        let link = Self::new(socket);
        let rested = link.heard;
        Self {
            pace: Some(Pace { rate, rested }),
            ..link
        }
    }

    /// The first frame, small and soon.
    pub(crate) async fn first<F: DeserializeOwned>(&mut self) -> Option<F> {
        let message = timeout(FIRST_FRAME_TIMEOUT, self.socket.recv()).await;
        let Ok(Some(Ok(Message::Text(text)))) = message else {
            return None;
        };
        if text.len() > limits::FIRST_FRAME_BYTES {
            return None;
        }
        serde_json::from_str(&text).ok()
    }

    /// What comes in next.
    ///
    /// Cancel safe: nothing that came in is lost.
    pub(crate) async fn next<F: DeserializeOwned>(&mut self) -> Result<Incoming<F>, Gone> {
        loop {
            let silent = self.heard + SILENCE;
            let turn = self.pace.as_ref().map_or(self.heard, Pace::next);
            let message = tokio::select! {
                message = async {
                    // To sleep for no time at all still takes a tick of the clock.
                    if turn > Instant::now() {
                        sleep_until(turn).await;
                    }
                    self.socket.recv().await
                } => message.ok_or(Gone)?.map_err(|_| Gone)?,
                () = sleep_until(silent) => return Err(Gone),
                () = sleep_until(self.beat) => {
                    self.beat = Instant::now() + HEARTBEAT;
                    return Ok(Incoming::Quiet);
                }
            };
            self.heard = Instant::now();
            if let Some(pace) = &mut self.pace {
                pace.count(self.heard);
            }
            return Ok(match message {
                Message::Text(text) => match serde_json::from_str(&text) {
                    Ok(frame) => Incoming::Frame(frame),
                    Err(_) => Incoming::Senseless,
                },
                Message::Binary(_) => Incoming::Senseless,
                Message::Ping(_) | Message::Pong(_) => continue,
                Message::Close(_) => return Err(Gone),
            });
        }
    }

    /// Sends an update.
    pub(crate) async fn send<U: Serialize>(&mut self, update: &U) -> Result<(), Gone> {
        let text = serde_json::to_string(update).map_err(|_| Gone)?;
        match timeout(SEND_TIMEOUT, self.socket.send(Message::Text(text.into()))).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Gone),
        }
    }

    /// Says why, and ends it.
    pub(crate) async fn close(mut self, why: Close) {
        // Whether the client still hears it makes no difference.
        let _ = timeout(
            SEND_TIMEOUT,
            self.socket.send(Message::Close(Some(why.frame()))),
        )
        .await;
    }
}
