//! A socket of a client, as small as sockets of many clients must be.

use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use futures_util::StreamExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// One end of a connection.
pub(crate) type Socket = WebSocketStream<TcpStream>;

/// What no server needs to answer.
const PATIENCE: Duration = Duration::from_mins(1);
/// The usual buffer is of 128 kB.
const READ_BUFFER_BYTES: usize = 4 * 1024;

/// Opens a socket on this machine.
pub(crate) async fn open(
    port: u16,
    path: &str,
    headers: &[(&'static str, &str)],
) -> Result<Socket> {
    open_on(TcpSocket::new_v4()?, port, path, headers).await
}

/// Opens one on a line that is not connected yet.
pub(crate) async fn open_on(
    line: TcpSocket,
    port: u16,
    path: &str,
    headers: &[(&'static str, &str)],
) -> Result<Socket> {
    let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request()?;
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse()?);
    }
    let stream = line.connect((Ipv4Addr::LOCALHOST, port).into()).await?;
    stream.set_nodelay(true)?;
    let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER_BYTES);
    let opening = client_async_with_config(request, stream, Some(config));
    let (socket, _) = timeout(PATIENCE, opening).await.context("not opened")??;
    Ok(socket)
}

/// The next message that says something.
pub(crate) async fn next(socket: &mut Socket) -> Result<Message> {
    loop {
        let message = timeout(PATIENCE, socket.next()).await;
        match message.context("heard nothing")?.context("it ended")?? {
            message @ (Message::Text(_) | Message::Binary(_)) => return Ok(message),
            Message::Close(why) => bail!("it was closed: {why:?}"),
            _ => {}
        }
    }
}

/// The next text.
pub(crate) async fn text(socket: &mut Socket) -> Result<Utf8Bytes> {
    match next(socket).await? {
        Message::Text(text) => Ok(text),
        other => bail!("heard {other:?} instead of a text"),
    }
}
