//! The config of a page on which the explain panel is open.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::ErrorCode;
use saluda_store::Site;

use super::{Config, site_config};
use crate::app::App;
use crate::refusal::Refusal;
use crate::triggers;
use crate::triggers::debug::{self, Invalid};

/// Answers whoever has a link to the panel. Nobody keeps the answer: it holds
/// what is not published.
pub(super) async fn answer(app: &App, site: &Site, token: &str) -> Result<Response, Refusal> {
    let now = app.now();
    let store = &*app.store;
    let expires_at = debug::verify(store, site, token, now).await?;
    let online = app.presence.has_agent(site.id);
    let (rules, told) = triggers::explained(store, site, online, expires_at, now).await?;
    let config = Config {
        site: site_config(site, app.assets.modules(true), now),
        rules,
        explain: Some(told),
    };
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, serde_json::to_vec(&config)?).into_response())
}

impl From<Invalid> for Refusal {
    fn from(why: Invalid) -> Self {
        match why {
            Invalid::Foreign | Invalid::Expired => Self::new(ErrorCode::Forbidden, why.to_string()),
            Invalid::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use saluda_protocol::Millis;
    use saluda_protocol::trigger::HoursSpec;
    use saluda_rules::Words;
    use saluda_rules::pack::Word;
    use serde_json::{Value, json};

    use crate::http::testing::{Answer, get};
    use crate::testing::Scene;
    use crate::triggers::debug;

    const SHOP: (&str, &str) = ("origin", "https://shop.example");

    async fn token(scene: &Scene) -> String {
        let (store, page) = (&*scene.app.store, "https://shop.example/");
        let link = debug::link(store, &scene.site, page, 60_000, scene.app.now()).await;
        let url = link.unwrap().url;
        url.split_once("#saluda-explain=").unwrap().1.to_owned()
    }

    async fn ask(scene: &Scene, token: &str, from: (&str, &str)) -> Answer {
        let path = format!("/api/sites/shop/config?explain={token}");
        get(scene, &path, &[from]).await
    }

    fn form(name: &str, text: &str) -> Value {
        json!({
            "name": name,
            "rule": { "fact": "page.path", "op": "glob", "value": format!("/{name}/**") },
            "greeting": { "text": { "en": text } }
        })
    }

    #[tokio::test]
    async fn a_link_brings_every_trigger_with_drafts_as_they_would_be() {
        let scene = Scene::new().await;
        scene.publish(form("live", "One")).await;
        scene.publish(form("edited", "One")).await;
        scene.save(form("edited", "Two")).await;
        scene.save(form("draft", "One")).await;
        let paused = scene.publish(form("paused", "One")).await;
        let done = scene.app.store.pause_trigger(scene.edit(&paused)).await;
        done.unwrap().unwrap();
        // As after the zone's name was corrected by hand.
        let mut site = scene.site.clone();
        site.settings.hours = Some(HoursSpec {
            zone: "Mars/Olympus".into(),
            ..HoursSpec::default()
        });
        scene.app.store.update_site(site).await.unwrap();
        let mut broken = form("broken", "One");
        broken["schedule"] = json!({ "from": "2026-12-01T00:00" });
        scene.save(broken).await;

        let answer = ask(&scene, &token(&scene).await, SHOP).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("etag"), "");
        assert_eq!(answer.header("access-control-allow-origin"), SHOP.1);
        assert_eq!(answer.header("access-control-expose-headers"), "date");
        let config = answer.json();
        assert_eq!(config["explain"]["expires_at"], 1_060_000);
        let listed = config["explain"]["triggers"].as_array().unwrap();
        let state = |id: &str| {
            let one = listed.iter().find(|one| one["id"] == id).unwrap();
            (one["status"].as_str().unwrap(), one["edited"].clone())
        };
        assert_eq!(state("live"), ("live", json!(false)));
        assert_eq!(state("edited"), ("live", json!(true)));
        assert_eq!(state("draft"), ("draft", json!(true)));
        assert_eq!(state("paused"), ("paused", json!(false)));
        let broken = listed.iter().find(|one| one["id"] == "broken").unwrap();
        assert_eq!(broken["mistakes"][0]["path"], "schedule");

        let greetings = config["rules"]["greetings"].as_array().unwrap();
        let said = |id: &str| {
            let found = greetings.iter().find(|one| one["id"] == id);
            found.map(|one| (one["version"].clone(), one["text"]["en"].clone()))
        };
        assert_eq!(said("edited"), Some((json!(2), json!("Two"))));
        assert_eq!(said("draft"), Some((json!(1), json!("One"))));
        assert_eq!(said("broken"), None);
        // Each id is followed by its version, and by whether it is live.
        let pack = config["rules"]["pack"].as_array().unwrap();
        let mut laid = Words::new(pack.last().unwrap().as_str().unwrap().as_bytes());
        let words: Vec<Word> =
            std::iter::from_fn(|| (!laid.is_empty()).then(|| laid.word())).collect();
        let live = |id: &str| {
            let id = Word::Text(id.to_owned());
            let at = words.iter().position(|word| *word == id).unwrap();
            words[at + 2].clone()
        };
        assert_eq!(live("draft"), Word::Number(1.0));
        assert_eq!(live("paused"), Word::Number(0.0));
    }

    #[tokio::test]
    async fn an_ordinary_page_hears_nothing_of_it() {
        let scene = Scene::new().await;
        let manifest = r#"{"explain.js":{"file":"e.js","integrity":"x"},"runtime.js":{"file":"r.js","integrity":"x"}}"#;
        std::fs::write(scene.assets().join("manifest.json"), manifest).unwrap();
        scene.save(form("draft", "One")).await;
        let ordinary = get(&scene, "/api/sites/shop/config", &[SHOP]).await;
        assert!(!ordinary.text().contains("explain"), "{}", ordinary.text());
        assert!(!ordinary.text().contains("draft"));
        let explained = ask(&scene, &token(&scene).await, SHOP).await.json();
        assert_eq!(explained["modules"]["explain.js"]["file"], "e.js");
        assert_eq!(explained["modules"]["runtime.js"]["file"], "r.js");
    }

    #[tokio::test]
    async fn a_link_that_is_no_good_is_refused_with_the_reason() {
        let scene = Scene::new().await;
        let token = token(&scene).await;
        let refused = async |token: &str, from| {
            let answer = ask(&scene, token, from).await;
            assert_eq!(answer.status, 403, "{token}");
            // The page reads why.
            assert_eq!(answer.header("access-control-allow-origin"), "*");
            let body = answer.json();
            body["message"].as_str().unwrap().to_owned()
        };
        assert!(refused("", SHOP).await.contains("not of this site"));
        assert!(refused("e30.e30", SHOP).await.contains("not of this site"));
        let foreign = ("origin", "https://evil.example");
        assert!(refused(&token, foreign).await.contains("may not show"));
        scene.clock.set(Millis(1_060_000));
        assert!(refused(&token, SHOP).await.contains("has expired"));
    }
}
