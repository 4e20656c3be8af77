//! Asks the server what hours mean while they are typed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_client::socket::Timeout;

use super::seen::Seen;
use crate::state::Desk;
use crate::triggers::requests::Trouble;

/// Who types pauses for longer than this before they look.
const PAUSE_MS: u32 = 250;

/// What the hours mean as they are typed.
#[derive(Clone, Copy)]
pub(super) struct LookAhead {
    desk: Desk,
    raw: Memo<String>,
    /// What was seen last.
    pub(super) seen: RwSignal<Option<Seen>>,
    /// Whether that is behind what is typed.
    pub(super) behind: RwSignal<bool>,
    pub(super) failed: RwSignal<Option<Trouble>>,
    next: StoredValue<Option<Timeout>, LocalStorage>,
    asked: StoredValue<u32>,
}

impl LookAhead {
    pub(super) fn new(desk: Desk, raw: Memo<String>) -> Self {
        Self {
            desk,
            raw,
            seen: RwSignal::new(None),
            behind: RwSignal::new(false),
            failed: RwSignal::new(None),
            next: StoredValue::new_local(None),
            asked: StoredValue::new(0),
        }
    }

    /// Looks again when something else is typed, and when the site opens or
    /// closes.
    pub(super) fn follow(self) {
        let turned = Memo::new(move |_| {
            let now = self.desk.minute.get().0;
            let turns_at = self
                .seen
                .with(|seen| seen.as_ref().and_then(Seen::turns_at));
            turns_at.is_some_and(|turns_at| turns_at <= now)
        });
        Effect::new(move |first: Option<()>| {
            turned.track();
            self.raw.track();
            if first.is_none() {
                self.ask();
                return;
            }
            self.behind.set(true);
            self.next.set_value(Some(Timeout::new(PAUSE_MS, move || {
                if !self.seen.is_disposed() {
                    self.ask();
                }
            })));
        });
    }

    /// Asks now. Of several answers, the one to what was asked last counts.
    pub(super) fn ask(self) {
        let raw = self.raw.get_untracked();
        self.asked.update_value(|asked| *asked += 1);
        let Some(remote) = self.desk.remote().filter(|_| raw != "null") else {
            self.desk.settings.hours_mistakes.set(Vec::new());
            return;
        };
        let number = self.asked.get_value();
        self.behind.set(true);
        spawn_local(async move {
            let answer = remote.preview(&raw).await;
            if self.seen.is_disposed() || self.asked.get_value() != number {
                return;
            }
            let mut mistakes = Vec::new();
            self.failed.set(None);
            match answer {
                Ok(body) => {
                    self.behind.set(false);
                    self.seen.set(Seen::read(&body));
                }
                Err(Trouble::Mistakes(found)) => mistakes = found,
                Err(trouble) => {
                    self.desk.look_at(&trouble);
                    self.failed.set(Some(trouble));
                }
            }
            self.desk.settings.hours_mistakes.set(mistakes);
        });
    }
}
