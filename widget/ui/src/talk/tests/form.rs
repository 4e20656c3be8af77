//! The form before the chat, and the question after it.

use saluda_protocol::{FieldId, Rating};

use super::*;

fn field(text: &str) -> FieldId {
    text.parse().unwrap()
}

fn asked(known: bool) -> Talk {
    let mut talk = talk();
    talk.ask(Asking {
        fields: vec!["email".to_owned(), "people".to_owned()],
        known,
        ..Asking::default()
    });
    talk
}

fn texts(effects: &[Effect]) -> Vec<&str> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SendText(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

fn knowing(answered: &[&str], events: Vec<Event>) -> VisitorUpdate {
    let VisitorUpdate::Welcome {
        credentials,
        epoch,
        now,
        slice,
        marks,
        contact,
        agents_online,
        ..
    } = welcome(events, true)
    else {
        unreachable!("it is a welcome");
    };
    VisitorUpdate::Welcome {
        credentials,
        epoch,
        now,
        slice,
        marks,
        contact,
        agents_online,
        answered: answered.iter().map(|it| field(it)).collect(),
    }
}

fn refusal(code: ErrorCode) -> VisitorUpdate {
    let message = "no".to_owned();
    VisitorUpdate::Refused {
        id: None,
        error: ErrorBody {
            code,
            message,
            retry_ms: None,
        },
    }
}

#[test]
fn somebody_new_is_asked_at_once_and_cannot_write_before() {
    let talk = asked(false);
    assert!(talk.is_asked_to_fill_in() && talk.is_blocked());
    assert!(!super::talk().is_asked_to_fill_in(), "no form, no question");
}

#[test]
fn of_somebody_known_the_server_says_whether_they_are_asked() {
    let mut talk = asked(true);
    assert!(!talk.is_asked_to_fill_in() && !talk.is_blocked());
    talk.hear(knowing(&["email"], vec![]), NOW);
    assert!(talk.is_asked_to_fill_in());
    assert!(talk.has_answered("email") && !talk.has_answered("people"));
    talk.lose();
    assert!(talk.is_asked_to_fill_in(), "it does not vanish under them");

    let mut talk = asked(true);
    talk.hear(knowing(&["email", "people"], vec![]), NOW);
    assert!(!talk.is_asked_to_fill_in());
}

#[test]
fn who_has_written_is_not_kept_from_writing() {
    let mut talk = asked(true);
    talk.hear(knowing(&[], vec![said(1, Author::Visitor)]), NOW);
    assert!(!talk.is_asked_to_fill_in());
    let mut talk = asked(true);
    talk.hear(knowing(&[], vec![said(1, agent())]), NOW);
    assert!(talk.is_asked_to_fill_in(), "that was not the visitor");
}

#[test]
fn a_tap_under_a_greeting_is_followed_by_the_form() {
    let mut talk = asked(false);
    talk.offer(
        greeting(1),
        Fields {
            name: true,
            email: true,
            phone: false,
        },
    );
    talk.tap(tap(2, 1));
    assert!(talk.is_asked_to_fill_in());
    assert_eq!(talk.asked().count(), 0, "one thing after the other");
    talk.fill_in("answers".to_owned());
    assert!(!talk.is_asked_to_fill_in());
    assert_eq!(talk.asked().count(), 2);
}

#[test]
fn what_was_filled_in_goes_before_what_was_written_until_it_is_there() {
    let mut talk = asked(false);
    assert_eq!(
        talk.fill_in("answers".to_owned()),
        None,
        "nobody hears it yet"
    );
    assert!(talk.has_unsent() && !talk.is_blocked());
    talk.write(pending(1));
    for _ in 0..2 {
        let effects = talk.hear(welcome(vec![], true), NOW);
        assert_eq!(texts(&effects), ["answers"]);
        let first = effects
            .iter()
            .position(|it| matches!(it, Effect::SendText(_)));
        let post = effects.iter().position(|it| matches!(it, Effect::Send(_)));
        assert!(first < post);
        talk.lose();
    }
    talk.hear(welcome(vec![], true), NOW);
    let effects = talk.hear(VisitorUpdate::Answered(vec![field("email")]), NOW);
    assert!(effects.contains(&Effect::FilledIn));
    assert_eq!(talk.filled(), None);
    // What was left out is not asked for again.
    assert!(!talk.is_asked_to_fill_in());
}

#[test]
fn another_page_that_filled_it_in_spares_this_one() {
    let mut talk = asked(true);
    talk.hear(knowing(&[], vec![]), NOW);
    let told = VisitorUpdate::Answered(vec![field("email"), field("people")]);
    assert_eq!(talk.hear(told, NOW), []);
    assert!(!talk.is_asked_to_fill_in());
}

#[test]
fn a_form_that_is_another_by_now_is_asked_again() {
    let mut talk = asked(false);
    talk.fill_in("answers".to_owned());
    talk.hear(welcome(vec![], true), NOW);
    let effects = talk.hear(refusal(ErrorCode::FormChanged), NOW);
    assert_eq!(effects, [Effect::FormRefused]);
    assert!(talk.is_asked_to_fill_in());
    talk.ask_for(vec![]);
    assert!(!talk.is_asked_to_fill_in(), "there is no form any more");
}

#[test]
fn what_is_put_off_is_not_asked_again() {
    let mut talk = asked(false);
    talk.put_off();
    assert!(!talk.is_asked_to_fill_in() && !talk.is_blocked());
}

fn happened(number: u64, what: What) -> Event {
    Event {
        number: Number(number),
        at: NOW,
        what,
    }
}

fn rated(number: u64, closed: u64, score: u8) -> Event {
    let rating = Rating {
        closed: Number(closed),
        score,
        comment: None,
    };
    happened(number, What::Rated(rating))
}

fn closed_talk() -> Talk {
    let mut talk = talk();
    talk.ask_how_it_was();
    let closed = happened(2, What::Closed(agent()));
    talk.hear(welcome(vec![said(1, Author::Visitor), closed], true), NOW);
    talk
}

fn rates(given: Option<u8>, open: bool) -> Rates {
    let closed = Number(2);
    Rates {
        closed,
        given,
        open,
    }
}

#[test]
fn a_close_can_be_rated_and_changed_once() {
    let mut talk = closed_talk();
    assert_eq!(talk.rates(), Some(rates(None, true)));
    let sent = talk.rate(2, "rated".to_owned());
    assert_eq!(sent, Some(Effect::SendText("rated".to_owned())));
    assert_eq!(
        talk.rates(),
        Some(rates(Some(2), false)),
        "it is on its way"
    );
    talk.hear(VisitorUpdate::Event(rated(3, 2, 2)), NOW);
    assert_eq!(talk.rates(), Some(rates(Some(2), true)));
    talk.hear(VisitorUpdate::Event(rated(4, 2, 4)), NOW);
    assert_eq!(talk.rates(), Some(rates(Some(4), false)));
}

#[test]
fn a_rating_that_was_lost_on_its_way_is_sent_again_and_one_refused_is_not() {
    let mut talk = closed_talk();
    talk.lose();
    assert_eq!(talk.rate(5, "rated".to_owned()), None);
    let effects = talk.hear(welcome(vec![], false), NOW);
    assert_eq!(texts(&effects), ["rated"]);
    talk.hear(refusal(ErrorCode::Conflict), NOW);
    assert_eq!(talk.rates(), Some(rates(None, true)));
    let effects = talk.hear(welcome(vec![], false), NOW);
    assert_eq!(texts(&effects), [""; 0]);
}

#[test]
fn what_is_open_again_is_not_rated() {
    let mut talk = closed_talk();
    talk.write(pending(9));
    assert_eq!(talk.rates(), None, "the message opens it");
    let mut talk = closed_talk();
    let reopened = happened(3, What::Reopened(Author::Visitor));
    talk.hear(VisitorUpdate::Event(reopened), NOW);
    assert_eq!(talk.rates(), None);
    let mut quiet = super::talk();
    let closed = happened(1, What::Closed(agent()));
    quiet.hear(welcome(vec![closed], true), NOW);
    assert_eq!(quiet.rates(), None, "the site does not ask");
}
