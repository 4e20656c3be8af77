use std::collections::BTreeMap;

use super::super::{Choice, Reaches};
use super::*;
use crate::trigger::Texts;

fn id(text: &str) -> FieldId {
    text.parse().unwrap()
}

fn texts(text: &str) -> Texts {
    Texts::from([("en".to_owned(), text.to_owned())])
}

fn field(name: &str, kind: Kind) -> Field {
    Field {
        id: id(name),
        kind,
        label: texts(name),
        hint: Texts::new(),
        required: false,
        options: Vec::new(),
        min: None,
        max: None,
        earliest: None,
        latest: None,
    }
}

fn typed(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// What becomes of each text in a field; what was read must be read as itself.
fn read(field: &Field, text: &str) -> Result<Option<Value>, Wrong> {
    let read = field.read(Some(&typed(text)));
    if let Ok(Some(value)) = &read {
        assert_eq!(field.read(Some(value)), Ok(Some(value.clone())));
    }
    read
}

#[test]
fn texts_are_trimmed_and_kept_within_their_length() {
    let mut name = field("name", Kind::Text);
    assert_eq!(read(&name, "  In\u{0}és\n "), Ok(Some(typed("Inés"))));
    assert_eq!(read(&name, " \u{1b} "), Ok(None));
    assert_eq!(read(&name, &"é".repeat(201)), Err(Wrong::TooLong(200)));
    name.min = Some(3);
    name.max = Some(5);
    assert_eq!(read(&name, "Al"), Err(Wrong::TooShort(3)));
    assert_eq!(read(&name, "Albano"), Err(Wrong::TooLong(5)));
    assert_eq!(read(&name, "Alba"), Ok(Some(typed("Alba"))));
    name.max = Some(i64::MAX);
    assert_eq!(read(&name, &"a".repeat(201)), Err(Wrong::TooLong(200)));

    let about = field("about", Kind::LongText);
    assert_eq!(read(&about, "two\nlines"), Ok(Some(typed("two\nlines"))));
    assert_eq!(read(&about, &"a".repeat(1_001)), Err(Wrong::TooLong(1_000)));
}

#[test]
fn addresses_are_those_that_could_receive_mail() {
    let email = field("email", Kind::Email);
    assert_eq!(read(&email, " a@b.pt "), Ok(Some(typed("a@b.pt"))));
    for bad in ["a", "a@b", "a@b.pt, c@d.pt", "<a@b.pt>"] {
        assert_eq!(read(&email, bad), Err(Wrong::NoEmail), "{bad}");
    }
    // What cannot be seen is no way to add a header.
    let injected = read(&email, "a@b.pt\r\nBcc: c@d.pt");
    assert_eq!(injected, Err(Wrong::NoEmail));
}

#[test]
fn numbers_to_call_name_their_country() {
    let phone = field("phone", Kind::Phone);
    for (good, kept) in [
        ("+351 210 000 000", "+351210000000"),
        ("00351-210.000.000", "+351210000000"),
        ("+1 (415) 555-0100", "+14155550100"),
        ("+123456789012345", "+123456789012345"),
    ] {
        assert_eq!(read(&phone, good), Ok(Some(typed(kept))), "{good}");
    }
    for bad in [
        "210 000 000",
        "+0351210000000",
        "+123456",
        "+1234567890123456",
        "+351 call me",
        "+٣٥١٢١٠٠٠٠٠٠٠",
        "++351210000000",
    ] {
        assert_eq!(read(&phone, bad), Err(Wrong::NoPhone), "{bad}");
    }
}

#[test]
fn numbers_are_whole_and_within_their_bounds() {
    let mut people = field("people", Kind::Number);
    assert_eq!(read(&people, " 12 "), Ok(Some(Value::Number(12))));
    assert_eq!(read(&people, "-3"), Ok(Some(Value::Number(-3))));
    for bad in ["1.5", "1,000", "many", "0x10", "99999999999999999999"] {
        assert_eq!(read(&people, bad), Err(Wrong::NoNumber), "{bad}");
    }
    let most = *limits::FIELD_NUMBERS.end();
    let beyond = people.read(Some(&Value::Number(most + 1)));
    assert_eq!(beyond, Err(Wrong::TooLarge(most)));
    people.min = Some(1);
    people.max = Some(20);
    assert_eq!(read(&people, "0"), Err(Wrong::TooSmall(1)));
    assert_eq!(read(&people, "21"), Err(Wrong::TooLarge(20)));
}

#[test]
fn days_are_within_their_bounds() {
    let mut day = field("day", Kind::Date);
    assert_eq!(read(&day, "2026-12-25"), Ok(Some(typed("2026-12-25"))));
    assert_eq!(read(&day, "25.12.2026"), Err(Wrong::NoDate));
    let (first, last): (Date, Date) =
        ("2026-12-01".parse().unwrap(), "2026-12-24".parse().unwrap());
    day.earliest = Some(first);
    day.latest = Some(last);
    assert_eq!(read(&day, "2026-11-30"), Err(Wrong::TooEarly(first)));
    assert_eq!(read(&day, "2026-12-25"), Err(Wrong::TooLate(last)));
    assert_eq!(read(&day, "2026-12-01"), Ok(Some(typed("2026-12-01"))));
}

#[test]
fn a_choice_is_one_of_its_options_and_keeps_what_it_is_called() {
    let mut size = field("size", Kind::Choice);
    size.options = vec![
        Choice {
            id: id("s"),
            label: texts("Small"),
        },
        Choice {
            id: id("m"),
            label: texts("Medium"),
        },
    ];
    assert_eq!(read(&size, "xl"), Err(Wrong::NoOption));
    assert_eq!(read(&size, "Medium"), Err(Wrong::NoOption));
    assert_eq!(read(&size, "m"), Ok(Some(typed("m"))));
    let answers = Form::answers(vec![(&size, typed("m"))]);
    assert_eq!(answers[0].option, texts("Medium"));
}

#[test]
fn a_box_that_must_be_ticked_must_be() {
    let mut terms = field("terms", Kind::Consent);
    assert_eq!(terms.read(None), Ok(None));
    let no = Value::Ticked(false);
    assert_eq!(terms.read(Some(&no)), Ok(Some(no.clone())));
    terms.required = true;
    assert_eq!(terms.read(None), Err(Wrong::Unticked));
    assert_eq!(terms.read(Some(&no)), Err(Wrong::Unticked));
    let yes = Value::Ticked(true);
    assert_eq!(terms.read(Some(&yes)), Ok(Some(yes)));
    assert_eq!(terms.read(Some(&typed("true"))), Err(Wrong::WrongType));
}

#[test]
fn each_kind_takes_its_own_type() {
    for kind in Kind::ALL {
        let field = field("x", kind);
        if kind != Kind::Consent {
            let ticked = field.read(Some(&Value::Ticked(true)));
            assert_eq!(ticked, Err(Wrong::WrongType), "{kind:?}");
        }
        if kind != Kind::Number {
            let number = field.read(Some(&Value::Number(1)));
            assert_eq!(number, Err(Wrong::WrongType), "{kind:?}");
        }
        assert_eq!(Kind::from_word(kind.word()), Some(kind));
    }
}

fn form() -> Form {
    let mut email = field("work_email", Kind::Email);
    email.required = true;
    let mut people = field("people", Kind::Number);
    people.required = true;
    Form {
        fields: vec![
            field("name", Kind::Text),
            email,
            field("other_email", Kind::Email),
            people,
        ],
        ..Form::default()
    }
}

#[test]
fn a_form_is_read_whole_and_each_mistake_has_its_field() {
    let form = form();
    let values = BTreeMap::from([
        (id("work_email"), typed("a")),
        (id("shoe"), typed("42")),
        (id("name"), typed("Inés")),
    ]);
    assert_eq!(
        form.read(&values, |_| false),
        Err(vec![
            (id("work_email"), Wrong::NoEmail),
            (id("people"), Wrong::Missing),
            (id("shoe"), Wrong::NoField),
        ])
    );
}

#[test]
fn what_is_known_may_be_left_out_and_not_emptied() {
    let form = form();
    let values = BTreeMap::from([(id("work_email"), typed("a@b.pt"))]);
    let filled = form.read(&values, |field| field.id == id("people"));
    assert_eq!(filled.unwrap().len(), 1);
    let values = BTreeMap::from([
        (id("work_email"), typed("a@b.pt")),
        (id("people"), typed(" ")),
    ]);
    assert_eq!(
        form.read(&values, |_| true),
        Err(vec![(id("people"), Wrong::Missing)])
    );
}

#[test]
fn the_first_of_its_kind_tells_how_to_reach_the_visitor() {
    let form = form();
    let reaches = |at: usize| form.reaches(&form.fields[at]);
    assert_eq!(reaches(0), Some(Reaches::Name));
    assert_eq!(reaches(1), Some(Reaches::Email));
    assert_eq!(reaches(2), None, "a second address is only an attribute");
    let values = BTreeMap::from([
        (id("name"), typed("Inés")),
        (id("work_email"), typed("a@b.pt")),
        (id("other_email"), typed("c@d.pt")),
        (id("people"), Value::Number(2)),
    ]);
    let claim = form.claim(&form.read(&values, |_| false).unwrap());
    assert_eq!(claim.email.as_deref(), Some("a@b.pt"));
    assert_eq!(claim.name.as_deref(), Some("Inés"));
    assert_eq!(claim.phone, None);
}

#[test]
fn a_form_is_written_short() {
    let text = r#"{"title":{},"intro":{},"fields":[{"id":"size","kind":"choice","label":{"en":"Size"},"required":true,"options":[{"id":"s","label":{"en":"Small"}},{"id":"m","label":{"en":"Medium"}}]},{"id":"people","kind":"number","label":{"en":"People"},"required":false,"min":1,"max":20},{"id":"day","kind":"date","label":{"en":"Day"},"required":false,"earliest":"2026-12-01"}]}"#;
    let form: Form = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&form).unwrap(), text);
    let field = r#"{"id":"day","kind":"date","label":{},"earliest":"2026-02-30"}"#;
    assert!(serde_json::from_str::<Field>(field).is_err());
}
