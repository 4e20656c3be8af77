//! One socket: frames in, updates out, a heartbeat, and an end.

use std::time::Duration;

use futures_util::{Sink, SinkExt as _, StreamExt as _};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use saluda_protocol::limits;
use serde::{Serialize, de::DeserializeOwned};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::door::Rate;

/// How long a reader may take for one update before it counts as gone.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a client may take to say its first frame.
const FIRST_FRAME_TIMEOUT: Duration = Duration::from_secs(10);
const HEARTBEAT: Duration = Duration::from_millis(limits::HEARTBEAT_MS);
const SILENCE: Duration = Duration::from_millis(limits::SILENCE_MS);
/// What is longer goes out in pieces of this size (RFC 6455, section 5.4). A socket
/// keeps a buffer as large as the largest piece until it ends, and there are many
/// sockets.
const PIECE_BYTES: usize = 2 * 1024;

/// What a socket goes over.
type Line = TokioIo<Upgraded>;

/// What frames come from and updates go to.
pub(crate) type Socket = WebSocketStream<Line>;

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
            code: code.into(),
            reason: reason.into(),
        }
    }
}

/// A socket with a client.
pub(crate) struct Link<L = Line> {
    socket: WebSocketStream<L>,
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

impl<L: AsyncRead + AsyncWrite + Unpin> Link<L> {
    pub(crate) fn new(socket: WebSocketStream<L>) -> Self {
        let now = Instant::now();
        Self {
            socket,
            heard: now,
            beat: now + HEARTBEAT,
            pace: None,
        }
    }

    /// One whose frames are read at most this fast.
    pub(crate) fn paced(socket: WebSocketStream<L>, rate: Rate) -> Self {
        let link = Self::new(socket);
        let rested = link.heard;
        Self {
            pace: Some(Pace { rate, rested }),
            ..link
        }
    }

    /// The first frame, small and soon.
    pub(crate) async fn first<F: DeserializeOwned>(&mut self) -> Option<F> {
        let message = timeout(FIRST_FRAME_TIMEOUT, self.socket.next()).await;
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
                    self.socket.next().await
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
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => continue,
                Message::Close(_) => return Err(Gone),
            });
        }
    }

    /// Sends an update.
    pub(crate) async fn send<U: Serialize>(&mut self, update: &U) -> Result<(), Gone> {
        let text = serde_json::to_string(update).map_err(|_| Gone)?;
        match timeout(SEND_TIMEOUT, write(&mut self.socket, text.into())).await {
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

/// Writes a text, in pieces if it is long.
async fn write<S>(socket: &mut S, mut text: Bytes) -> Result<(), S::Error>
where
    S: Sink<Message> + Unpin,
{
    let mut kind = Data::Text;
    while text.len() > PIECE_BYTES {
        let piece = text.split_to(PIECE_BYTES);
        let piece = Frame::message(piece, OpCode::Data(kind), false);
        socket.feed(Message::Frame(piece)).await?;
        kind = Data::Continue;
    }
    let last = Frame::message(text, OpCode::Data(kind), true);
    socket.send(Message::Frame(last)).await
}

#[cfg(test)]
mod tests {
    use saluda_protocol::VisitorFrame;
    use tokio::io::DuplexStream;
    use tokio_tungstenite::tungstenite::protocol::Role;

    use super::*;

    /// Both ends of a socket over a line that holds so many bytes.
    async fn ends(holds: usize) -> (Link<DuplexStream>, WebSocketStream<DuplexStream>) {
        let (near, far) = tokio::io::duplex(holds);
        let ours = WebSocketStream::from_raw_socket(near, Role::Server, None).await;
        let theirs = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
        (Link::new(ours), theirs)
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_is_cut_off_without_a_word_is_given_up_after_a_while() {
        let (mut link, theirs) = ends(1 << 16).await;
        let begin = Instant::now();
        let mut beats = 0;
        // The line is there and takes what is sent; nobody answers.
        while let Ok(Incoming::Quiet) = link.next::<VisitorFrame>().await {
            link.send(&"ping").await.unwrap();
            beats += 1;
        }
        assert_eq!(begin.elapsed(), SILENCE);
        assert!(beats > 0, "it was asked first whether it is there");
        drop(theirs);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_answers_now_and_then_is_there() {
        let (mut link, mut theirs) = ends(1 << 16).await;
        for _ in 0..20 {
            let asked = link.next::<VisitorFrame>().await;
            assert!(matches!(asked, Ok(Incoming::Quiet)));
            theirs.send(Message::text("\"pong\"")).await.unwrap();
            let answered = link.next::<VisitorFrame>().await;
            assert!(matches!(answered, Ok(Incoming::Frame(VisitorFrame::Pong))));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_reads_nothing_holds_up_their_own_socket_and_not_for_long() {
        let (mut link, theirs) = ends(1_000).await;
        let begin = Instant::now();
        assert!(link.send(&"a".repeat(100_000)).await.is_err());
        assert_eq!(begin.elapsed(), SEND_TIMEOUT);
        drop(theirs);
    }

    #[tokio::test]
    async fn whoever_reads_slowly_gets_all_of_it() {
        let (mut link, mut theirs) = ends(100).await;
        let texts: Vec<_> = (0..30).map(|n| n.to_string().repeat(999)).collect();
        let send = async {
            for text in &texts {
                link.send(text).await.unwrap();
            }
        };
        let read = async {
            for text in &texts {
                let came = theirs.next().await.unwrap().unwrap();
                assert_eq!(came, Message::text(format!("\"{text}\"")));
                tokio::task::yield_now().await;
            }
        };
        tokio::join!(send, read);
    }

    #[tokio::test]
    async fn no_piece_is_larger_than_what_each_socket_may_keep() {
        for length in [0, 1, PIECE_BYTES, PIECE_BYTES + 1, 10 * PIECE_BYTES] {
            let mut pieces: Vec<Message> = Vec::new();
            let text = Bytes::from("a".repeat(length));
            write(&mut pieces, text).await.unwrap();
            assert_eq!(pieces.len(), length.div_ceil(PIECE_BYTES).max(1));
            for piece in pieces {
                assert!(piece.into_data().len() <= PIECE_BYTES);
            }
        }
    }

    #[tokio::test]
    async fn what_went_out_in_pieces_is_one_text_at_the_other_side() {
        // A letter of two bytes stands across every border.
        let text = "a".to_owned() + &"é".repeat(3 * PIECE_BYTES);
        let (near, far) = tokio::io::duplex(64);
        let mut ours = WebSocketStream::from_raw_socket(near, Role::Server, None).await;
        let mut theirs = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
        let bytes = Bytes::from(text.clone());
        let (wrote, read) = tokio::join!(write(&mut ours, bytes), theirs.next());
        wrote.unwrap();
        assert_eq!(read.unwrap().unwrap(), Message::text(text));
    }
}
