//! Sends a file, which a message is made of afterwards.

use axum::body::Body;
use saluda_protocol::file::clean_name;
use saluda_protocol::{AgentId, File, FileId, Millis, VisitorId, limits};
use saluda_store::{Allowance, KeptFile, Sent};

use crate::app::App;
use crate::files::receive::{SendError, receive};
use crate::secret;

/// Within which time it is counted what a visitor sends.
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Who sends a file, and for whose conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// A visitor, for their own.
    Visitor(VisitorId),
    /// An agent who may answer, for that of a visitor.
    Agent {
        /// Who.
        agent: AgentId,
        /// Whose conversation.
        visitor: VisitorId,
    },
}

/// Takes a file in and keeps it. It is on disk when this returns, and only whoever
/// sent it can make a message of it, once.
///
/// `bytes` is how large its sender says it is, if they do: what is too large is
/// refused before any of it comes.
pub(crate) async fn send(
    app: &App,
    by: Sender,
    name: &str,
    bytes: Option<u64>,
    body: Body,
) -> Result<File, SendError> {
    if bytes.is_some_and(|bytes| bytes > limits::FILE_BYTES) {
        return Err(SendError::TooLarge);
    }
    let (visitor, agent) = match by {
        Sender::Visitor(visitor) => (visitor, None),
        Sender::Agent { agent, visitor } => (visitor, Some(agent)),
    };
    let at = app.now();
    let allowance = agent.is_none().then(|| allowance(at));
    if let Some(allowance) = allowance {
        let sent = app.store.sent_since(visitor, allowance.since).await?;
        if !allowance.allows(sent, bytes.unwrap_or_default()) {
            return Err(SendError::TooMuch);
        }
    }
    let id = FileId::secret(secret::random()?);
    let came = receive(&app.files, id, clean_name(name), body).await?;
    let kept = KeptFile {
        file: came.file.clone(),
        visitor,
        agent,
        at,
    };
    // Its row comes first: what lies there without one would stay for ever.
    let noted = app.store.add_file(kept, allowance).await?;
    noted.map_err(|_| SendError::TooMuch)?;
    let file = came.keep(&app.files).await?;
    let side = if agent.is_none() { "visitor" } else { "agent" };
    metrics::counter!("saluda_files_total", "side" => side).increment(1);
    Ok(file)
}

fn allowance(now: Millis) -> Allowance {
    Allowance {
        since: Millis(now.0.saturating_sub(DAY_MS)),
        most: Sent {
            files: limits::FILES_A_DAY,
            bytes: limits::FILE_BYTES_A_DAY,
        },
    }
}
