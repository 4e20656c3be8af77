//! The lines of the log: each stays the same element while what it says changes,
//! so that nothing is drawn or read out twice.
//!
//! The list is kept by hand. Ours grows at its ends and hardly ever changes its
//! order, and a list for every purpose would be a tenth of this module.

use std::cell::RefCell;
use std::collections::VecDeque;

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use saluda_client::{Key, Row, Standing};
use web_sys::Element;

use crate::{built::Built, chat::Chat, message::line};

/// The lines on the screen.
pub(crate) struct Lines {
    /// What the lines' own owners live under. It holds what holds this, so
    /// this must not hold it.
    owner: Option<WeakOwner>,
    shown: RefCell<VecDeque<Line>>,
}

struct Line {
    key: Key,
    standing: RwSignal<Option<Standing>>,
    view: Mounted,
}

/// A view that is in the page until it is removed.
pub(crate) struct Mounted {
    view: Built,
    owner: Owner,
}

impl Mounted {
    /// Takes it off the page.
    pub(crate) fn remove(mut self) {
        self.view.unmount();
        self.owner.cleanup();
    }
}

impl Lines {
    /// No lines yet.
    pub(crate) fn new() -> Self {
        Self {
            owner: Owner::current().map(|owner| owner.downgrade()),
            shown: RefCell::default(),
        }
    }

    /// Mounts a view that is none of the lines, at the end of its home.
    pub(crate) fn mount(&self, home: &Element, view: impl FnOnce() -> Built) -> Mounted {
        let (mut mounted, ()) = self.build(|| (view(), ()));
        mounted.view.mount(home, None);
        mounted
    }

    /// Shows these rows: carries over what is on the screen already, adds what
    /// is new, takes away what is gone.
    pub(crate) fn show(&self, chat: Chat, rows: &[Row<'_>]) {
        let Some(home) = chat.element::<Element>("lines") else {
            return;
        };
        let keys: Vec<Key> = rows.iter().map(Row::key).collect();
        let mut before = self.shown.take();
        let mut after = VecDeque::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let key = row.key();
            let later = keys.get(index..).unwrap_or_default();
            // What is gone must go first: the others keep their places then.
            while before
                .front()
                .is_some_and(|next| !later.contains(&next.key))
            {
                before.pop_front().into_iter().for_each(Line::remove);
            }
            let place = before.iter().position(|line| line.key == key);
            let mut line = match place.and_then(|place| before.remove(place)) {
                Some(line) => line.show(row),
                None => self.line(chat, key, row),
            };
            if place != Some(0) {
                match before.front() {
                    Some(next) => {
                        next.view.view.insert_before_this(&mut *line.view.view);
                    }
                    None => line.view.view.mount(&home, None),
                }
            }
            after.push_back(line);
        }
        before.into_iter().for_each(Line::remove);
        self.shown.replace(after);
    }

    fn line(&self, chat: Chat, key: Key, row: &Row<'_>) -> Line {
        let (view, standing) = self.build(|| {
            let standing = RwSignal::new(standing(row).cloned());
            (line(chat, row, standing), standing)
        });
        Line {
            key,
            standing,
            view,
        }
    }

    /// Builds a view, and what belongs to it, under an owner of their own.
    fn build<T>(&self, make: impl FnOnce() -> (Built, T)) -> (Mounted, T) {
        let new = || {
            let owner = Owner::new();
            let (view, with) = owner.with(make);
            (Mounted { view, owner }, with)
        };
        match self.owner.as_ref().and_then(WeakOwner::upgrade) {
            Some(owner) => owner.with(new),
            None => new(),
        }
    }
}

impl Line {
    fn show(self, row: &Row<'_>) -> Self {
        let now = standing(row);
        if self.standing.with_untracked(|shown| shown.as_ref() != now) {
            self.standing.set(now.cloned());
        }
        self
    }

    fn remove(self) {
        self.view.remove();
    }
}

fn standing<'a>(row: &'a Row<'_>) -> Option<&'a Standing> {
    match row {
        Row::Message { standing, .. } => Some(standing),
        _ => None,
    }
}
