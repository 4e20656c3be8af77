//! Another form than the one that was filled in: it is loaded and shown, with
//! what was typed.

use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

use super::form::FormState;
use crate::{chat::Chat, wire};

/// Loads the form that the site has now. Without a connection the one that is
/// there stays, and what was typed too.
pub(crate) fn renew(chat: Chat) {
    let Some(core) = chat.core() else { return };
    core.form_state.set(FormState::Renewed);
    let link = core.link.clone();
    spawn_local(async move {
        let address = [&link.origin(), "/api/sites/", &link.site(), "/config"].concat();
        let Some(config) = load(&address).await else {
            return;
        };
        let form = JsValue::from_str("form");
        let new = Reflect::get(&config, &form).unwrap_or_default();
        let _ = Reflect::set(&link.config(), &form, &new);
        chat.ask_for(wire::fields(link.config()));
    });
}

async fn load(address: &str) -> Option<JsValue> {
    let window = web_sys::window()?;
    let answer = JsFuture::from(window.fetch_with_str(address)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let config = answer.ok().then(|| answer.json().ok()).flatten()?;
    JsFuture::from(config).await.ok()
}
