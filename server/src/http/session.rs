//! Sign-in at the desk.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use saluda_protocol::agent::SignIn;
use saluda_protocol::{ErrorCode, Millis};
use saluda_store::{Agent, Session};

use super::Peer;
use super::guard::SignedIn;
use crate::app::App;
use crate::bus::{Notice, Topic};
use crate::chat::reach;
use crate::door::{Limit, TooMany};
use crate::refusal::Refusal;
use crate::{password, secret};

/// How long a sign-in lasts.
const LASTS_MS: u64 = 14 * 24 * 60 * 60 * 1000;

/// The name of the session's cookie. The prefix, which needs TLS, makes browsers
/// refuse one that another host or path has set.
fn cookie_name(app: &App) -> &'static str {
    if is_secure(app) {
        "__Host-saluda_desk"
    } else {
        "saluda_desk"
    }
}

/// Whether browsers reach us over TLS. Only the operator knows.
fn is_secure(app: &App) -> bool {
    app.settings
        .public_url
        .as_deref()
        .is_some_and(|url| url.starts_with("https://"))
}

/// The agent whose cookie it is, and the hash of their session's token.
pub(crate) async fn signed_in(app: &App, headers: &HeaderMap) -> Result<(Agent, String), Refusal> {
    let nobody = || Refusal::new(ErrorCode::Unauthorized, "sign in first");
    let name = cookie_name(app);
    let mut tokens = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .filter(|cookie| cookie.name() == name);
    // Two cookies of one name: someone else has set one of them.
    let (Some(token), None) = (tokens.next(), tokens.next()) else {
        return Err(nobody());
    };
    let token_hash = secret::hash(token.value());
    let agent = app.store.session(&token_hash, app.now()).await?;
    Ok((agent.ok_or_else(nobody)?, token_hash))
}

/// `GET /api/session`: who is signed in.
pub(super) async fn who(Extension(signed_in): Extension<SignedIn>) -> Response {
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    (fresh, Json(reach::me(signed_in.agent))).into_response()
}

/// `POST /api/session`: signs in.
pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    jar: CookieJar,
    typed: Result<Json<SignIn>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(typed) = typed.map_err(|_| {
        Refusal::new(
            ErrorCode::Malformed,
            "expected an e-mail address and a password",
        )
    })?;
    let email = typed.email.trim().to_lowercase();
    pass(&app, peer, &headers, &email)?;
    let found = app.store.agent_by_email(&email).await?;
    let kept = found.as_ref().map(|agent| agent.password.clone());
    let right = password::matches(typed.password, kept).await?;
    let (Some(agent), true) = (found, right) else {
        metrics::counter!("saluda_sign_ins_total", "result" => "refused").increment(1);
        return Err(Refusal::new(
            ErrorCode::WrongPassword,
            "the e-mail address and the password do not belong together",
        ));
    };
    metrics::counter!("saluda_sign_ins_total", "result" => "ok").increment(1);

    // A new token at each sign-in: one that was planted before is of no use.
    let token = secret::new()?;
    let now = app.now();
    app.store
        .add_session(Session {
            token_hash: secret::hash(&token),
            agent: agent.id,
            created_at: now,
            expires_at: Millis(now.0 + LASTS_MS),
        })
        .await?;
    let jar = jar.add(cookie(&app, token, LASTS_MS / 1000));
    Ok((StatusCode::OK, jar, Json(reach::me(agent))).into_response())
}

/// Counts a try, whether there is such an account or not. From one network few are
/// allowed for an account, from all of them more: whoever guesses from elsewhere
/// shall not keep its agent out.
fn pass(app: &App, peer: Peer, headers: &HeaderMap, email: &str) -> Result<(), TooMany> {
    let now = app.now();
    let network = app.door.network(peer, headers);
    app.door.pass_network(Limit::SignIns, network, now)?;
    app.door.pass(Limit::SignInsFrom, (email, network), now)?;
    app.door.pass(Limit::SignInsTo, email, now)
}

/// `DELETE /api/session`: signs out, here and on the sockets of this session.
pub(super) async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(SignedIn { agent, token_hash }): Extension<SignedIn>,
    jar: CookieJar,
) -> Result<Response, Refusal> {
    app.store.end_session(&token_hash).await?;
    let notice = Notice::SignedOut { token_hash };
    app.bus.publish(Topic::Agent(agent.id), notice);
    let jar = jar.add(cookie(&app, String::new(), 0));
    Ok((StatusCode::NO_CONTENT, jar).into_response())
}

fn cookie(app: &App, token: String, lasts_s: u64) -> Cookie<'static> {
    Cookie::build((cookie_name(app), token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_secure(app))
        .max_age(
            std::time::Duration::from_secs(lasts_s)
                .try_into()
                .unwrap_or_default(),
        )
        .build()
}

#[cfg(test)]
mod tests {
    use crate::http::testing::{Answer, get, send};
    use crate::testing::Scene;

    const OWN: (&str, &str) = ("origin", "http://desk.test");
    const JSON: (&str, &str) = ("content-type", "application/json");

    async fn sign_in(scene: &Scene, email: &str, password: &str) -> Answer {
        let typed = serde_json::json!({ "email": email, "password": password });
        send(
            scene,
            "POST",
            "/api/session",
            &[OWN, JSON],
            &typed.to_string(),
        )
        .await
    }

    #[tokio::test]
    async fn signing_in_and_out() {
        let scene = Scene::new().await;
        scene.agent("lucia@alba.example", "correct horse").await;
        let answer = sign_in(&scene, " Lucia@Alba.example", "correct horse").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json()["name"], "Lucía Marín");
        let set = answer.header("set-cookie").to_owned();
        assert!(set.contains("HttpOnly"), "{set}");
        assert!(set.contains("SameSite=Lax"), "{set}");
        let cookie = set.split(';').next().unwrap();

        let who = get(&scene, "/api/session", &[("cookie", cookie)]).await;
        assert_eq!(who.json()["email"], "lucia@alba.example");
        let twice = format!("{cookie}; {cookie}");
        assert_eq!(
            get(&scene, "/api/session", &[("cookie", &twice)])
                .await
                .status,
            401
        );

        let out = [OWN, ("cookie", cookie)];
        assert_eq!(
            send(&scene, "DELETE", "/api/session", &out, "")
                .await
                .status,
            204
        );
        assert_eq!(
            get(&scene, "/api/session", &[("cookie", cookie)])
                .await
                .status,
            401
        );
    }

    #[tokio::test]
    async fn a_wrong_password_and_an_unknown_address_look_alike() {
        let scene = Scene::new().await;
        scene.agent("lucia@alba.example", "correct horse").await;
        let wrong = sign_in(&scene, "lucia@alba.example", "battery staple").await;
        let unknown = sign_in(&scene, "nobody@alba.example", "battery staple").await;
        assert_eq!((wrong.status, unknown.status), (401, 401));
        assert_eq!(wrong.body, unknown.body);
        assert_eq!(wrong.header("set-cookie"), "");
    }

    #[tokio::test]
    async fn who_guesses_is_slowed_down_and_learns_nothing() {
        let scene = Scene::new().await;
        scene.agent("lucia@alba.example", "correct horse").await;
        let tried = async |from: &str, email: &str, password: &str| {
            let typed = serde_json::json!({ "email": email, "password": password }).to_string();
            let headers = [OWN, JSON, ("x-forwarded-for", from)];
            send(&scene, "POST", "/api/session", &headers, &typed).await
        };
        for (from, email) in [
            ("203.0.113.9", "lucia@alba.example"),
            ("198.51.100.9", "nobody@alba.example"),
        ] {
            for n in 0..10 {
                assert_eq!(
                    tried(from, email, "battery staple").await.status,
                    401,
                    "{n}"
                );
            }
            // Whether there is such an account or not, and whatever the password is.
            for password in ["battery staple", "correct horse"] {
                let refused = tried(from, email, password).await;
                assert_eq!(refused.status, 429);
                assert_eq!(refused.header("retry-after"), "60");
                assert_eq!(refused.json()["code"], "too_many");
                assert_eq!(refused.json()["retry_ms"], 60_000);
            }
        }
        // From elsewhere, the agent still comes in; and from there a while later.
        let elsewhere = tried("192.0.2.1", "lucia@alba.example", "correct horse").await;
        assert_eq!(elsewhere.status, 200);
        scene.clock.set(scene.app.now().plus(60_000));
        let later = tried("203.0.113.9", "lucia@alba.example", "correct horse").await;
        assert_eq!(later.status, 200);
    }

    #[tokio::test]
    async fn a_foreign_page_cannot_sign_anyone_in_or_out() {
        let scene = Scene::new().await;
        scene.agent("lucia@alba.example", "correct horse").await;
        let typed = r#"{"email":"lucia@alba.example","password":"correct horse"}"#;
        for origin in [
            "https://evil.example",
            "null",
            "http://desk.test.evil.example",
        ] {
            let from = [("origin", origin), JSON];
            let answer = send(&scene, "POST", "/api/session", &from, typed).await;
            assert_eq!(answer.status, 403, "{origin}");
        }
        let none = send(&scene, "POST", "/api/session", &[JSON], typed).await;
        assert_eq!(none.status, 403);
        let form = [OWN, ("content-type", "text/plain")];
        assert_eq!(
            send(&scene, "POST", "/api/session", &form, typed)
                .await
                .status,
            400
        );
        assert_eq!(
            send(&scene, "DELETE", "/api/session", &[], "").await.status,
            403
        );
    }
}
