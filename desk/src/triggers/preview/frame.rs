//! The frame that draws: a page of our server that is of no origin, so that
//! nothing in it can reach the desk. It is told what to show, and tells what
//! became of it.

use leptos::html::Iframe;
use leptos::prelude::*;
use saluda_client::socket::Listener;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlIFrameElement, MessageEvent};

use crate::form_text;

/// How it stands with the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    /// It is not there yet.
    Loading,
    /// It waits for something to show.
    Ready,
    /// It shows what it was told.
    Shows {
        /// How much of the frame the bubble takes, from its lower edge.
        room: u32,
        /// Whether the text has to be scrolled for.
        long: bool,
    },
    /// It could not be drawn.
    Failed,
}

impl Drawn {
    fn read(said: &str) -> Option<Self> {
        Some(match form_text::words(said, "is")?.as_str() {
            "ready" => Self::Ready,
            "drawn" => Self::Shows {
                room: form_text::value(said, "room")?.parse().ok()?,
                long: form_text::value(said, "long") == Some("true"),
            },
            _ => Self::Failed,
        })
    }
}

/// Hears what the frame says, as long as the view is there. Others may speak to
/// the desk too: only this frame is believed.
pub(super) fn hear(frame: NodeRef<Iframe>, drawn: RwSignal<Drawn>) {
    let listener = Listener::new(&window(), "message", move |event: MessageEvent| {
        let page = frame.get_untracked().and_then(|it| {
            let it: HtmlIFrameElement = it.unchecked_into();
            it.content_window()
        });
        let from: JsValue = event.source().map_or(JsValue::NULL, JsValue::from);
        if page.is_none_or(|page| from != JsValue::from(page)) {
            return;
        }
        let said = event.data().as_string();
        if let Some(now) = said.and_then(|said| Drawn::read(&said)) {
            drawn.set(now);
        }
    });
    StoredValue::new_local(listener);
}

/// Tells the frame what to show.
pub(super) fn tell(frame: NodeRef<Iframe>, scene: &str) {
    let page = frame.get_untracked().and_then(|it| {
        let it: HtmlIFrameElement = it.unchecked_into();
        it.content_window()
    });
    if let Some(page) = page {
        // The frame is of no origin that could be named. Nothing in it is secret.
        let _ = page.post_message(&scene.into(), "*");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_is_understood() {
        assert_eq!(Drawn::read(r#"{"is":"ready"}"#), Some(Drawn::Ready));
        let shows = Drawn::Shows {
            room: 210,
            long: true,
        };
        let drawn = r#"{"is":"drawn","room":210,"long":true}"#;
        assert_eq!(Drawn::read(drawn), Some(shows));
        assert_eq!(Drawn::read(r#"{"is":"failed"}"#), Some(Drawn::Failed));
        assert_eq!(Drawn::read("hello"), None);
    }
}
