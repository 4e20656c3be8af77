//! What the editor of one trigger knows.

use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::TriggerId;
use saluda_protocol::TriggerSpec;
use saluda_protocol::studio::Mistake;

use super::super::requests::{Detail, Trouble};
use super::super::state::{Draft, DraftOf};
use super::template;
use crate::form_text;
use crate::state::Desk;

/// What the editor of one trigger knows. It is gone with its page; what was
/// typed stays in the desk's drafts.
#[derive(Clone, Copy)]
pub(in crate::triggers) struct Editor {
    pub(in crate::triggers) desk: Desk,
    /// Which trigger; none for a new one.
    pub(in crate::triggers) id: StoredValue<Option<TriggerId>>,
    /// The trigger as it is on the server.
    pub(super) known: RwSignal<Known>,
    /// The form as it is typed.
    pub(in crate::triggers) text: RwSignal<String>,
    /// The form as it was saved last, and the revision that it is.
    pub(super) saved: RwSignal<Saved>,
    /// What the server found wrong.
    pub(super) mistakes: RwSignal<Vec<Mistake>>,
    /// What someone else saved meanwhile.
    pub(super) theirs: RwSignal<Option<Detail>>,
    /// What was typed before something else took its place.
    pub(super) aside: RwSignal<Option<String>>,
    /// Whether something is on its way.
    pub(super) busy: RwSignal<bool>,
    /// Rises when there is something new to read about versions.
    pub(super) published: RwSignal<u32>,
    /// Where the form is typed.
    pub(super) field: NodeRef<Textarea>,
}

/// The trigger as it is on the server.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Known {
    Loading,
    Failed(Trouble),
    /// There is none yet.
    New,
    Saved(Box<Detail>),
}

/// The form as it was saved last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Saved {
    pub(super) text: String,
    pub(super) revision: Option<u64>,
}

impl Editor {
    pub(super) fn new(desk: Desk, id: Option<TriggerId>) -> Self {
        Self {
            desk,
            id: StoredValue::new(id),
            known: RwSignal::new(Known::Loading),
            text: RwSignal::new(String::new()),
            saved: RwSignal::new(Saved::default()),
            mistakes: RwSignal::new(Vec::new()),
            theirs: RwSignal::new(None),
            aside: RwSignal::new(None),
            busy: RwSignal::new(false),
            published: RwSignal::new(0),
            field: NodeRef::new(),
        }
    }

    /// Loads the trigger. What was typed before comes back.
    pub(super) fn load(self) {
        let Some(id) = self.id.get_value() else {
            let text = template::form();
            self.saved.set(Saved {
                text: text.clone(),
                revision: None,
            });
            let draft = self.draft();
            self.text.set(draft.map_or(text, |draft| draft.text));
            self.known.set(Known::New);
            return;
        };
        let Some(remote) = self.desk.remote() else {
            return;
        };
        self.known.set(Known::Loading);
        spawn_local(async move {
            let answer = remote.one(&id).await;
            if self.is_gone() {
                return;
            }
            match answer {
                Ok(detail) => self.begin(detail),
                Err(trouble) => {
                    self.desk.look_at(&trouble);
                    self.known.set(Known::Failed(trouble));
                }
            }
        });
    }

    /// Begins with a trigger that was loaded.
    fn begin(self, detail: Detail) {
        let text = detail.form.clone();
        let Some(draft) = self.draft() else {
            self.text.set(text.clone());
            self.keep(detail, text);
            return;
        };
        self.text.set(draft.text);
        if draft.revision == Some(detail.row.revision) {
            self.keep(detail, text);
        } else {
            // It was changed while what was typed lay here.
            self.keep(detail.clone(), text);
            self.saved.update(|saved| saved.revision = draft.revision);
            self.theirs.set(Some(detail));
        }
    }

    /// Keeps what the server has, and the text that says the same.
    pub(super) fn keep(self, detail: Detail, text: String) {
        self.saved.set(Saved {
            text,
            revision: Some(detail.row.revision),
        });
        if let Some(membership) = untrack(|| self.desk.membership()) {
            let row = detail.row.clone();
            self.desk.change_list(&membership.key, |list| list.put(row));
        }
        self.known.set(Known::Saved(Box::new(detail)));
        self.keep_draft();
    }

    /// What is typed has changed.
    pub(in crate::triggers) fn typed(self, text: String) {
        self.text.set(text);
        self.keep_draft();
    }

    /// Puts another text in the place of what is typed, which is kept.
    pub(super) fn replace(self, text: String) {
        let before = self.text.get_untracked();
        self.aside
            .set(self.is_unsaved_untracked().then_some(before));
        self.mistakes.set(Vec::new());
        self.typed(text);
    }

    /// Whether something was typed and not saved.
    pub(super) fn is_unsaved(self) -> bool {
        self.text
            .with(|text| self.saved.with(|saved| text.trim() != saved.text.trim()))
    }

    pub(super) fn is_unsaved_untracked(self) -> bool {
        untrack(|| self.is_unsaved())
    }

    /// The trigger as it is typed, if it can be read.
    pub(in crate::triggers) fn spec(self) -> Option<TriggerSpec> {
        self.text.with(|text| form_text::read(text))
    }

    /// Puts the caret where a path leads.
    pub(in crate::triggers) fn point_to(self, path: &str) {
        let range = self.text.with_untracked(|text| form_text::find(text, path));
        self.select(range.start, range.end);
    }

    /// Selects a part of the text, and lets it be seen.
    pub(super) fn select(self, from: usize, to: usize) {
        let Some(field) = self.field.get_untracked() else {
            return;
        };
        let text = self.text.get_untracked();
        // Browsers count in the units of UTF-16.
        let units = |at: usize| {
            let before = text.get(..at).unwrap_or(&text);
            u32::try_from(before.encode_utf16().count()).unwrap_or_default()
        };
        // Neither fails but for a field that is gone.
        let _ = field.focus();
        let _ = field.set_selection_range(units(from), units(to));
        let line = text.get(..from).unwrap_or(&text).matches('\n').count();
        let lines = text.matches('\n').count().max(1);
        let (line, lines) = (
            i32::try_from(line).unwrap_or_default(),
            i32::try_from(lines).unwrap_or(1),
        );
        let height = field.scroll_height();
        field.set_scroll_top(height / lines * line - field.client_height() / 3);
    }

    /// Whether the page is gone.
    pub(super) fn is_gone(self) -> bool {
        self.text.is_disposed()
    }

    fn draft_of(self) -> Option<DraftOf> {
        let site = untrack(|| self.desk.membership())?.key;
        Some((site, self.id.get_value()))
    }

    fn draft(self) -> Option<Draft> {
        let of = self.draft_of()?;
        let drafts = self.desk.studio.drafts;
        drafts.with_untracked(|drafts| drafts.get(&of).cloned())
    }

    /// Keeps what is typed, or forgets it once it is saved.
    fn keep_draft(self) {
        let Some(of) = self.draft_of() else { return };
        let unsaved = self.is_unsaved_untracked();
        let draft = Draft {
            text: self.text.get_untracked(),
            revision: self.saved.with_untracked(|saved| saved.revision),
        };
        self.desk.studio.drafts.update(|drafts| {
            if unsaved {
                drafts.insert(of, draft);
            } else {
                drafts.remove(&of);
            }
        });
    }
}

/// The editor that the views below belong to.
pub(in crate::triggers) fn use_editor() -> Editor {
    expect_context()
}
