//! Passwords of agents.
//!
//! Argon2id with 19 MiB and two passes (OWASP), off the async threads, and no
//! more than two at once: a herd of sign-ins must not take the memory and the
//! cores that conversations need.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::door::TooMany;
use crate::turns::{NotDone, Turns};

/// How many are computed at once.
const AT_ONCE: usize = 2;
/// The shortest password that is taken, in characters.
pub(crate) const SHORTEST: usize = 10;

/// How many wait for their turn; further ones are sent away at once.
const WAITING: usize = 32;

/// When they may come back.
const BUSY_MS: u64 = 5_000;

static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(AT_ONCE, WAITING));

/// Why a password could not be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PasswordError {
    /// Too many sign in at this moment.
    #[error(transparent)]
    Busy(#[from] TooMany),
    /// It is our fault.
    #[error("the password could not be hashed: {0}")]
    Failed(String),
}

impl From<NotDone> for PasswordError {
    fn from(why: NotDone) -> Self {
        match why {
            NotDone::Busy => TooMany { wait_ms: BUSY_MS }.into(),
            NotDone::Broken(why) => Self::Failed(why),
        }
    }
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// The hash to keep, in the PHC string format.
pub(crate) async fn hash(password: String) -> Result<String, PasswordError> {
    TURNS
        .off_thread(move || {
            hasher()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|error| PasswordError::Failed(error.to_string()))
        })
        .await?
}

/// Whether a password is the one whose hash was kept. Without a hash it takes
/// as long and is wrong, so that nobody learns whether an address exists.
pub(crate) async fn matches(password: String, kept: Option<String>) -> Result<bool, PasswordError> {
    TURNS
        .off_thread(move || {
            let Some(kept) = kept else {
                let _ = hasher().hash_password(password.as_bytes());
                return Ok(false);
            };
            let kept = PasswordHash::new(&kept)
                .map_err(|error| PasswordError::Failed(error.to_string()))?;
            Ok(hasher().verify_password(password.as_bytes(), &kept).is_ok())
        })
        .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_hash_and_nothing_else_does() {
        let kept = hash("correct horse".into()).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(
            matches("correct horse".into(), Some(kept.clone()))
                .await
                .unwrap()
        );
        assert!(!matches("battery staple".into(), Some(kept)).await.unwrap());
        assert!(!matches("correct horse".into(), None).await.unwrap());
        assert!(matches("x".into(), Some("nonsense".into())).await.is_err());
    }
}
