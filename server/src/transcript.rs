//! The transcript of a conversation, sent to an address that its visitor names.
//!
//! Anyone can name any address, and has written most of what would be sent there.
//! So the first mail to an address holds nothing of theirs, only a code; what was
//! said follows once they have shown that they can read it.

mod code;
mod text;

use saluda_protocol::contact::InvalidEmail;
use saluda_protocol::{EmailAddress, Number, VisitorId};
use saluda_store::{Site, StoreError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::chat::history;
use crate::door::{Limit, TooMany};
use crate::mail::{Mail, MailError};
use crate::secret::{self, NoKey};
use crate::texts::Texts;

/// Of a longer conversation, the end is sent.
const MOST_EVENTS: u64 = 5_000;

/// What a visitor wants sent, and where.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Where to: an e-mail address.
    pub(crate) email: String,
    /// The code that came to this address. Without it, one is sent there.
    #[serde(default)]
    pub(crate) code: Option<String>,
    /// The language of the mail, such as `es-MX`. English if it is not known.
    #[serde(default)]
    pub(crate) locale: Option<String>,
}

/// What was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sent {
    /// A code, which the visitor has to say.
    Code,
    /// The transcript.
    Transcript,
}

/// Why nothing was sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unsent {
    /// The address could not receive mail.
    #[error(transparent)]
    Email(#[from] InvalidEmail),
    /// Nothing was said yet.
    #[error("there is no conversation yet")]
    Nothing,
    /// Nobody was sent this code here lately.
    #[error("this is not the code that was sent to this address, or it is too old")]
    Code,
    /// This visitor, or whoever has this address, was sent enough.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// It did not leave.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The site has no key.
    #[error(transparent)]
    Key(#[from] NoKey),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Counts for the visitor and for the address: nobody floods a stranger's mailbox
/// by being many visitors.
fn pass(app: &App, limit: Limit, visitor: VisitorId, to: &EmailAddress) -> Result<(), TooMany> {
    let now = app.now();
    app.door.pass(limit, visitor, now)?;
    app.door.pass(limit, to.as_str().to_lowercase(), now)
}

/// Sends the transcript of a visitor's conversation to an address, or first a code.
pub(crate) async fn send(
    app: &App,
    site: &Site,
    visitor: VisitorId,
    wanted: &Wanted,
) -> Result<Sent, Unsent> {
    let to = EmailAddress::parse(&wanted.email)?;
    let conversation = app.store.conversation_of(visitor).await?;
    let conversation = conversation.ok_or(Unsent::Nothing)?;
    let now = app.now();
    let key = secret::of_site(&*app.store, site.id).await?;
    let texts = Texts::of(wanted.locale.as_deref());
    let (what, (subject, text)) = match &wanted.code {
        None => {
            let code = code::make(&key, visitor, &to, now);
            (Sent::Code, text::code(texts, site, &code))
        }
        Some(typed) => {
            pass(app, Limit::Codes, visitor, &to)?;
            if !code::is_good(&key, visitor, &to, typed, now) {
                return Err(Unsent::Code);
            }
            let (id, last) = (conversation.id, conversation.last);
            let after = Number(last.0.saturating_sub(MOST_EVENTS));
            let said = history::since(app, id, after, last).await?;
            let written = text::transcript(texts, site, &said.events, now);
            (Sent::Transcript, written)
        }
    };
    pass(app, Limit::Mails, visitor, &to)?;
    let from = site.name.clone();
    let mail = Mail {
        to,
        from,
        subject,
        text,
    };
    app.mailer.send(mail).await?;
    Ok(what)
}
