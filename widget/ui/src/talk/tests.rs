use saluda_protocol::{
    AgentId, Author, Body, ErrorBody, Event, Mark, Message, Number, Slice, VisitorId, site::Ask,
};

use super::*;

const NEVER: EmailCapture = EmailCapture {
    ask: Ask::Never,
    required: false,
};
const NOW: Millis = Millis(1_000_000);

fn talk() -> Talk {
    Talk::new(NEVER, Vec::new(), None, false)
}

fn id(n: u8) -> MessageId {
    MessageId::from_random([n; 16])
}

fn pending(n: u8) -> Pending {
    Pending {
        id: id(n),
        body: Body::Text("hello".into()),
        at: NOW,
        refused: None,
    }
}

fn said(number: u64, author: Author) -> Event {
    let message = Message {
        id: id(u8::try_from(number).unwrap()),
        author,
        body: Body::Text("hello".into()),
    };
    Event {
        number: Number(number),
        at: NOW,
        what: What::Message(message),
    }
}

fn agent() -> Author {
    Author::Agent {
        id: AgentId::from_random([1; 16]),
        name: "Lucía".into(),
    }
}

fn slice(events: Vec<Event>, reset: bool) -> Slice {
    Slice {
        events,
        reset,
        older: false,
    }
}

fn welcome(events: Vec<Event>, reset: bool) -> VisitorUpdate {
    VisitorUpdate::Welcome {
        credentials: None,
        epoch: "e".into(),
        now: NOW,
        slice: slice(events, reset),
        marks: Marks::default(),
        contact: Contact::default(),
        agents_online: false,
    }
}

fn sent(effects: &[Effect]) -> Vec<&VisitorFrame> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send(frame) => Some(frame),
            _ => None,
        })
        .collect()
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

#[test]
fn what_is_written_before_the_welcome_is_sent_by_it_with_the_same_id() {
    let mut talk = talk();
    assert_eq!(talk.write(pending(7)), []);
    assert_eq!(talk.give_email(email("ines@a.pt")), []);
    assert!(talk.has_unsent());
    let effects = talk.hear(welcome(vec![], true), NOW);
    assert_eq!(
        sent(&effects),
        [&contact(email("ines@a.pt")), &post(&pending(7))]
    );
}

#[test]
fn a_lost_connection_resumes_and_sends_again() {
    let mut talk = talk();
    talk.hear(welcome(vec![said(1, agent())], true), NOW);
    assert_eq!(sent(&talk.write(pending(7))), [&post(&pending(7))]);
    talk.lose();
    assert_eq!(talk.write(pending(8)), []);
    let hello = talk.hello(None, Place::default());
    let VisitorFrame::Hello { resume, .. } = hello else {
        panic!("not a hello: {hello:?}");
    };
    assert_eq!(resume.unwrap().last, Number(1));
    let effects = talk.hear(welcome(vec![], false), NOW);
    let posts: Vec<_> = sent(&effects)
        .into_iter()
        .filter(|frame| matches!(frame, VisitorFrame::Post { .. }))
        .collect();
    assert_eq!(posts, [&post(&pending(7)), &post(&pending(8))]);
}

#[test]
fn new_credentials_are_kept() {
    let credentials = Credentials {
        id: VisitorId::from_random([1; 16]),
        secret: "s".into(),
    };
    let mut update = welcome(vec![], true);
    if let VisitorUpdate::Welcome {
        credentials: given, ..
    } = &mut update
    {
        *given = Some(credentials.clone());
    }
    let effects = talk().hear(update, NOW);
    assert_eq!(effects, [Effect::Keep(credentials)]);
}

#[test]
fn history_is_delivered_but_not_news() {
    let effects = talk().hear(welcome(vec![said(1, agent())], true), NOW);
    assert_eq!(effects, [Effect::Send(VisitorFrame::Delivered(Number(1)))]);
}

#[test]
fn what_was_missed_is_news() {
    let mut talk = talk();
    talk.hear(welcome(vec![said(1, agent())], true), NOW);
    talk.lose();
    let effects = talk.hear(welcome(vec![said(2, agent())], false), NOW);
    let news = Effect::Said {
        id: id(2),
        by: Side::Agent,
    };
    assert!(effects.contains(&news), "{effects:?}");
}

#[test]
fn a_message_of_another_tab_is_news_and_ones_own_is_not() {
    let mut talk = talk();
    talk.hear(welcome(vec![], true), NOW);
    talk.write(pending(1));
    let own = talk.hear(VisitorUpdate::Event(said(1, Author::Visitor)), NOW);
    assert_eq!(own, []);
    let other = talk.hear(VisitorUpdate::Event(said(2, Author::Visitor)), NOW);
    assert_eq!(
        other,
        [Effect::Said {
            id: id(2),
            by: Side::Visitor
        }]
    );
    let again = talk.hear(VisitorUpdate::Event(said(2, Author::Visitor)), NOW);
    assert_eq!(again, [], "a repetition is not news");
}

#[test]
fn seeing_is_told_once() {
    let mut talk = talk();
    talk.hear(welcome(vec![said(1, agent())], true), NOW);
    assert_eq!(talk.conversation().unread(), 1);
    assert_eq!(sent(&talk.see()), [&VisitorFrame::Read(Number(1))]);
    assert_eq!(talk.conversation().unread(), 0);
    assert_eq!(talk.see(), []);
}

#[test]
fn what_was_seen_without_a_connection_is_told_after_it() {
    let mut talk = talk();
    talk.hear(welcome(vec![said(1, agent())], true), NOW);
    talk.lose();
    assert_eq!(talk.see(), []);
    talk.hear(welcome(vec![], false), NOW);
    assert_eq!(sent(&talk.see()), [&VisitorFrame::Read(Number(1))]);
}

#[test]
fn a_hole_is_asked_for() {
    let mut talk = talk();
    talk.hear(welcome(vec![said(1, Author::Visitor)], true), NOW);
    let effects = talk.hear(VisitorUpdate::Event(said(3, agent())), NOW);
    assert!(sent(&effects).contains(&&VisitorFrame::Missed(Number(1))));
    let both = slice(vec![said(2, agent()), said(3, agent())], false);
    talk.hear(VisitorUpdate::Slice(both), NOW);
    assert_eq!(talk.conversation().last(), Number(3));
}

#[test]
fn older_messages_are_asked_for_once_and_come_before() {
    let mut talk = talk();
    let mut update = welcome(vec![said(5, agent())], true);
    if let VisitorUpdate::Welcome { slice, .. } = &mut update {
        slice.older = true;
    }
    talk.hear(update, NOW);
    assert_eq!(sent(&talk.load_older()), [&VisitorFrame::Older(Number(5))]);
    assert_eq!(talk.load_older(), []);
    let older = slice(vec![said(4, agent())], false);
    let effects = talk.hear(VisitorUpdate::Slice(older), NOW);
    assert_eq!(effects, [Effect::Prepended]);
    assert_eq!(talk.conversation().first(), Number(4));
    assert_eq!(talk.load_older(), [], "that was the beginning");
}

#[test]
fn a_refused_message_waits_for_the_visitor() {
    let mut talk = talk();
    talk.hear(welcome(vec![], true), NOW);
    talk.write(pending(1));
    let refused = VisitorUpdate::Refused {
        id: Some(id(1)),
        error: ErrorBody {
            code: ErrorCode::TooMany,
            message: "slow down".into(),
        },
    };
    talk.hear(refused.clone(), NOW);
    assert!(!talk.has_unsent());
    assert_eq!(sent(&talk.try_again(id(1))), [&post(&pending(1))]);
    talk.hear(refused, NOW);
    talk.discard(id(1));
    assert!(talk.conversation().pending().is_empty());
}

#[test]
fn the_question_is_asked_by_the_servers_clock_and_ends_with_an_address() {
    let ask = EmailCapture {
        ask: Ask::Unanswered(60_000),
        required: false,
    };
    let mut talk = Talk::new(ask, Vec::new(), None, false);
    // This browser's clock is ten seconds late.
    let here = Millis(NOW.0 - 10_000);
    talk.hear(welcome(vec![said(1, Author::Visitor)], true), here);
    let wake = Millis(here.0 + 60_000);
    assert_eq!(talk.question(here), Decision::WakeAt(wake));
    assert_eq!(talk.question(wake), Decision::Ask);
    talk.give_email(email("ines@a.pt"));
    assert_eq!(talk.question(wake), Decision::Rest);

    let refused = VisitorUpdate::Refused {
        id: None,
        error: ErrorBody {
            code: ErrorCode::EmailInvalid,
            message: "no".into(),
        },
    };
    assert_eq!(talk.hear(refused, wake), [Effect::EmailRefused]);
    assert_eq!(talk.question(wake), Decision::Ask);
    talk.skip_email();
    assert_eq!(talk.question(wake), Decision::Rest);
}

#[test]
fn an_address_is_saved_when_the_server_says_so() {
    let mut talk = talk();
    talk.hear(welcome(vec![], true), NOW);
    talk.give_email(email("ines@a.pt"));
    assert!(talk.unsaved_email().is_some());
    let contact = Contact {
        email: Some(email("ines@a.pt")),
        name: None,
    };
    let event = Event {
        number: Number(1),
        at: NOW,
        what: What::Contact(contact.clone()),
    };
    let mut before_any_message = self::talk();
    before_any_message.hear(welcome(vec![], true), NOW);
    before_any_message.give_email(email("ines@a.pt"));
    before_any_message.hear(VisitorUpdate::Contact(contact), NOW);
    talk.hear(VisitorUpdate::Event(event), NOW);
    for talk in [talk, before_any_message] {
        assert!(talk.unsaved_email().is_none());
    }
}

#[test]
fn a_required_address_comes_first() {
    let ask = EmailCapture {
        ask: Ask::Before,
        required: true,
    };
    let mut talk = Talk::new(ask, Vec::new(), None, true);
    assert!(talk.is_blocked());
    assert_eq!(talk.question(NOW), Decision::Ask);
    talk.give_email(email("ines@a.pt"));
    assert!(!talk.is_blocked());
}

#[test]
fn a_ping_is_answered() {
    assert_eq!(
        sent(&talk().hear(VisitorUpdate::Ping, NOW)),
        [&VisitorFrame::Pong]
    );
}

#[test]
fn marks_only_grow() {
    let mut talk = talk();
    talk.hear(welcome(vec![said(1, Author::Visitor)], true), NOW);
    let marks = Marks {
        agent: Mark {
            delivered: Number(1),
            read: Number(1),
        },
        ..Marks::default()
    };
    talk.hear(VisitorUpdate::Marks(marks), NOW);
    talk.hear(VisitorUpdate::Marks(Marks::default()), NOW);
    assert_eq!(talk.conversation().marks().agent.read, Number(1));
}
