//! The fields of a trigger besides its conditions: what it says, when, and what
//! is to come of it. They are the form, read from it and written into it.

mod buttons;
mod card;
mod experiment;
mod field;
mod gaps;
mod greeting;
mod label;
mod languages;
mod lead;
mod outcome;
mod reply;
mod saying;
mod sender;
mod summary;
mod tags;
mod variant;
mod when;
mod wording;
mod words;

use leptos::prelude::*;

use super::builder;
use super::editor::state::Editor;
use crate::form_text::{self, Document};
use crate::keys;
use crate::texts::locale;

pub(super) use greeting::GreetingCard;
pub(super) use label::label_of;
pub(super) use outcome::OutcomeCard;
pub(super) use when::WhenCard;

/// The fields of one trigger.
#[derive(Clone, Copy)]
pub(super) struct Forms {
    editor: Editor,
    /// The form as it is typed, read once for all fields.
    document: Memo<Document>,
    /// Which cards are open.
    open: [RwSignal<bool>; 3],
    /// The language that was chosen to write in.
    chosen: RwSignal<String>,
    /// What was taken out last, as long as nothing else was changed.
    taken: RwSignal<Option<Taken>>,
}

/// A part of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Greeting,
    When,
    Outcome,
}

/// What was taken out, and can be brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Taken {
    part: Part,
    /// What it is called.
    what: String,
    before: String,
    after: String,
}

impl Forms {
    pub(super) fn new(editor: Editor) -> Self {
        Self {
            editor,
            document: Memo::new(move |_| editor.text.with(|text| Document::of(text))),
            open: [true, false, false].map(RwSignal::new),
            chosen: RwSignal::new(String::new()),
            taken: RwSignal::new(None),
        }
    }

    /// Whether a card is open.
    fn is_open(self, part: Part) -> RwSignal<bool> {
        let [greeting, when, outcome] = self.open;
        match part {
            Part::Greeting => greeting,
            Part::When => when,
            Part::Outcome => outcome,
        }
    }

    /// Something that is read from the form, and again when it changes.
    fn read<T: PartialEq + Send + Sync + 'static>(
        self,
        look: impl Fn(&Document) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.document.with(&look))
    }

    /// The text at a path.
    fn text_at(self, path: impl Into<String>) -> Memo<Option<String>> {
        let path = path.into();
        self.read(move |document| document.string(&path))
    }

    /// Changes the form as it is typed. What cannot be changed stays.
    fn change(self, change: impl FnOnce(&str) -> Option<String>) {
        let changed = self.editor.text.with_untracked(|text| change(text));
        if let Some(text) = changed {
            self.editor.typed(text);
        }
    }

    /// Puts a value at a path.
    fn set(self, path: &str, json: &str) {
        self.change(|text| form_text::set(text, path, json));
    }

    /// Puts a text at a path.
    fn put(self, path: &str, words: &str) {
        self.set(path, &form_text::quote(words));
    }

    /// Takes away what stands at a path.
    fn remove(self, path: &str) {
        self.change(|text| form_text::remove(text, path));
    }

    /// Changes the form so that it can be brought back.
    fn take_out(self, part: Part, what: String, change: impl FnOnce(&str) -> Option<String>) {
        let before = self.editor.text.get_untracked();
        self.change(change);
        let after = self.editor.text.get_untracked();
        if before != after {
            self.taken.set(Some(Taken {
                part,
                what,
                before,
                after,
            }));
            // What had the focus is gone with it.
            let id = part.id();
            request_animation_frame(move || {
                keys::focus(&format!("#{id}-body .fields-taken .link"));
            });
        }
    }

    /// What was taken out of a part last. Once anything else has changed, it can
    /// no longer be brought back by itself.
    fn taken_from(self, part: Part) -> Option<Taken> {
        self.taken.get().filter(|taken| {
            taken.part == part && self.editor.text.with(|text| *text == taken.after)
        })
    }

    /// The languages that something is written in.
    fn languages(self) -> Memo<Vec<String>> {
        self.read(wording::languages)
    }

    /// The language that is written in.
    fn language(self) -> Memo<String> {
        let all = self.languages();
        Memo::new(move |_| {
            let chosen = self.chosen.get();
            all.with(|all| {
                if all.contains(&chosen) {
                    return chosen;
                }
                wording::nearest(all, &locale())
                    .unwrap_or_else(|| wording::primary(&locale()).to_owned())
            })
        })
    }

    /// Leads to what a path of the form names: to the row of a condition, to a
    /// field, else to its place in the form.
    pub(super) fn lead(self, path: &str) {
        // Those who may only read have nothing to focus but the form.
        let may_write = untrack(|| self.editor.desk.may_write());
        let led = may_write && (builder::lead_to(path) || self.lead_to(path));
        if !led {
            self.editor.point_to(path);
        }
    }

    /// Opens the card of what a path of the form names, and puts the focus into
    /// its field. Says whether there is one.
    fn lead_to(self, path: &str) -> bool {
        let Some(control) = lead::control_of(path) else {
            return false;
        };
        let takes = |document: &Document| document.takes_fields(control.part.objects());
        if !self.document.with_untracked(takes) {
            return false;
        }
        self.is_open(control.part).set(true);
        if let Some(language) = control.language {
            self.chosen.set(language);
        }
        focus_after(control.path);
        true
    }
}

impl Part {
    /// The id of its title, and how those of the rest of its card begin.
    fn id(self) -> &'static str {
        match self {
            Self::Greeting => "fields-greeting",
            Self::When => "fields-when",
            Self::Outcome => "fields-outcome",
        }
    }

    /// What has to be an object, or not there, for its fields to be of use.
    fn objects(self) -> &'static [&'static str] {
        match self {
            Self::Greeting => &["greeting", "greeting.text", "greeting.reply"],
            Self::When => &["schedule", "limits"],
            Self::Outcome => &["goal", "experiment"],
        }
    }
}

/// Puts the focus into the field of a path once it is drawn.
fn focus_after(path: String) {
    request_animation_frame(move || {
        keys::focus(&format!("[data-path='{path}']"));
    });
}

/// The fields that the views below belong to.
pub(super) fn use_forms() -> Forms {
    expect_context()
}
