//! Tokens with which a site's owner says who a visitor is: JSON Web Tokens, signed
//! with HMAC and SHA-256.
//!
//! They are read here and not by a library, because all that makes such tokens
//! dangerous is what a library offers and we refuse: other algorithms, keys that
//! the token names, no end. What is left is one signature over two parts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use saluda_protocol::audit::Audited;
use saluda_protocol::identity::SecretRow;
use saluda_protocol::studio::Actor;
use saluda_protocol::{Claim, ErrorCode, Identity, Millis, SecretId, SiteId, VisitorId, limits};
use saluda_store::{AuditNote, Secret, Store, StoreError};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::secret::{self, NoRandomness};

/// What begins a secret, so that it can be told from others.
const MARK: &str = "saluda_identity_";
/// A clock of the owner's may be ahead of ours by so much.
const SKEW_MS: u64 = 60_000;

/// Why a token identifies nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unidentified {
    /// The site's owner has made no secret.
    #[error(
        "this site has no secret to sign identities with; make one with `saluda site secret make`"
    )]
    NoSecret,
    /// It is no token.
    #[error("this is no JSON Web Token of at most 4 kB")]
    Malformed,
    /// It is signed in another way, or not at all.
    #[error("the token's algorithm must be `HS256`")]
    Algorithm,
    /// It is signed with another secret, or was changed.
    #[error("the token is not signed with a secret of this site")]
    Signature,
    /// What it says makes no sense.
    #[error(
        "the token needs `sub`, `jti` and `exp`: who the visitor is, an id that no other token has, and until when it is good, in seconds"
    )]
    Claims,
    /// The address could not receive mail.
    #[error("the token's `email` could not receive mail")]
    Email,
    /// It is good for too long.
    #[error("the token is good for more than an hour")]
    TooLong,
    /// It is not good yet.
    #[error("the token is not good yet; check the clock of the server that signs it")]
    Early,
    /// It is good no more.
    #[error("the token has expired; sign a new one for each page")]
    Expired,
    /// It was used before.
    #[error("the token was used before; sign a new one for each page")]
    Used,
}

impl Unidentified {
    fn code(self) -> ErrorCode {
        match self {
            Self::Expired => ErrorCode::IdentityExpired,
            Self::Used => ErrorCode::IdentityUsed,
            _ => ErrorCode::IdentityInvalid,
        }
    }
}

impl From<Unidentified> for Refusal {
    fn from(why: Unidentified) -> Self {
        Self::new(why.code(), why.to_string())
    }
}

/// What a token says, once it is known to be the owner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) identity: Identity,
    /// The token's own id.
    pub(crate) token: String,
    pub(crate) expires_at: Millis,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

/// The claims that are read. Others are for other readers.
#[derive(Deserialize)]
struct Claims {
    sub: Named,
    jti: Named,
    exp: f64,
    nbf: Option<f64>,
    email: Option<String>,
    name: Option<String>,
    phone: Option<String>,
    #[serde(default)]
    attributes: Map<String, Value>,
}

/// Some write an id as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Text(String),
    Number(u64),
}

impl Named {
    fn read(self) -> Option<String> {
        let text = match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        };
        let fits = !text.trim().is_empty()
            && text.chars().count() <= limits::USER_CHARS
            && !text.chars().any(char::is_control);
        fits.then_some(text)
    }
}

/// Reads a token that was signed with one of these secrets.
pub(crate) fn read(token: &str, secrets: &[Secret], now: Millis) -> Result<Signed, Unidentified> {
    if secrets.is_empty() {
        return Err(Unidentified::NoSecret);
    }
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Unidentified::Malformed);
    };
    if token.len() > limits::IDENTITY_BYTES {
        return Err(Unidentified::Malformed);
    }
    let bytes = |part: &str| {
        URL_SAFE_NO_PAD
            .decode(part)
            .map_err(|_| Unidentified::Malformed)
    };
    let head: Header =
        serde_json::from_slice(&bytes(header)?).map_err(|_| Unidentified::Malformed)?;
    if head.alg != "HS256" {
        return Err(Unidentified::Algorithm);
    }
    let signature = bytes(signature)?;
    let signed = &token[..header.len() + 1 + claims.len()];
    // All are tried, so that the time it takes says nothing of which one it was.
    let good = secrets.iter().fold(false, |good, secret| {
        good | secret::is_signed(&secret.secret, signed, &signature)
    });
    if !good {
        return Err(Unidentified::Signature);
    }
    let claims: Claims =
        serde_json::from_slice(&bytes(claims)?).map_err(|_| Unidentified::Claims)?;
    let (token, expires_at) = timely(&claims, now).and_then(|at| {
        let id = claims.jti.read().ok_or(Unidentified::Claims)?;
        Ok((id, at))
    })?;
    let claim = Claim {
        email: claims.email,
        name: claims.name,
        phone: claims.phone,
    };
    let contact = claim.read().map_err(|_| Unidentified::Email)?;
    Ok(Signed {
        identity: Identity {
            user: claims.sub.read().ok_or(Unidentified::Claims)?,
            email: contact.email,
            name: contact.name,
            phone: contact.phone,
            attributes: claims
                .attributes
                .iter()
                .filter_map(attribute)
                .take(limits::ATTRIBUTES)
                .collect(),
        },
        token,
        expires_at,
    })
}

/// Until when a token is good, if it is now.
fn timely(claims: &Claims, now: Millis) -> Result<Millis, Unidentified> {
    let instant = |seconds: f64| {
        // Whatever is written there is a time, or far from any.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of what is too large or too small ends at the nearest"
        )]
        let ms = (seconds * 1000.0) as u64;
        Millis(ms)
    };
    let expires_at = instant(claims.exp);
    if expires_at <= now {
        return Err(Unidentified::Expired);
    }
    if expires_at.since(now) > limits::IDENTITY_SPAN_MS + SKEW_MS {
        return Err(Unidentified::TooLong);
    }
    if claims
        .nbf
        .is_some_and(|begins| instant(begins).since(now) > SKEW_MS)
    {
        return Err(Unidentified::Early);
    }
    Ok(expires_at)
}

/// An attribute as agents read it. What is no single value says nothing here.
fn attribute((name, value): (&String, &Value)) -> Option<(String, String)> {
    let value = match value {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        _ => return None,
    };
    let short = |text: &str| {
        let plain = text.chars().filter(|c| !c.is_control());
        plain.take(limits::ATTRIBUTE_CHARS).collect::<String>()
    };
    let (name, value) = (short(name), short(&value));
    (!name.is_empty() && !value.is_empty()).then_some((name, value))
}

/// Why no secret was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSecret {
    /// There are two already.
    #[error(
        "a site has at most {} secrets; revoke the old one first",
        limits::SECRETS
    )]
    TooMany,
    /// The operating system gave no randomness.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<NoSecret> for Refusal {
    fn from(why: NoSecret) -> Self {
        match why {
            NoSecret::TooMany => Self::new(ErrorCode::Conflict, why.to_string()),
            NoSecret::Random(error) => error.into(),
            NoSecret::Store(error) => error.into(),
        }
    }
}

/// Makes a secret for a site. It is the only time that it is shown.
pub(crate) async fn make(
    store: &dyn Store,
    site: SiteId,
    by: Actor,
    now: Millis,
) -> Result<(String, SecretRow), NoSecret> {
    let secret = Secret {
        id: SecretId::at(now, secret::random()?),
        site,
        secret: [MARK, &secret::new()?].concat(),
        created_at: now,
    };
    let note = AuditNote {
        site: Some(site),
        by,
        what: Audited::SecretMade { secret: secret.id },
        at: now,
    };
    if !store.add_secret(secret.clone(), Some(note)).await? {
        return Err(NoSecret::TooMany);
    }
    Ok((secret.secret.clone(), secret.row()))
}

/// An id for a visitor who is known only now.
pub(crate) fn fresh() -> Result<VisitorId, NoRandomness> {
    Ok(VisitorId::from_random(secret::random()?))
}

#[cfg(test)]
mod tests;
