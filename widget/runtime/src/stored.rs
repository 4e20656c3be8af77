//! How a visit is written down between pages, and how it is told to others.

use saluda_protocol::Millis;
use saluda_rules::Stay as Visit;

/// Four numbers, so that reading it back needs no parser.
pub(crate) fn to_text(visit: Visit) -> String {
    join(visit, ["", " ", " ", " ", ""])
}

/// Reads it back; anything else is no visit.
pub(crate) fn from_text(text: &str) -> Option<Visit> {
    let mut words = text.split(' ');
    // One way of reading for all four: each costs bytes in every page.
    let mut next = || words.next()?.parse::<u64>().ok();
    let visit = Visit {
        number: u32::try_from(next()?).ok()?,
        began_at: Millis(next()?),
        active_at: Millis(next()?),
        pages: u32::try_from(next()?).ok()?,
    };
    words.next().is_none().then_some(visit)
}

/// For the other module, which speaks JSON.
pub(crate) fn to_json(visit: Visit) -> String {
    join(
        visit,
        [
            r#"{"number":"#,
            r#","began_at":"#,
            r#","active_at":"#,
            r#","pages":"#,
            "}",
        ],
    )
}

fn join(visit: Visit, between: [&str; 5]) -> String {
    let numbers = [
        u64::from(visit.number),
        visit.began_at.0,
        visit.active_at.0,
        u64::from(visit.pages),
    ];
    let [before, after @ ..] = between;
    let mut text = String::from(before);
    for (number, after) in numbers.into_iter().zip(after) {
        text.push_str(&number.to_string());
        text.push_str(after);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const VISIT: Visit = Visit {
        number: 3,
        began_at: Millis(1_000),
        active_at: Millis(2_000),
        pages: 4,
    };

    #[test]
    fn a_visit_survives_being_written_down() {
        assert_eq!(to_text(VISIT), "3 1000 2000 4");
        assert_eq!(from_text(&to_text(VISIT)), Some(VISIT));
    }

    #[test]
    fn anything_else_is_no_visit() {
        for text in [
            "",
            "3",
            "3 1000 2000",
            "3 1000 2000 4 5",
            "3 a 2000 4",
            "-1 0 0 0",
            "{}",
        ] {
            assert_eq!(from_text(text), None, "{text}");
        }
    }

    #[test]
    fn it_is_told_as_json() {
        assert_eq!(
            to_json(VISIT),
            r#"{"number":3,"began_at":1000,"active_at":2000,"pages":4}"#
        );
    }
}
