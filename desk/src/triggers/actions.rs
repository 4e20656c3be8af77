//! What can be done with a trigger, by its status (S2.20).

use saluda_protocol::studio::{TriggerRow, TriggerStatus};

use super::priority::Step;
use super::requests::Verb;
use crate::texts::text;

/// Something that can be done with a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    Edit,
    /// Publishes, pauses or resumes it.
    Do(Verb),
    /// Publishes what was edited since it went live.
    Update,
    Clone,
    Delete,
    /// Puts it in another place.
    Move(Step),
}

/// What the menu of a row offers, in its order.
pub(crate) fn offered(row: &TriggerRow) -> Vec<Action> {
    let mut offered = vec![Action::Edit];
    match row.status {
        TriggerStatus::Draft => offered.push(Action::Do(Verb::Publish)),
        TriggerStatus::Live => {
            if row.edited {
                offered.push(Action::Update);
            }
            offered.push(Action::Do(Verb::Pause));
        }
        TriggerStatus::Paused => offered.push(Action::Do(Verb::Resume)),
        // What it lacks is mended by hand.
        _ => {}
    }
    if matches!(
        row.status,
        TriggerStatus::Draft | TriggerStatus::Live | TriggerStatus::Paused
    ) {
        offered.push(Action::Clone);
    }
    offered.push(Action::Delete);
    offered
}

impl Action {
    pub(crate) fn label(self) -> String {
        match self {
            Self::Edit => text("triggers.edit"),
            Self::Do(Verb::Publish) => text("triggers.publish"),
            Self::Do(Verb::Pause) => text("triggers.pause"),
            Self::Do(Verb::Resume) => text("triggers.resume"),
            Self::Update => text("triggers.update"),
            Self::Clone => text("triggers.clone"),
            Self::Delete => text("triggers.delete"),
            Self::Move(Step::First) => text("triggers.move_first"),
            Self::Move(Step::Up) => text("triggers.move_up"),
            Self::Move(Step::Down) => text("triggers.move_down"),
            Self::Move(Step::Last) => text("triggers.move_last"),
        }
    }
}

/// What a status is called.
pub(crate) fn status_name(status: TriggerStatus) -> String {
    match status {
        TriggerStatus::Draft => text("triggers.draft"),
        TriggerStatus::Live => text("triggers.live"),
        TriggerStatus::Paused => text("triggers.paused"),
        // A status from a newer server is none that works.
        _ => text("triggers.error"),
    }
}

/// The class of a status, for its sign.
pub(crate) fn status_class(status: TriggerStatus) -> &'static str {
    match status {
        TriggerStatus::Draft => "status draft",
        TriggerStatus::Live => "status live",
        TriggerStatus::Paused => "status paused",
        _ => "status error",
    }
}

#[cfg(test)]
mod tests {
    use super::super::lists::tests::row;
    use super::*;

    #[test]
    fn the_menu_offers_what_the_status_allows() {
        let labels = |status, edited| {
            let row = TriggerRow {
                edited,
                ..row("help", status)
            };
            let offered = offered(&row).into_iter().map(Action::label);
            offered.collect::<Vec<_>>().join(", ")
        };
        for (status, edited, expected) in [
            (TriggerStatus::Draft, true, "Edit, Publish, Clone, Delete…"),
            (TriggerStatus::Live, false, "Edit, Pause, Clone, Delete…"),
            (
                TriggerStatus::Live,
                true,
                "Edit, Publish changes, Pause, Clone, Delete…",
            ),
            (TriggerStatus::Paused, true, "Edit, Resume, Clone, Delete…"),
            (TriggerStatus::Error, false, "Edit, Delete…"),
        ] {
            assert_eq!(labels(status, edited), expected, "{status:?}");
        }
    }
}
