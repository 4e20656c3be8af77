//! What visitors fill in, and how they find a conversation.

use saluda_protocol::form::Value;
use saluda_protocol::trigger::Texts;
use saluda_protocol::{Answer, Contact, Millis, Number, Rating, Status, VisitorId, What};

use super::{Scene, bytes, lucia};
use crate::{Attribute, FilledIn, Store, Unrated};

pub(super) fn answer(field: &str, value: Value) -> Answer {
    Answer {
        field: field.parse().unwrap(),
        label: Texts::from([("en".to_owned(), field.to_owned())]),
        value,
        option: Texts::new(),
    }
}

pub(super) fn filled(form: &str, answers: Vec<Answer>, email: Option<&str>) -> FilledIn {
    FilledIn {
        form: form.to_owned(),
        answers,
        contact: Contact {
            email: email.map(|email| email.to_owned().try_into().unwrap()),
            ..Contact::default()
        },
    }
}

fn said(what: &[saluda_protocol::Event]) -> Vec<Vec<Answer>> {
    let answers = |event: &saluda_protocol::Event| match &event.what {
        What::Answers(answers) => Some(answers.clone()),
        _ => None,
    };
    what.iter().filter_map(answers).collect()
}

/// See the name.
pub async fn keeps_what_a_visitor_filled_in_and_says_it_once(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let begun = scene.says(scene.visitor, 1).await;
    let people = answer("people", Value::Number(12));
    let terms = answer("terms", Value::Ticked(true));
    let first = filled("f1", vec![people.clone(), terms.clone()], Some("a@b.pt"));
    let change = store.fill_in(scene.visitor, first.clone(), Millis(5)).await;
    let change = change.unwrap().unwrap();
    assert_eq!(said(&change.events), [[people.clone(), terms.clone()]]);
    assert!(change.contact.email.is_some());
    assert_eq!(change.conversation.asked, Number(1), "it asks for nothing");
    let kept = store.visitor(scene.visitor).await.unwrap().unwrap();
    assert_eq!(kept.contact, change.contact);

    // The same again is no news.
    let again = store.fill_in(scene.visitor, first, Millis(6)).await;
    assert_eq!(again.unwrap(), None);
    let more = answer("people", Value::Number(15));
    let second = filled("f2", vec![more.clone(), terms.clone()], None);
    let change = store.fill_in(scene.visitor, second, Millis(7)).await;
    let change = change.unwrap().unwrap();
    assert_eq!(said(&change.events), [[more.clone()]], "only what is new");
    assert!(change.contact.email.is_some(), "it is still known");
    let attributes = store.attributes(scene.visitor).await.unwrap();
    let kept = |answer: Answer| Attribute {
        answer,
        form: "f2".to_owned(),
    };
    assert_eq!(attributes, [kept(more), kept(terms)]);
    let last = scene.conversation(begun.conversation).await.last;
    assert_eq!(last, Number(3));

    let nobody = VisitorId::from_random(bytes(99));
    let told = store.fill_in(nobody, filled("f1", vec![people], None), Millis(8));
    assert_eq!(told.await.unwrap(), None);
    assert_eq!(store.attributes(nobody).await.unwrap(), []);
}

/// See the name.
pub async fn begins_a_conversation_with_what_was_filled_in(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let company = answer("company", Value::Text("Café Largo".to_owned()));
    let told = filled("f1", vec![company.clone()], Some("a@b.pt"));
    let change = store.fill_in(scene.visitor, told, Millis(1)).await.unwrap();
    assert_eq!(change, None, "there is no conversation yet");
    let begun = scene.says(scene.visitor, 1).await;
    assert_eq!(begun.number, Number(2));
    let events = begun.change.unwrap().events;
    assert_eq!(said(&events), [[company.clone()]]);
    assert_eq!(events[0].number, Number(1));
    scene.says(scene.visitor, 2).await;
    let all = store.events_after(begun.conversation, Number(0), 9).await;
    assert_eq!(said(&all.unwrap()).len(), 1);

    let other = scene.add_visitor(9).await;
    let begun = scene.says(other, 10).await;
    assert_eq!(begun.number, Number(1), "it is of one visitor alone");
}

/// See the name.
pub async fn takes_one_rating_of_a_close_and_one_change(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let rate = async |closed: u64, score: u8, comment: Option<&str>| {
        let rating = Rating {
            closed: Number(closed),
            score,
            comment: comment.map(str::to_owned),
        };
        store.rate(scene.visitor, rating, Millis(9)).await.unwrap()
    };
    assert_eq!(rate(1, 5, None).await, Err(Unrated::NotClosed));
    let id = scene.says(scene.visitor, 1).await.conversation;
    assert_eq!(rate(1, 5, None).await, Err(Unrated::NotClosed));
    let close = || store.set_status(id, Status::Closed, lucia(), Millis(3));
    close().await.unwrap().unwrap();
    // What an agent says afterwards changes nothing of it.
    scene.answers(id, 3).await;
    for number in [1, 3, 9] {
        assert_eq!(rate(number, 5, None).await, Err(Unrated::NotClosed));
    }
    let change = rate(2, 2, Some("slow")).await.unwrap().unwrap();
    assert!(matches!(&change.events[0].what, What::Rated(it) if it.score == 2));
    assert_eq!(change.conversation.status, Status::Closed);
    assert_eq!(change.conversation.asked, Number(1), "it asks for nothing");
    assert_eq!(rate(2, 2, Some("slow")).await, Ok(None), "sent twice");
    assert!(rate(2, 4, None).await.unwrap().is_some());
    assert_eq!(rate(2, 4, None).await, Ok(None), "sent twice");
    assert_eq!(rate(2, 5, None).await, Err(Unrated::ChangedBefore));

    // The next close is another one.
    scene.says(scene.visitor, 4).await;
    assert_eq!(rate(2, 4, None).await, Err(Unrated::NotClosed));
    let closed = close().await.unwrap().unwrap();
    let number = closed.events[0].number.0;
    assert_eq!(rate(2, 4, None).await, Err(Unrated::NotClosed));
    assert!(rate(number, 5, None).await.unwrap().is_some());
}
