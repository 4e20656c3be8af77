//! Files of agents, and who makes a message of whose.

use saluda_protocol::agent::Role;
use saluda_protocol::{AgentId, Body, ConversationId, File, FileId, MessageId, Number};

use super::{file, lying, upload, visitor};
use crate::chat::post::{By, PostError, post};
use crate::http::testing::{Answer, send};
use crate::testing::Scene;

async fn answers(scene: &Scene, agent: AgentId, site: &str, to: &str) -> Answer {
    let cookie = scene.sign_in(agent).await;
    let headers = [
        ("origin", "http://desk.test"),
        ("cookie", &cookie),
        ("saluda-name", "offer.txt"),
    ];
    let path = format!("/api/sites/{site}/conversations/{to}/files");
    send(scene, "POST", &path, &headers, "An offer").await
}

fn by(agent: AgentId, conversation: ConversationId) -> By {
    By::Agent {
        id: agent,
        name: "Lucía".into(),
        conversation,
        text_chars: 512,
    }
}

fn claimed(id: FileId) -> Body {
    Body::File(File {
        id,
        name: "invoice.exe".into(),
        kind: "image/svg+xml".into(),
        bytes: 1,
        picture: None,
    })
}

#[tokio::test]
async fn only_those_who_may_answer_there_send_files() {
    let scene = Scene::new().await;
    let school = scene.site("school").await;
    let ines = scene.visitor().await;
    let to = scene.says(ines, "hello").await.conversation.to_string();
    for (role, status) in [
        (Role::Administrator, 201),
        (Role::Agent, 201),
        (Role::TriggerEditor, 403),
        (Role::Viewer, 403),
    ] {
        let agent = scene.member(scene.site.id, role).await;
        let answer = answers(&scene, agent, "shop", &to).await;
        assert_eq!(answer.status, status, "{role:?}");
    }
    let outsider = scene.member(school.id, Role::Administrator).await;
    for (site, to) in [("shop", to.as_str()), ("school", &to), ("school", "none")] {
        let answer = answers(&scene, outsider, site, to).await;
        assert_eq!(answer.status, 404, "{site} {to}");
    }
    assert_eq!(lying(&scene).await, 2);
}

#[tokio::test]
async fn a_file_becomes_one_message_with_what_the_server_found() {
    let scene = Scene::new().await;
    let lucia = scene.member(scene.site.id, Role::Agent).await;
    let ines = scene.visitor().await;
    let talk = scene.says(ines, "hello").await.conversation;
    let sent = file(&answers(&scene, lucia, "shop", &talk.to_string()).await);
    let id = MessageId::from_random([7; 16]);
    for is_new in [true, false] {
        let posted = post(&scene.app, by(lucia, talk), id, &claimed(sent.id)).await;
        let posted = posted.unwrap();
        assert_eq!(posted.number, Number(2), "the first, however often");
        let said = posted.change.map(|change| change.events[0].what.clone());
        let said = said.map(|what| what.message().unwrap().body.clone());
        assert_eq!(said, is_new.then(|| Body::File(sent.clone())));
    }
    let other = MessageId::from_random([8; 16]);
    let twice = post(&scene.app, by(lucia, talk), other, &claimed(sent.id)).await;
    assert!(matches!(twice, Err(PostError::NoSuchFile)));
}

#[tokio::test]
async fn nobody_makes_a_message_of_what_another_sent() {
    let scene = Scene::new().await;
    let (ines, kofi) = (visitor(&scene).await, visitor(&scene).await);
    let lucia = scene.member(scene.site.id, Role::Agent).await;
    let rui = scene.member(scene.site.id, Role::Agent).await;
    let talk = scene.says(ines.id, "hello").await.conversation;
    let elsewhere = scene.says(kofi.id, "hello").await.conversation;
    let hers = file(&upload(&scene, &ines, "a.txt", "hello").await);
    let lucias = file(&answers(&scene, lucia, "shop", &talk.to_string()).await);
    let id = MessageId::from_random([7; 16]);
    for (by, file) in [
        (By::Visitor(kofi.id), hers.id),
        (By::Visitor(ines.id), lucias.id),
        (by(lucia, talk), hers.id),
        (by(lucia, elsewhere), lucias.id),
        (by(rui, talk), lucias.id),
        (By::Visitor(ines.id), FileId::secret([0; 16])),
    ] {
        let refused = post(&scene.app, by.clone(), id, &claimed(file)).await;
        assert!(matches!(refused, Err(PostError::NoSuchFile)), "{by:?}");
    }
    let hers = post(&scene.app, By::Visitor(ines.id), id, &claimed(hers.id)).await;
    assert_eq!(hers.unwrap().number, Number(2));
}
