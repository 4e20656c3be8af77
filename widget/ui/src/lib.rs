//! What a visitor sees: launcher, panel, conversation.
//!
//! This module is fetched when it is needed and not before. It is the only
//! owner of the socket; what must outlive the page it hands to the other
//! module's memory.

#![deny(clippy::unwrap_used, clippy::expect_used)]

mod apart;
mod attach;
mod built;
mod chat;
mod choices;
mod composer;
mod controls;
mod draw;
mod fields;
mod greeting;
mod header;
mod icons;
mod identity;
mod launcher;
mod lines;
mod link;
mod live;
mod log;
mod message;
mod notice;
mod panel;
mod panic;
mod place;
mod remote;
mod road;
mod scroll;
mod shown;
mod talk;
mod texts;
mod told;
mod tools;
mod widget;
pub mod wire;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The standard library's own heap is three times as much code.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static HEAP: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

pub use link::{Link, Memory};
pub use remote::Remote;
use texts::Texts;

/// Takes the place of the plain launcher and puts `chat` on the loader's
/// `link`.
///
/// # Errors
///
/// When the site's config or the sentences cannot be read, with the reason. The
/// loader then leaves a plain link in the page.
#[wasm_bindgen]
pub async fn start(link: Link) -> Result<(), JsValue> {
    panic::report_to(link.clone());
    let site = wire::site(link.config()).ok_or("the site's config cannot be read")?;
    let sentences = JsFuture::from(link.texts()).await?;
    let texts = Texts::new(sentences, &link.words(), &link.locale());
    Remote::mount(&link, site, texts)?;
    Ok(())
}
