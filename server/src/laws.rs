//! What must hold of whatever comes in and is read by nobody but this server. The
//! laws of the rest, and whoever asks them, are in the crate `saluda-fuzz`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use saluda_protocol::{EmailAddress, Millis, SecretId, SiteId, limits};
use saluda_store::Secret;

use crate::{identity, secret};

const NOW: Millis = Millis(1_795_284_000_000);
const KEY: &str = "saluda_identity_of_nobody";

/// A token that nobody signed identifies nobody. One that says this and is signed
/// names one visitor, in words within their limits, for a while.
///
/// # Panics
///
/// When it is not so.
pub fn token(text: &str) {
    let secrets = [Secret {
        id: SecretId::at(NOW, [1; 10]),
        site: SiteId::from_random([1; 16]),
        secret: KEY.to_owned(),
        created_at: NOW,
    }];
    assert!(identity::read(text, &secrets, NOW).is_err());

    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#);
    let signed = [&head, ".", &URL_SAFE_NO_PAD.encode(text)].concat();
    let signature = URL_SAFE_NO_PAD.encode(secret::sign(KEY, &signed));
    let token = [&signed, ".", &signature].concat();
    let Ok(read) = identity::read(&token, &secrets, NOW) else {
        return;
    };
    assert!(read.expires_at > NOW);
    assert!(read.expires_at.since(NOW) <= limits::IDENTITY_SPAN_MS + 60_000);
    let fits = |text: &str, most: usize| {
        !text.is_empty() && text.chars().count() <= most && !text.contains(char::is_control)
    };
    let identity = read.identity;
    assert!(fits(&read.token, limits::USER_CHARS) && fits(&identity.user, limits::USER_CHARS));
    assert!(identity.attributes.len() <= limits::ATTRIBUTES);
    for (name, value) in &identity.attributes {
        assert!(fits(name, limits::ATTRIBUTE_CHARS) && fits(value, limits::ATTRIBUTE_CHARS));
    }
    if let Some(email) = identity.email {
        assert_eq!(EmailAddress::parse(email.as_str()), Ok(email));
    }
}
