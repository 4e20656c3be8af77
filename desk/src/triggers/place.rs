//! Puts a trigger in another place of the order: shown at once, and then sent.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::TriggerId;
use saluda_protocol::studio::{Placed, TriggerOrder, TriggerRow};

use super::priority::{Beside, Step, beside, compare, moved};
use super::requests::{Remote, Trouble};
use super::state::{Rows, Stage};
use crate::keys;
use crate::state::Desk;
use crate::texts::{text, text_with};

impl Rows {
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
        let shown: Vec<_> = self.studio.rows.with_untracked(|rows| {
            let order = self.studio.order.get_untracked();
            order
                .of(rows.all())
                .iter()
                .map(|row| row.id.clone())
                .collect()
        });
        if let Some(to) = beside(&shown, id, step) {
            self.place_trigger(id, &to);
        }
    }

    /// Puts a trigger in another place. The list shows it at once, and as it was
    /// when it could not be done.
    pub(crate) fn place_trigger(self, id: &TriggerId, to: &Beside) {
        let Some(remote) = self.remote() else { return };
        let rows = self.studio.rows;
        let before = self.studio.ranked.get_untracked();
        let Some(order) = moved(&before, id, to) else {
            return;
        };
        rows.update(|rows| rows.foresee_order(&order));
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
        let rows = self.studio.rows;
        loop {
            let wanted = rows.with_untracked(Rows::wanted);
            let sent: Vec<_> = wanted.iter().map(|placed| placed.id.clone()).collect();
            let answer = remote.order(wanted).await;
            if rows.with_untracked(|rows| rows.site.as_ref() != Some(&remote.site)) {
                return;
            }
            match answer {
                Ok(answer) => {
                    let shown = self.studio.ranked.get_untracked();
                    rows.update(|rows| rows.ordered(answer));
                    if shown == sent {
                        break;
                    }
                    rows.update(|rows| rows.foresee_order(&shown));
                }
                Err(trouble) => {
                    rows.update(|rows| rows.foresee_order(before));
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
        let name = self
            .studio
            .rows
            .with_untracked(|rows| rows.get(id).map(|row| row.name.clone()));
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
    use super::super::priority::ranked;
    use super::super::state::tests::row;
    use super::*;
    use saluda_protocol::studio::{Ranked, TriggerStatus};

    fn ids(words: &str) -> Vec<TriggerId> {
        let words = words.split_whitespace();
        words.map(|it| it.parse().unwrap()).collect()
    }

    fn rows(words: &str) -> Rows {
        let all = ids(words)
            .into_iter()
            .map(|id| row(id.as_str(), TriggerStatus::Live));
        let mut rows = Rows::default();
        rows.turn_to(&"shop".parse().unwrap());
        rows.listed(rows.generation, Ok(all.collect()));
        rows
    }

    #[test]
    fn an_order_is_foreseen_and_then_the_servers() {
        let mut rows = rows("a b c");
        rows.foresee_order(&ids("c a b"));
        assert_eq!(ranked(rows.all()), ids("c a b"));
        let wanted = rows.wanted();
        assert_eq!(wanted[0].id.as_str(), "c");
        rows.ordered(TriggerOrder {
            order: vec![Ranked {
                id: "c".parse().unwrap(),
                priority: 10,
                status: TriggerStatus::Live,
                version: Some(2),
                revision: 8,
            }],
        });
        let c = rows.get(&"c".parse().unwrap()).unwrap();
        assert_eq!((c.priority, c.revision, c.version), (10, 8, Some(2)));
        assert_eq!(ranked(rows.all()), ids("c a b"));
    }
}
