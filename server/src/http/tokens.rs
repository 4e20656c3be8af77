//! Personal tokens of the agent at the desk. No token reaches these endpoints.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::ErrorCode;
use saluda_protocol::audit::Audited;
use saluda_protocol::studio::Actor;
use saluda_protocol::token::{MadeToken, TokenList, WantedToken};
use saluda_store::{Agent, AuditNote, Token};

use super::form;
use super::guard::SignedIn;
use super::triggers::answer::json;
use crate::app::App;
use crate::refusal::Refusal;
use crate::token::{self, NoToken};

/// `GET /api/tokens`
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Extension(SignedIn { agent, .. }): Extension<SignedIn>,
) -> Result<Response, Refusal> {
    let tokens = app.store.tokens(agent.id).await?;
    json(&TokenList {
        tokens: tokens.into_iter().map(Token::row).collect(),
    })
}

/// `POST /api/tokens`
pub(super) async fn make(
    State(app): State<Arc<App>>,
    Extension(SignedIn { agent, .. }): Extension<SignedIn>,
    body: Bytes,
) -> Result<Response, Refusal> {
    let hint = "send a `name`, the `scopes`, and how long it is good in `for`, such as `90d`; \
         scopes are `triggers:read`, `triggers:write`, `triggers:publish`, `results:read`, \
         `site:read` and `site:write`";
    let wanted: WantedToken = form::read(&body, hint)?;
    let (token, kept) = token::make(&*app.store, agent.id, wanted, by(&agent), app.now()).await?;
    let mut response = json(&MadeToken {
        token,
        row: kept.row(),
    })?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

fn by(agent: &Agent) -> Actor {
    Actor::Agent {
        id: agent.id,
        name: agent.name.clone(),
    }
}

/// `DELETE /api/tokens/{id}`
pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    Extension(SignedIn { agent, .. }): Extension<SignedIn>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let unknown = || Refusal::new(ErrorCode::NotFound, "you have no such token");
    let id = id.parse().map_err(|_| unknown())?;
    let note = AuditNote {
        site: None,
        by: by(&agent),
        what: Audited::TokenRevoked { token: id },
        at: app.now(),
    };
    if !app.store.revoke_token(agent.id, id, Some(note)).await? {
        return Err(unknown());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

impl From<NoToken> for Refusal {
    fn from(why: NoToken) -> Self {
        let code = match why {
            NoToken::Name | NoToken::NoScope | NoToken::Span => ErrorCode::Malformed,
            NoToken::TooMany => ErrorCode::Conflict,
            NoToken::Random(error) => return error.into(),
            NoToken::Store(error) => return error.into(),
        };
        Self::new(code, why.to_string())
    }
}

#[cfg(test)]
mod tests {
    use saluda_protocol::agent::Role;
    use serde_json::{Value, json};

    use crate::http::testing::{Answer, send};
    use crate::testing::Scene;

    const TOKENS: &str = "/api/tokens";
    const OWN: (&str, &str) = ("origin", "http://desk.test");

    async fn ask(scene: &Scene, cookie: &str, method: &str, path: &str, body: &Value) -> Answer {
        let headers = [OWN, ("cookie", cookie)];
        send(scene, method, path, &headers, &body.to_string()).await
    }

    #[tokio::test]
    async fn a_token_is_shown_once_listed_and_revoked_by_its_agent_alone() {
        let scene = Scene::new().await;
        let lucia = scene.member(scene.site.id, Role::TriggerEditor).await;
        let rui = scene.member(scene.site.id, Role::Administrator).await;
        let (lucia, rui) = (scene.sign_in(lucia).await, scene.sign_in(rui).await);
        let wanted = json!({
            "name": "CI", "scopes": ["triggers:write", "triggers:read"], "for": "90d"
        });
        let made = ask(&scene, &lucia, "POST", TOKENS, &wanted).await;
        assert_eq!(made.status, 201, "{}", made.text());
        assert_eq!(made.header("cache-control"), "no-store");
        let made = made.json();
        let token = made["token"].as_str().unwrap();
        assert_eq!(made["expires_at"], 1_000_000 + 90 * 24 * 60 * 60 * 1000_u64);

        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        let list = "/api/sites/shop/triggers";
        assert_eq!(send(&scene, "GET", list, &headers, "").await.status, 200);
        let listed = ask(&scene, &lucia, "GET", TOKENS, &Value::Null).await;
        assert!(!listed.text().contains(&token[39..]));
        let row = &listed.json()["tokens"][0];
        assert_eq!(row["scopes"], json!(["triggers:read", "triggers:write"]));
        assert_eq!(row["used_at"], 0, "the hour it was used in");

        let path = format!("{TOKENS}/{}", row["id"].as_str().unwrap());
        let foreign = ask(&scene, &rui, "DELETE", &path, &Value::Null).await;
        assert_eq!(foreign.status, 404);
        assert_eq!(
            ask(&scene, &rui, "GET", TOKENS, &Value::Null).await.json()["tokens"],
            json!([])
        );
        let revoked = ask(&scene, &lucia, "DELETE", &path, &Value::Null).await;
        assert_eq!(revoked.status, 204);
        assert_eq!(send(&scene, "GET", list, &headers, "").await.status, 401);
        let again = ask(&scene, &lucia, "DELETE", &path, &Value::Null).await;
        assert_eq!(again.status, 404);
        let senseless = format!("{TOKENS}/no-id");
        let again = ask(&scene, &lucia, "DELETE", &senseless, &Value::Null).await;
        assert_eq!(again.status, 404);
    }

    #[tokio::test]
    async fn what_is_wrong_with_a_wanted_token_is_told() {
        let scene = Scene::new().await;
        let lucia = scene.member(scene.site.id, Role::Agent).await;
        let lucia = scene.sign_in(lucia).await;
        for (wanted, status, why) in [
            (json!({}), 400, "send a `name`"),
            (
                json!({ "name": "CI", "scopes": ["triggers:all"] }),
                400,
                "scopes are",
            ),
            (
                json!({ "name": "CI", "scopes": [] }),
                400,
                "at least one scope",
            ),
            (
                json!({ "name": "", "scopes": ["results:read"] }),
                400,
                "name",
            ),
            (
                json!({ "name": "CI", "scopes": ["results:read"], "for": "1y" }),
                400,
                "`for`",
            ),
            (
                json!({ "name": "CI", "scopes": ["results:read"], "agent": 1 }),
                400,
                "send",
            ),
        ] {
            let refused = ask(&scene, &lucia, "POST", TOKENS, &wanted).await;
            assert_eq!(refused.status, status, "{wanted}");
            assert!(refused.text().contains(why), "{}", refused.text());
        }
        let wanted = json!({ "name": "CI", "scopes": ["results:read"] });
        for _ in 0..20 {
            let made = ask(&scene, &lucia, "POST", TOKENS, &wanted).await;
            assert_eq!(made.status, 201);
        }
        let refused = ask(&scene, &lucia, "POST", TOKENS, &wanted).await;
        assert_eq!(refused.status, 409);
    }
}
