//! Passwords of agents.
//!
//! Argon2id with 19 MiB and two passes (OWASP), off the async threads, and no
//! more than two at once: a herd of sign-ins must not take the memory and the
//! cores that conversations need.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// How many are computed at once.
const AT_ONCE: usize = 2;
/// The shortest password that is taken, in characters.
pub(crate) const SHORTEST: usize = 10;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Why a password could not be hashed or compared.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub(crate) struct PasswordError(String);

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// The hash to keep, in the PHC string format.
pub(crate) async fn hash(password: String) -> Result<String, PasswordError> {
    off_thread(move || {
        hasher()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| PasswordError(error.to_string()))
    })
    .await?
}

/// Whether a password is the one whose hash was kept. Without a hash it takes
/// as long and is wrong, so that nobody learns whether an address exists.
pub(crate) async fn matches(password: String, kept: Option<String>) -> Result<bool, PasswordError> {
    off_thread(move || {
        let Some(kept) = kept else {
            let _ = hasher().hash_password(password.as_bytes());
            return Ok(false);
        };
        let kept = PasswordHash::new(&kept).map_err(|error| PasswordError(error.to_string()))?;
        Ok(hasher().verify_password(password.as_bytes(), &kept).is_ok())
    })
    .await?
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PasswordError> {
    let _turn = TURNS
        .acquire()
        .await
        .map_err(|error| PasswordError(error.to_string()))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| PasswordError(error.to_string()))
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
