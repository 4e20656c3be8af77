//! Sockets of visitors and desks, spoken with by hand.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use saluda_protocol::visitor::{Credentials, Place};
use saluda_protocol::{
    AgentFrame, AgentUpdate, Body, ConversationId, Cursor, FieldId, MessageId, SiteId, Slice,
    VisitorFrame, VisitorUpdate, WIRE_VERSION,
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

use crate::server::{ORIGIN, Server};

/// What never takes this long on any machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Opens a socket. The error is what the server answered instead.
pub(crate) async fn connect(
    server: &Server,
    path: &str,
    headers: &[(&'static str, &str)],
) -> Result<Socket, tungstenite::Error> {
    let url = format!("ws://{}{path}", server.socket_address());
    let mut request = url.into_client_request()?;
    // What lies between passes on whom it is for.
    let host = server.address().parse().unwrap();
    request.headers_mut().insert("host", host);
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    let (stream, _) = connect_async(request).await?;
    Ok(Socket { stream })
}

/// Opens a socket whose system holds little of what is not read yet.
async fn connect_narrow(server: &Server, path: &str) -> Socket {
    let line = TcpSocket::new_v4().unwrap();
    line.set_recv_buffer_size(2_048).unwrap();
    let address = server.socket_address();
    let line = line.connect(address.parse().unwrap()).await.unwrap();
    let mut request = format!("ws://{address}{path}")
        .into_client_request()
        .unwrap();
    request
        .headers_mut()
        .insert("origin", ORIGIN.parse().unwrap());
    let stream = MaybeTlsStream::Plain(line);
    let (stream, _) = client_async(request, stream).await.unwrap();
    Socket { stream }
}

/// One end of a socket.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// Sends a text as it is.
    pub(crate) async fn say(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.unwrap();
    }

    /// Sends a text as it is. Returns whether there was still someone to take it.
    pub(crate) async fn try_say(&mut self, text: &str) -> bool {
        self.stream.send(Message::text(text)).await.is_ok()
    }

    /// Sends a frame. Returns whether there was still someone to take it.
    pub(crate) async fn send(&mut self, frame: &impl Serialize) -> bool {
        let text = serde_json::to_string(frame).unwrap();
        self.stream.send(Message::text(text)).await.is_ok()
    }

    /// The next update; nothing when the connection ended.
    pub(crate) async fn next<U: DeserializeOwned>(&mut self) -> Option<U> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.stream.next())
                .await
                .expect("heard nothing");
            match message?.ok()? {
                Message::Text(text) => {
                    let update = serde_json::from_str(&text);
                    return Some(update.unwrap_or_else(|error| panic!("{error}: {text}")));
                }
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    /// The code the server closes with.
    pub(crate) async fn close_code(mut self) -> u16 {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.stream.next()).await;
            match message.expect("not closed").expect("no close code") {
                Ok(Message::Close(frame)) => return frame.expect("no close code").code.into(),
                Ok(_) => {}
                Err(error) => panic!("no close code: {error}"),
            }
        }
    }

    /// The next update that `pick` takes.
    pub(crate) async fn until<U: DeserializeOwned, T>(
        &mut self,
        waiting_for: &str,
        mut pick: impl FnMut(U) -> Option<T>,
    ) -> T {
        loop {
            let update = self.next().await;
            let update = update.unwrap_or_else(|| panic!("ended before {waiting_for}"));
            if let Some(picked) = pick(update) {
                return picked;
            }
        }
    }
}

/// A message's id.
pub(crate) fn message(n: u16) -> MessageId {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&n.to_be_bytes());
    MessageId::from_random(bytes)
}

/// A visitor's page on the site `shop`.
pub(crate) struct Page {
    pub(crate) socket: Socket,
    pub(crate) credentials: Credentials,
    pub(crate) epoch: String,
    pub(crate) slice: Slice,
    pub(crate) agents_online: bool,
    pub(crate) answered: Vec<FieldId>,
}

impl Page {
    /// Someone new.
    pub(crate) async fn new(server: &Server) -> Self {
        Self::connect(server, None, None, WIRE_VERSION).await
    }

    /// The same visitor again.
    pub(crate) async fn again(
        server: &Server,
        credentials: &Credentials,
        resume: Option<Cursor>,
    ) -> Self {
        Self::connect(server, Some(credentials.clone()), resume, WIRE_VERSION).await
    }

    /// The same visitor again, with a client that speaks this version.
    pub(crate) async fn speaking(server: &Server, credentials: &Credentials, wire: u32) -> Self {
        Self::connect(server, Some(credentials.clone()), None, wire).await
    }

    async fn connect(
        server: &Server,
        known: Option<Credentials>,
        resume: Option<Cursor>,
        wire: u32,
    ) -> Self {
        let socket = connect(server, "/ws/visitor/shop", &[("origin", ORIGIN)]).await;
        Self::greet(socket.unwrap(), known, resume, wire).await
    }

    /// The same visitor again, on a socket that holds little of what is not read.
    pub(crate) async fn narrow(server: &Server, credentials: &Credentials) -> Self {
        let socket = connect_narrow(server, "/ws/visitor/shop").await;
        Self::greet(socket, Some(credentials.clone()), None, WIRE_VERSION).await
    }

    async fn greet(
        mut socket: Socket,
        known: Option<Credentials>,
        resume: Option<Cursor>,
        wire: u32,
    ) -> Self {
        let hello = VisitorFrame::Hello {
            wire,
            credentials: known.clone(),
            resume,
            place: Place {
                url: format!("{ORIGIN}/plans"),
                title: "Plans".into(),
                ..Place::default()
            },
        };
        socket.send(&hello).await;
        let Some(VisitorUpdate::Welcome {
            credentials,
            epoch,
            slice,
            agents_online,
            answered,
            ..
        }) = socket.next().await
        else {
            panic!("not welcome");
        };
        Self {
            socket,
            credentials: credentials.or(known).expect("nobody"),
            epoch,
            slice,
            agents_online,
            answered,
        }
    }

    /// Says something and waits until it is on disk. Returns its number.
    pub(crate) async fn post(&mut self, n: u16, text: &str) -> u64 {
        let id = message(n);
        let body = Body::Text(text.into());
        self.socket.send(&VisitorFrame::Post { id, body }).await;
        self.socket
            .until("ack", |update| match update {
                VisitorUpdate::Ack { id: of, number, .. } if of == id => Some(number.0),
                VisitorUpdate::Refused { error, .. } => panic!("{error:?}"),
                _ => None,
            })
            .await
    }
}

/// A desk that watches a site.
pub(crate) struct Desk {
    pub(crate) socket: Socket,
    pub(crate) site: SiteId,
    pub(crate) epoch: String,
}

impl Desk {
    /// Signs in and watches the site with this key.
    pub(crate) async fn new(server: &Server, email: &str, key: &str) -> Self {
        let cookie = server.sign_in(email);
        Self::with_cookie(server, &cookie, key).await
    }

    pub(crate) async fn with_cookie(server: &Server, cookie: &str, key: &str) -> Self {
        let own = format!("http://{}", server.address());
        let headers = [("origin", own.as_str()), ("cookie", cookie)];
        let mut socket = connect(server, "/ws/agent", &headers).await.unwrap();
        socket.send(&AgentFrame::Hello { wire: WIRE_VERSION }).await;
        let Some(AgentUpdate::Welcome { sites, epoch, .. }) = socket.next().await else {
            panic!("not welcome");
        };
        let site = sites.iter().find(|site| site.key.as_str() == key);
        let site = site.expect("not a member").site;
        let mut desk = Self {
            socket,
            site,
            epoch,
        };
        desk.watch(None).await;
        desk
    }

    /// Watches the site. Returns the update that answers.
    pub(crate) async fn watch(&mut self, resume: Option<Cursor>) -> AgentUpdate {
        let site = self.site;
        self.socket.send(&AgentFrame::Watch { site, resume }).await;
        self.socket
            .until("watching", |update| {
                matches!(update, AgentUpdate::Watching { .. }).then_some(update)
            })
            .await
    }

    /// Waits for the inbox to show something, and returns which conversation.
    pub(crate) async fn shown(&mut self, text: &str) -> ConversationId {
        self.socket
            .until("the inbox to show it", |update| match update {
                AgentUpdate::Changed { summary, .. }
                    if summary
                        .preview
                        .as_ref()
                        .is_some_and(|last| last.text == text) =>
                {
                    Some(summary.conversation)
                }
                _ => None,
            })
            .await
    }

    /// The first conversation that is open.
    pub(crate) async fn listed(&mut self) -> ConversationId {
        self.socket
            .say(r#"{"list":{"tab":"open","after":null}}"#)
            .await;
        self.socket
            .until("the list", |update| match update {
                AgentUpdate::Listed { summaries, .. } => Some(summaries[0].conversation),
                _ => None,
            })
            .await
    }

    /// Opens a conversation. Returns what was said.
    pub(crate) async fn open(&mut self, conversation: ConversationId) -> Slice {
        let resume = None;
        let open = AgentFrame::Open {
            conversation,
            resume,
        };
        self.socket.send(&open).await;
        self.socket
            .until("opened", |update| match update {
                AgentUpdate::Opened { slice, .. } => Some(slice),
                AgentUpdate::Refused { error, .. } => panic!("{error:?}"),
                _ => None,
            })
            .await
    }

    /// Answers.
    pub(crate) async fn post(&mut self, conversation: ConversationId, n: u16, text: &str) {
        let post = AgentFrame::Post {
            conversation,
            id: message(n),
            body: Body::Text(text.into()),
        };
        self.socket.send(&post).await;
    }
}

/// The texts of a stretch, in order.
pub(crate) fn texts(slice: &Slice) -> Vec<&str> {
    slice
        .events
        .iter()
        .filter_map(|event| event.what.message())
        .map(|message| message.body.as_text())
        .collect()
}
