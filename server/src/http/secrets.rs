//! What a site's owner signs identities with. No token reaches these endpoints.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::ErrorCode;
use saluda_protocol::audit::Audited;
use saluda_protocol::identity::{MadeSecret, SecretList};
use saluda_store::{AuditNote, Secret};

use super::guard::Asked;
use super::triggers::answer::json;
use crate::app::App;
use crate::identity;
use crate::refusal::Refusal;

/// `GET /api/sites/{key}/secrets`
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Extension(Asked { site, .. }): Extension<Asked>,
) -> Result<Response, Refusal> {
    let secrets = app.store.secrets(site.id).await?;
    json(&SecretList {
        secrets: secrets.into_iter().map(Secret::row).collect(),
    })
}

/// `POST /api/sites/{key}/secrets`
pub(super) async fn make(
    State(app): State<Arc<App>>,
    Extension(Asked { site, by }): Extension<Asked>,
) -> Result<Response, Refusal> {
    let (secret, row) = identity::make(&*app.store, site.id, by, app.now()).await?;
    let mut response = json(&MadeSecret { secret, row })?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// `DELETE /api/sites/{key}/secrets/{secret}`
pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    Extension(Asked { site, by }): Extension<Asked>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let unknown = || Refusal::new(ErrorCode::NotFound, "the site has no such secret");
    let id = id.parse().map_err(|_| unknown())?;
    let note = AuditNote {
        site: Some(site.id),
        by,
        what: Audited::SecretRevoked { secret: id },
        at: app.now(),
    };
    if !app.store.revoke_secret(site.id, id, Some(note)).await? {
        return Err(unknown());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests {
    use saluda_protocol::agent::Role;
    use serde_json::json;

    use crate::http::testing::send;
    use crate::testing::Scene;

    const SECRETS: &str = "/api/sites/shop/secrets";

    #[tokio::test]
    async fn a_secret_is_shown_once_and_there_are_two_at_most() {
        let scene = Scene::new().await;
        let rui = scene.member(scene.site.id, Role::Administrator).await;
        let cookie = scene.sign_in(rui).await;
        let headers = [("origin", "http://desk.test"), ("cookie", cookie.as_str())];
        let ask = async |method: &str, path: &str| send(&scene, method, path, &headers, "").await;

        let made = ask("POST", SECRETS).await;
        assert_eq!(made.status, 201, "{}", made.text());
        assert_eq!(made.header("cache-control"), "no-store");
        let made = made.json();
        let secret = made["secret"].as_str().unwrap();
        assert!(
            secret.starts_with("saluda_identity_") && secret.len() < 64,
            "{secret}"
        );
        let listed = ask("GET", SECRETS).await;
        assert!(!listed.text().contains(secret));
        let row = json!({ "id": made["id"], "created_at": 1_000_000 });
        assert_eq!(listed.json(), json!({ "secrets": [row] }));

        assert_eq!(ask("POST", SECRETS).await.status, 201);
        let refused = ask("POST", SECRETS).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text().contains("revoke the old one"));
        let path = format!("{SECRETS}/{}", made["id"].as_str().unwrap());
        assert_eq!(ask("DELETE", &path).await.status, 204);
        assert_eq!(ask("DELETE", &path).await.status, 404);
        assert_eq!(ask("DELETE", &format!("{SECRETS}/no-id")).await.status, 404);
        assert_eq!(ask("POST", SECRETS).await.status, 201);
    }
}
