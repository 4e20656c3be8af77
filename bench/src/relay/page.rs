//! A visitor's page.

use anyhow::{Result, bail};
use futures_util::SinkExt as _;
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    Body, Credentials, Cursor, MessageId, Number, Slice, VisitorFrame, VisitorUpdate, WIRE_VERSION,
};
use tokio_tungstenite::tungstenite::Message;

use crate::shop::{KEY, ORIGIN};
use crate::socket::{self, Socket};

/// A page that was welcomed.
pub(crate) struct Page {
    pub(crate) socket: Socket,
    pub(crate) epoch: String,
    /// What was said since it was last here.
    pub(crate) slice: Slice,
}

impl Page {
    /// Someone new.
    pub(crate) async fn new(port: u16) -> Result<Self> {
        Self::join(port, None, None).await
    }

    /// Someone who is known, who has what the cursor says.
    pub(crate) async fn join(
        port: u16,
        credentials: Option<Credentials>,
        resume: Option<Cursor>,
    ) -> Result<Self> {
        let path = format!("/ws/visitor/{KEY}");
        let mut socket = socket::open(port, &path, &[("origin", ORIGIN)]).await?;
        let hello = VisitorFrame::Hello {
            wire: WIRE_VERSION,
            credentials,
            resume,
            place: Place {
                url: format!("{ORIGIN}/plans"),
                title: "Plans".into(),
                ..Place::default()
            },
        };
        socket.send(said(&hello)?).await?;
        match heard(&mut socket).await? {
            VisitorUpdate::Welcome { epoch, slice, .. } => Ok(Self {
                socket,
                epoch,
                slice,
            }),
            other => bail!("heard {other:?} instead of a welcome"),
        }
    }

    /// Says something, and returns the number that it has on disk.
    pub(crate) async fn post(&mut self, id: MessageId, text: &str) -> Result<Number> {
        self.socket.send(post(id, text)?).await?;
        loop {
            match heard(&mut self.socket).await? {
                VisitorUpdate::Ack { id: of, number, .. } if of == id => return Ok(number),
                VisitorUpdate::Refused { error, .. } => bail!("refused: {error:?}"),
                VisitorUpdate::Ping => self.socket.send(said(&VisitorFrame::Pong)?).await?,
                _ => {}
            }
        }
    }
}

/// A frame as it is sent.
pub(crate) fn said(frame: &impl serde::Serialize) -> Result<Message> {
    Ok(Message::text(serde_json::to_string(frame)?))
}

/// A message as it is sent.
pub(crate) fn post(id: MessageId, text: &str) -> Result<Message> {
    let body = Body::Text(text.to_owned());
    said(&VisitorFrame::Post { id, body })
}

/// The next update.
pub(crate) async fn heard(socket: &mut Socket) -> Result<VisitorUpdate> {
    Ok(serde_json::from_str(&socket::text(socket).await?)?)
}
