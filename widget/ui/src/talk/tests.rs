mod attach;
mod form;

use saluda_client::Greeting;
use saluda_flow::capture::Decision;
use saluda_protocol::{
    AgentId, EmailAddress, ErrorBody, Event, Mark, Message, Number, Slice, VisitorId,
    message::Body, site::Ask, visitor::Greeted,
};

use super::*;

const NEVER: EmailCapture = EmailCapture {
    ask: Ask::Never,
    required: false,
};
const NOW: Millis = Millis(1_000_000);

fn talk() -> Talk {
    taken_up(Vec::new())
}

/// A later page, with what an earlier one left behind.
fn taken_up(pending: Vec<Pending>) -> Talk {
    Talk::new(NEVER, pending, Contact::default(), false, false)
}

fn asking(ask: EmailCapture, skipped: bool) -> Talk {
    Talk::new(ask, Vec::new(), Contact::default(), skipped, false)
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
        greeting: None,
    }
}

fn trigger() -> TriggerId {
    "pricing-help".parse().unwrap()
}

fn greeting(n: u8) -> Pending {
    Pending {
        body: Body::QuickReplies {
            text: "Questions about plans?".into(),
            replies: vec!["Yes".into(), "No".into()],
        },
        greeting: Some(Box::new(Greeting {
            author: Author::Greeting {
                trigger: trigger(),
                name: "Lucía".into(),
            },
            greeted: Greeted {
                id: id(n),
                trigger: trigger(),
                version: 3,
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
            button: 0,
            label: "Yes".into(),
        },
        ..pending(n)
    }
}

fn greeted(number: u64, n: u8) -> Event {
    let greeting = greeting(n);
    let message = Message {
        id: id(n),
        author: greeting.author(&Author::Visitor).clone(),
        body: greeting.body,
    };
    Event {
        number: Number(number),
        at: NOW,
        what: What::Message(message),
    }
}

fn refused(n: u8, code: ErrorCode) -> VisitorUpdate {
    VisitorUpdate::Refused {
        id: Some(id(n)),
        error: ErrorBody {
            code,
            message: "no".into(),
            retry_ms: None,
        },
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
        answered: Vec::new(),
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

fn posts(effects: &[Effect]) -> Vec<&VisitorFrame> {
    let mut sent = sent(effects);
    sent.retain(|frame| matches!(frame, VisitorFrame::Post { .. } | VisitorFrame::Greeted(_)));
    sent
}

fn email(text: &str) -> Contact {
    Contact {
        email: Some(EmailAddress::parse(text).unwrap()),
        ..Contact::default()
    }
}

fn contact(contact: Contact) -> VisitorFrame {
    VisitorFrame::Contact(contact.into())
}

#[test]
fn other_rules_are_asked_for_when_they_changed_or_may_have() {
    let renews = |effects: Vec<Effect>| {
        let mut effects = effects.iter();
        effects.any(|effect| matches!(effect, Effect::Renew))
    };
    let mut talk = talk();
    assert!(!renews(talk.hear(welcome(Vec::new(), true), NOW)));
    assert!(renews(talk.hear(VisitorUpdate::RulesChanged, NOW)));
    talk.lose();
    assert!(
        renews(talk.hear(welcome(Vec::new(), false), NOW)),
        "it was away"
    );
}

#[test]
fn what_a_greeting_asks_for_is_owed_once_it_was_taken_up() {
    let email = Fields {
        email: true,
        ..Fields::default()
    };
    let mut talk = talk();
    talk.offer(greeting(1), email);
    assert_eq!(talk.owed(), Fields::default(), "only looked at");
    talk.write(pending(2));
    assert_eq!((talk.owed(), talk.asked()), (email, email));

    let mut later = self::talk();
    later.owe(Fields::from_text(&talk.owed().to_text()));
    assert_eq!(later.asked(), email);
    later.skip();
    assert_eq!(later.owed(), Fields::default());
}

#[test]
fn what_was_said_before_this_page_is_told_once() {
    let mut talk = talk();
    let before = |effects: &[Effect]| -> Vec<Effect> {
        let told = effects
            .iter()
            .filter(|it| matches!(it, Effect::Before { .. }));
        told.cloned().collect()
    };
    let events = vec![said(7, agent()), said(8, Author::Visitor)];
    let effects = talk.hear(welcome(events, true), Millis(NOW.0 + 500));
    // The server's clock is half a second behind this browser's.
    let expected = Effect::Before {
        count: 8,
        last_at: Millis(NOW.0 + 500),
    };
    assert_eq!(before(&effects), [expected]);
    let effects = talk.hear(welcome(vec![said(9, agent())], false), NOW);
    assert_eq!(before(&effects), []);
    assert_eq!(
        before(&self::talk().hear(welcome(Vec::new(), true), NOW)),
        []
    );
}

#[test]
fn what_is_written_before_the_welcome_is_sent_by_it_with_the_same_id() {
    let mut talk = talk();
    assert_eq!(talk.write(pending(7)), []);
    assert_eq!(talk.give_contact(email("ines@a.pt")), []);
    assert!(talk.has_unsent());
    let effects = talk.hear(welcome(vec![], true), NOW);
    assert_eq!(
        sent(&effects),
        [&contact(email("ines@a.pt")), &frame(&pending(7))]
    );
}

#[test]
fn a_lost_connection_resumes_and_sends_again() {
    let mut talk = talk();
    talk.hear(welcome(vec![said(1, agent())], true), NOW);
    assert_eq!(sent(&talk.write(pending(7))), [&frame(&pending(7))]);
    talk.lose();
    assert_eq!(talk.write(pending(8)), []);
    let hello = talk.hello(None, Place::default());
    let VisitorFrame::Hello { resume, .. } = hello else {
        panic!("not a hello: {hello:?}");
    };
    assert_eq!(resume.unwrap().last, Number(1));
    let effects = talk.hear(welcome(vec![], false), NOW);
    assert_eq!(posts(&effects), [&frame(&pending(7)), &frame(&pending(8))]);
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
    let before = Effect::Before {
        count: 1,
        last_at: NOW,
    };
    let delivered = Effect::Send(VisitorFrame::Delivered(Number(1)));
    assert_eq!(effects, [before, delivered]);
}

#[test]
fn what_was_missed_is_news() {
    let mut talk = talk();
    talk.hear(welcome(vec![said(1, agent())], true), NOW);
    talk.lose();
    let effects = talk.hear(welcome(vec![said(2, agent())], false), NOW);
    let news = Effect::Said {
        id: id(2),
        by: Voice::Agent,
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
            by: Voice::Visitor
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
    let refused = refused(1, ErrorCode::TooMany);
    talk.hear(refused.clone(), NOW);
    assert!(!talk.has_unsent());
    assert_eq!(sent(&talk.try_again(id(1))), [&frame(&pending(1))]);
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
    let mut talk = asking(ask, false);
    // This browser's clock is ten seconds late.
    let here = Millis(NOW.0 - 10_000);
    talk.hear(welcome(vec![said(1, Author::Visitor)], true), here);
    let wake = Millis(here.0 + 60_000);
    assert_eq!(talk.question(here), Decision::WakeAt(wake));
    assert_eq!(talk.question(wake), Decision::Ask);
    talk.give_contact(email("ines@a.pt"));
    assert_eq!(talk.question(wake), Decision::Rest);

    let refused = VisitorUpdate::Refused {
        id: None,
        error: ErrorBody {
            code: ErrorCode::EmailInvalid,
            message: "no".into(),
            retry_ms: None,
        },
    };
    assert_eq!(talk.hear(refused, wake), [Effect::EmailRefused]);
    assert_eq!(talk.question(wake), Decision::Ask);
    talk.skip();
    assert_eq!(talk.question(wake), Decision::Rest);
}

#[test]
fn an_address_is_saved_when_the_server_says_so() {
    let mut talk = talk();
    talk.hear(welcome(vec![], true), NOW);
    talk.give_contact(email("ines@a.pt"));
    assert!(talk.unsaved().is_some());
    let contact = email("ines@a.pt");
    let event = Event {
        number: Number(1),
        at: NOW,
        what: What::Contact(contact.clone()),
    };
    let mut before_any_message = self::talk();
    before_any_message.hear(welcome(vec![], true), NOW);
    before_any_message.give_contact(email("ines@a.pt"));
    before_any_message.hear(VisitorUpdate::Contact(contact), NOW);
    talk.hear(VisitorUpdate::Event(event), NOW);
    for talk in [talk, before_any_message] {
        assert!(talk.unsaved().is_none());
    }
}

#[test]
fn a_required_address_comes_first() {
    let ask = EmailCapture {
        ask: Ask::Before,
        required: true,
    };
    let mut talk = asking(ask, true);
    assert!(talk.is_blocked());
    assert_eq!(talk.question(NOW), Decision::Ask);
    talk.give_contact(email("ines@a.pt"));
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

#[test]
fn a_greeting_that_is_only_looked_at_stays_here() {
    let mut talk = talk();
    talk.hear(welcome(vec![], true), NOW);
    talk.offer(greeting(5), Fields::default());
    assert!(!talk.has_unsent());
    assert!(talk.conversation().pending().is_empty(), "nothing is kept");
    talk.lose();
    assert_eq!(
        posts(&talk.hear(welcome(vec![], false), NOW)),
        [] as [&VisitorFrame; 0]
    );
    assert!(!talk.is_open());
}

#[test]
fn what_is_written_first_takes_the_greeting_up() {
    let mut talk = talk();
    talk.hear(welcome(vec![], true), NOW);
    talk.offer(greeting(5), Fields::default());
    let effects = talk.write(pending(6));
    assert_eq!(effects[0], Effect::Replied(trigger()));
    assert_eq!(sent(&effects), [&frame(&greeting(5)), &frame(&pending(6))]);
    assert!(matches!(frame(&greeting(5)), VisitorFrame::Greeted(_)));
    assert_eq!(sent(&talk.write(pending(7))), [&frame(&pending(7))], "once");
}

#[test]
fn a_greeting_turns_solid_without_being_news() {
    let mut talk = talk();
    talk.hear(welcome(vec![], true), NOW);
    talk.offer(greeting(5), Fields::default());
    talk.write(pending(6));
    let effects = talk.hear(VisitorUpdate::Event(greeted(1, 5)), NOW);
    assert_eq!(effects, [Effect::Send(VisitorFrame::Delivered(Number(1)))]);
    let ack = VisitorUpdate::Ack {
        id: id(5),
        number: Number(1),
        at: NOW,
    };
    assert_eq!(talk.hear(ack, NOW), []);
    assert_eq!(talk.conversation().pending(), [pending(6)]);
    assert!(talk.is_open());
}

#[test]
fn a_greeting_taken_up_without_a_connection_is_sent_first_after_the_welcome() {
    let mut talk = talk();
    talk.offer(greeting(5), Fields::default());
    assert_eq!(talk.tap(tap(6, 5)), [Effect::Replied(trigger())]);
    assert_eq!(talk.write(pending(7)), []);
    let effects = talk.hear(welcome(vec![], true), NOW);
    let expected = [greeting(5), tap(6, 5), pending(7)].map(|pending| frame(&pending));
    assert_eq!(posts(&effects), expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_reload_between_greeting_and_acknowledgement_sends_the_same_again() {
    let mut before = talk();
    before.hear(welcome(vec![], true), NOW);
    before.offer(greeting(5), Fields::default());
    before.tap(tap(6, 5));
    let kept = before.conversation().pending().to_vec();
    assert_eq!(kept, [greeting(5), tap(6, 5)]);

    let mut unheard = taken_up(kept.clone());
    let effects = unheard.hear(welcome(vec![], true), NOW);
    assert_eq!(posts(&effects), [&frame(&kept[0]), &frame(&kept[1])]);

    let mut heard = taken_up(kept);
    let effects = heard.hear(welcome(vec![greeted(1, 5)], true), NOW);
    assert_eq!(
        posts(&effects),
        [&frame(&tap(6, 5))],
        "the other is on disk"
    );
}

#[test]
fn a_quick_reply_is_tapped_once_also_after_a_reload_and_in_another_tab() {
    let mut talk = talk();
    talk.hear(welcome(vec![greeted(1, 5)], true), NOW);
    let effects = talk.tap(tap(6, 5));
    assert_eq!(
        effects,
        [Effect::Replied(trigger()), Effect::Send(frame(&tap(6, 5)))]
    );
    assert_eq!(talk.tap(tap(7, 5)), []);

    let mut said = said(2, Author::Visitor);
    if let What::Message(message) = &mut said.what {
        message.body = tap(6, 5).body;
    }
    let mut other = self::talk();
    other.hear(welcome(vec![greeted(1, 5)], true), NOW);
    other.hear(VisitorUpdate::Event(said), NOW);
    assert_eq!(other.tap(tap(8, 5)), []);
}

#[test]
fn two_tabs_that_tap_at_once_keep_the_first_tap() {
    let mut talk = talk();
    talk.hear(welcome(vec![greeted(1, 5)], true), NOW);
    talk.tap(tap(6, 5));
    talk.hear(refused(6, ErrorCode::TappedAlready), NOW);
    assert!(talk.conversation().pending().is_empty());
}

#[test]
fn a_refused_greeting_does_not_hold_back_what_was_said_to_it() {
    let mut talk = talk();
    talk.hear(welcome(vec![], true), NOW);
    talk.offer(greeting(5), Fields::default());
    talk.tap(tap(6, 5));
    talk.write(pending(7));
    assert_eq!(talk.hear(refused(5, ErrorCode::NotFound), NOW), []);
    let effects = talk.hear(refused(6, ErrorCode::NotFound), NOW);
    let words = Pending {
        body: Body::Text("Yes".into()),
        ..pending(6)
    };
    assert_eq!(sent(&effects), [&frame(&words)]);
    assert_eq!(talk.conversation().pending(), [words, pending(7)]);
}

#[test]
fn a_tap_under_an_older_message_leaves_a_greeting_alone() {
    let mut talk = talk();
    talk.hear(welcome(vec![greeted(1, 5)], true), NOW);
    talk.offer(greeting(8), Fields::default());
    let effects = talk.tap(tap(6, 5));
    assert_eq!(sent(&effects), [&frame(&tap(6, 5))]);
    assert!(talk.conversation().offered().is_some());
}

#[test]
fn what_a_greeting_asks_for_follows_it_and_is_not_asked_again() {
    let wanted = Fields {
        name: true,
        email: true,
        phone: false,
    };
    let mut talk = talk();
    talk.write(pending(4));
    talk.offer(greeting(5), wanted);
    talk.question(NOW);
    assert_eq!(talk.asked(), wanted);
    assert!(
        !talk.is_blocked(),
        "asking does not keep anyone from writing"
    );
    let given = Contact {
        name: Some("Inés".into()),
        ..email("ines@a.pt")
    };
    assert_eq!(
        talk.give_contact(given.clone()),
        [Effect::Replied(trigger())]
    );
    assert_eq!(talk.asked().count(), 0);
    let effects = talk.hear(welcome(vec![], true), NOW);
    let expected = [
        &frame(&pending(4)),
        &frame(&greeting(5)),
        &contact(given.clone()),
    ];
    assert_eq!(sent(&effects), expected);

    let refused = VisitorUpdate::Refused {
        id: None,
        error: ErrorBody {
            code: ErrorCode::EmailInvalid,
            message: "no".into(),
            retry_ms: None,
        },
    };
    assert_eq!(talk.hear(refused, NOW), [Effect::EmailRefused]);
    assert_eq!(talk.asked(), wanted);
    talk.give_contact(given.clone());
    talk.hear(VisitorUpdate::Contact(given), NOW);
    assert!(talk.unsaved().is_none());
    assert_eq!(talk.asked().count(), 0);
    assert!(talk.can_reach());
}

#[test]
fn a_greetings_question_is_put_off_without_putting_off_the_sites() {
    let ask = EmailCapture {
        ask: Ask::Unanswered(60_000),
        required: true,
    };
    let mut talk = asking(ask, false);
    talk.hear(welcome(vec![], true), NOW);
    let phone = Fields {
        phone: true,
        ..Fields::default()
    };
    talk.offer(greeting(5), phone);
    talk.question(NOW);
    assert_eq!(talk.asked(), phone);
    assert!(talk.may_skip());
    assert!(!talk.skip(), "the site has not asked");
    assert_eq!(talk.asked().count(), 0);

    talk.hear(VisitorUpdate::Event(said(1, Author::Visitor)), NOW);
    talk.question(Millis(NOW.0 + 60_000));
    assert!(talk.asked().email);
    assert!(!talk.may_skip());
}

#[test]
fn a_closed_conversation_is_open_again_with_what_is_written() {
    let mut talk = talk();
    let closed = Event {
        number: Number(2),
        at: NOW,
        what: What::Closed(agent()),
    };
    talk.hear(welcome(vec![said(1, agent()), closed], true), NOW);
    assert!(!talk.is_open());
    talk.write(pending(3));
    assert!(talk.is_open());
}

#[test]
fn what_a_page_claims_is_told_with_what_the_visitor_says_and_not_before() {
    let ines = email("ines@cafelargo.pt");
    let mut talk = talk();
    assert_eq!(
        talk.claim(ines.clone()),
        None,
        "nobody is written down for it"
    );
    assert!(!talk.has_unsent());
    let effects = talk.write(pending(1));
    assert_eq!(sent(&effects), [] as [&VisitorFrame; 0], "not welcome yet");
    let effects = talk.hear(welcome(Vec::new(), true), NOW);
    let frames = sent(&effects);
    assert!(frames.contains(&&contact(ines.clone())), "{frames:?}");
    assert_eq!(posts(&effects).len(), 1);

    // Known already: whoever says it again on the next page says nothing new.
    let mut next = taken_up(Vec::new());
    assert_eq!(next.claim(ines.clone()), None);
    let mut known = welcome(vec![said(1, Author::Visitor)], true);
    if let VisitorUpdate::Welcome { contact, .. } = &mut known {
        *contact = ines.clone();
    }
    let effects = next.hear(known, NOW);
    assert!(!sent(&effects).contains(&&contact(ines)));
    let other = email("kofi@example.com");
    assert_eq!(
        next.claim(other.clone()),
        Some(Effect::Send(contact(other)))
    );
}

#[test]
fn nobody_is_asked_for_what_their_page_has_claimed() {
    let before = EmailCapture {
        ask: Ask::Before,
        required: true,
    };
    let mut talk = asking(before, false);
    assert!(talk.is_blocked());
    talk.claim(email("ines@cafelargo.pt"));
    assert!(!talk.is_blocked());
    assert_eq!(talk.question(NOW), Decision::Rest);
}
