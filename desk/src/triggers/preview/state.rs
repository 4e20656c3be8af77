//! What the preview knows, and how it keeps the frame told.

use leptos::html::Iframe;
use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_client::socket::Timeout;
use saluda_protocol::SiteKey;

use super::super::editor::state::Editor;
use super::super::requests::Trouble;
use super::super::requests::look::Site;
use super::frame::{self, Drawn};
use super::scene::{self, Choices, Look, Wish};
use crate::form_text;

/// Whoever types quickly sees the word, not each letter.
const TYPING_MS: u32 = 120;
/// Room above the bubble, and the least and the most of the frame that is seen.
const ABOVE: u32 = 20;
const LEAST: u32 = 200;
const MOST: u32 = 480;

/// What the preview knows.
#[derive(Clone, Copy)]
pub(super) struct Previewed {
    editor: Editor,
    site: RwSignal<Option<Result<Site, Trouble>>>,
    pub(super) wish: RwSignal<Wish>,
    /// What can be chosen in the form; nothing while it is no JSON.
    pub(super) choices: Memo<Option<Choices>>,
    pub(super) frame: NodeRef<Iframe>,
    pub(super) drawn: RwSignal<Drawn>,
    /// Rises when the frame is to be made anew.
    pub(super) attempt: RwSignal<u32>,
}

impl Previewed {
    pub(super) fn new(editor: Editor) -> Self {
        let form = editor.text;
        let this = Self {
            editor,
            site: RwSignal::new(None),
            wish: RwSignal::new(Wish {
                look: Look::Bubble,
                dark: false,
                phone: false,
                rtl: false,
                language: None,
                variant: None,
                turn: 0,
            }),
            choices: Memo::new(move |_| form.with(|form| scene::choices(form))),
            frame: NodeRef::new(),
            drawn: RwSignal::new(Drawn::Loading),
            attempt: RwSignal::new(0),
        };
        let key: Memo<Option<SiteKey>> = Memo::new(move |_| Some(editor.desk.membership()?.key));
        Effect::new(move |_| {
            if key.get().is_some() {
                this.load();
            }
        });
        frame::hear(this.frame, this.drawn);
        this.keep_told();
        this
    }

    fn load(self) {
        let Some(remote) = self.editor.desk.remote() else {
            return;
        };
        spawn_local(async move {
            let answer = remote.site().await;
            if !self.site.is_disposed() {
                self.site.set(Some(answer));
            }
        });
    }

    /// Begins anew after something could not be had.
    pub(super) fn try_again(self) {
        self.drawn.set(Drawn::Loading);
        self.site.set(None);
        self.attempt.update(|count| *count += 1);
        self.load();
    }

    /// Tells the frame whatever there is to show.
    fn keep_told(self) {
        let listens = Memo::new(move |_| self.drawn.get() != Drawn::Loading);
        let form = self.editor.text;
        let scene = Memo::new(move |_| {
            let site = self.site.get().and_then(Result::ok)?;
            form.with(|form| self.wish.with(|wish| scene::scene(form, &site, wish)))
        });
        let soon = StoredValue::new_local(None::<Timeout>);
        Effect::new(move |before: Option<bool>| {
            let Some(scene) = scene.get().filter(|_| listens.get()) else {
                return false;
            };
            let tell = move || frame::tell(self.frame, &scene);
            // The first is seen at once.
            if before == Some(true) {
                soon.set_value(Some(Timeout::new(TYPING_MS, tell)));
            } else {
                tell();
            }
            true
        });
    }

    /// Whether it cannot be shown.
    pub(super) fn failed(self) -> bool {
        self.site.with(|site| matches!(site, Some(Err(_)))) || self.drawn.get() == Drawn::Failed
    }

    /// How high the part of the frame is that is seen; nothing if the sheet says
    /// so.
    pub(super) fn room(self) -> Option<u32> {
        match (self.wish.with(|wish| wish.look), self.drawn.get()) {
            (Look::Bubble, Drawn::Shows { room, .. }) if room > 0 => {
                Some((room + ABOVE).clamp(LEAST, MOST))
            }
            (Look::Bubble, _) => Some(LEAST + ABOVE),
            (Look::Chat | Look::Answered, _) => None,
        }
    }

    /// Whether the launcher is at the frame's left.
    pub(super) fn is_left(self) -> bool {
        let corner = self.site.with(|site| {
            let site = site.as_ref()?.as_ref().ok()?;
            form_text::words(&site.config, "look.corner")
        });
        (corner.as_deref() == Some("start")) != self.wish.with(|wish| wish.rtl)
    }
}
