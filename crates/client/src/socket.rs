//! A socket that comes back by itself.
//!
//! It connects, says when it is open, hands over each update, notices silence,
//! and tries again with growing pauses until it is dropped. What to say first
//! after each opening is the owner's business.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::{Rc, Weak};

use saluda_protocol::limits;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, Event, EventTarget, MessageEvent, WebSocket};

use crate::backoff;

/// What the socket has to tell.
#[derive(Debug)]
pub enum Signal<U> {
    /// It is open: say hello.
    Opened,
    /// The server said something.
    Update(U),
    /// It is closed and will try again by itself.
    Lost,
    /// The server does not want this client, and trying again is no use. Close
    /// codes from 4400 to 4499.
    Rejected(u16),
}

/// A connection to the server over frames `F` and updates `U`.
///
/// Dropping it closes the connection and takes every listener and timer away.
pub struct Socket<F, U> {
    inner: Rc<RefCell<Inner<U>>>,
    frames: PhantomData<F>,
}

struct Inner<U> {
    dial: Rc<dyn Fn() -> Result<WebSocket, JsValue>>,
    read: fn(&str) -> Option<U>,
    hear: Option<Box<dyn FnMut(Signal<U>)>>,
    current: Option<Connection>,
    attempt: u32,
    retry: Option<Timeout>,
    silence: Option<Timeout>,
    wakers: Vec<Listener>,
}

/// One attempt, from opening to closing.
struct Connection {
    socket: WebSocket,
    _listeners: [Listener; 3],
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The listeners go first, so a close that was wanted is not reported.
        let _ = self.socket.close();
    }
}

impl<F, U: DeserializeOwned + 'static> Socket<F, U> {
    /// Connects to `url` and keeps doing so. `hear` is called from the
    /// browser's event loop, never from within a call on this socket.
    pub fn connect(url: impl Into<String>, hear: impl FnMut(Signal<U>) + 'static) -> Self {
        let url = url.into();
        Self::connect_reading(
            move || WebSocket::new(&url),
            |text| serde_json::from_str(text).ok(),
            hear,
        )
    }
}

impl<F, U: 'static> Socket<F, U> {
    /// Like [`Socket::connect`], with a way of its own to a socket, and a reader
    /// of its own for updates: one that goes through the browser's `JSON.parse`
    /// is a third of the size.
    pub fn connect_reading(
        dial: impl Fn() -> Result<WebSocket, JsValue> + 'static,
        read: fn(&str) -> Option<U>,
        hear: impl FnMut(Signal<U>) + 'static,
    ) -> Self {
        let inner = Rc::new(RefCell::new(Inner {
            dial: Rc::new(dial),
            read,
            hear: Some(Box::new(hear)),
            current: None,
            attempt: 0,
            retry: None,
            silence: None,
            wakers: Vec::new(),
        }));
        let weak = Rc::downgrade(&inner);
        // A network that returns and a page that is looked at again are good
        // moments to try, whatever the pause.
        let wake = {
            let weak = weak.clone();
            move |_: Event| try_now(&weak)
        };
        if let Some(window) = web_sys::window() {
            let mut wakers = vec![Listener::new(&window, "online", wake.clone())];
            if let Some(document) = window.document() {
                wakers.push(Listener::new(&document, "visibilitychange", wake));
            }
            inner.borrow_mut().wakers = wakers;
        }
        inner.borrow_mut().retry = Some(Timeout::new(0, move || open(&weak)));
        Self {
            inner,
            frames: PhantomData,
        }
    }

    /// Hangs up, and dials anew if `again`: another way to the server is there,
    /// or the page was away. Nobody is told that the connection was lost.
    pub fn redial(&self, again: bool) {
        let weak = Rc::downgrade(&self.inner);
        let before = {
            let mut inner = self.inner.borrow_mut();
            inner.silence = None;
            inner.retry = again.then(|| Timeout::new(0, move || open(&weak)));
            inner.current.take()
        };
        drop(before);
    }

    /// Sends a frame. Returns whether the socket was open to take it; a frame
    /// that matters is sent again after the next [`Signal::Opened`].
    pub fn send(&self, frame: &F) -> bool
    where
        F: Serialize,
    {
        serde_json::to_string(frame).is_ok_and(|text| self.send_text(&text))
    }

    /// Like [`Socket::send`], for a frame that was written already.
    #[must_use]
    pub fn send_text(&self, text: &str) -> bool {
        let inner = self.inner.borrow();
        inner.current.as_ref().is_some_and(|connection| {
            connection.socket.ready_state() == WebSocket::OPEN
                && connection.socket.send_with_str(text).is_ok()
        })
    }
}

fn open<U: 'static>(weak: &Weak<RefCell<Inner<U>>>) {
    let Some(inner) = weak.upgrade() else { return };
    let dial = {
        let mut inner = inner.borrow_mut();
        inner.retry = None;
        Rc::clone(&inner.dial)
    };
    let Ok(socket) = dial() else {
        lose(weak);
        return;
    };
    let opened = {
        let weak = weak.clone();
        Listener::new(&socket, "open", move |_: Event| {
            listen_for_silence(&weak);
            tell(&weak, Signal::Opened);
        })
    };
    let heard = {
        let weak = weak.clone();
        Listener::new(&socket, "message", move |event: MessageEvent| {
            listen_for_silence(&weak);
            let Some(inner) = weak.upgrade() else { return };
            inner.borrow_mut().attempt = 0;
            let read = inner.borrow().read;
            drop(inner);
            // An update this client cannot read is from a newer server, whose
            // numbers will show what is missing.
            if let Some(text) = event.data().as_string()
                && let Some(update) = read(&text)
            {
                tell(&weak, Signal::Update(update));
            }
        })
    };
    let closed = {
        let weak = weak.clone();
        Listener::new(&socket, "close", move |event: CloseEvent| {
            if (4400..4500).contains(&event.code()) {
                if let Some(inner) = weak.upgrade() {
                    let mut inner = inner.borrow_mut();
                    inner.silence = None;
                    inner.retry = None;
                    inner.wakers.clear();
                }
                tell(&weak, Signal::Rejected(event.code()));
            } else {
                lose(&weak);
            }
        })
    };
    inner.borrow_mut().current = Some(Connection {
        socket,
        _listeners: [opened, heard, closed],
    });
}

/// Takes note that the connection is gone, and arranges the next attempt.
fn lose<U: 'static>(weak: &Weak<RefCell<Inner<U>>>) {
    let Some(inner) = weak.upgrade() else { return };
    let dead = {
        let mut inner = inner.borrow_mut();
        inner.silence = None;
        let pause = backoff::pause_ms(inner.attempt, js_sys::Math::random());
        inner.attempt = inner.attempt.saturating_add(1);
        let again = weak.clone();
        inner.retry = Some(Timeout::new(pause, move || open(&again)));
        inner.current.take()
    };
    drop(dead);
    tell(weak, Signal::Lost);
}

/// Tries at once if an attempt was waiting for its pause to end.
fn try_now<U: 'static>(weak: &Weak<RefCell<Inner<U>>>) {
    let Some(inner) = weak.upgrade() else { return };
    let visible = web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible);
    let waiting = inner.borrow_mut().retry.take();
    if waiting.is_some() && visible {
        inner.borrow_mut().attempt = 0;
        open(weak);
    } else {
        inner.borrow_mut().retry = waiting;
    }
}

fn listen_for_silence<U: 'static>(weak: &Weak<RefCell<Inner<U>>>) {
    let Some(inner) = weak.upgrade() else { return };
    let silent = weak.clone();
    let silence_ms = u32::try_from(limits::SILENCE_MS).unwrap_or(u32::MAX);
    let timeout = Timeout::new(silence_ms, move || lose(&silent));
    inner.borrow_mut().silence = Some(timeout);
}

/// Calls the owner without holding the state, so that it may send.
fn tell<U>(weak: &Weak<RefCell<Inner<U>>>, signal: Signal<U>) {
    let Some(inner) = weak.upgrade() else { return };
    let hear = inner.borrow_mut().hear.take();
    if let Some(mut hear) = hear {
        hear(signal);
        inner.borrow_mut().hear = Some(hear);
    }
}

/// A listener that goes away when dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    /// Listens on `target` for events of `kind`.
    pub fn new<E: JsCast>(
        target: &EventTarget,
        kind: &'static str,
        mut hear: impl FnMut(E) + 'static,
    ) -> Self {
        let callback = Closure::new(move |event: JsValue| hear(event.unchecked_into()));
        let _ = target.add_event_listener_with_callback(kind, callback.as_ref().unchecked_ref());
        Self {
            target: target.clone(),
            kind,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.kind, self.callback.as_ref().unchecked_ref());
    }
}

/// A timer that goes away when dropped.
pub struct Timeout {
    handle: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls `then` once, after this many milliseconds.
    pub fn new(delay_ms: u32, then: impl FnOnce() + 'static) -> Self {
        let callback = Closure::once(then);
        let delay = i32::try_from(delay_ms).unwrap_or(i32::MAX);
        let handle = web_sys::window()
            .and_then(|window| {
                window
                    .set_timeout_with_callback_and_timeout_and_arguments_0(
                        callback.as_ref().unchecked_ref(),
                        delay,
                    )
                    .ok()
            })
            .unwrap_or_default();
        Self {
            handle,
            _callback: callback,
        }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}
