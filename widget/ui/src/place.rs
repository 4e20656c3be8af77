//! Where the visitor is, and what their browser says of itself.

use js_sys::{Array, Intl, Object, Reflect};
use saluda_protocol::{limits, visitor::Place};
use wasm_bindgen::JsValue;

use crate::Link;

/// Whether the browser asks not to be followed: Global Privacy Control.
pub(crate) fn is_private() -> bool {
    let navigator = web_sys::window().map(|window| window.navigator());
    navigator
        .and_then(|it| Reflect::get(&it, &JsValue::from_str("globalPrivacyControl")).ok())
        .is_some_and(|asks| asks.is_truthy())
}

/// Reads the page. Who asks not to be followed tells only the page they write
/// from.
pub(crate) fn place(link: &Link) -> Place {
    let visits = link.memory().visits();
    let private = is_private();
    let window = web_sys::window();
    let document = window.as_ref().and_then(web_sys::Window::document);
    let url = window
        .as_ref()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    let language = window.and_then(|window| window.navigator().language());
    // Ours may stand in its place.
    let title = link
        .title()
        .or_else(|| document.as_ref().map(web_sys::Document::title))
        .unwrap_or_default();
    Place {
        url: short(without_fragment(&url), limits::PAGE_TEXT_CHARS),
        title: short(&title, limits::PAGE_TEXT_CHARS),
        referrer: document
            .filter(|_| !private)
            .map(|document| short(&document.referrer(), limits::PAGE_TEXT_CHARS))
            .unwrap_or_default(),
        language: short(&language.unwrap_or_default(), limits::LOCALE_CHARS),
        timezone: short(&timezone(), limits::LOCALE_CHARS),
        visits: if private { 0 } else { visits },
    }
}

/// The fragment never leaves the page: some keep secrets in it.
fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or_default()
}

fn short(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

fn timezone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fragment_stays_in_the_page() {
        assert_eq!(
            without_fragment("https://a.example/b?c=1#token=secret"),
            "https://a.example/b?c=1"
        );
        assert_eq!(without_fragment(""), "");
    }

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        assert_eq!(short("ééé", 2), "éé");
    }
}
