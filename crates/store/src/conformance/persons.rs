//! People's rights, and the log of who did what.

use saluda_protocol::audit::Audited;
use saluda_protocol::form::Value;
use saluda_protocol::studio::Actor;
use saluda_protocol::{
    AgentId, Body, Contact, EmailAddress, Millis, Number, Rating, SiteId, Status, VisitorId, What,
};

use super::{Scene, bytes, lucia, message, site};
use crate::{AuditNote, Post, Store, To, Unposted, With};

fn note(site: Option<SiteId>, what: Audited) -> AuditNote {
    AuditNote {
        site,
        by: Actor::Agent {
            id: AgentId::from_random(bytes(1)),
            name: "Lucía Marín".to_owned(),
        },
        what,
        at: Millis(5),
    }
}

impl Scene<'_> {
    /// A person with everything that can be kept of one: known by the owner's word,
    /// merged from two, with a conversation, answers, a rating and a file.
    async fn person(&self) -> VisitorId {
        let store = self.store;
        let other = self.add_visitor(7).await;
        self.identify(1, self.visitor, "u-42").await.unwrap();
        self.says(other, 1).await;
        let answers = vec![super::forms::answer("people", Value::Number(4))];
        let filled = super::forms::filled("form", answers, None);
        store.fill_in(other, filled, Millis(2)).await.unwrap();
        let known = self.identify(2, other, "u-42").await.unwrap();
        let conversation = self.says(known.visitor.id, 2).await.conversation;
        let closed = store.set_status(conversation, Status::Closed, lucia(), Millis(9));
        let closed = closed.await.unwrap().unwrap();
        let rating = Rating {
            closed: closed.conversation.last,
            score: 2,
            comment: Some("could be better".to_owned()),
        };
        let rated = store.rate(known.visitor.id, rating, Millis(10)).await;
        rated.unwrap().unwrap();
        self.sends(super::files::kept(1, 9, known.visitor.id, 11))
            .await;
        known.visitor.id
    }
}

/// See the name.
pub async fn hands_out_everything_that_is_kept_of_a_person(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let id = scene.person().await;
    let person = store.person(id).await.unwrap().unwrap();
    assert_eq!(person.visitor.identity.unwrap().user, "u-42");
    assert_eq!(person.also.len(), 1);
    assert_eq!(person.browsers.len(), 1);
    assert_eq!(person.attributes.len(), 1);
    assert_eq!(person.ratings.len(), 1);
    assert_eq!(person.files.len(), 1);
    let last = person.conversation.unwrap().last;
    let numbers: Vec<_> = person.events.iter().map(|event| event.number.0).collect();
    assert_eq!(numbers, (1..=last.0).collect::<Vec<_>>());
    // Whom they were before is them.
    let before = store.person(person.also[0]).await.unwrap().unwrap();
    assert_eq!(before.visitor.id, id);
    let nobody = VisitorId::from_random(bytes(99));
    assert_eq!(store.person(nobody).await.unwrap(), None);

    for who in ["u-42", &id.to_string(), &person.also[0].to_string()] {
        let found = store.people(scene.site, who).await.unwrap();
        assert_eq!(found.len(), 1, "{who}");
        assert_eq!(found[0].id, id, "{who}");
    }
    let contact = Contact {
        email: EmailAddress::parse("ines@example.com").ok(),
        ..Contact::default()
    };
    let other = scene.add_visitor(8).await;
    for visitor in [id, other] {
        store
            .set_contact(visitor, contact.clone(), Millis(11))
            .await
            .unwrap();
    }
    let claimed = store.people(scene.site, "Ines@Example.com").await.unwrap();
    assert_eq!(claimed.len(), 2, "anyone can name any address");
    let elsewhere = SiteId::from_random(bytes(55));
    assert_eq!(store.people(elsewhere, "u-42").await.unwrap(), []);
}

/// See the name.
pub async fn erases_a_person_and_keeps_the_numbers(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let id = scene.person().await;
    let stays = scene.add_visitor(8).await;
    scene.says(stays, 8).await;
    let before = store.person(id).await.unwrap().unwrap();
    let conversation = before.conversation.unwrap();
    let (change, counts) = store.inbox_state(scene.site).await.unwrap();

    let what = Audited::PersonErased { visitor: id };
    let noted = note(Some(scene.site), what.clone());
    let erased = store.erase(id, Millis(20), Some(noted)).await.unwrap();
    let erased = erased.unwrap();
    assert_eq!(erased.files, [before.files[0].file.id]);
    let told = erased.change.unwrap();
    assert_eq!(told.events.len(), 1);
    assert_eq!(told.events[0].what, What::Erased);
    assert_eq!(told.events[0].number, conversation.last.next());
    assert_eq!(told.conversation.change, change.next());
    assert_eq!(told.contact, Contact::default());
    assert_eq!(told.conversation.preview, None);
    assert!(told.conversation.erased && !told.conversation.unread());
    assert_eq!(told.counts.open, counts.open);

    // Nobody is there any more, under whatever name.
    for id in [id, before.also[0]] {
        assert_eq!(store.visitor(id).await.unwrap(), None);
        assert_eq!(store.person(id).await.unwrap(), None);
        assert_eq!(store.conversation_of(id).await.unwrap(), None);
        assert_eq!(store.attributes(id).await.unwrap(), []);
        assert_eq!(store.secrets_of(id).await.unwrap(), Vec::<String>::new());
        assert_eq!(store.erase(id, Millis(21), None).await.unwrap(), None);
    }
    assert_eq!(store.people(scene.site, "u-42").await.unwrap(), []);
    assert_eq!(store.file(before.files[0].file.id).await.unwrap(), None);
    // Agents who have it open see that it is gone, and nobody writes into it.
    let all = store
        .events_after(conversation.id, Number(0), 100)
        .await
        .unwrap();
    assert_eq!(all, told.events);
    let post = Post {
        to: To::Conversation(conversation.id),
        message: message(90, lucia()),
        with: With::Nothing,
        at: Millis(22),
    };
    assert_eq!(store.post(post).await.unwrap(), Err(Unposted::Nowhere));
    let reopen = store.set_status(conversation.id, Status::Open, lucia(), Millis(23));
    assert_eq!(reopen.await.unwrap(), None);
    let listed = store
        .inbox(scene.site, saluda_protocol::Tab::All, None, 50)
        .await
        .unwrap();
    let listed: Vec<_> = listed.iter().map(|summary| summary.visitor).collect();
    assert_eq!(listed, [stays]);

    // What is done is known; the same name is free for someone else.
    let log = store.audit_log(Some(scene.site), None, 10).await.unwrap();
    assert_eq!(log[0].what, what);
    let again = scene.add_visitor(9).await;
    assert!(scene.identify(3, again, "u-42").await.is_ok());
}

/// See the name.
pub async fn finds_whom_nobody_has_heard_of_for_long(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let (long, answered) = (scene.visitor, scene.add_visitor(7).await);
    scene.says(long, 1).await;
    let conversation = scene.says(answered, 2).await.conversation;
    let mut late = message(50, lucia());
    late.body = Body::Text("are you still there?".to_owned());
    let post = Post {
        to: To::Conversation(conversation),
        message: late,
        with: With::Nothing,
        at: Millis(500),
    };
    store.post(post).await.unwrap().unwrap();
    let silent = async |before: u64| {
        let found = store.silent_since(scene.site, Millis(before), 10).await;
        found.unwrap()
    };
    assert_eq!(silent(100).await, [long]);
    assert_eq!(silent(501).await.len(), 2);
    store.erase(long, Millis(600), None).await.unwrap();
    assert_eq!(silent(100).await, []);
}

/// See the name.
pub async fn remembers_who_did_what_and_only_what_was_done(store: &dyn Store) {
    let shop = site(1, "shop");
    let added = note(Some(shop.id), Audited::SiteAdded);
    assert!(
        store
            .add_site(shop.clone(), Some(added.clone()))
            .await
            .unwrap()
    );
    assert!(!store.add_site(shop.clone(), Some(added)).await.unwrap());
    let exported = Audited::PersonExported {
        visitor: VisitorId::from_random(bytes(1)),
    };
    store
        .add_note(note(Some(shop.id), exported.clone()))
        .await
        .unwrap();
    let revoked = Audited::TokenRevoked {
        token: saluda_protocol::TokenId::from_random(bytes(1)),
    };
    store.add_note(note(None, revoked.clone())).await.unwrap();

    let of_site = store.audit_log(Some(shop.id), None, 10).await.unwrap();
    let what: Vec<_> = of_site.iter().map(|entry| &entry.what).collect();
    assert_eq!(what, [&exported, &Audited::SiteAdded]);
    let older = store
        .audit_log(Some(shop.id), Some(of_site[0].number), 10)
        .await
        .unwrap();
    assert_eq!(older, of_site[1..]);
    let all = store.audit_log(None, None, 1).await.unwrap();
    assert_eq!(all[0].what, revoked);
}
