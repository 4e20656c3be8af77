//! What an import changes, for a person to read.

use std::fmt::Write as _;

use saluda_protocol::studio::{ImportPlan, PlannedChange};

/// The plan as text: a line for each trigger, behind it what changes and what is
/// otherwise than it was elsewhere.
pub(super) fn plan(plan: &ImportPlan) -> String {
    let mut text = String::new();
    let mut counts = [0_usize; 3];
    for one in &plan.triggers {
        let (place, word) = match one.change {
            PlannedChange::New => (0, "new"),
            PlannedChange::Changed => (1, "changed"),
            PlannedChange::Same => (2, "same"),
        };
        counts[place] += 1;
        // Writing to a string does not fail.
        let _ = writeln!(text, "{word:<9} {}  {}", one.id, one.name);
        for note in &one.notes {
            let _ = writeln!(text, "    ! {note}");
        }
        for line in &one.difference {
            let _ = writeln!(text, "    {line}");
        }
    }
    for left in &plan.left_out {
        let _ = writeln!(text, "left out  {}: {}", left.file, left.name);
        let _ = writeln!(text, "    ! {}", left.reason);
    }
    let [new, changed, same] = counts;
    let _ = write!(text, "{new} new, {changed} changed, {same} the same");
    match plan.left_out.len() {
        0 => text.push('\n'),
        left => {
            let _ = writeln!(text, ", {left} left out");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use saluda_protocol::studio::{LeftOut, PlannedTrigger, Product};

    use super::*;

    #[test]
    fn a_plan_says_what_is_new_what_changes_and_what_stays_away() {
        let one = |id: &str, change| PlannedTrigger {
            id: id.parse().unwrap(),
            name: id.to_uppercase(),
            file: "a.json".to_owned(),
            from: Some(Product::Zendesk),
            change,
            difference: Vec::new(),
            notes: Vec::new(),
        };
        let mut changed = one("b", PlannedChange::Changed);
        changed.difference = vec!["- old".to_owned(), "+ new".to_owned()];
        changed.notes = vec!["it was switched off there".to_owned()];
        let told = plan(&ImportPlan {
            saved: false,
            triggers: vec![one("a", PlannedChange::New), changed],
            left_out: vec![LeftOut {
                file: "a.json".to_owned(),
                name: "C".to_owned(),
                reason: "it says nothing".to_owned(),
            }],
        });
        let expected = "new       a  A\nchanged   b  B\n    ! it was switched off there\n    \
                        - old\n    + new\nleft out  a.json: C\n    ! it says nothing\n\
                        1 new, 1 changed, 0 the same, 1 left out\n";
        assert_eq!(told, expected);
    }
}
