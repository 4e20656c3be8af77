//! Secrets: made of good randomness, kept as hashes, compared in constant time;
//! and signatures.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use saluda_protocol::SiteId;
use saluda_store::{Store, StoreError};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The operating system has no randomness to give. Nothing secret can be made.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no randomness")]
pub(crate) struct NoRandomness(#[source] getrandom::Error);

/// Random bytes, for ids and secrets.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// A new secret of 256 bits, as text that fits a cookie.
pub(crate) fn new() -> Result<String, NoRandomness> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// What signs for a site. Whoever needs it first makes it.
pub(crate) async fn of_site(store: &dyn Store, site: SiteId) -> Result<String, NoKey> {
    match store.signing_key(site).await? {
        Some(key) => Ok(key),
        // Another may be quicker: all take that one.
        None => Ok(store.make_signing_key(site, new()?).await?),
    }
}

/// Why a site has no key to sign with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoKey {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// None can be made.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

/// What is kept of a secret: its SHA-256 in hexadecimal. Secrets of 256 random
/// bits need no slow hash.
pub(crate) fn hash(secret: &str) -> String {
    hash_bytes(secret.as_bytes())
}

/// SHA-256 in hexadecimal.
pub(crate) fn hash_bytes(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Whether a secret is the one whose hash was kept.
pub(crate) fn matches(secret: &str, kept: &str) -> bool {
    hash(secret).as_bytes().ct_eq(kept.as_bytes()).into()
}

/// Signs a text: HMAC with SHA-256. Of a key, 64 bytes count.
pub(crate) fn sign(key: &str, text: &str) -> [u8; 32] {
    signing(key, text).finalize().into_bytes().into()
}

/// Whether a text was signed with this key, in constant time.
pub(crate) fn is_signed(key: &str, text: &str, signature: &[u8]) -> bool {
    signing(key, text).verify_slice(signature).is_ok()
}

fn signing(key: &str, text: &str) -> Hmac<Sha256> {
    // A key that is shorter than this ends with zeros, as HMAC has it anyway.
    let mut block = [0; 64];
    for (place, byte) in block.iter_mut().zip(key.bytes()) {
        *place = byte;
    }
    let mut signing = Hmac::new(&block.into());
    signing.update(text.as_bytes());
    signing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_matches_its_hash_and_no_other() {
        let secret = new().unwrap();
        assert_eq!(secret.len(), 43);
        assert!(matches(&secret, &hash(&secret)));
        assert!(!matches(&new().unwrap(), &hash(&secret)));
        assert!(!matches(&secret, ""));
    }

    #[test]
    fn a_signature_is_what_every_tool_makes_and_fits_one_key_and_text() {
        let signature = sign("Jefe", "what do ya want for nothing?");
        // RFC 4231, 4.3.
        assert_eq!(
            signature[..8],
            [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e]
        );
        assert!(is_signed(
            "Jefe",
            "what do ya want for nothing?",
            &signature
        ));
        assert!(!is_signed(
            "Jefe",
            "what do ya want for something?",
            &signature
        ));
        assert!(!is_signed(
            "Boss",
            "what do ya want for nothing?",
            &signature
        ));
        assert!(!is_signed(
            "Jefe",
            "what do ya want for nothing?",
            &signature[..16]
        ));
        assert!(!is_signed("Jefe", "what do ya want for nothing?", &[]));
    }

    #[test]
    fn a_hash_is_what_every_tool_makes() {
        assert_eq!(
            hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
