//! How an answer is packed on its way: as a browser says that it takes it.

use axum::http::{HeaderMap, header};

/// Packed by brotli, which every browser takes that runs our modules, over TLS.
pub(super) const BROTLI: &str = "br";
/// Packed by gzip.
pub(super) const GZIP: &str = "gzip";

/// Whether whoever asks takes an answer in this encoding.
pub(super) fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|takes| takes.to_str().ok())
        .is_some_and(|takes| names(takes, encoding))
}

/// Whether an `Accept-Encoding` names an encoding; `q=0` refuses it.
fn names(takes: &str, encoding: &str) -> bool {
    takes.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let named = pieces.next() == Some(encoding);
        let refused = pieces.any(|piece| {
            piece
                .strip_prefix("q=")
                .is_some_and(|weight| weight.trim_end_matches(['0', '.']).is_empty())
        });
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_not_taken() {
        assert!(names("gzip, deflate, br", BROTLI));
        assert!(names("br;q=0.5", BROTLI));
        assert!(!names("br;q=0, gzip", BROTLI));
        assert!(!names("br; q=0.0", BROTLI));
        assert!(!names("brotli", BROTLI));
        assert!(!names("", GZIP));
    }
}
