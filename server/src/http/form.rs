//! Bodies of JSON that endpoints read.

use saluda_protocol::ErrorCode;
use serde::de::DeserializeOwned;

use crate::refusal::Refusal;

/// Reads an object. `hint` says what one would have to be.
///
/// A list is refused though its items might be taken for the fields in their
/// order: what a field means is its name, and fields may be added.
pub(super) fn read<T: DeserializeOwned>(body: &[u8], hint: &str) -> Result<T, Refusal> {
    let is_object = body.trim_ascii_start().starts_with(b"{");
    let read = is_object.then(|| serde_json::from_slice(body));
    match read {
        Some(Ok(read)) => Ok(read),
        _ => Err(Refusal::new(ErrorCode::Malformed, hint)),
    }
}

#[cfg(test)]
mod tests {
    use saluda_protocol::studio::{WantedClone, WantedRollback};

    use super::*;

    #[test]
    fn only_an_object_is_one() {
        let version = |body: &str| {
            let read = read::<WantedRollback>(body.as_bytes(), "send a `version`");
            read.map(|wanted| wanted.version)
                .map_err(|refused| refused.0.message)
        };
        assert_eq!(version(" \n{\"version\":2}"), Ok(2));
        for bad in [
            "",
            "[2]",
            "2",
            "{}",
            "{\"version\":2",
            "{\"version\":2}x",
            "null",
        ] {
            assert_eq!(version(bad), Err("send a `version`".to_owned()), "{bad}");
        }
        assert!(read::<WantedClone>(b"[null,null]", "").is_err());
        assert!(read::<WantedClone>(b"{}", "").is_ok());
    }
}
