//! Decides when to ask a visitor for an e-mail address (S4.14, S4.25).
//!
//! How the question looks and where the answer is kept is not in this file.

use saluda_protocol::{
    Event, Millis, What,
    site::{Ask, EmailCapture},
};

/// How far the question has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Question {
    /// It is not on the screen.
    #[default]
    Unasked,
    /// It is on the screen now.
    Shown,
    /// The visitor said "not now".
    Skipped,
}

/// What is known of a conversation when the question comes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whether an address is known already, here or on the server.
    pub email_known: bool,
    /// How far the question has come.
    pub question: Question,
    /// Whether the visitor has written anything, ever.
    pub wrote: bool,
    /// When the visitor wrote the first message that no agent has answered.
    /// See [`unanswered_since`].
    pub unanswered_since: Option<Millis>,
}

/// What to do about the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Show it.
    Ask,
    /// Do not show it yet. Decide again at this instant, or sooner if the facts
    /// change first.
    WakeAt(Millis),
    /// Do not show it unless the facts change.
    Rest,
}

/// Decides whether to ask now.
///
/// A question that is on the screen stays there until it is answered or
/// skipped: it must not vanish under a person who is typing, even when an agent
/// answers in that moment. A required one cannot be skipped.
#[must_use]
pub fn decide(capture: EmailCapture, facts: &Facts, now: Millis) -> Decision {
    let skipped = facts.question == Question::Skipped;
    if facts.email_known || (skipped && !capture.required) {
        return Decision::Rest;
    }
    let shown = facts.question == Question::Shown;
    match capture.ask {
        Ask::Never => Decision::Rest,
        // Who wrote without being asked, and need not be asked, is left alone.
        Ask::Before if facts.wrote && !capture.required && !shown => Decision::Rest,
        Ask::Before => Decision::Ask,
        Ask::Unanswered(_) if shown => Decision::Ask,
        Ask::Unanswered(patience_ms) => match facts.unanswered_since {
            None => Decision::Rest,
            Some(since) if now.since(since) >= patience_ms => Decision::Ask,
            Some(since) => Decision::WakeAt(since.plus(patience_ms)),
        },
    }
}

/// Whether the visitor must give an address before writing on.
#[must_use]
pub fn blocks_writing(capture: EmailCapture, facts: &Facts) -> bool {
    capture.required && capture.ask == Ask::Before && !facts.email_known
}

/// When the visitor wrote the first message that no agent has answered, if
/// there is one.
#[must_use]
pub fn unanswered_since(events: &[Event]) -> Option<Millis> {
    events
        .iter()
        .rev()
        .filter_map(|event| match &event.what {
            What::Message(message) => Some((event.at, message.author.is_visitor())),
            _ => None,
        })
        .take_while(|(_, by_visitor)| *by_visitor)
        .last()
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use saluda_protocol::{AgentId, Author, Body, Contact, Message, MessageId, Number};

    use super::*;

    const PATIENCE_MS: u64 = 60_000;

    fn capture(ask: Ask, required: bool) -> EmailCapture {
        EmailCapture { ask, required }
    }

    fn waiting() -> Facts {
        Facts {
            wrote: true,
            unanswered_since: Some(Millis(1_000)),
            ..Facts::default()
        }
    }

    fn unanswered(required: bool) -> EmailCapture {
        capture(Ask::Unanswered(PATIENCE_MS), required)
    }

    #[test]
    fn never_means_never() {
        for required in [false, true] {
            let never = capture(Ask::Never, required);
            assert_eq!(decide(never, &waiting(), Millis(u64::MAX)), Decision::Rest);
        }
    }

    #[test]
    fn before_asks_at_once_and_only_who_has_not_written() {
        let before = capture(Ask::Before, false);
        let quiet = Facts::default();
        assert_eq!(decide(before, &quiet, Millis(0)), Decision::Ask);
        assert_eq!(decide(before, &waiting(), Millis(0)), Decision::Rest);
    }

    #[test]
    fn before_asks_who_has_written_when_the_address_is_required() {
        let before = capture(Ask::Before, true);
        assert_eq!(decide(before, &waiting(), Millis(0)), Decision::Ask);
    }

    #[test]
    fn unanswered_waits_until_patience_is_over() {
        let at = |now| decide(unanswered(false), &waiting(), Millis(now));
        assert_eq!(at(1_000), Decision::WakeAt(Millis(61_000)));
        assert_eq!(at(60_999), Decision::WakeAt(Millis(61_000)));
        assert_eq!(at(61_000), Decision::Ask);
        assert_eq!(at(u64::MAX), Decision::Ask);
    }

    #[test]
    fn a_clock_behind_the_message_waits() {
        assert_eq!(
            decide(unanswered(false), &waiting(), Millis(0)),
            Decision::WakeAt(Millis(61_000))
        );
    }

    #[test]
    fn no_patience_asks_with_the_first_message() {
        let capture = capture(Ask::Unanswered(0), false);
        assert_eq!(decide(capture, &waiting(), Millis(1_000)), Decision::Ask);
        let quiet = Facts::default();
        assert_eq!(decide(capture, &quiet, Millis(1_000)), Decision::Rest);
    }

    #[test]
    fn an_answer_in_time_means_no_question() {
        let answered = Facts {
            unanswered_since: None,
            ..waiting()
        };
        assert_eq!(
            decide(unanswered(false), &answered, Millis(u64::MAX)),
            Decision::Rest
        );
    }

    #[test]
    fn a_question_on_the_screen_outlives_the_answer() {
        let asked = Facts {
            question: Question::Shown,
            unanswered_since: None,
            ..waiting()
        };
        assert_eq!(decide(unanswered(false), &asked, Millis(0)), Decision::Ask);
        let before = capture(Ask::Before, false);
        assert_eq!(decide(before, &asked, Millis(0)), Decision::Ask);
    }

    #[test]
    fn nobody_is_asked_for_what_is_known() {
        for ask in [Ask::Before, Ask::Unanswered(0)] {
            for required in [false, true] {
                let known = Facts {
                    email_known: true,
                    question: Question::Shown,
                    ..waiting()
                };
                let capture = capture(ask, required);
                assert_eq!(decide(capture, &known, Millis(u64::MAX)), Decision::Rest);
                assert!(!blocks_writing(capture, &known));
            }
        }
    }

    #[test]
    fn who_skipped_is_asked_again_only_when_it_is_required() {
        let skipped = Facts {
            question: Question::Skipped,
            ..waiting()
        };
        let later = Millis(u64::MAX);
        for ask in [Ask::Before, Ask::Unanswered(0)] {
            assert_eq!(decide(capture(ask, false), &skipped, later), Decision::Rest);
            assert_eq!(decide(capture(ask, true), &skipped, later), Decision::Ask);
        }
    }

    #[test]
    fn only_a_required_address_blocks_and_only_before() {
        let nothing = Facts::default();
        assert!(blocks_writing(capture(Ask::Before, true), &nothing));
        assert!(!blocks_writing(capture(Ask::Before, false), &nothing));
        assert!(!blocks_writing(unanswered(true), &nothing));
        assert!(!blocks_writing(capture(Ask::Never, true), &nothing));
    }

    fn event(at: u64, what: What) -> Event {
        Event {
            number: Number(at),
            at: Millis(at),
            what,
        }
    }

    fn said(at: u64, author: Author) -> Event {
        let message = Message {
            id: MessageId::from_random([1; 16]),
            author,
            body: Body::Text("…".into()),
        };
        event(at, What::Message(message))
    }

    fn agent() -> Author {
        Author::Agent {
            id: AgentId::from_random([1; 16]),
            name: "Lucía".into(),
        }
    }

    #[test]
    fn the_first_message_after_the_last_answer_counts() {
        let events = [
            said(1, Author::Visitor),
            said(2, agent()),
            said(3, Author::Visitor),
            event(4, What::Contact(Contact::default())),
            event(5, What::Closed(agent())),
            said(6, Author::Visitor),
        ];
        assert_eq!(unanswered_since(&events), Some(Millis(3)));
        assert_eq!(unanswered_since(&events[..2]), None);
        assert_eq!(unanswered_since(&events[..1]), Some(Millis(1)));
        assert_eq!(unanswered_since(&[]), None);
    }
}
