//! An agent's desk.

use anyhow::{Context as _, Result, bail};
use futures_util::SinkExt as _;
use saluda_protocol::inbox::Summary;
use saluda_protocol::{AgentFrame, AgentUpdate, ConversationId, MessageId, WIRE_VERSION};

use tokio::net::TcpSocket;

use crate::page::said;
use crate::shop::{self, KEY};
use crate::socket::{self, Socket};

/// What the system of a narrow one holds.
const NARROW_BYTES: u32 = 2_048;

/// A desk that watches the site.
pub(crate) struct Desk {
    socket: Socket,
}

impl Desk {
    /// Signs in and begins to watch.
    pub(crate) async fn new(port: u16) -> Result<Self> {
        Self::watch(port, TcpSocket::new_v4()?).await
    }

    /// The socket of one whose system holds little of what it has not read.
    pub(crate) async fn narrow(port: u16) -> Result<Socket> {
        let line = TcpSocket::new_v4()?;
        line.set_recv_buffer_size(NARROW_BYTES)?;
        Ok(Self::watch(port, line).await?.socket)
    }

    async fn watch(port: u16, line: TcpSocket) -> Result<Self> {
        let cookie = shop::sign_in(port).await?;
        let own = format!("http://127.0.0.1:{port}");
        let headers = [("origin", own.as_str()), ("cookie", cookie.as_str())];
        let socket = socket::open_on(line, port, "/ws/agent", &headers).await?;
        let mut desk = Self { socket };
        desk.say(&AgentFrame::Hello { wire: WIRE_VERSION }).await?;
        let AgentUpdate::Welcome { sites, .. } = desk.next().await? else {
            bail!("the desk is not welcome");
        };
        let site = sites.iter().find(|site| site.key.as_str() == KEY);
        let site = site.context("the agent is not at the site")?.site;
        let resume = None;
        desk.say(&AgentFrame::Watch { site, resume }).await?;
        while !matches!(desk.next().await?, AgentUpdate::Watching { .. }) {}
        Ok(desk)
    }

    /// The next conversation that looks different.
    pub(crate) async fn changed(&mut self) -> Result<Box<Summary>> {
        loop {
            if let AgentUpdate::Changed { summary, .. } = self.next().await? {
                return Ok(summary);
            }
        }
    }

    /// Opens a conversation.
    pub(crate) async fn open(&mut self, conversation: ConversationId) -> Result<()> {
        let resume = None;
        self.say(&AgentFrame::Open {
            conversation,
            resume,
        })
        .await?;
        while !matches!(self.next().await?, AgentUpdate::Opened { .. }) {}
        Ok(())
    }

    /// Waits for a message in the conversation that is open.
    pub(crate) async fn hears(&mut self, id: MessageId) -> Result<()> {
        loop {
            if let AgentUpdate::Event { event, .. } = self.next().await?
                && event.what.message().is_some_and(|message| message.id == id)
            {
                return Ok(());
            }
        }
    }

    async fn say(&mut self, frame: &AgentFrame) -> Result<()> {
        Ok(self.socket.send(said(frame)?).await?)
    }

    async fn next(&mut self) -> Result<AgentUpdate> {
        loop {
            match serde_json::from_str(&socket::text(&mut self.socket).await?)? {
                AgentUpdate::Ping => self.say(&AgentFrame::Pong).await?,
                AgentUpdate::Refused { error, .. } => bail!("the desk is refused: {error:?}"),
                update => return Ok(update),
            }
        }
    }
}
