//! What the loader can make the chat do: `link.chat`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use leptos::prelude::set_timeout;
use saluda_client::socket::Listener;
use wasm_bindgen::{JsCast as _, prelude::*};
use web_sys::{CssStyleSheet, HtmlElement, ShadowRoot};

use crate::{Link, chat::Chat, texts::Texts, widget, wire::Site};

/// Every component's sheet, joined; the owner's colours are set on the element
/// that holds everything.
const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));

/// Takes everything away; empty once it was.
type Unmount = Rc<RefCell<Option<Box<dyn FnOnce()>>>>;

/// The chat, for the page to command.
#[wasm_bindgen]
pub struct Remote {
    chat: Chat,
    unmount: Unmount,
}

#[wasm_bindgen]
impl Remote {
    /// Opens the panel.
    pub fn open(&self) {
        self.chat.open();
    }

    /// Closes the panel.
    pub fn close(&self) {
        self.chat.close();
    }

    /// Does what the launcher does.
    pub fn toggle(&self) {
        self.chat.toggle();
    }

    /// Shows a greeting above the launcher.
    pub fn greet(&self, greeting: JsValue) {
        self.chat.greet(greeting);
    }

    /// Another page of a single-page app begins.
    pub fn moved(&self) {
        self.chat.moved();
    }

    /// Opens the panel again that was open in another language.
    pub fn reopen(&self) {
        self.chat.reopen();
    }

    /// Says who the visitor is, with a token of the owner's. `done` is called
    /// with nothing, or with why they are not.
    pub fn identify(&self, token: String, done: Function) {
        self.chat.identify(token, done);
    }

    /// Takes up what the page claims of its visitor.
    pub fn claim(&self) {
        self.chat.claim();
    }

    /// Hangs up, and dials anew if `again`.
    pub fn redial(&self, again: bool) {
        self.chat.redial(again);
    }

    /// Takes everything away that this module added to the page.
    pub fn destroy(&self) {
        destroy(&self.unmount);
    }
}

/// Adds a sheet to ours.
pub(crate) fn dress(root: &ShadowRoot, style: &str) -> Result<(), JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(style)?;
    root.adopted_style_sheets().push(&sheet);
    Ok(())
}

fn destroy(unmount: &Unmount) {
    let unmount = unmount.take();
    if let Some(unmount) = unmount {
        unmount();
    }
}

impl Remote {
    /// Adds the widget to the loader's shadow root and gives the loader its
    /// remote.
    pub(crate) fn mount(link: &Link, site: Site, texts: Texts) -> Result<(), JsValue> {
        let root = link.root();
        let document = root.owner_document().ok_or("no document")?;
        dress(&root, STYLE)?;

        // Not the root itself: views that change are mounted into an element.
        let home: HtmlElement = document.create_element("div")?.unchecked_into();
        // Before the plain launcher, which stays on top until it goes.
        root.insert_before(&home, root.first_child().as_ref())?;
        let made = Rc::new(Cell::new(None));
        let handle = leptos::mount::mount_to(home.clone(), {
            let (link, made) = (link.clone(), made.clone());
            move || {
                let chat = Chat::new(link, site, texts);
                made.set(Some(chat));
                widget::widget(chat)
            }
        });
        let chat = made.get().ok_or("nothing was mounted")?;
        let plain = retire(&link.launcher(), chat);
        let unmount: Unmount = Rc::new(RefCell::new(Some(Box::new(move || {
            chat.settle();
            drop((handle, plain));
            home.remove();
        }))));
        let bye = Closure::once_into_js({
            let unmount = unmount.clone();
            move || destroy(&unmount)
        });
        link.bye().push(&bye);
        chat.begin();
        link.set_chat(Self { chat, unmount });
        Ok(())
    }
}

/// Takes the plain launcher away now that ours is there, at the same place.
/// While it is pressed it stays: the press would come to nothing.
fn retire(plain: &HtmlElement, chat: Chat) -> Option<[Listener; 2]> {
    if !plain.matches(":active").unwrap_or(false) {
        chat.take_over(plain);
        return None;
    }
    let window = web_sys::window()?;
    Some(["pointerup", "keyup"].map(|kind| {
        let plain = plain.clone();
        Listener::new(&window, kind, move |_: JsValue| {
            let plain = plain.clone();
            // The click follows the release.
            set_timeout(move || chat.take_over(&plain), std::time::Duration::ZERO);
        })
    }))
}
