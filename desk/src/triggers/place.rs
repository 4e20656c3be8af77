//! Puts a trigger in another place of the order: shown at once, and then sent.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::TriggerId;
use saluda_protocol::studio::{Placed, TriggerOrder, TriggerRow};

use super::lists::{List, Lists, Stage};
use super::priority::{Beside, Step, beside, compare, moved, ranked};
use super::requests::{Remote, Trouble};
use crate::keys;
use crate::state::Desk;
use crate::texts::{text, text_with};

impl List {
    /// Shows triggers in this order. The priorities that bring it about are the
    /// server's to choose.
    fn foresee_order(&mut self, order: &[TriggerId]) {
        self.generation += 1;
        let Stage::Loaded(rows) = &mut self.stage else {
            return;
        };
        for row in rows {
            let rank = order.iter().position(|id| *id == row.id);
            let rank = rank.and_then(|rank| i32::try_from(rank).ok());
            row.priority = rank.map_or(row.priority, |rank| -rank);
        }
    }

    /// Takes the order as the server keeps it.
    fn ordered(&mut self, answer: TriggerOrder) {
        self.generation += 1;
        let Stage::Loaded(rows) = &mut self.stage else {
            return;
        };
        for placed in answer.order {
            if let Some(row) = rows.iter_mut().find(|row| row.id == placed.id) {
                row.priority = placed.priority;
                row.status = placed.status;
                row.version = placed.version;
                row.revision = placed.revision;
            }
        }
    }

    fn wanted(&self) -> Vec<Placed> {
        let mut rows: Vec<_> = self.all().iter().collect();
        rows.sort_by(|a, b| compare(a, b));
        let placed = |row: &TriggerRow| Placed {
            id: row.id.clone(),
            revision: row.revision,
        };
        rows.into_iter().map(placed).collect()
    }
}

impl Desk {
    /// Takes a step with a trigger among those that the list shows.
    pub(crate) fn step_trigger(self, id: &TriggerId, step: Step) {
        let order = self.studio.order.get_untracked();
        let shown = untrack(|| self.with_entries(|entries| order.of(entries)));
        let shown: Vec<_> = shown.into_iter().map(|which| which.id).collect();
        if let Some(to) = beside(&shown, id, step) {
            self.place_trigger(id, &to);
        }
    }

    /// Puts a trigger in another place. The list shows it at once, and as it was
    /// when it could not be done.
    pub(crate) fn place_trigger(self, id: &TriggerId, to: &Beside) {
        let Some(remote) = self.remote() else { return };
        let before = untrack(|| self.ranked());
        let Some(order) = moved(&before, id, to) else {
            return;
        };
        self.change_list(&remote.site, |list| list.foresee_order(&order));
        self.tell_place(id, &order);
        focus_grip(id);
        let placing = self.studio.placing;
        // What is on its way sends what was moved meanwhile.
        if !placing.get_value() {
            placing.set_value(true);
            spawn_local(async move {
                self.send_order(&remote, &before).await;
                placing.set_value(false);
            });
        }
    }

    async fn send_order(self, remote: &Remote, before: &[TriggerId]) {
        let site = &remote.site;
        loop {
            let wanted = |lists: &Lists| lists.of(site).map(List::wanted);
            let Some(wanted) = self.studio.lists.with_untracked(wanted) else {
                return;
            };
            let sent: Vec<_> = wanted.iter().map(|placed| placed.id.clone()).collect();
            let answer = remote.order(wanted).await;
            match answer {
                Ok(answer) => {
                    let shown = self.change_list(site, |list| {
                        let shown = ranked(list.all());
                        list.ordered(answer);
                        if shown != sent {
                            list.foresee_order(&shown);
                        }
                        shown
                    });
                    if shown.is_none_or(|shown| shown == sent) {
                        break;
                    }
                }
                Err(trouble) => {
                    self.change_list(site, |list| list.foresee_order(before));
                    self.not_ordered(trouble);
                    break;
                }
            }
        }
        // When they changed is the server's to say.
        self.load_triggers();
    }

    fn not_ordered(self, trouble: Trouble) {
        self.look_at(&trouble);
        let words = match trouble {
            Trouble::Stale => text("triggers.order_stale"),
            trouble => text_with("triggers.not_ordered", &[("why", &trouble.sentence())]),
        };
        self.notice.set(Some(words));
    }

    fn tell_place(self, id: &TriggerId, order: &[TriggerId]) {
        let called = |list: &List| list.get(id).map(|row| row.name.clone());
        let name = untrack(|| self.with_list(called));
        let rank = order.iter().position(|it| it == id);
        if let (Some(name), Some(rank)) = (name, rank) {
            let values = [
                ("name", name),
                ("number", (rank + 1).to_string()),
                ("count", order.len().to_string()),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            self.studio
                .told
                .set(text_with("triggers.told_placed", &values));
        }
    }
}

/// A row that moves loses the focus.
fn focus_grip(id: &TriggerId) {
    let selector = format!("[data-grip='{id}'] button");
    request_animation_frame(move || {
        keys::focus(&selector);
    });
}

#[cfg(test)]
mod tests {
    use super::super::lists::tests::{list, row};
    use super::*;
    use saluda_protocol::studio::{Ranked, TriggerStatus};

    fn ids(words: &str) -> Vec<TriggerId> {
        let words = words.split_whitespace();
        words.map(|it| it.parse().unwrap()).collect()
    }

    fn listed(words: &str) -> List {
        let all = ids(words)
            .into_iter()
            .map(|id| row(id.as_str(), TriggerStatus::Live));
        list(&all.collect::<Vec<_>>())
    }

    #[test]
    fn an_order_is_foreseen_and_then_the_servers() {
        let mut list = listed("a b c");
        list.foresee_order(&ids("c a b"));
        assert_eq!(ranked(list.all()), ids("c a b"));
        let wanted = list.wanted();
        assert_eq!(wanted[0].id.as_str(), "c");
        list.ordered(TriggerOrder {
            order: vec![Ranked {
                id: "c".parse().unwrap(),
                priority: 10,
                status: TriggerStatus::Live,
                version: Some(2),
                revision: 8,
            }],
        });
        let c = list.get(&"c".parse().unwrap()).unwrap();
        assert_eq!((c.priority, c.revision, c.version), (10, 8, Some(2)));
        assert_eq!(ranked(list.all()), ids("c a b"));
    }
}
