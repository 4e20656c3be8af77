//! The lines of the log: each stays the same element while what it says changes,
//! so that nothing is drawn or read out twice.
//!
//! The list is kept by hand. Ours grows at its ends and hardly ever changes its
//! order, and a list for every purpose would be a tenth of this module.

use std::cell::RefCell;
use std::collections::VecDeque;

use leptos::{prelude::*, tachys::view::any_view::AnyViewState};
use saluda_client::Row;
use web_sys::Element;

use crate::{chat::Chat, message::line};

/// The lines on the screen.
pub(crate) struct Lines {
    /// What the lines' own owners live under.
    owner: Option<Owner>,
    shown: RefCell<VecDeque<Line>>,
}

struct Line {
    key: String,
    row: RwSignal<Row>,
    view: AnyViewState,
    owner: Owner,
}

impl Lines {
    /// No lines yet.
    pub(crate) fn new() -> Self {
        Self {
            owner: Owner::current(),
            shown: RefCell::default(),
        }
    }

    /// Shows these rows: carries over what is on the screen already, adds what
    /// is new, takes away what is gone.
    pub(crate) fn show(&self, chat: Chat, rows: Vec<Row>) {
        let (Some(home), Some(owner)) = (chat.element::<Element>("lines"), &self.owner) else {
            return;
        };
        let keys: Vec<String> = rows.iter().map(Row::key).collect();
        let mut before = self.shown.take();
        let mut after = VecDeque::with_capacity(rows.len());
        for (index, row) in rows.into_iter().enumerate() {
            let (Some(key), Some(later)) = (keys.get(index), keys.get(index..)) else {
                break;
            };
            // What is gone must go first: the others keep their places then.
            while before
                .front()
                .is_some_and(|next| !later.contains(&next.key))
            {
                before.pop_front().into_iter().for_each(Line::remove);
            }
            let place = before.iter().position(|line| line.key == *key);
            let mut line = match place.and_then(|place| before.remove(place)) {
                Some(line) => line.show(row),
                None => owner.with(|| Line::new(chat, key.clone(), row)),
            };
            if place != Some(0) {
                match before.front() {
                    Some(next) => {
                        next.view.insert_before_this(&mut line.view);
                    }
                    None => line.view.mount(&home, None),
                }
            }
            after.push_back(line);
        }
        before.into_iter().for_each(Line::remove);
        self.shown.replace(after);
    }
}

impl Line {
    fn new(chat: Chat, key: String, row: Row) -> Self {
        let owner = Owner::new();
        let (row, view) = owner.with(|| {
            let row = RwSignal::new(row);
            (row, line(chat, row).build())
        });
        Self {
            key,
            row,
            view,
            owner,
        }
    }

    fn show(self, row: Row) -> Self {
        if self.row.with_untracked(|shown| *shown != row) {
            self.row.set(row);
        }
        self
    }

    fn remove(mut self) {
        self.view.unmount();
        self.owner.cleanup();
    }
}
