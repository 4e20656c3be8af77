use saluda_protocol::{Mark, Message};

use super::*;

fn id(n: u8) -> MessageId {
    MessageId::from_random([n; 16])
}

fn said(number: u64, author: Author) -> Event {
    Event {
        number: Number(number),
        at: Millis(number),
        what: What::Message(Message {
            id: id(u8::try_from(number).unwrap()),
            author,
            body: Body::Text(format!("message {number}")),
        }),
    }
}

fn agent() -> Author {
    Author::Agent {
        id: saluda_protocol::AgentId::from_random([1; 16]),
        name: "Lucía".into(),
    }
}

fn pending(n: u8) -> Pending {
    Pending {
        id: id(n),
        body: Body::Text("hello".into()),
        at: Millis(0),
        refused: None,
        greeting: None,
    }
}

fn greeting(n: u8) -> Pending {
    Pending {
        body: Body::QuickReplies {
            text: "Questions?".into(),
            replies: vec!["Yes".into(), "No".into()],
        },
        greeting: Some(Box::new(Greeting {
            author: Author::Greeting {
                trigger: "pricing-help".parse().unwrap(),
                name: "Lucía".into(),
            },
            greeted: Greeted {
                id: id(n),
                trigger: "pricing-help".parse().unwrap(),
                version: 1,
                variant: None,
                language: "en".into(),
                values: Vec::new(),
            },
        })),
        ..pending(n)
    }
}

fn tap(n: u8, under: u8) -> Pending {
    Pending {
        body: Body::Tap {
            message: id(under),
            button: 1,
            label: "No".into(),
        },
        ..pending(n)
    }
}

fn error(code: ErrorCode) -> ErrorBody {
    ErrorBody {
        code,
        message: "no".into(),
        retry_ms: None,
    }
}

fn newest(events: Vec<Event>) -> Slice {
    Slice {
        events,
        reset: true,
        older: false,
    }
}

#[test]
fn a_written_message_turns_solid_once() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.welcome("e".into(), newest(vec![]), Marks::default());
    conversation.write(pending(1));
    conversation.write(pending(1));
    assert_eq!(conversation.pending().len(), 1);

    assert_eq!(
        conversation.event(said(1, Author::Visitor)),
        Outcome::Applied
    );
    assert_eq!(conversation.ack(id(1), Number(1)), Outcome::Applied);
    assert!(conversation.pending().is_empty());
    assert_eq!(conversation.events().len(), 1);

    conversation.write(pending(1));
    assert!(conversation.pending().is_empty(), "it is on disk already");
}

#[test]
fn an_acknowledgement_before_its_event_asks_for_the_event() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.welcome("e".into(), newest(vec![]), Marks::default());
    conversation.write(pending(2));
    assert_eq!(
        conversation.ack(id(2), Number(2)),
        Outcome::Missed(Number(0))
    );
    assert_eq!(conversation.pending().len(), 1);
    conversation.slice(Slice {
        events: vec![said(1, agent()), said(2, Author::Visitor)],
        reset: false,
        older: false,
    });
    assert!(conversation.pending().is_empty());
}

#[test]
fn a_hole_is_noticed_and_not_filled_with_later_events() {
    let mut conversation = Conversation::new(Side::Agent);
    conversation.welcome("e".into(), newest(vec![said(1, agent())]), Marks::default());
    assert_eq!(
        conversation.event(said(3, Author::Visitor)),
        Outcome::Missed(Number(1))
    );
    assert_eq!(conversation.last(), Number(1));
    assert_eq!(conversation.event(said(1, agent())), Outcome::Applied);
    assert_eq!(conversation.events().len(), 1);
}

#[test]
fn a_reset_replaces_everything_but_what_is_on_its_way() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.welcome(
        "old".into(),
        newest(vec![said(1, Author::Visitor), said(2, agent())]),
        Marks::default(),
    );
    conversation.write(pending(3));
    conversation.write(pending(9));
    conversation.welcome(
        "new".into(),
        newest(vec![said(3, Author::Visitor)]),
        Marks::default(),
    );
    assert_eq!(conversation.first(), Number(3));
    let waiting: Vec<_> = conversation.pending().iter().map(|p| p.id).collect();
    assert_eq!(waiting, [id(9)]);
    assert_eq!(conversation.cursor().unwrap().epoch, "new");
}

#[test]
fn older_events_join_only_without_a_hole() {
    let mut conversation = Conversation::new(Side::Agent);
    conversation.welcome("e".into(), newest(vec![said(5, agent())]), Marks::default());
    let before = |number| Slice {
        events: vec![said(number, agent())],
        reset: false,
        older: true,
    };
    conversation.older(before(3));
    assert_eq!(conversation.first(), Number(5));
    conversation.older(before(4));
    assert_eq!(conversation.first(), Number(4));
    assert!(conversation.has_older());
}

#[test]
fn a_refused_message_stays_until_it_is_tried_again_or_taken_back() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.write(pending(1));
    assert_eq!(conversation.refuse(id(1), error(ErrorCode::TooMany)), None);
    assert_eq!(conversation.to_send().count(), 0);
    assert_eq!(conversation.try_again(id(1)).unwrap().id, id(1));
    assert_eq!(conversation.to_send().count(), 1);
    conversation.discard(id(1));
    assert_eq!(conversation.pending().len(), 1, "only what was refused");
}

#[test]
fn unread_counts_what_the_other_side_said_since() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.welcome(
        "e".into(),
        newest(vec![
            said(1, agent()),
            said(2, Author::Visitor),
            said(3, agent()),
        ]),
        Marks::default(),
    );
    assert_eq!(conversation.unread(), 2);
    let read = |number| Marks {
        visitor: Mark {
            delivered: Number(number),
            read: Number(number),
        },
        agent: Mark::default(),
    };
    conversation.mark(read(2));
    assert_eq!(conversation.unread(), 1);
    conversation.mark(read(1));
    assert_eq!(conversation.unread(), 1, "marks only grow");
}
#[test]
fn an_offered_greeting_is_nothing_until_it_is_taken_up() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.offer(greeting(1));
    conversation.offer(greeting(2));
    assert!(conversation.pending().is_empty());
    assert_eq!(conversation.take_up(), Some(greeting(2)), "the newest");
    assert_eq!(conversation.take_up(), None);
    assert_eq!(conversation.pending(), [greeting(2)]);
    assert_eq!(conversation.offered(), None);
    let by = conversation.author_of(id(2)).unwrap();
    assert!(matches!(by, Author::Greeting { name, .. } if name == "Lucía"));
}

#[test]
fn taps_count_from_the_moment_they_are_made() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.write(tap(2, 1));
    assert_eq!(conversation.taps().collect::<Vec<_>>(), [(id(1), 1)]);
    let mut said = said(1, Author::Visitor);
    if let What::Message(message) = &mut said.what {
        message.body = tap(2, 1).body;
    }
    conversation.welcome("e".into(), newest(vec![said]), Marks::default());
    assert!(conversation.taps().any(|tap| tap == (id(1), 1)));
}

#[test]
fn a_refused_greeting_goes_and_the_tap_under_it_is_said_in_words() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.offer(greeting(1));
    conversation.take_up();
    conversation.write(tap(2, 1));
    assert_eq!(conversation.refuse(id(1), error(ErrorCode::NotFound)), None);
    let said = conversation.refuse(id(2), error(ErrorCode::NotFound));
    let words = Pending {
        body: Body::Text("No".into()),
        ..pending(2)
    };
    assert_eq!(said.as_ref(), Some(&words));
    assert_eq!(conversation.pending(), [words]);
}

#[test]
fn a_tap_that_came_too_late_is_dropped_and_one_too_many_waits() {
    let mut conversation = Conversation::new(Side::Visitor);
    conversation.write(tap(2, 1));
    conversation.refuse(id(2), error(ErrorCode::TooMany));
    assert!(conversation.pending()[0].refused.is_some());
    conversation.try_again(id(2));
    let late = error(ErrorCode::TappedAlready);
    assert_eq!(conversation.refuse(id(2), late), None);
    assert!(conversation.pending().is_empty());
}

#[test]
fn what_is_erased_is_forgotten_at_once_and_nothing_is_missed() {
    let mut conversation = Conversation::new(Side::Agent);
    for number in 1..=3 {
        conversation.event(said(number, agent()));
    }
    let erased = Event {
        number: Number(9),
        at: Millis(9),
        what: What::Erased,
    };
    assert_eq!(conversation.event(erased.clone()), Outcome::Applied);
    assert_eq!(conversation.events(), [erased]);
    assert!(!conversation.has_older());
}
