//! Waits for the first page that asks for the widget.
//!
//! The server tells nobody when that happens, so it is asked: now and then while
//! someone can see the answer, seldom once that takes long, and no more when it
//! has come.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_client::socket::{Listener, Timeout};
use web_sys::{Event, VisibilityState};

use super::super::remote::Embed;
use crate::state::Desk;
use crate::triggers::requests::Trouble;

/// How often it is asked at first, and how often later.
const SOON_MS: u32 = 4_000;
const LATER_MS: u32 = 20_000;
/// After so many times, later.
const SOON_TIMES: u32 = 75;

/// What is known of how pages come by the widget.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    desk: Desk,
    pub(super) embed: RwSignal<Option<Embed>>,
    pub(super) failed: RwSignal<Option<Trouble>>,
    times: StoredValue<u32>,
    busy: StoredValue<bool>,
    next: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Watch {
    pub(super) fn new(desk: Desk) -> Self {
        Self {
            desk,
            embed: RwSignal::new(None),
            failed: RwSignal::new(None),
            times: StoredValue::new(0),
            busy: StoredValue::new(false),
            next: StoredValue::new_local(None),
        }
    }

    /// Asks, and again when someone looks, until the page is left.
    pub(super) fn begin(self) {
        self.ask();
        let look = move |_: Event| {
            if is_visible() && !self.is_connected() {
                self.times.set_value(0);
                self.ask();
            }
        };
        StoredValue::new_local([
            Listener::new(&document(), "visibilitychange", look),
            Listener::new(&window(), "focus", look),
        ]);
    }

    /// Asks now.
    pub(super) fn ask(self) {
        let Some(remote) = self.desk.remote() else {
            return;
        };
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        self.failed.set(None);
        spawn_local(async move {
            let answer = remote.embed().await;
            if self.embed.is_disposed() {
                return;
            }
            self.busy.set_value(false);
            match answer {
                Ok(embed) => self.embed.set(Some(embed)),
                Err(trouble) => {
                    self.desk.look_at(&trouble);
                    self.failed.set(Some(trouble));
                }
            }
            self.wait();
        });
    }

    /// Whether any page was seen.
    pub(super) fn is_connected(self) -> bool {
        self.embed.with_untracked(|embed| {
            let connected = embed.iter().flat_map(|embed| &embed.connected);
            connected.into_iter().any(|one| one.last_at.is_some())
        })
    }

    /// Asks again after a while, if there is something to wait for.
    fn wait(self) {
        if self.is_connected() || !is_visible() {
            return;
        }
        let times = self.times.get_value();
        self.times.set_value(times.saturating_add(1));
        let delay = if times < SOON_TIMES {
            SOON_MS
        } else {
            LATER_MS
        };
        self.next.set_value(Some(Timeout::new(delay, move || {
            // It is dropped with the page; what runs all the same asks nothing.
            if !self.embed.is_disposed() && is_visible() {
                self.ask();
            }
        })));
    }
}

fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}
