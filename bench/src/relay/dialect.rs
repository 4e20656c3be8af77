//! How the servers that are compared with are spoken to.

use anyhow::{Result, bail};
use futures_util::SinkExt as _;
use tokio_tungstenite::tungstenite::Message;

use crate::crowd::Answer;
use crate::socket::{self, Socket};

/// One way to say the same.
#[derive(Clone, Copy)]
pub(crate) enum Dialect {
    /// A text is a text.
    Plain,
    /// Socket.IO, version 4 of its protocol.
    SocketIo,
    /// NATS, where everyone publishes to a subject that they alone listen to.
    Nats,
}

impl Dialect {
    /// Opens the socket of a client, ready to be sent something.
    pub(crate) async fn open(self, port: u16, client: usize) -> Result<Socket> {
        match self {
            Self::Plain => socket::open(port, "/", &[]).await,
            Self::SocketIo => {
                let path = "/socket.io/?EIO=4&transport=websocket";
                let mut socket = socket::open(port, path, &[]).await?;
                expect(&mut socket, "0{").await?;
                socket.send(Message::text("40")).await?;
                expect(&mut socket, "40").await?;
                Ok(socket)
            }
            Self::Nats => {
                let mut socket = socket::open(port, "/", &[]).await?;
                expect(&mut socket, "INFO ").await?;
                let hello =
                    format!("CONNECT {{\"verbose\":false}}\r\nSUB c.{client} 1\r\nPING\r\n");
                socket.send(Message::binary(hello)).await?;
                expect(&mut socket, "PONG").await?;
                Ok(socket)
            }
        }
    }

    /// Something that comes back.
    pub(crate) fn say(self, client: usize, text: &str) -> Message {
        match self {
            Self::Plain => Message::text(text),
            Self::SocketIo => Message::text(format!("42[\"m\",\"{text}\"]")),
            Self::Nats => Message::binary(format!("PUB c.{client} {}\r\n{text}\r\n", text.len())),
        }
    }

    /// How many messages came back.
    pub(crate) fn came_back(self, heard: &Message) -> usize {
        match (self, heard) {
            (Self::Plain, Message::Text(_)) => 1,
            (Self::SocketIo, Message::Text(text)) => usize::from(text.starts_with("42")),
            // What comes together is sent together.
            (Self::Nats, Message::Binary(bytes)) => {
                bytes.windows(4).filter(|four| *four == b"MSG ").count()
            }
            _ => 0,
        }
    }

    /// What is answered when the server asks whether the client is still there.
    pub(crate) fn answer(self) -> Answer {
        match self {
            Self::Plain => |_| None,
            Self::SocketIo => |heard| match heard {
                Message::Text(text) if text.as_str() == "2" => Some(Message::text("3")),
                _ => None,
            },
            Self::Nats => |heard| match heard {
                Message::Binary(bytes) if bytes.starts_with(b"PING") => {
                    Some(Message::binary("PONG\r\n"))
                }
                _ => None,
            },
        }
    }
}

async fn expect(socket: &mut Socket, begin: &str) -> Result<()> {
    let heard = socket::next(socket).await?;
    if !heard.clone().into_data().starts_with(begin.as_bytes()) {
        bail!("heard {heard:?} instead of `{begin}`");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_come_together_are_told_apart() {
        let heard = Message::binary("MSG c.1 1 2\r\nhi\r\nMSG c.1 1 2\r\nho\r\n");
        assert_eq!(Dialect::Nats.came_back(&heard), 2);
        assert_eq!(Dialect::Nats.came_back(&Message::binary("PING\r\n")), 0);
        assert_eq!(Dialect::SocketIo.came_back(&Message::text("2")), 0);
    }
}
