//! Accepts connections until it is told to stop.

mod counted;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::time::timeout;
use tower::ServiceExt as _;

use crate::door::Connections;
use crate::http::Peer;
use counted::Counted;

/// How long a request may take to arrive with its headers, from the first byte that
/// is expected on. Without it, a half-sent request holds its connection for ever,
/// and so does none at all.
pub(crate) const HEADERS_TIMEOUT: Duration = Duration::from_secs(10);
/// Most bytes of a request's line and headers.
const HEADERS_BYTES: usize = 16 * 1024;
/// How long answers that are under way may take when the server stops.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// How long to wait when the system has no room for another connection.
const NO_ROOM: Duration = Duration::from_millis(50);

/// How many connections wait to be accepted. Whoever finds no place tries again after
/// a second, and then after three: too late for a herd that comes back at once.
const BACKLOG: u32 = 4_096;

/// Listens at an address.
///
/// # Errors
///
/// When something else is there, or it is none of this machine's.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // A server that starts again finds its address free at once.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until `stop` returns, then lets what is under way come to its end.
///
/// A connection too many is closed before anything is read from it.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    connections: &Arc<Connections>,
    headers_timeout: Duration,
    stop: impl Future<Output = ()>,
) {
    let mut server = auto::Builder::new(TokioExecutor::new()).http1_only();
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(headers_timeout)
        .max_buf_size(HEADERS_BYTES);
    let graceful = GracefulShutdown::new();
    let (ended, _) = watch::channel(());
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "could not accept");
                tokio::time::sleep(NO_ROOM).await;
                continue;
            }
        };
        let Some(entered) = connections.enter(peer.ip()) else {
            metrics::counter!("saluda_connections_refused_total").increment(1);
            continue;
        };
        // Small updates go out at once; a page waits for each of them.
        let _ = stream.set_nodelay(true);
        let (server, answer) = (server.clone(), answer(&router, peer));
        let (watcher, mut ended) = (graceful.watcher(), ended.subscribe());
        tokio::spawn(async move {
            // Nobody waits for who says nothing, least of all at the end.
            let mut first = [0];
            let first = timeout(headers_timeout, stream.peek(&mut first));
            let speaks = tokio::select! {
                first = first => matches!(first, Ok(Ok(1))),
                _ = ended.changed() => false,
            };
            if speaks {
                let stream = Counted {
                    stream,
                    _entered: entered,
                };
                let connection =
                    server.serve_connection_with_upgrades(TokioIo::new(stream), answer);
                // How it ended makes no difference: there is nobody to tell.
                let _ = watcher.watch(connection.into_owned()).await;
            }
        });
    }
    ended.send_replace(());
    drop(listener);
    if timeout(LAST_ANSWERS, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped while answers were still under way");
    }
}

/// Answers the requests of one connection.
fn answer(
    router: &Router,
    peer: SocketAddr,
) -> impl Service<
    hyper::Request<Incoming>,
    Response = Response,
    Error = Infallible,
    Future: Send + 'static,
>
+ Clone
+ Send
+ 'static
+ use<> {
    let router = router.clone();
    service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request.map(Body::new))
    })
}

#[cfg(test)]
mod tests;
