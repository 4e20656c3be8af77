//! Who the visitor is, by the page's word.

use js_sys::{Function, Object, Reflect};
use saluda_protocol::{ErrorBody, ErrorCode, VisitorFrame, VisitorUpdate};
use wasm_bindgen::JsValue;

use crate::{chat::Chat, wire};

/// A token that the server has not answered, and whom to tell.
pub(crate) struct Identifying {
    token: String,
    done: Function,
}

impl Identifying {
    /// What is said of it.
    pub(crate) fn frame(&self) -> VisitorFrame {
        VisitorFrame::Identify {
            token: self.token.clone(),
        }
    }

    /// Tells how it ended.
    pub(crate) fn end(self, refused: Option<&ErrorBody>) {
        let detail = refused.map_or(JsValue::UNDEFINED, |error| {
            let detail = Object::new();
            for (key, value) in [
                ("code", wire::code(error.code)),
                ("message", error.message.as_str()),
            ] {
                let _ = Reflect::set(&detail, &key.into(), &value.into());
            }
            detail.into()
        });
        let _ = self.done.call1(&JsValue::NULL, &detail);
    }
}

impl Chat {
    /// Says who the visitor is, with a token of the owner's; at once, or with
    /// the next welcome.
    pub(crate) fn identify(self, token: String, done: Function) {
        let Some(core) = self.core() else { return };
        let identifying = Identifying { token, done };
        if core.talk.borrow().welcomed() {
            core.road.send(&identifying.frame());
        }
        // One that was not answered is overtaken.
        core.road.identifying.replace(Some(identifying));
        self.connect();
    }

    /// What the server says may be about the token. The welcome that answers it
    /// follows another, and brings what this browser is to remember.
    pub(crate) fn hear_identity(self, update: &VisitorUpdate) {
        let Some(core) = self.core() else { return };
        let mut identifying = core.road.identifying.borrow_mut();
        match update {
            // Whoever waits for it goes on when all of the welcome was taken in.
            VisitorUpdate::Welcome { .. } if core.talk.borrow().welcomed() => {
                if let Some(identified) = identifying.take() {
                    identified.end(None);
                }
            }
            VisitorUpdate::Welcome { .. } => {
                if let Some(waiting) = &*identifying {
                    core.road.send(&waiting.frame());
                }
            }
            VisitorUpdate::Refused { id: None, error } if is_about_identity(error.code) => {
                if let Some(refused) = identifying.take() {
                    refused.end(Some(error));
                }
            }
            _ => {}
        }
    }

    /// Takes up what the page claims of its visitor. It is said with what they
    /// say themselves, and not before.
    pub(crate) fn claim(self) {
        let Some(core) = self.core() else { return };
        let claims = core.link.claims();
        if let Some(claims) = claims.and_then(|text| wire::kept_contact(&text)) {
            let effects = core.talk.borrow_mut().claim(claims);
            self.run(effects);
        }
    }

    /// Opens the panel without a word to anyone: it was open before.
    pub(crate) fn reopen(self) {
        self.show(|shown| shown.open = true);
        self.refresh();
    }
}

fn is_about_identity(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::IdentityInvalid | ErrorCode::IdentityExpired | ErrorCode::IdentityUsed
    )
}
