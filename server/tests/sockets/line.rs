//! A bad line between clients and the server: what goes over it comes in pieces, and
//! now and then it breaks amid one.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How much goes over at once, in turn: frames and their heads are torn apart.
const PIECES: [usize; 4] = [1, 7, 400, 4_096];

/// The line to one server.
pub(crate) struct Line {
    address: String,
    state: Arc<State>,
}

struct State {
    /// How many bytes still come over before it breaks.
    left: Mutex<Option<usize>>,
    /// Changes whenever it breaks: then every connection is gone.
    breaks: watch::Sender<()>,
}

impl Line {
    /// A line to whatever listens at this address.
    pub(crate) async fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let state = Arc::new(State {
            left: Mutex::new(None),
            breaks: watch::Sender::new(()),
        });
        let (server, of_task) = (server.to_owned(), Arc::clone(&state));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if let Ok(server) = TcpStream::connect(&server).await {
                    of_task.carry(client, server);
                }
            }
        });
        Self { address, state }
    }

    /// Where it begins, `127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Lets it break when so many more bytes have come over, in one direction or the
    /// other.
    pub(crate) fn break_after(&self, bytes: usize) {
        *self.state.left() = Some(bytes);
    }
}

impl State {
    fn left(&self) -> std::sync::MutexGuard<'_, Option<usize>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn carry(self: &Arc<Self>, client: TcpStream, server: TcpStream) {
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::spawn(Arc::clone(self).pump(from_client, to_server));
        tokio::spawn(Arc::clone(self).pump(from_server, to_client));
    }

    /// Carries what comes until either end is gone or the line breaks.
    async fn pump(
        self: Arc<Self>,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
    ) {
        let mut broken = self.breaks.subscribe();
        let mut piece = [0; 4_096];
        for most in PIECES.into_iter().cycle() {
            let came = tokio::select! {
                came = from.read(&mut piece[..most]) => came.unwrap_or(0),
                _ = broken.changed() => return,
            };
            let goes_on = self.allowed(came);
            if goes_on == 0 || to.write_all(&piece[..goes_on]).await.is_err() {
                return;
            }
            if goes_on < came {
                return;
            }
        }
    }

    /// How many of these bytes come over. The line breaks after fewer.
    fn allowed(&self, came: usize) -> usize {
        let mut left = self.left();
        match *left {
            Some(most) if most < came => {
                *left = None;
                self.breaks.send_replace(());
                most
            }
            Some(most) => {
                *left = Some(most - came);
                came
            }
            None => came,
        }
    }
}
