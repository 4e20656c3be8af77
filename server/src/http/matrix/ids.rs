//! What is of another site, or another agent, is answered word by word as what does
//! not exist.

use saluda_protocol::{ConversationId, SecretId, TokenId, VisitorId};

use super::*;
use crate::identity;

/// Ids of each kind, as they stand in paths: of something that is foreign, and of
/// nothing.
struct Foreign {
    kind: &'static str,
    there: String,
    nowhere: String,
}

impl Cast {
    /// Something of each kind that those who work on the shop have nothing to do with.
    async fn foreign(&self) -> Vec<Foreign> {
        let (scene, store) = (&self.scene, &self.scene.app.store);
        let key = "school".parse().unwrap();
        let school = store.site_by_key(&key).await.unwrap().unwrap();
        let visitor = scene.visitor_of(school.id).await;
        scene.says(visitor, "hello").await;
        let conversation = store.conversation_of(visitor).await.unwrap().unwrap().id;
        let now = scene.app.now();
        let by = Actor::CommandLine;
        let (_, secret) = identity::make(&**store, school.id, by.clone(), now)
            .await
            .unwrap();
        let wanted = WantedToken {
            name: "CI".to_owned(),
            scopes: [Scope::SiteRead].into(),
            span: None,
        };
        let token = token::make(&**store, self.outsider, wanted, by, now).await;
        let (_, token) = token.unwrap();
        let of = |kind, there: String, nowhere: String| Foreign {
            kind,
            there,
            nowhere,
        };
        vec![
            of(
                "{visitor}",
                visitor.to_string(),
                VisitorId::from_random([77; 16]).to_string(),
            ),
            of(
                "{conversation}",
                conversation.to_string(),
                ConversationId::from_random([77; 16]).to_string(),
            ),
            of(
                "{secret}",
                secret.id.to_string(),
                SecretId::from_random([77; 16]).to_string(),
            ),
            of(
                "{token}",
                token.id.to_string(),
                TokenId::from_random([77; 16]).to_string(),
            ),
        ]
    }
}

#[tokio::test]
async fn what_is_foreign_is_answered_as_what_does_not_exist() {
    let cast = Cast::new().await;
    let (_, administrator) = cast.insiders[3];
    let mut asked = 0;
    for foreign in cast.foreign().await {
        let rows = ROWS.iter().filter(|row| row.path.contains(foreign.kind));
        for row in rows {
            let mut answers = Vec::new();
            for id in [&foreign.there, &foreign.nowhere] {
                let cookie = cast.scene.sign_in(administrator).await;
                let path = row.path.replace("{key}", "shop").replace(foreign.kind, id);
                let name_of_file = ("saluda-name", "a.txt");
                let headers = [OWN, ("cookie", cookie.as_str()), name_of_file];
                let answer = send(&cast.scene, &name(row.method), &path, &headers, row.body).await;
                answers.push((answer.status, answer.text().replace(id, "ID")));
            }
            let shown = format!("{} {}", name(row.method), row.path);
            assert_eq!(answers[0].0, 404, "{shown}");
            assert_eq!(answers[0], answers[1], "{shown}");
            asked += 1;
        }
    }
    assert_eq!(asked, 5);
    // Nothing of it was done.
    let store = &cast.scene.app.store;
    let school = store.site_by_key(&"school".parse().unwrap()).await.unwrap();
    assert_eq!(store.secrets(school.unwrap().id).await.unwrap().len(), 1);
    assert_eq!(store.tokens(cast.outsider).await.unwrap().len(), 1);
}
