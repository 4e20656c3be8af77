//! Greetings that visitors take up, and what follows by itself.

use saluda_protocol::inbox::Origin;
use saluda_protocol::{
    Author, Body, Contact, ConversationId, EmailAddress, Event, Message, MessageId, Millis, Number,
    Status, TriggerId,
};

use super::{Scene, bytes, lucia};
use crate::{FollowUp, Greeting, Post, Recorded, Store, To, Unposted, With};

fn trigger(id: &str) -> TriggerId {
    id.parse().unwrap()
}

fn by(id: &str) -> Author {
    Author::Greeting {
        trigger: trigger(id),
        name: "Alba".to_owned(),
    }
}

fn says(n: u16, id: &str, body: Body) -> Message {
    Message {
        id: MessageId::from_random(bytes(n)),
        author: by(id),
        body,
    }
}

fn greeting(id: &str, follow_up: Option<FollowUp>) -> Greeting {
    Greeting {
        origin: Origin {
            trigger: trigger(id),
            name: id.to_owned(),
            version: 1,
            variant: None,
            language: "en".to_owned(),
            message: MessageId::from_random(bytes(1)),
        },
        tags: vec!["pricing".to_owned(), id.to_owned()],
        answers: vec![Some("It depends.".to_owned()), None],
        follow_up,
    }
}

impl Scene<'_> {
    fn here(&self, n: u16) -> To {
        To::Visitor {
            visitor: self.visitor,
            fresh: ConversationId::from_random(bytes(n)),
        }
    }

    /// The visitor takes a greeting with two quick replies up.
    async fn greeted(&self, n: u16, id: &str, follow_up: Option<FollowUp>) -> Recorded {
        let body = Body::QuickReplies {
            text: "Questions?".to_owned(),
            replies: vec!["Which one?".to_owned(), "None".to_owned()],
        };
        let post = Post {
            to: self.here(n),
            message: says(n, id, body),
            with: With::Greeting(Box::new(greeting(id, follow_up))),
            at: Millis(u64::from(n)),
        };
        self.store.post(post).await.unwrap().unwrap()
    }

    /// The visitor taps a quick reply of message `of`.
    async fn taps(&self, n: u16, of: u16, button: u8) -> Result<Recorded, Unposted> {
        let tap = Body::Tap {
            message: MessageId::from_random(bytes(of)),
            button,
            label: "what the page says".to_owned(),
        };
        let post = Post {
            to: self.here(n),
            message: Message {
                id: MessageId::from_random(bytes(n)),
                author: Author::Visitor,
                body: tap,
            },
            with: With::Answer(MessageId::from_random(bytes(n + 500))),
            at: Millis(u64::from(n)),
        };
        self.store.post(post).await.unwrap()
    }

    /// Everything that was said, and by whom: `>` the visitor, `<` a greeting.
    async fn said(&self, id: ConversationId) -> Vec<String> {
        let events = self.store.events_after(id, Number(0), 99).await.unwrap();
        for (place, event) in events.iter().enumerate() {
            assert_eq!(event.number.0, u64::try_from(place).unwrap() + 1);
        }
        let line = |event: &Event| {
            let message = event.what.message()?;
            let side = match message.author {
                Author::Visitor => ">",
                Author::Greeting { .. } => "<",
                _ => "=",
            };
            Some(format!("{side} {}", message.body.as_text()))
        };
        events.iter().filter_map(line).collect()
    }
}

/// See the name.
pub async fn begins_with_a_greeting_and_keeps_where_it_came_from(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let first = scene.greeted(1, "help", None).await;
    assert_eq!(first.number, Number(1));
    let again = scene.greeted(1, "help", None).await;
    assert_eq!((again.number, again.change), (Number(1), None));
    scene.says(scene.visitor, 2).await;
    let second = scene.greeted(3, "cart", None).await;
    assert_eq!(second.conversation, first.conversation);

    let kept = scene.conversation(first.conversation).await;
    assert_eq!(kept.origin, Some(greeting("help", None).origin));
    assert_eq!(kept.tags, ["pricing", "help", "cart"]);
    assert_eq!(kept.preview.unwrap().text, "message 2");
    let inbox = store
        .inbox(scene.site, saluda_protocol::Tab::All, None, 9)
        .await;
    let [summary] = &inbox.unwrap()[..] else {
        panic!("not one conversation");
    };
    assert_eq!(summary.origin, kept.origin);
    assert_eq!(summary.tags, kept.tags);
}

/// See the name (S0.7, S1.14).
pub async fn takes_one_tap_and_answers_it_once(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let id = scene.greeted(1, "help", None).await.conversation;
    store
        .set_status(id, Status::Closed, lucia(), Millis(1))
        .await
        .unwrap();
    let taps = (2..=20).map(|n| scene.taps(n, 1, 0));
    let taps = futures_util::future::join_all(taps).await;
    let taken: Vec<_> = taps.iter().filter_map(|tap| tap.as_ref().ok()).collect();
    assert_eq!(taken.len(), 1, "of many tabs, one was first");
    let others = taps.iter().filter_map(|tap| tap.as_ref().err());
    assert!(
        others
            .into_iter()
            .all(|why| *why == Unposted::TappedAlready)
    );
    let expected = ["< Questions?", "> Which one?", "< It depends."];
    assert_eq!(scene.said(id).await, expected);

    let n = taps.iter().position(Result::is_ok).unwrap() + 2;
    let again = scene.taps(u16::try_from(n).unwrap(), 1, 0).await.unwrap();
    assert_eq!((again.number, &again.change), (taken[0].number, &None));
    let kept = scene.conversation(id).await;
    assert_eq!(kept.status, Status::Open, "a tap opens it as words do");
    assert_eq!(kept.asked, again.number);
}

/// See the name.
pub async fn refuses_taps_on_what_is_no_quick_reply(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let id = scene.greeted(1, "help", None).await.conversation;
    scene.says(scene.visitor, 2).await;
    for (of, button) in [(1, 2), (2, 0), (9, 0)] {
        let refused = scene.taps(3, of, button).await;
        assert_eq!(refused, Err(Unposted::NoSuchReply), "{of} {button}");
    }
    // Nor in someone else's conversation, whose message has that id.
    let other = scene.add_visitor(50).await;
    scene.says(other, 51).await;
    let post = Post {
        to: To::Visitor {
            visitor: other,
            fresh: ConversationId::from_random(bytes(52)),
        },
        message: Message {
            id: MessageId::from_random(bytes(53)),
            author: Author::Visitor,
            body: Body::Tap {
                message: MessageId::from_random(bytes(1)),
                button: 0,
                label: String::new(),
            },
        },
        with: With::Answer(MessageId::from_random(bytes(54))),
        at: Millis(5),
    };
    let refused = store.post(post).await.unwrap();
    assert_eq!(refused, Err(Unposted::NoSuchReply));
    assert_eq!(scene.said(id).await.len(), 2);
    scene.taps(3, 1, 1).await.unwrap();
    assert_eq!(scene.said(id).await[2..], ["> None"]);
}

/// See the name (S2.33).
pub async fn says_what_follows_the_first_words_once(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let thanks = says(100, "help", Body::Text("Thanks.".to_owned()));
    let follow_up = Some(FollowUp::OnWords(thanks));
    let id = scene.greeted(1, "help", follow_up).await.conversation;
    scene.answers(id, 2).await;
    let first = scene.taps(3, 1, 0).await.unwrap();
    scene.says(scene.visitor, 4).await;
    scene.taps(3, 1, 0).await.unwrap();
    assert_eq!(first.number, Number(3));
    assert_eq!(first.change.unwrap().events.len(), 3);
    let expected = [
        "< Questions?",
        "= message 2",
        "> Which one?",
        "< It depends.",
        "< Thanks.",
        "> message 4",
    ];
    assert_eq!(scene.said(id).await, expected);
}

/// See the name (S2.33).
pub async fn says_what_follows_the_contact_once(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let thanks = says(100, "help", Body::Text("Thanks.".to_owned()));
    let follow_up = Some(FollowUp::OnContact(thanks));
    let id = scene.greeted(1, "help", follow_up).await.conversation;
    scene.says(scene.visitor, 2).await;
    let told = |contact| store.set_contact(scene.visitor, contact, Millis(3));
    assert_eq!(told(Contact::default()).await.unwrap(), None);
    let contact = Contact {
        email: Some(EmailAddress::parse("ines@cafelargo.pt").unwrap()),
        phone: Some("+351 912 345 678".to_owned()),
        ..Contact::default()
    };
    let change = told(contact.clone()).await.unwrap().unwrap();
    assert_eq!(change.events.len(), 2, "what was told, and the thanks");
    assert_eq!(change.contact, contact);
    assert_eq!(told(contact).await.unwrap(), None);
    let expected = ["< Questions?", "> message 2", "< Thanks."];
    assert_eq!(scene.said(id).await, expected);
}

/// See the name.
pub async fn forgets_what_an_earlier_greeting_would_have_said(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let later = |n| says(n, "help", Body::Text(format!("follow-up {n}")));
    let first = Some(FollowUp::OnContact(later(100)));
    let id = scene.greeted(1, "help", first).await.conversation;
    scene
        .greeted(2, "cart", Some(FollowUp::OnWords(later(101))))
        .await;
    scene.says(scene.visitor, 3).await;
    let contact = Contact {
        name: Some("Inês".to_owned()),
        ..Contact::default()
    };
    store
        .set_contact(scene.visitor, contact, Millis(4))
        .await
        .unwrap();
    let expected = [
        "< Questions?",
        "< Questions?",
        "> message 3",
        "< follow-up 101",
    ];
    assert_eq!(scene.said(id).await, expected);
}
