//! What every store must do, whichever database it is.
//!
//! A database calls [`conformance!`](crate::conformance!) in its tests with the
//! way to open an empty store; each case below becomes a test.
#![expect(
    clippy::missing_panics_doc,
    reason = "each case is a test, and panics when the store is wrong"
)]

mod copies;
mod files;
mod forms;
mod greetings;
mod identities;
mod persons;
mod results;
mod settings;
mod tokens;
mod triggers;

pub use copies::*;
pub use files::*;
pub use forms::*;
pub use greetings::*;
pub use identities::*;
pub use persons::*;
pub use results::*;
pub use settings::*;
pub use tokens::*;
pub use triggers::*;

use saluda_protocol::agent::{Page, Role};
use saluda_protocol::inbox::{Counts, Tab};
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    AgentId, Author, Body, Contact, ConversationId, EmailAddress, Mark, Message, MessageId, Millis,
    Number, Side, SiteId, SiteKey, Status, VisitorId, What,
};

use crate::{
    Agent, Conversation, Post, Recorded, Session, Site, SiteSettings, Store, To, Unposted, Visitor,
    With,
};

/// Makes a test of every case. `$open` is an expression that yields a future of
/// an empty store and of something that is kept until the test ends.
#[macro_export]
macro_rules! conformance {
    ($open:expr) => {
        $crate::conformance!(@cases $open;
            finds_a_site_by_key_and_keeps_what_its_owner_chose,
            finds_the_only_site_that_may_be_on_an_origin,
            refuses_settings_over_what_someone_else_chose,
            remembers_on_which_origins_a_site_was_seen,
            keeps_keys_and_addresses_unique,
            keeps_the_first_signing_key_of_a_site,
            lists_where_an_agent_may_work,
            pages_sites_agents_and_memberships,
            ends_a_session_by_sign_out_and_by_time,
            keeps_tokens_until_they_are_revoked,
            bounds_how_many_tokens_an_agent_has,
            numbers_messages_without_holes,
            returns_the_first_number_for_a_repeated_post,
            gives_one_number_to_posts_repeated_at_once,
            keeps_one_conversation_a_visitor_even_when_two_tabs_write_at_once,
            refuses_posts_to_nobody,
            opens_a_closed_conversation_when_the_visitor_writes,
            keeps_it_closed_when_an_agent_writes,
            moves_marks_only_forward,
            counts_open_and_unread_conversations,
            numbers_the_changes_of_an_inbox,
            pages_the_inbox_without_gaps_or_repeats,
            pages_a_conversation_both_ways,
            keeps_what_a_visitor_told,
            remembers_where_a_visitor_was,
            lists_where_the_latest_visitors_were,
            keeps_what_a_visitor_filled_in_and_says_it_once,
            begins_a_conversation_with_what_was_filled_in,
            takes_one_rating_of_a_close_and_one_change,
            makes_one_message_of_a_file_and_says_what_it_found,
            lets_nobody_post_what_another_sent,
            gives_the_known_one_the_files_of_whom_they_were,
            counts_what_a_visitor_sent_within_a_time,
            removes_what_was_sent_and_never_posted,
            begins_with_a_greeting_and_keeps_where_it_came_from,
            takes_one_tap_and_answers_it_once,
            refuses_taps_on_what_is_no_quick_reply,
            says_what_follows_the_first_words_once,
            says_what_follows_the_contact_once,
            forgets_what_an_earlier_greeting_would_have_said,
            keeps_drafts_apart_from_what_is_live,
            refuses_to_write_over_what_someone_else_changed,
            publishes_once_until_something_changes,
            pauses_resumes_fails_and_deletes,
            asks_live_triggers_by_priority_then_age,
            pages_triggers_and_versions,
            bounds_how_many_are_live,
            counts_people_once,
            counts_people_within_a_period,
            counts_who_was_held_back_and_came_all_the_same,
            counts_nothing_that_was_not_published,
            rolls_back_what_is_live_at_once_and_the_rest_as_a_draft,
            clones_into_a_draft_of_a_name_that_is_free,
            orders_all_of_them_or_none,
            orders_without_publishing_what_was_edited,
            adds_starters_to_a_site_without_triggers_and_once,
            remembers_who_changed_what_beyond_the_end,
            names_each_page_of_a_site_once,
            keeps_two_secrets_of_a_site_until_they_are_revoked,
            makes_whom_nobody_knew_the_known_one,
            takes_a_token_once,
            gives_the_known_one_the_conversation_of_whom_they_were,
            puts_two_conversations_of_one_person_together,
            gives_the_known_one_what_they_filled_in_before,
            keeps_apart_who_is_known_by_another_name,
            lets_nobody_in_by_what_they_knew_before,
            hands_out_everything_that_is_kept_of_a_person,
            erases_a_person_and_keeps_the_numbers,
            finds_whom_nobody_has_heard_of_for_long,
            remembers_who_did_what_and_only_what_was_done,
        );
    };
    (@cases $open:expr; $($case:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                let (store, _kept) = $open.await;
                $crate::conformance::$case(&store).await;
            }
        )*
    };
}

/// A site with one visitor.
struct Scene<'s> {
    store: &'s dyn Store,
    site: SiteId,
    visitor: VisitorId,
}

fn bytes(n: u16) -> [u8; 16] {
    let [high, low] = n.to_be_bytes();
    let mut bytes = [7; 16];
    bytes[0] = high;
    bytes[1] = low;
    bytes
}

fn site(n: u16, key: &str) -> Site {
    Site {
        id: SiteId::from_random(bytes(n)),
        key: key.parse().unwrap(),
        name: format!("Site {n:03}"),
        origins: vec!["https://shop.example".to_owned()],
        settings: SiteSettings::default(),
        created_at: Millis(1),
        trigger_changes: 0,
        revision: 1,
    }
}

fn agent(n: u16, email: &str) -> Agent {
    Agent {
        id: AgentId::from_random(bytes(n)),
        email: email.to_owned(),
        name: "Lucía Marín".to_owned(),
        password: "$argon2id$".to_owned(),
        created_at: Millis(1),
    }
}

fn lucia() -> Author {
    Author::Agent {
        id: AgentId::from_random(bytes(1)),
        name: "Lucía Marín".to_owned(),
    }
}

fn message(n: u16, author: Author) -> Message {
    Message {
        id: MessageId::from_random(bytes(n)),
        author,
        body: Body::Text(format!("message {n}")),
    }
}

impl<'s> Scene<'s> {
    async fn new(store: &'s dyn Store) -> Self {
        let site = site(1, "shop");
        assert!(store.add_site(site.clone(), None).await.unwrap());
        let scene = Self {
            store,
            site: site.id,
            visitor: VisitorId::from_random(bytes(0)),
        };
        scene.add_visitor(0).await;
        scene
    }

    async fn add_visitor(&self, n: u16) -> VisitorId {
        let id = VisitorId::from_random(bytes(n));
        let visitor = Visitor {
            id,
            site: self.site,
            secret_hash: "hash".to_owned(),
            contact: Contact::default(),
            identity: None,
            place: Place::default(),
            first_seen: Millis(1),
            last_seen: Millis(1),
        };
        self.store.add_visitor(visitor).await.unwrap();
        id
    }

    /// The visitor `of` says message `n`. Every three of them share an instant.
    async fn says(&self, of: VisitorId, n: u16) -> Recorded {
        let post = Post {
            to: To::Visitor {
                visitor: of,
                fresh: ConversationId::from_random(bytes(n)),
            },
            message: message(n, Author::Visitor),
            with: With::Nothing,
            at: Millis(u64::from(n / 3)),
        };
        self.store.post(post).await.unwrap().unwrap()
    }

    async fn answers(&self, to: ConversationId, n: u16) -> Recorded {
        let post = Post {
            to: To::Conversation(to),
            message: message(n, lucia()),
            with: With::Nothing,
            at: Millis(u64::from(n)),
        };
        self.store.post(post).await.unwrap().unwrap()
    }

    async fn conversation(&self, id: ConversationId) -> Conversation {
        self.store.conversation(id).await.unwrap().unwrap()
    }

    async fn counts(&self) -> Counts {
        self.store.inbox_state(self.site).await.unwrap().1
    }
}

/// See the name.
pub async fn finds_a_site_by_key_and_keeps_what_its_owner_chose(store: &dyn Store) {
    let mut shop = site(1, "shop");
    assert!(store.add_site(shop.clone(), None).await.unwrap());
    assert_eq!(
        store.site_by_key(&shop.key).await.unwrap(),
        Some(shop.clone())
    );
    shop.name = String::from("Alba Coffee");
    shop.settings.agent_text_chars = 1_000;
    shop.origins.push("https://m.shop.example".to_owned());
    assert!(store.update_site(shop.clone()).await.unwrap());
    shop.revision += 1;
    assert_eq!(store.site(shop.id).await.unwrap(), Some(shop));
    assert!(!store.update_site(site(2, "other")).await.unwrap());
    assert_eq!(
        store.site_by_key(&"other".parse().unwrap()).await.unwrap(),
        None
    );
}

/// See the name.
pub async fn finds_the_only_site_that_may_be_on_an_origin(store: &dyn Store) {
    let on = async |origin: &str| {
        let found = store.only_site_on(origin).await.unwrap();
        found.map(|site| site.key.to_string())
    };
    for (n, key, origins) in [
        (1, "shop", ["https://a.example", "https://both.example"]),
        (2, "school", ["https://b.example", "https://both.example"]),
    ] {
        let mut site = site(n, key);
        site.origins = origins.map(str::to_owned).into();
        assert!(store.add_site(site, None).await.unwrap());
    }
    assert_eq!(on("https://a.example").await.as_deref(), Some("shop"));
    assert_eq!(on("https://b.example").await.as_deref(), Some("school"));
    for other in ["https://both.example", "https://a.example.evil", "*", ""] {
        assert_eq!(on(other).await, None, "{other}");
    }
    let mut open = site(3, "open");
    open.origins = vec!["*".to_owned()];
    assert!(store.add_site(open, None).await.unwrap());
    assert_eq!(on("https://new.example").await.as_deref(), Some("open"));
    assert_eq!(on("https://a.example").await, None);
}

/// See the name.
pub async fn keeps_keys_and_addresses_unique(store: &dyn Store) {
    assert!(store.add_site(site(1, "shop"), None).await.unwrap());
    assert!(!store.add_site(site(2, "shop"), None).await.unwrap());
    assert_eq!(store.sites(None, 9).await.unwrap().len(), 1);
    assert!(
        store
            .add_agent(agent(1, "lucia@alba.example"), None)
            .await
            .unwrap()
    );
    assert!(
        !store
            .add_agent(agent(2, "lucia@alba.example"), None)
            .await
            .unwrap()
    );
    assert_eq!(store.agents(None, 9).await.unwrap().len(), 1);
}

/// See the name.
pub async fn keeps_the_first_signing_key_of_a_site(store: &dyn Store) {
    let (one, other) = (site(1, "one"), site(2, "other"));
    for site in [&one, &other] {
        assert!(store.add_site(site.clone(), None).await.unwrap());
        assert_eq!(store.signing_key(site.id).await.unwrap(), None);
    }
    for fresh in ["first", "second"] {
        let kept = store.make_signing_key(one.id, fresh.to_owned()).await;
        assert_eq!(kept.unwrap(), "first");
    }
    // What its owner chooses has nothing to do with it.
    assert!(store.update_site(one.clone()).await.unwrap());
    let kept = store.signing_key(one.id).await.unwrap();
    assert_eq!(kept.as_deref(), Some("first"));
    assert_eq!(store.signing_key(other.id).await.unwrap(), None);
}

/// See the name.
pub async fn lists_where_an_agent_may_work(store: &dyn Store) {
    let (shop, school) = (site(1, "shop"), site(2, "school"));
    let lucia = agent(1, "lucia@alba.example");
    store.add_site(shop.clone(), None).await.unwrap();
    store.add_site(school.clone(), None).await.unwrap();
    store.add_agent(lucia.clone(), None).await.unwrap();
    assert_eq!(store.memberships(lucia.id, None, 9).await.unwrap(), []);
    store
        .set_role(shop.id, lucia.id, Role::Agent, None)
        .await
        .unwrap();
    store
        .set_role(shop.id, lucia.id, Role::Administrator, None)
        .await
        .unwrap();
    let here = Some((shop.clone(), Role::Administrator));
    assert_eq!(store.membership(lucia.id, shop.id).await.unwrap(), here);
    assert_eq!(store.membership(lucia.id, school.id).await.unwrap(), None);
    let all = store.memberships(lucia.id, None, 9).await.unwrap();
    assert_eq!(all, [(shop, Role::Administrator)]);
    let found = store.agent_by_email("lucia@alba.example").await.unwrap();
    assert_eq!(found, Some(lucia));
    assert_eq!(
        store.agent_by_email("rui@alba.example").await.unwrap(),
        None
    );
}

/// See the name.
pub async fn pages_sites_agents_and_memberships(store: &dyn Store) {
    let lucia = agent(1, "lucia@alba.example");
    store.add_agent(lucia.clone(), None).await.unwrap();
    store
        .add_agent(agent(2, "rui@alba.example"), None)
        .await
        .unwrap();
    for (n, key) in [(3, "c"), (1, "a"), (2, "b")] {
        let site = site(n, key);
        store.add_site(site.clone(), None).await.unwrap();
        store
            .set_role(site.id, lucia.id, Role::Agent, None)
            .await
            .unwrap();
    }
    let (mut sites, mut memberships) = (Vec::new(), Vec::new());
    loop {
        let page = store.sites(sites.last(), 2).await.unwrap();
        let Some(_) = page.last() else { break };
        sites.extend(page.into_iter().map(|site| site.key));
    }
    loop {
        let page = store
            .memberships(lucia.id, memberships.last(), 2)
            .await
            .unwrap();
        let Some(_) = page.last() else { break };
        memberships.extend(page.into_iter().map(|(site, _)| site.key));
    }
    let keys: Vec<_> = sites.iter().map(SiteKey::as_str).collect();
    assert_eq!(keys, ["a", "b", "c"]);
    assert_eq!(memberships, sites);
    let first = store.agents(None, 1).await.unwrap();
    assert_eq!(first, [lucia]);
    let second = store.agents(Some(&first[0].email), 9).await.unwrap();
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].email, "rui@alba.example");
}

/// See the name.
pub async fn ends_a_session_by_sign_out_and_by_time(store: &dyn Store) {
    let lucia = agent(1, "lucia@alba.example");
    store.add_agent(lucia.clone(), None).await.unwrap();
    let session = |hash: &str, from: u64, to: u64| Session {
        token_hash: hash.to_owned(),
        agent: lucia.id,
        created_at: Millis(from),
        expires_at: Millis(to),
    };
    store.add_session(session("a", 10, 20)).await.unwrap();
    store.add_session(session("b", 10, 50)).await.unwrap();
    assert!(store.session("a", Millis(19)).await.unwrap().is_some());
    assert!(store.session("a", Millis(20)).await.unwrap().is_none());
    // A new session sweeps out those that are over.
    store.add_session(session("c", 30, 50)).await.unwrap();
    assert!(store.session("a", Millis(19)).await.unwrap().is_none());
    store.end_session("b").await.unwrap();
    store.end_session("b").await.unwrap();
    assert!(store.session("b", Millis(31)).await.unwrap().is_none());
    assert_eq!(store.session("c", Millis(31)).await.unwrap(), Some(lucia));
}

/// See the name.
pub async fn numbers_messages_without_holes(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let first = scene.says(scene.visitor, 1).await;
    let second = scene.answers(first.conversation, 2).await;
    let third = scene.says(scene.visitor, 3).await;
    assert_eq!(
        [first.number, second.number, third.number],
        [Number(1), Number(2), Number(3)]
    );
    assert_eq!(third.conversation, first.conversation);
    let events = store
        .events_after(first.conversation, Number(0), 10)
        .await
        .unwrap();
    let said: Vec<_> = events
        .iter()
        .map(|event| event.what.message().unwrap().body.as_text())
        .collect();
    assert_eq!(said, ["message 1", "message 2", "message 3"]);
}

/// See the name.
pub async fn returns_the_first_number_for_a_repeated_post(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let first = scene.says(scene.visitor, 1).await;
    scene.says(scene.visitor, 2).await;
    let again = scene.says(scene.visitor, 1).await;
    assert_eq!(again.number, first.number);
    assert_eq!(again.at, first.at);
    assert_eq!(again.change, None);
    assert_eq!(scene.conversation(first.conversation).await.last, Number(2));
}

/// See the name.
pub async fn gives_one_number_to_posts_repeated_at_once(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let posts = (0..50).map(|_| scene.says(scene.visitor, 1));
    let recorded = futures_util::future::join_all(posts).await;
    assert!(recorded.iter().all(|post| post.number == Number(1)));
    let written = recorded.iter().filter(|post| post.change.is_some()).count();
    assert_eq!(written, 1);
}

/// See the name.
pub async fn keeps_one_conversation_a_visitor_even_when_two_tabs_write_at_once(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let posts = (1..=50).map(|n| scene.says(scene.visitor, n));
    let mut recorded = futures_util::future::join_all(posts).await;
    recorded.sort_by_key(|post| post.number);
    let numbers: Vec<_> = recorded.iter().map(|post| post.number.0).collect();
    assert_eq!(numbers, (1..=50).collect::<Vec<_>>());
    let conversation = recorded[0].conversation;
    assert!(
        recorded
            .iter()
            .all(|post| post.conversation == conversation)
    );
    assert_eq!(scene.counts().await, Counts { open: 1, unread: 1 });
}

/// See the name.
pub async fn refuses_posts_to_nobody(store: &dyn Store) {
    let scene = Scene::new(store).await;
    for to in [
        To::Conversation(ConversationId::from_random(bytes(9))),
        To::Visitor {
            visitor: VisitorId::from_random(bytes(9)),
            fresh: ConversationId::from_random(bytes(9)),
        },
    ] {
        let post = Post {
            to,
            message: message(1, lucia()),
            with: With::Nothing,
            at: Millis(1),
        };
        let refused = scene.store.post(post).await.unwrap();
        assert_eq!(refused, Err(Unposted::Nowhere));
    }
    assert_eq!(scene.counts().await, Counts::default());
}

/// See the name (S4.21).
pub async fn opens_a_closed_conversation_when_the_visitor_writes(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let id = scene.says(scene.visitor, 1).await.conversation;
    let close = || store.set_status(id, Status::Closed, lucia(), Millis(2));
    assert!(close().await.unwrap().is_some());
    assert_eq!(close().await.unwrap(), None, "it is closed already");
    assert_eq!(scene.conversation(id).await.status, Status::Closed);

    let again = scene.says(scene.visitor, 3).await;
    assert_eq!(again.conversation, id);
    assert_eq!(again.number, Number(4));
    assert_eq!(scene.conversation(id).await.status, Status::Open);
    let events = store.events_after(id, Number(1), 10).await.unwrap();
    assert_eq!(events[0].what, What::Closed(lucia()));
    assert_eq!(events[1].what, What::Reopened(Author::Visitor));
    assert!(events[2].what.message().is_some());
}

/// See the name.
pub async fn keeps_it_closed_when_an_agent_writes(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let id = scene.says(scene.visitor, 1).await.conversation;
    store
        .set_status(id, Status::Closed, lucia(), Millis(2))
        .await
        .unwrap();
    scene.answers(id, 3).await;
    assert_eq!(scene.conversation(id).await.status, Status::Closed);
}

/// See the name.
pub async fn moves_marks_only_forward(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let id = scene.says(scene.visitor, 1).await.conversation;
    scene.says(scene.visitor, 2).await;
    let mark = |delivered, read| Mark {
        delivered: Number(delivered),
        read: Number(read),
    };
    let change = store.mark(id, Side::Agent, mark(1, 0)).await.unwrap();
    assert_eq!(change.unwrap().conversation.marks.agent, mark(1, 0));
    assert_eq!(store.mark(id, Side::Agent, mark(1, 0)).await.unwrap(), None);
    store.mark(id, Side::Agent, mark(0, 99)).await.unwrap();
    let marks = scene.conversation(id).await.marks;
    assert_eq!(marks.agent, mark(2, 2));
    assert_eq!(marks.visitor, Mark::default());
}

/// See the name (S1.5, S4.4).
pub async fn counts_open_and_unread_conversations(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let other = scene.add_visitor(50).await;
    let id = scene.says(scene.visitor, 1).await.conversation;
    scene.says(scene.visitor, 2).await;
    scene.says(other, 51).await;
    assert_eq!(scene.counts().await, Counts { open: 2, unread: 2 });

    let read = Mark {
        delivered: Number(2),
        read: Number(2),
    };
    let change = store.mark(id, Side::Agent, read).await.unwrap().unwrap();
    assert_eq!(change.counts, Counts { open: 2, unread: 1 });
    store
        .set_status(id, Status::Closed, lucia(), Millis(3))
        .await
        .unwrap();
    assert_eq!(scene.counts().await, Counts { open: 1, unread: 1 });
    scene.says(scene.visitor, 4).await;
    assert_eq!(scene.counts().await, Counts { open: 2, unread: 2 });
}

/// See the name.
pub async fn numbers_the_changes_of_an_inbox(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let other = scene.add_visitor(50).await;
    let first = scene.says(scene.visitor, 1).await.conversation;
    let second = scene.says(other, 51).await.conversation;
    scene.answers(first, 2).await;
    let (last, _) = store.inbox_state(scene.site).await.unwrap();
    assert_eq!(last, Number(3));

    let changed = store.inbox_after(scene.site, Number(0), 10).await.unwrap();
    let order: Vec<_> = changed
        .iter()
        .map(|summary| (summary.change.0, summary.conversation))
        .collect();
    assert_eq!(order, [(2, second), (3, first)]);
    let changed = store.inbox_after(scene.site, Number(2), 10).await.unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].preview.as_ref().unwrap().text, "message 2");
    assert_eq!(changed[0].preview.as_ref().unwrap().author, lucia());
    assert_eq!(store.inbox_after(scene.site, last, 10).await.unwrap(), []);
}

/// See the name (S1.7).
pub async fn pages_the_inbox_without_gaps_or_repeats(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let mut written = Vec::new();
    for n in 100..125 {
        let visitor = scene.add_visitor(n).await;
        // Of those that share an instant, the id decides.
        let recorded = scene.says(visitor, n).await;
        written.push(recorded.conversation);
        if n % 5 == 0 {
            store
                .set_status(recorded.conversation, Status::Closed, lucia(), Millis(500))
                .await
                .unwrap();
        }
    }
    for (tab, expected) in [(Tab::All, 25), (Tab::Open, 20), (Tab::Closed, 5)] {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = store.inbox(scene.site, tab, after, 4).await.unwrap();
            assert!(page.iter().all(|summary| tab.holds(summary.status)));
            let Some(last) = page.last() else { break };
            after = Some(Page {
                written_at: last.written_at,
                conversation: last.conversation,
            });
            seen.extend(page.into_iter().map(|summary| summary.conversation));
        }
        assert_eq!(seen.len(), expected, "{tab:?}");
        let newest_first: Vec<_> = written
            .iter()
            .rev()
            .filter(|id| seen.contains(id))
            .copied()
            .collect();
        assert_eq!(seen, newest_first, "{tab:?}");
    }
}

/// See the name.
pub async fn pages_a_conversation_both_ways(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let mut id = None;
    for n in 1..=10 {
        id = Some(scene.says(scene.visitor, n).await.conversation);
    }
    let id = id.unwrap();
    let numbers = |events: Vec<saluda_protocol::Event>| -> Vec<u64> {
        events.iter().map(|event| event.number.0).collect()
    };
    let after = store.events_after(id, Number(3), 4).await.unwrap();
    assert_eq!(numbers(after), [4, 5, 6, 7]);
    let before = store.events_before(id, Number(4), 2).await.unwrap();
    assert_eq!(numbers(before), [2, 3]);
    let newest = store.events_before(id, Number(u64::MAX), 3).await.unwrap();
    assert_eq!(numbers(newest), [8, 9, 10]);
    assert_eq!(store.events_before(id, Number(1), 9).await.unwrap(), []);
}

/// See the name (S4.14).
pub async fn keeps_what_a_visitor_told(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let email = Contact {
        email: Some(EmailAddress::parse("ines@cafelargo.pt").unwrap()),
        ..Contact::default()
    };
    let before = store
        .set_contact(scene.visitor, email.clone(), Millis(1))
        .await
        .unwrap();
    assert_eq!(before, None, "there is no conversation to tell it in");

    let id = scene.says(scene.visitor, 1).await.conversation;
    let name = Contact {
        name: Some("Inês".to_owned()),
        ..Contact::default()
    };
    let change = store
        .set_contact(scene.visitor, name.clone(), Millis(2))
        .await
        .unwrap()
        .unwrap();
    let both = Contact {
        email: email.email,
        name: name.name,
        phone: None,
    };
    assert_eq!(change.contact, both);
    assert_eq!(change.events[0].what, What::Contact(both.clone()));
    assert_eq!(
        store
            .set_contact(scene.visitor, both.clone(), Millis(3))
            .await
            .unwrap(),
        None,
        "it is known already"
    );
    let inbox = store.inbox(scene.site, Tab::All, None, 9).await.unwrap();
    assert_eq!(inbox[0].contact, both);
    let kept = store.conversation_of(scene.visitor).await.unwrap().unwrap();
    assert_eq!(kept.id, id);
    assert_eq!(kept.last, Number(2));
}

/// See the name.
pub async fn remembers_where_a_visitor_was(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let place = Place {
        url: "https://shop.example/plans".to_owned(),
        visits: 3,
        ..Place::default()
    };
    store
        .see_visitor(scene.visitor, place.clone(), Millis(9))
        .await
        .unwrap();
    let visitor = store.visitor(scene.visitor).await.unwrap().unwrap();
    assert_eq!(visitor.place, place);
    assert_eq!(
        (visitor.first_seen, visitor.last_seen),
        (Millis(1), Millis(9))
    );
    let nobody = VisitorId::from_random(bytes(9));
    assert_eq!(store.visitor(nobody).await.unwrap(), None);
}

/// See the name.
pub async fn lists_where_the_latest_visitors_were(store: &dyn Store) {
    let scene = Scene::new(store).await;
    for (n, at) in [(11, 30), (12, 50), (13, 40)] {
        let visitor = scene.add_visitor(n).await;
        let place = Place {
            title: n.to_string(),
            ..Place::default()
        };
        store.see_visitor(visitor, place, Millis(at)).await.unwrap();
    }
    let titles = async |site, limit| {
        let places = store.places(site, limit).await.unwrap();
        places
            .into_iter()
            .map(|it| it.title)
            .collect::<Vec<String>>()
    };
    assert_eq!(titles(scene.site, 3).await, ["12", "13", "11"]);
    assert_eq!(titles(scene.site, 1).await, ["12"]);
    let other = site(9, "elsewhere");
    store.add_site(other.clone(), None).await.unwrap();
    assert_eq!(titles(other.id, 3).await, [""; 0]);
}
