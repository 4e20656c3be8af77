//! What the owner of a site chose, as this desk holds it.
//!
//! The truth is the form as text, the one that the server takes: each field of
//! the pages shows a value in it and writes it back, and what this desk does not
//! know of stays as it is.

use std::collections::HashMap;

use leptos::prelude::*;
use saluda_protocol::SiteKey;
use saluda_protocol::studio::Mistake;

use super::merge::merge;
use crate::form_text::{self, values};
use crate::triggers::requests::Trouble;

/// What is known of the settings, and what is being done with them. It lives as
/// long as the desk: a look elsewhere loses nothing that was typed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Of which site.
    pub(crate) site: RwSignal<Option<SiteKey>>,
    /// How far it is.
    pub(crate) stage: RwSignal<Stage>,
    /// The form as it is typed.
    pub(crate) text: RwSignal<String>,
    /// The form as it was saved last.
    pub(crate) saved: RwSignal<Saved>,
    /// What the server found wrong with it.
    pub(crate) mistakes: RwSignal<Vec<Mistake>>,
    /// What it found wrong with the hours while they were typed.
    pub(crate) hours_mistakes: RwSignal<Vec<Mistake>>,
    /// What someone else changed meanwhile in the same fields.
    pub(crate) clash: RwSignal<Option<Clash>>,
    /// What followed from saving.
    pub(crate) outcome: RwSignal<Outcome>,
    /// Whether it is being saved.
    pub(crate) busy: RwSignal<bool>,
    /// What was done, for whoever does not see it.
    pub(crate) told: RwSignal<String>,
    /// What was typed and not saved, of the sites that are not shown.
    drafts: RwSignal<HashMap<SiteKey, (String, Saved)>>,
}

/// How far the settings are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stage {
    /// On their way.
    Loading,
    /// They could not be had.
    Failed(Trouble),
    /// They are here.
    Loaded,
}

/// A form as the server has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Saved {
    pub(crate) text: String,
    pub(crate) revision: u64,
}

/// Two changed the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    /// The fields.
    pub(crate) fields: Vec<String>,
    /// The form with theirs in these.
    pub(crate) theirs: String,
}

/// What followed from saving.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Live triggers that lack something now: id, name and what.
    pub(crate) stopped: Vec<[String; 3]>,
    /// Live triggers whose dates are other instants now.
    pub(crate) moved: Vec<String>,
}

impl Settings {
    pub(crate) fn new() -> Self {
        Self {
            site: RwSignal::new(None),
            stage: RwSignal::new(Stage::Loading),
            text: RwSignal::new(String::new()),
            saved: RwSignal::new(Saved::default()),
            mistakes: RwSignal::new(Vec::new()),
            hours_mistakes: RwSignal::new(Vec::new()),
            clash: RwSignal::new(None),
            outcome: RwSignal::new(Outcome::default()),
            busy: RwSignal::new(false),
            told: RwSignal::new(String::new()),
            drafts: RwSignal::new(HashMap::new()),
        }
    }

    /// Whether something was typed and not saved.
    pub(crate) fn is_unsaved(self) -> bool {
        self.text
            .with(|text| self.saved.with(|saved| text.trim() != saved.text.trim()))
    }

    /// Whether anything would be lost with this page.
    pub(crate) fn has_unsaved(self) -> bool {
        untrack(|| self.is_unsaved()) || self.drafts.with_untracked(|drafts| !drafts.is_empty())
    }

    /// Turns to a site. What was typed for the one before waits there.
    pub(super) fn turn_to(self, site: &SiteKey) {
        let before = self.site.get_untracked();
        if before.as_ref() == Some(site) {
            return;
        }
        if let Some(before) = before
            && untrack(|| self.is_unsaved())
        {
            let draft = (self.text.get_untracked(), self.saved.get_untracked());
            self.drafts.update(|drafts| {
                drafts.insert(before, draft);
            });
        }
        let kept = self.drafts.try_update(|drafts| drafts.remove(site));
        let (text, saved) = kept.flatten().unwrap_or_default();
        self.site.set(Some(site.clone()));
        self.stage.set(Stage::Loading);
        self.text.set(text);
        self.saved.set(saved);
        self.mistakes.set(Vec::new());
        self.hours_mistakes.set(Vec::new());
        self.clash.set(None);
        self.outcome.set(Outcome::default());
    }

    /// Takes what the server has. What was typed stays.
    pub(super) fn take(self, theirs: Saved) {
        if self.has_own() {
            self.meet(theirs);
        } else {
            self.text.set(theirs.text.clone());
            self.saved.set(theirs);
        }
        self.stage.set(Stage::Loaded);
    }

    /// Brings what someone else saved together with what is typed. Says whether
    /// nothing is left to decide.
    pub(super) fn meet(self, theirs: Saved) -> bool {
        let saved = self.saved.get_untracked();
        if saved.revision == theirs.revision {
            return true;
        }
        let merged = self
            .text
            .with_untracked(|mine| merge(&saved.text, mine, &theirs.text));
        self.text.set(merged.mine);
        self.saved.set(theirs);
        self.mistakes.set(Vec::new());
        let agreed = merged.clashes.is_empty();
        self.clash.set((!agreed).then_some(Clash {
            fields: merged.clashes,
            theirs: merged.theirs,
        }));
        agreed
    }

    /// Puts a value in its place in the form.
    pub(crate) fn put(self, path: &str, json: &str) {
        let changed = self
            .text
            .with_untracked(|text| form_text::replace(text, path, json));
        let Some(changed) = changed else { return };
        self.text.set(changed);
        // Whether it is right now, the server will say.
        self.mistakes
            .update(|mistakes| mistakes.retain(|one| !touches(&one.path, path)));
        self.outcome.set(Outcome::default());
    }

    /// The value at a path, as it is written.
    pub(crate) fn raw(self, path: &str) -> Option<String> {
        self.text
            .with(|text| values::at(text, path).map(str::to_owned))
    }

    /// Goes back to what was saved.
    pub(crate) fn discard(self) {
        self.text
            .set(self.saved.with_untracked(|saved| saved.text.clone()));
        self.mistakes.set(Vec::new());
        self.clash.set(None);
    }

    /// What is wrong with a field, or with what is in it.
    pub(crate) fn wrong_with(self, path: &str) -> Vec<Mistake> {
        let within = |one: &&Mistake| is_within(&one.path, path);
        let pick = |all: &Vec<Mistake>| all.iter().filter(within).cloned().collect::<Vec<_>>();
        let mut wrong = self.mistakes.with(pick);
        for one in self.hours_mistakes.with(pick) {
            if wrong.iter().all(|known| known.path != one.path) {
                wrong.push(one);
            }
        }
        wrong
    }

    fn has_own(self) -> bool {
        let loaded = self.saved.with_untracked(|saved| !saved.text.is_empty());
        loaded && untrack(|| self.is_unsaved())
    }
}

/// Whether a path is another or leads into it.
pub(crate) fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn touches(path: &str, changed: &str) -> bool {
    is_within(path, changed) || is_within(changed, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_that_of_its_field_and_of_those_around_it() {
        assert!(is_within("hours.weekly.mon[0]", "hours"));
        assert!(is_within("hours.weekly.mon[0]", "hours.weekly.mon[0]"));
        assert!(!is_within("hours.weekly.mon[10]", "hours.weekly.mon[1]"));
        assert!(!is_within("origins[0]", "origin"));
        assert!(touches("hours", "hours.zone") && touches("hours.zone", "hours"));
    }
}
