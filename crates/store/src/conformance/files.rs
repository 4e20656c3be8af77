//! Files that were sent.

use saluda_protocol::{AgentId, Author, Body, ConversationId, File, FileId, Millis, VisitorId};

use super::{Scene, agent, bytes, lucia, message};
use crate::{Allowance, KeptFile, Post, Recorded, Sent, Store, To, TooMuch, Unposted, With};

fn file(n: u16, size: u64) -> File {
    File {
        id: FileId::secret(bytes(n)),
        name: format!("file {n}.pdf"),
        kind: "application/pdf".to_owned(),
        bytes: size,
        picture: None,
    }
}

pub(super) fn kept(n: u16, size: u64, visitor: VisitorId, at: u64) -> KeptFile {
    KeptFile {
        file: file(n, size),
        visitor,
        agent: None,
        at: Millis(at),
    }
}

impl Scene<'_> {
    pub(super) async fn sends(&self, kept: KeptFile) {
        assert_eq!(self.store.add_file(kept, None).await.unwrap(), Ok(()));
    }

    /// Message `n` is file `of`, whatever else its author says of it.
    async fn posts(&self, to: To, author: Author, n: u16, of: u16) -> Result<Recorded, Unposted> {
        let claimed = File {
            name: "something else".to_owned(),
            ..file(of, 1)
        };
        let mut message = message(n, author);
        message.body = Body::File(claimed);
        let post = Post {
            to,
            message,
            with: With::File(file(of, 1).id),
            at: Millis(u64::from(n)),
        };
        self.store.post(post).await.unwrap()
    }
}

fn to(visitor: VisitorId) -> To {
    To::Visitor {
        visitor,
        fresh: ConversationId::from_random(bytes(99)),
    }
}

/// See the name.
pub async fn makes_one_message_of_a_file_and_says_what_it_found(store: &dyn Store) {
    let scene = Scene::new(store).await;
    scene.sends(kept(1, 9, scene.visitor, 1)).await;
    let found = store.file(file(1, 9).id).await.unwrap();
    assert_eq!(found, Some(kept(1, 9, scene.visitor, 1)));
    assert_eq!(store.file(file(2, 9).id).await.unwrap(), None);

    let to = to(scene.visitor);
    let posted = scene.posts(to, Author::Visitor, 1, 1).await.unwrap();
    let change = posted.change.unwrap();
    let said = change.events[0].what.message().unwrap();
    assert_eq!(said.body, Body::File(file(1, 9)));
    let preview = change.conversation.preview.unwrap();
    assert_eq!(preview.text, "file 1.pdf");
    let again = scene.posts(to, Author::Visitor, 1, 1).await.unwrap();
    assert_eq!((again.number, again.change), (posted.number, None));
    let twice = scene.posts(to, Author::Visitor, 2, 1).await;
    assert_eq!(twice, Err(Unposted::NoSuchFile));
}

/// See the name.
pub async fn lets_nobody_post_what_another_sent(store: &dyn Store) {
    let scene = Scene::new(store).await;
    for (n, email) in [(1, "lucia@alba.example"), (2, "rui@alba.example")] {
        assert!(store.add_agent(agent(n, email), None).await.unwrap());
    }
    let other = scene.add_visitor(2).await;
    let ours = scene.says(scene.visitor, 3).await.conversation;
    let theirs = scene.says(other, 4).await.conversation;
    let lucias = AgentId::from_random(bytes(1));
    scene.sends(kept(1, 9, scene.visitor, 1)).await;
    let by_agent = KeptFile {
        agent: Some(lucias),
        ..kept(2, 9, scene.visitor, 1)
    };
    scene.sends(by_agent).await;
    let rui = Author::Agent {
        id: AgentId::from_random(bytes(2)),
        name: "Rui".to_owned(),
    };
    for (to, author, of) in [
        (to(other), Author::Visitor, 1),
        (To::Conversation(ours), lucia(), 1),
        (to(scene.visitor), Author::Visitor, 2),
        (To::Conversation(theirs), lucia(), 2),
        (To::Conversation(ours), rui, 2),
        (to(scene.visitor), Author::Visitor, 7),
    ] {
        let refused = scene.posts(to, author, 50, of).await;
        assert_eq!(refused, Err(Unposted::NoSuchFile), "{to:?} {of}");
    }
    assert!(
        scene
            .posts(To::Conversation(ours), lucia(), 51, 2)
            .await
            .is_ok()
    );
    assert!(
        scene
            .posts(to(scene.visitor), Author::Visitor, 52, 1)
            .await
            .is_ok()
    );
}

/// See the name.
pub async fn gives_the_known_one_the_files_of_whom_they_were(store: &dyn Store) {
    let scene = Scene::new(store).await;
    let known = scene.visitor;
    scene.identify(1, known, "u-42").await.unwrap();
    let nobody = scene.add_visitor(1).await;
    scene.sends(kept(1, 9, nobody, 1)).await;
    scene.identify(2, nobody, "u-42").await.unwrap();
    // What was on its way when they turned out to be the same.
    scene.sends(kept(2, 9, nobody, 2)).await;
    for (n, as_whom) in [(1, known), (2, nobody)] {
        let to = to(as_whom);
        assert!(scene.posts(to, Author::Visitor, n, n).await.is_ok());
        let found = store.file(file(n, 9).id).await.unwrap().unwrap();
        assert_eq!(found.visitor, known);
        let sent = store.sent_since(as_whom, Millis(1)).await.unwrap();
        assert_eq!(sent.files, 2);
    }
}

/// See the name.
pub async fn counts_what_a_visitor_sent_within_a_time(store: &dyn Store) {
    let scene = Scene::new(store).await;
    assert!(
        store
            .add_agent(agent(1, "lucia@alba.example"), None)
            .await
            .unwrap()
    );
    let other = scene.add_visitor(2).await;
    let allowance = Allowance {
        since: Millis(10),
        most: Sent {
            files: 3,
            bytes: 100,
        },
    };
    scene.sends(kept(1, 90, scene.visitor, 9)).await;
    scene.sends(kept(2, 90, other, 20)).await;
    let by_agent = KeptFile {
        agent: Some(AgentId::from_random(bytes(1))),
        ..kept(3, 90, scene.visitor, 20)
    };
    scene.sends(by_agent).await;
    let add = async |n, size| {
        let kept = kept(n, size, scene.visitor, 20);
        store.add_file(kept, Some(allowance)).await.unwrap()
    };
    assert_eq!(add(4, 60).await, Ok(()));
    assert_eq!(add(5, 41).await, Err(TooMuch), "of bytes");
    assert_eq!(add(6, 39).await, Ok(()));
    assert_eq!(add(7, 1).await, Ok(()));
    assert_eq!(add(8, 0).await, Err(TooMuch), "of files");
    let sent = store.sent_since(scene.visitor, Millis(10)).await.unwrap();
    let (files, bytes) = (3, 100);
    assert_eq!(sent, Sent { files, bytes });
}

/// See the name.
pub async fn removes_what_was_sent_and_never_posted(store: &dyn Store) {
    let scene = Scene::new(store).await;
    for (n, at) in [(1, 5), (2, 6), (3, 7)] {
        scene.sends(kept(n, 9, scene.visitor, at)).await;
    }
    let to = to(scene.visitor);
    scene.posts(to, Author::Visitor, 1, 1).await.unwrap();
    let condemned = async || store.condemn_orphans(Millis(7), 9).await.unwrap();
    assert_eq!(condemned().await, [file(2, 9).id]);
    assert_eq!(condemned().await, [file(2, 9).id], "until it is forgotten");
    let late = scene.posts(to, Author::Visitor, 2, 2).await;
    assert_eq!(late, Err(Unposted::NoSuchFile));
    assert_eq!(store.file(file(2, 9).id).await.unwrap(), None);
    for n in [1, 2, 3] {
        store.forget_file(file(n, 9).id).await.unwrap();
    }
    assert_eq!(condemned().await, []);
    for n in [1, 3] {
        let still = store.file(file(n, 9).id).await.unwrap();
        assert!(still.is_some(), "only what was condemned is forgotten");
    }
}
