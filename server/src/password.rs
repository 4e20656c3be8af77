//! Passwords of agents.
//!
//! Argon2id with 19 MiB and two passes (OWASP), off the async threads, and no
//! more than two at once: a herd of sign-ins must not take the memory and the
//! cores that conversations need.

use std::error::Error;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::door::TooMany;

/// How many are computed at once.
const AT_ONCE: usize = 2;
/// The shortest password that is taken, in characters.
pub(crate) const SHORTEST: usize = 10;

/// How many wait for their turn; further ones are sent away at once.
const WAITING: usize = 32;

/// When they may come back.
const BUSY_MS: u64 = 5_000;

static TURNS: Turns = Turns::new();

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

/// Lets few work at once, and few more wait.
struct Turns {
    places: Semaphore,
    turns: Semaphore,
}

impl Turns {
    const fn new() -> Self {
        Self {
            places: Semaphore::const_new(AT_ONCE + WAITING),
            turns: Semaphore::const_new(AT_ONCE),
        }
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let failed = |error: &dyn Error| PasswordError::Failed(error.to_string());
        let place = self.places.try_acquire();
        let _place = place.map_err(|_| TooMany { wait_ms: BUSY_MS })?;
        let turn = self.turns.acquire().await;
        let _turn = turn.map_err(|error| failed(&error))?;
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|error| failed(&error))
    }
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

    #[tokio::test]
    async fn a_herd_is_sent_away_before_it_takes_the_cores() {
        let turns = Turns::new();
        let herd = (0..100).map(|n| turns.off_thread(move || n));
        let answers = futures_util::future::join_all(herd).await;
        let busy = |answer: &Result<i32, PasswordError>| matches!(answer, Err(PasswordError::Busy(why)) if why.wait_ms == BUSY_MS);
        assert_eq!(answers.iter().filter(|answer| busy(answer)).count(), 66);
        // There is room again.
        assert_eq!(turns.off_thread(|| 7).await.unwrap(), 7);
    }
}
