//! Streams between a page and functions of its server, for pages whose server has
//! no such functions.
//!
//! Leptos can call functions of a server and stream what they take and give. Ours
//! has none, and nothing of widget or desk calls this. The crate that it takes
//! the place of offers three classes to scripts, which a module keeps whether
//! anyone makes them or not: two kilobytes of each page.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// Said in the place of what a stream would have given.
const LEFT_OUT: &str = "streams of server functions are left out of this build";

/// A stream of the page's.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Takes a stream of the page's.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// A stream of the page's that gives nothing, whatever this one would give.
    ///
    /// # Panics
    ///
    /// Where the browser has no streams.
    #[must_use]
    pub fn from_stream<S>(_: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        Self(web_sys::ReadableStream::new().expect("browsers have streams"))
    }

    /// The stream of the page's.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream that says once that it was left out.
    #[must_use]
    pub fn into_stream(self) -> LeftOut {
        LeftOut { said: false }
    }
}

/// Says once that it was left out.
#[derive(Debug)]
pub struct LeftOut {
    said: bool,
}

impl Stream for LeftOut {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let said = std::mem::replace(&mut self.said, true);
        Poll::Ready((!said).then(|| Err(JsValue::from_str(LEFT_OUT))))
    }
}
