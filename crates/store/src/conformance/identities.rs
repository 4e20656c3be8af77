//! Who visitors are by the word of the site's owner.

use saluda_protocol::form::Value;
use saluda_protocol::inbox::{Counts, Tab};
use saluda_protocol::{
    Contact, EmailAddress, Identity, Mark, Millis, Number, SecretId, Side, Status, VisitorId,
};

use super::{Scene, bytes, site};
use crate::{Identification, Identified, Secret, Store, Used, Visitor};

fn secret(n: u16, of: &crate::Site) -> Secret {
    Secret {
        id: SecretId::from_random(bytes(n)),
        site: of.id,
        secret: format!("secret {n}"),
        created_at: Millis(u64::from(n)),
    }
}

impl Scene<'_> {
    /// A page says with the token `n` that its visitor is this user.
    pub(super) async fn identify(
        &self,
        n: u16,
        of: VisitorId,
        user: &str,
    ) -> Result<Identified, Used> {
        let visitor = Visitor {
            id: of,
            site: self.site,
            secret_hash: "unwritten".to_owned(),
            contact: Contact::default(),
            identity: None,
            place: saluda_protocol::visitor::Place::default(),
            first_seen: Millis(1),
            last_seen: Millis(1),
        };
        let claim = Identification {
            visitor,
            identity: Identity {
                user: user.to_owned(),
                email: EmailAddress::parse("ines@cafelargo.pt").ok(),
                ..Identity::default()
            },
            fresh: VisitorId::from_random(bytes(500 + n)),
            secret_hash: format!("fresh {n}"),
            token: format!("token {n}"),
            expires_at: Millis(100),
            at: Millis(u64::from(n)),
        };
        self.store.identify(claim).await.unwrap()
    }

    async fn texts(&self, of: VisitorId) -> Vec<String> {
        let Some(found) = self.store.conversation_of(of).await.unwrap() else {
            return Vec::new();
        };
        let events = self
            .store
            .events_after(found.id, Number(0), 100)
            .await
            .unwrap();
        for (index, event) in events.iter().enumerate() {
            assert_eq!(event.number.0, index as u64 + 1, "numbers have no holes");
        }
        let messages = events.iter().filter_map(|event| event.what.message());
        messages
            .map(|message| message.body.as_text().to_owned())
            .collect()
    }
}

/// See the name.
pub async fn keeps_two_secrets_of_a_site_until_they_are_revoked(store: &dyn Store) {
    let (shop, school) = (site(1, "shop"), site(2, "school"));
    for site in [&shop, &school] {
        assert!(store.add_site(site.clone(), None).await.unwrap());
    }
    let [one, two, three] = [1, 2, 3].map(|n| secret(n, &shop));
    assert!(store.add_secret(one.clone(), None).await.unwrap());
    assert!(store.add_secret(two.clone(), None).await.unwrap());
    assert!(!store.add_secret(three.clone(), None).await.unwrap());
    assert!(store.add_secret(secret(4, &school), None).await.unwrap());
    assert_eq!(
        store.secrets(shop.id).await.unwrap(),
        [two.clone(), one.clone()]
    );

    assert!(!store.revoke_secret(school.id, one.id, None).await.unwrap());
    assert!(store.revoke_secret(shop.id, one.id, None).await.unwrap());
    assert!(!store.revoke_secret(shop.id, one.id, None).await.unwrap());
    assert!(store.add_secret(three.clone(), None).await.unwrap());
    assert_eq!(store.secrets(shop.id).await.unwrap(), [three, two]);
}

/// See the name.
pub async fn makes_whom_nobody_knew_the_known_one(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let told = Contact {
        name: Some("Inês".to_owned()),
        ..Contact::default()
    };
    let begun = scene.says(scene.visitor, 1).await;
    store
        .set_contact(scene.visitor, told, Millis(2))
        .await
        .unwrap();
    let identified = scene.identify(1, scene.visitor, "u-42").await.unwrap();
    let visitor = identified.visitor;
    assert_eq!(visitor.id, scene.visitor);
    assert_eq!(visitor.secret_hash, "fresh 1");
    assert_eq!(visitor.identity.unwrap().user, "u-42");
    assert_eq!(visitor.contact.email.unwrap().as_str(), "ines@cafelargo.pt");
    assert_eq!(visitor.contact.name.as_deref(), Some("Inês"));
    let [change] = &identified.changes[..] else {
        panic!("{:?}", identified.changes);
    };
    assert!(change.conversation.verified);
    assert_eq!(change.conversation.id, begun.conversation);

    // Someone who said nothing is written down by it.
    let unwritten = VisitorId::from_random(bytes(77));
    let identified = scene.identify(2, unwritten, "u-43").await.unwrap();
    assert_eq!(identified.visitor.id, VisitorId::from_random(bytes(502)));
    assert_eq!(identified.changes, []);
}

/// See the name.
pub async fn takes_a_token_once(store: &dyn Store) {
    let scene = Scene::new(store).await;
    assert!(scene.identify(1, scene.visitor, "u-42").await.is_ok());
    assert_eq!(scene.identify(1, scene.visitor, "u-42").await, Err(Used));
    assert_eq!(
        scene.identify(1, scene.add_visitor(9).await, "u-1").await,
        Err(Used)
    );
    // It is another with each site.
    let school = site(2, "school");
    assert!(store.add_site(school.clone(), None).await.unwrap());
    let there = Scene {
        site: school.id,
        visitor: VisitorId::from_random(bytes(8)),
        ..scene
    };
    let identified = there.identify(1, there.visitor, "u-42").await.unwrap();
    assert_ne!(
        identified.visitor.id, scene.visitor,
        "another site, another person"
    );
}

/// See the name.
pub async fn gives_the_known_one_the_conversation_of_whom_they_were(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let known = scene
        .identify(1, scene.visitor, "u-42")
        .await
        .unwrap()
        .visitor;
    let nobody = scene.add_visitor(1).await;
    let begun = scene.says(nobody, 1).await;
    let identified = scene.identify(2, nobody, "u-42").await.unwrap();
    assert_eq!(identified.visitor.id, known.id);
    let [change] = &identified.changes[..] else {
        panic!("{:?}", identified.changes);
    };
    assert_eq!(change.conversation.id, begun.conversation);
    assert_eq!(change.conversation.visitor, known.id);
    // A page that has not heard of it still writes to the same place.
    scene.says(nobody, 2).await;
    assert_eq!(scene.texts(known.id).await, ["message 1", "message 2"]);
    assert_eq!(scene.counts().await, Counts { open: 1, unread: 1 });
    let hashes = store.secrets_of(known.id).await.unwrap();
    assert_eq!(hashes, ["fresh 2"]);
}

/// See the name.
pub async fn puts_two_conversations_of_one_person_together(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let known = scene.visitor;
    let first = scene.says(known, 3).await;
    scene.answers(first.conversation, 4).await;
    let all_read = Mark {
        delivered: Number(2),
        read: Number(2),
    };
    for side in [Side::Agent, Side::Visitor] {
        store
            .mark(first.conversation, side, all_read)
            .await
            .unwrap();
    }
    scene.identify(1, known, "u-42").await.unwrap();
    let nobody = scene.add_visitor(1).await;
    let second = scene.says(nobody, 6).await;
    scene.answers(second.conversation, 7).await;
    let read = Mark {
        delivered: Number(1),
        read: Number(1),
    };
    store
        .mark(second.conversation, Side::Agent, read)
        .await
        .unwrap();
    scene.says(nobody, 30).await;
    assert_eq!(scene.counts().await, Counts { open: 2, unread: 1 });

    let (before, _) = store.inbox_state(scene.site).await.unwrap();
    let identified = scene.identify(2, nobody, "u-42").await.unwrap();
    assert_eq!(identified.visitor.id, known);
    let changes: Vec<_> = identified
        .changes
        .iter()
        .map(|change| {
            (
                change.conversation.id,
                change.conversation.change.0 - before.0,
            )
        })
        .collect();
    assert_eq!(changes, [(first.conversation, 1), (second.conversation, 2)]);
    let expected = [
        "message 3",
        "message 4",
        "message 6",
        "message 7",
        "message 30",
    ];
    assert_eq!(scene.texts(known).await, expected);
    assert_eq!(scene.counts().await, Counts { open: 1, unread: 1 });
    let together = scene.conversation(first.conversation).await;
    assert_eq!((together.last, together.asked), (Number(5), Number(5)));
    assert_eq!(together.marks.agent.read, Number(3));
    assert_eq!(together.preview.unwrap().text, "message 30");

    // What stands for it: lists leave it out, those who follow the inbox hear of it.
    let listed = store.inbox(scene.site, Tab::All, None, 9).await.unwrap();
    let listed: Vec<_> = listed.iter().map(|summary| summary.conversation).collect();
    assert_eq!(listed, [first.conversation]);
    let heard = store.inbox_after(scene.site, before, 9).await.unwrap();
    let rest = heard.last().unwrap();
    assert_eq!(rest.conversation, second.conversation);
    assert_eq!(
        (rest.moved, rest.status),
        (Some(first.conversation), Status::Closed)
    );
    // A page or a desk that has not heard of it writes to the whole.
    scene.answers(second.conversation, 9).await;
    let again = scene.says(nobody, 30).await;
    assert_eq!(
        (again.conversation, again.number),
        (first.conversation, Number(5))
    );
    assert_eq!(scene.texts(known).await.len(), 6);
}

/// See the name.
pub async fn gives_the_known_one_what_they_filled_in_before(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let people = |number| super::forms::answer("people", Value::Number(number));
    let grind = super::forms::answer("grind", Value::Text("fine".to_owned()));
    let filled = |answers| super::forms::filled("f1", answers, None);
    let known = scene.visitor;
    store
        .fill_in(known, filled(vec![people(2)]), Millis(1))
        .await
        .unwrap();
    scene.identify(1, known, "u-42").await.unwrap();
    let nobody = scene.add_visitor(1).await;
    store
        .fill_in(nobody, filled(vec![people(3), grind.clone()]), Millis(2))
        .await
        .unwrap();
    scene.identify(2, nobody, "u-42").await.unwrap();
    for asked in [known, nobody] {
        let attributes = store.attributes(asked).await.unwrap();
        let answers: Vec<_> = attributes.into_iter().map(|it| it.answer).collect();
        assert_eq!(answers, [people(2), grind.clone()]);
    }
    // A page that has not heard of it still fills in for the known one.
    store
        .fill_in(nobody, filled(vec![people(4)]), Millis(3))
        .await
        .unwrap();
    let attributes = store.attributes(known).await.unwrap();
    assert!(attributes.iter().any(|it| it.answer == people(4)));
}

/// See the name.
pub async fn keeps_apart_who_is_known_by_another_name(store: &dyn Store) {
    let scene = Scene::new(store).await;
    scene.says(scene.visitor, 1).await;
    scene.identify(1, scene.visitor, "ines").await.unwrap();
    // Someone else signs in with the same browser.
    let other = scene.identify(2, scene.visitor, "kofi").await.unwrap();
    assert_ne!(other.visitor.id, scene.visitor);
    assert_eq!(other.changes, []);
    assert_eq!(scene.texts(other.visitor.id).await, [] as [&str; 0]);
    assert_eq!(scene.texts(scene.visitor).await, ["message 1"]);
    let again = scene.identify(3, other.visitor.id, "ines").await.unwrap();
    assert_eq!(again.visitor.id, scene.visitor);
}

/// See the name.
pub async fn lets_nobody_in_by_what_they_knew_before(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let known = scene
        .identify(1, scene.visitor, "u-42")
        .await
        .unwrap()
        .visitor;
    let nobody = scene.add_visitor(1).await;
    scene.identify(2, nobody, "u-42").await.unwrap();
    for asked in [known.id, nobody] {
        let found = store.visitor(asked).await.unwrap().unwrap();
        assert_eq!(found.id, known.id);
        let mut hashes = store.secrets_of(found.id).await.unwrap();
        hashes.push(found.secret_hash);
        assert!(!hashes.contains(&"hash".to_owned()), "{hashes:?}");
    }
    for n in 3..60 {
        scene.identify(n, known.id, "u-42").await.unwrap();
    }
    let hashes = store.secrets_of(known.id).await.unwrap();
    assert_eq!(hashes.len(), saluda_protocol::limits::BROWSERS);
    assert!(hashes.contains(&"fresh 59".to_owned()));
}
