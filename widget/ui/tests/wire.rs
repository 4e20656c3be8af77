//! What is read and written by hand is what is derived.

#![cfg(target_arch = "wasm32")]

use saluda_client::{Greeting, Pending};
use saluda_protocol::{
    AgentId, Author, Body, Contact, Credentials, Cursor, EmailAddress, ErrorBody, ErrorCode, Event,
    FieldId, Mark, Marks, Message, MessageId, Millis, Number, Rating, Slice, VisitorFrame,
    VisitorId, VisitorUpdate, What,
    form::{Choice, Date, Field, Form, Kind, PageForm, Value},
    message::Action,
    trigger::Texts,
    visitor::{Greeted, Place},
};
use saluda_ui::wire;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn id() -> MessageId {
    MessageId::from_random([7; 16])
}

fn agent() -> Author {
    Author::Agent {
        id: AgentId::from_random([1; 16]),
        name: "Lucía \"Lu\" Marín".into(),
    }
}

fn contact() -> Contact {
    Contact {
        email: Some(EmailAddress::parse("ines@cafelargo.pt").unwrap()),
        name: Some("Inés".into()),
        phone: Some("+351 210 000 000".into()),
    }
}

fn field(id: &str) -> FieldId {
    id.parse().unwrap()
}

fn rating(comment: Option<&str>) -> Rating {
    Rating {
        closed: Number(5),
        score: 4,
        comment: comment.map(str::to_owned),
    }
}

fn greeter() -> Author {
    Author::Greeting {
        trigger: "pricing-help".parse().unwrap(),
        name: "Lucía Marín".into(),
    }
}

fn greeted(variant: Option<&str>) -> Greeted {
    Greeted {
        id: id(),
        trigger: "pricing-help".parse().unwrap(),
        version: 3,
        variant: variant.map(str::to_owned),
        language: "pt-BR".into(),
        values: vec!["Inés".into(), "\"".into()],
    }
}

/// One of each kind.
fn bodies() -> [Body; 4] {
    [
        Body::Text("two\nlines, \u{1F600} and \\ \" </script>".into()),
        Body::QuickReplies {
            text: "Questions?".into(),
            replies: vec!["Yes".into(), "No".into()],
        },
        Body::Actions {
            text: "See for yourself".into(),
            actions: vec![
                Action {
                    label: "Plans".into(),
                    href: "https://a.example/plans".into(),
                },
                Action {
                    label: "Call".into(),
                    href: "tel:+351210000000".into(),
                },
            ],
        },
        Body::Tap {
            message: id(),
            button: 2,
            label: "No".into(),
        },
    ]
}

fn credentials() -> Credentials {
    Credentials {
        id: VisitorId::from_random([3; 16]),
        secret: "s-_1".into(),
    }
}

fn error(code: ErrorCode) -> ErrorBody {
    ErrorBody {
        code,
        message: "why".into(),
        retry_ms: None,
    }
}

fn event(number: u64, what: What) -> Event {
    Event {
        number: Number(number),
        at: Millis(1_700_000_000_123),
        what,
    }
}

fn said(author: Author) -> What {
    let [body, ..] = bodies();
    message(author, body)
}

fn message(author: Author, body: Body) -> What {
    What::Message(Message {
        id: id(),
        author,
        body,
    })
}

fn slice() -> Slice {
    Slice {
        events: vec![
            event(1, said(Author::Visitor)),
            event(2, said(agent())),
            event(3, What::Contact(contact())),
            event(4, What::Contact(Contact::default())),
            event(5, What::Closed(agent())),
            event(6, What::Reopened(Author::Visitor)),
        ],
        reset: true,
        older: false,
    }
}

fn marks() -> Marks {
    Marks {
        visitor: Mark {
            delivered: Number(4),
            read: Number(3),
        },
        agent: Mark {
            delivered: Number(2),
            read: Number(1),
        },
    }
}

#[wasm_bindgen_test]
fn updates_are_read_as_they_are_derived() {
    let welcome = |credentials, contact| VisitorUpdate::Welcome {
        credentials,
        epoch: "e".into(),
        now: Millis(1_700_000_000_123),
        slice: slice(),
        marks: marks(),
        contact,
        agents_online: true,
        answered: vec![field("email"), field("people")],
    };
    let mut updates = vec![
        welcome(Some(credentials()), contact()),
        welcome(None, Contact::default()),
        VisitorUpdate::Event(event(9, said(agent()))),
        VisitorUpdate::Ack {
            id: id(),
            number: Number(9),
            at: Millis(5),
        },
        VisitorUpdate::Refused {
            id: None,
            error: error(ErrorCode::EmailInvalid),
        },
        VisitorUpdate::Marks(marks()),
        VisitorUpdate::Typing {
            name: "Lucía".into(),
        },
        VisitorUpdate::AgentsOnline(false),
        VisitorUpdate::Contact(contact()),
        VisitorUpdate::Slice(slice()),
        VisitorUpdate::Answered(vec![field("email")]),
        VisitorUpdate::Event(event(9, What::Rated(rating(None)))),
        VisitorUpdate::Event(event(9, What::Rated(rating(Some("Kind."))))),
        VisitorUpdate::Event(event(9, What::Answers(Vec::new()))),
        VisitorUpdate::Ping,
    ];
    for body in bodies() {
        updates.push(VisitorUpdate::Event(event(9, message(greeter(), body))));
    }
    for code in [
        ErrorCode::NotFound,
        ErrorCode::TappedAlready,
        ErrorCode::TextEmpty,
        ErrorCode::TextTooLong,
        ErrorCode::TooLarge,
        ErrorCode::TooMany,
        ErrorCode::IdentityInvalid,
        ErrorCode::IdentityExpired,
        ErrorCode::IdentityUsed,
        ErrorCode::Internal,
        ErrorCode::Conflict,
        ErrorCode::FormChanged,
    ] {
        updates.push(VisitorUpdate::Refused {
            id: Some(id()),
            error: error(code),
        });
    }
    for update in updates {
        let text = serde_json::to_string(&update).unwrap();
        assert_eq!(wire::update(&text), Some(update), "{text}");
    }
}

#[wasm_bindgen_test]
fn a_form_is_read_as_it_is_derived() {
    let texts = |text: &str| Texts::from([("en".to_owned(), text.to_owned())]);
    let asked = |kind: Kind| Field {
        id: field(kind.word()),
        kind,
        label: texts("What \"is\" it?"),
        hint: Texts::new(),
        required: kind == Kind::Email,
        options: Vec::new(),
        min: None,
        max: None,
        earliest: None,
        latest: None,
    };
    let mut fields: Vec<_> = Kind::ALL.into_iter().map(asked).collect();
    let day: Date = "2026-12-25".parse().unwrap();
    fields[4].min = Some(-3);
    fields[4].max = Some(9_007_199_254_740_991);
    (fields[5].earliest, fields[5].latest) = (Some(day), Some(day));
    fields[6].hint = texts("Help");
    let option = |id: &str| Choice {
        id: field(id),
        label: texts(id),
    };
    fields[6].options = vec![option("a"), option("b")];
    let form = PageForm {
        version: "f1".to_owned(),
        form: Form {
            title: texts("Title"),
            intro: Texts::from([("es".to_owned(), "Intro".to_owned())]),
            fields,
        },
    };
    let config = serde_json::json!({ "form": form, "rating": { "question": texts("Well?") } });
    let config = js_sys::JSON::parse(&config.to_string()).unwrap();
    assert_eq!(wire::form::form(config.clone()), Some(form));
    assert_eq!(wire::form::question(config), texts("Well?"));
    let none = js_sys::JSON::parse("{}").unwrap();
    assert_eq!(wire::form::form(none.clone()), None);
    assert_eq!(wire::form::question(none), Texts::new());
}

#[wasm_bindgen_test]
fn what_is_filled_in_and_rated_is_written_as_it_is_derived() {
    let values = [
        (field("email"), Value::Text("a\"b".to_owned())),
        (field("people"), Value::Number(-3)),
        (field("terms"), Value::Ticked(true)),
    ];
    let text = wire::form::answers("f1", &values);
    let frame = VisitorFrame::Answers {
        form: "f1".to_owned(),
        values: values.clone().into_iter().collect(),
    };
    assert_eq!(serde_json::from_str::<VisitorFrame>(&text).unwrap(), frame);
    for comment in [None, Some("Kind.")] {
        let text = wire::form::rated(&rating(comment));
        let frame = VisitorFrame::Rated(rating(comment));
        assert_eq!(serde_json::from_str::<VisitorFrame>(&text).unwrap(), frame);
    }
    let note = wire::form::write_typed(&values);
    let before = |id: &str| wire::form::typed_before(&note, &field(id));
    assert_eq!(before("email"), Some(Value::Text("a\"b".to_owned())));
    assert_eq!(before("terms"), Some(Value::Ticked(true)));
    assert_eq!(before("other"), None);
    assert_eq!(wire::form::typed_before("", &field("email")), None);
}

#[wasm_bindgen_test]
fn what_a_newer_server_says_is_not_read() {
    for text in [
        "",
        "null",
        "7",
        "{}",
        r#""unheard_of""#,
        r#"{"unheard_of":{}}"#,
        r#"{"typing":{}}"#,
        r#"{"event":{"number":1,"at":1,"what":{"unheard_of":{}}}}"#,
        r#"{"event":{"number":-1,"at":1,"what":{"reopened":"visitor"}}}"#,
    ] {
        assert_eq!(wire::update(text), None, "{text}");
    }
}

#[wasm_bindgen_test]
fn frames_are_written_as_they_are_derived() {
    let place = Place {
        url: "https://a.example/ü?b=\"c\"".into(),
        title: "Shop".into(),
        referrer: String::new(),
        language: "es-MX".into(),
        timezone: "Europe/Lisbon".into(),
        visits: 3,
    };
    let hello = |credentials, resume| VisitorFrame::Hello {
        wire: 1,
        credentials,
        resume,
        place: place.clone(),
    };
    let cursor = Cursor {
        epoch: "e".into(),
        last: Number(9),
    };
    for body in bodies() {
        let frame = VisitorFrame::Post { id: id(), body };
        let text = wire::frame(&frame);
        let read = serde_json::from_str::<VisitorFrame>(&text);
        assert_eq!(read.unwrap(), frame, "{text}");
    }
    for frame in [
        VisitorFrame::Greeted(greeted(None)),
        VisitorFrame::Greeted(greeted(Some("b"))),
        hello(None, None),
        hello(Some(credentials()), Some(cursor)),
        VisitorFrame::Post {
            id: id(),
            body: Body::Text("two\nlines".into()),
        },
        VisitorFrame::Contact(contact().into()),
        VisitorFrame::Contact(Contact::default().into()),
        VisitorFrame::Identify {
            token: "a.b.c".into(),
        },
        VisitorFrame::Delivered(Number(1)),
        VisitorFrame::Read(Number(2)),
        VisitorFrame::Typing,
        VisitorFrame::Older(Number(3)),
        VisitorFrame::Missed(Number(4)),
        VisitorFrame::Pong,
    ] {
        let text = wire::frame(&frame);
        assert_eq!(
            serde_json::from_str::<VisitorFrame>(&text).unwrap(),
            frame,
            "{text}"
        );
    }
}

#[wasm_bindgen_test]
fn what_was_kept_comes_back() {
    let pending = vec![
        Pending {
            id: id(),
            body: Body::Text("hello".into()),
            at: Millis(1_700_000_000_123),
            refused: None,
            greeting: None,
        },
        Pending {
            id: id(),
            body: Body::Text("Questions?".into()),
            at: Millis(2),
            refused: None,
            greeting: Some(Box::new(Greeting {
                author: greeter(),
                greeted: greeted(Some("b")),
            })),
        },
        Pending {
            id: MessageId::from_random([9; 16]),
            body: Body::Text("again".into()),
            at: Millis(1),
            refused: Some(error(ErrorCode::TooMany)),
            greeting: None,
        },
    ];
    let text = wire::write_pending(&pending);
    assert_eq!(wire::pending(&text).as_ref(), Some(&pending));
    assert_eq!(
        serde_json::from_str::<Vec<Pending>>(&text).unwrap(),
        pending
    );
    assert_eq!(wire::pending("{}"), None);
    assert_eq!(wire::pending("[{}]"), None);
}
