//! What is answered as often as a page is opened, and made seldom: as it is, and
//! packed by brotli.

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use brotli::enc::BrotliEncoderParams;

use super::{encoding, etag};

/// A content in both forms, under its tag.
pub(super) struct Packed {
    plain: Bytes,
    /// Half of it, where a page on a slow line waits for it to draw the launcher.
    brotli: Option<Bytes>,
    tag: String,
}

impl Packed {
    pub(super) fn new(content: Vec<u8>) -> Self {
        Self {
            tag: etag::of(&content),
            brotli: brotli(&content),
            plain: content.into(),
        }
    }

    /// The form that whoever asks can read, or that nothing has changed.
    pub(super) fn answer(&self, headers: &HeaderMap, kind: &'static str) -> Response {
        let packed = self.brotli.as_ref();
        let packed = packed.filter(|_| encoding::accepts(headers, encoding::BROTLI));
        etag::answer(headers, &self.tag, || {
            let kind = (header::CONTENT_TYPE, kind);
            match packed {
                Some(packed) => {
                    let encoded = (header::CONTENT_ENCODING, encoding::BROTLI);
                    ([kind, encoded], packed.clone()).into_response()
                }
                None => ([kind], self.plain.clone()).into_response(),
            }
        })
    }
}

/// Between the quickest and the smallest: it is done once for each change.
const QUALITY: i32 = 5;

fn brotli(content: &[u8]) -> Option<Bytes> {
    let params = BrotliEncoderParams {
        quality: QUALITY,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &params).ok()?;
    Some(packed.into())
}
