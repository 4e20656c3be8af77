//! What a page needs to know of its site.

mod explain;
mod known;
mod script;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::site::Module;
use saluda_protocol::{ErrorCode, Millis, SiteConfig, SiteKey};
use saluda_store::Site;
use serde::{Deserialize, Serialize};

use super::origin;
use crate::app::App;
use crate::chat::forms;
use crate::connected;
use crate::refusal::{Refusal, unheard};
use crate::triggers::{self, Rules, Told};

pub(crate) use known::Configs;
pub(super) use known::known;

/// A browser keeps what it has, and asks with each page view whether it changed:
/// what an owner publishes or pauses counts from the next page on (S2.9).
pub(super) const CACHE: HeaderValue = HeaderValue::from_static("public, no-cache");

/// What a page may ask besides.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The token of a link that opens the explain panel.
    explain: Option<String>,
}

/// `GET /api/sites/{key}/config`
pub(super) async fn config(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    match answer(&app, &key, &asked, &headers).await {
        Ok(response) => response,
        Err(error) => {
            // The loader must be able to read why, to tell the site's owner.
            let mut response = error.into_response();
            response.headers_mut().insert(
                header::ACCESS_CONTROL_ALLOW_ORIGIN,
                HeaderValue::from_static("*"),
            );
            response
        }
    }
}

async fn answer(
    app: &App,
    key: &str,
    asked: &Asked,
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let site = find(app, key).await?;
    let from = origin::check(app, &site, headers)?;
    if let Some(from) = from
        && let Err(error) = connected::note(app, &site, from).await
    {
        // The page gets its config all the same.
        unheard(error);
    }
    let mut response = match &asked.explain {
        Some(token) => explain::answer(app, &site, token).await?,
        None => ordinary(app, site, headers).await?,
    };
    let answer = response.headers_mut();
    let by = HeaderValue::from_static("origin, accept-encoding");
    answer.insert(header::VARY, by);
    if let Some(Ok(from)) = from.map(HeaderValue::from_str) {
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, from);
        // Opening hours are by our clock: a page's may be wrong.
        answer.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("date"),
        );
    }
    Ok(response)
}

/// What every page gets.
async fn ordinary(app: &App, site: Site, headers: &HeaderMap) -> Result<Response, Refusal> {
    let known = known(app, site).await?;
    let mut response = known.config.answer(headers, "application/json");
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    Ok(response)
}

/// The site with this key.
pub(super) async fn find(app: &App, key: &str) -> Result<Site, Refusal> {
    let unknown = || {
        Refusal::new(
            ErrorCode::NotFound,
            format!("there is no site `{key}`; check `data-site` in the snippet"),
        )
    };
    let key: SiteKey = key.parse().map_err(|_| unknown())?;
    app.store.site_by_key(&key).await?.ok_or_else(unknown)
}

/// What the panel says of opening hours lies within so many days.
const OPEN_DAYS: u64 = 7;

fn site_config(site: &Site, modules: BTreeMap<String, Module>, now: Millis) -> SiteConfig {
    let today = triggers::day(now);
    let open = triggers::hours(site, today, today + OPEN_DAYS);
    let open = open.map(|open| {
        open.iter()
            .map(|one| [one.opens_at, one.closes_at])
            .collect()
    });
    SiteConfig {
        name: site.name.clone(),
        look: saluda_protocol::color::look(&site.settings.accent, site.settings.corner),
        launcher: site.settings.launcher.clone(),
        notices: site.settings.notices,
        texts: site.settings.texts.clone(),
        open,
        reply_within_ms: site.settings.reply_within_ms,
        email: site.settings.email,
        form: forms::page_form(site),
        rating: site.settings.rating.clone(),
        modules,
    }
}

/// The whole answer.
#[derive(Serialize)]
struct Config {
    #[serde(flatten)]
    site: SiteConfig,
    rules: Rules,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<Told>,
}

#[cfg(test)]
mod tests {
    use saluda_protocol::Millis;
    use saluda_protocol::site::LauncherStyle;
    use saluda_protocol::trigger::HoursSpec;
    use serde_json::json;

    use crate::http::testing::{get, send};
    use crate::testing::Scene;

    const CONFIG: &str = "/api/sites/shop/config";

    #[tokio::test]
    async fn a_page_of_the_site_may_read_and_cache_it() {
        let scene = Scene::new().await;
        let answer = get(&scene, CONFIG, &[("origin", "https://shop.example")]).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "https://shop.example"
        );
        assert_eq!(answer.header("vary"), "origin, accept-encoding");
        assert_eq!(answer.header("cache-control"), "public, no-cache");
        assert_eq!(answer.json()["name"], "Alba Coffee");

        let tag = answer.header("etag").to_owned();
        let again = get(&scene, CONFIG, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, 304);
        assert!(again.body.is_empty());

        let mut site = scene.site.clone();
        site.settings.accent = "#aa0000".into();
        scene.app.store.update_site(site).await.unwrap();
        let changed = get(&scene, CONFIG, &[("if-none-match", &tag)]).await;
        assert_eq!(changed.status, 200);
        assert_eq!(changed.json()["look"]["accent"], "#aa0000");
    }

    #[tokio::test]
    async fn it_comes_packed_to_whoever_can_unpack_it() {
        let scene = Scene::new().await;
        let plain = get(&scene, CONFIG, &[]).await;
        assert_eq!(plain.header("content-encoding"), "");
        let takes = ("accept-encoding", "gzip, deflate, br, zstd");
        let packed = get(&scene, CONFIG, &[takes]).await;
        assert_eq!(packed.header("content-encoding"), "br");
        assert!(packed.body.len() < plain.body.len());
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.body.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body);

        let tag = packed.header("etag").to_owned();
        let again = get(&scene, CONFIG, &[takes, ("if-none-match", &tag)]).await;
        assert_eq!(again.status, 304);
        assert_eq!(again.header("content-encoding"), "");
    }

    #[tokio::test]
    async fn it_carries_only_what_differs_from_what_a_page_does_by_itself() {
        let scene = Scene::new().await;
        let plain = get(&scene, CONFIG, &[]).await.json();
        assert!(
            ["launcher", "notices", "texts", "open"]
                .iter()
                .all(|name| plain.get(name).is_none())
        );
        let mut site = scene.site.clone();
        site.settings.launcher.style = LauncherStyle::Label;
        site.settings.notices.sound = false;
        site.settings
            .launcher
            .label
            .insert("en".into(), "Ask us".into());
        let words = [("away".to_owned(), "We roast.".to_owned())].into();
        site.settings.texts.insert("en".into(), words);
        site.settings.hours = Some(HoursSpec {
            zone: "UTC".into(),
            weekly: [("fri".to_owned(), vec!["09:00-10:00".to_owned()])].into(),
            ..HoursSpec::default()
        });
        scene.app.store.update_site(site).await.unwrap();
        let chosen = get(&scene, CONFIG, &[]).await.json();
        let launcher = json!({ "style": "label", "label": { "en": "Ask us" } });
        assert_eq!(chosen["launcher"], launcher);
        let notices = json!({ "badge": true, "title": true, "sound": false });
        assert_eq!(chosen["notices"], notices);
        assert_eq!(chosen["texts"], json!({ "en": { "away": "We roast." } }));
        // 1970 began on a Thursday.
        let friday = 24 * 60 * 60 * 1_000;
        let hour = 60 * 60 * 1_000;
        let open = json!([[friday + 9 * hour, friday + 10 * hour]]);
        assert_eq!(chosen["open"], open);
    }

    #[tokio::test]
    async fn it_carries_what_the_page_decides_by_and_nothing_that_is_said_later() {
        let scene = Scene::new().await;
        let mut site = scene.site.clone();
        site.settings.hours = Some(HoursSpec {
            zone: "Europe/Lisbon".into(),
            weekly: [("thu".to_owned(), vec!["00:00-24:00".to_owned()])].into(),
            ..HoursSpec::default()
        });
        site.settings.senders.insert("lucia".into(), "Lucía".into());
        scene.app.store.update_site(site).await.unwrap();
        let help = json!({
            "name": "Help",
            "rule": { "fact": "page.path", "op": "glob", "value": "/plans/**" },
            "greeting": {
                "sender": "lucia",
                "text": { "en": "Hello" },
                "buttons": [{ "label": { "en": "Yes" }, "answer": { "en": "SECRET" } }],
                "reply": { "agent": { "ask": ["email"], "follow_up": { "en": "SECRET" } } }
            },
            "tags": ["SECRET"]
        });
        scene.save(help.clone()).await;
        let from = [("origin", "https://shop.example")];
        let before = get(&scene, CONFIG, &from).await;
        assert_eq!(before.header("access-control-expose-headers"), "date");
        assert_eq!(before.json()["rules"]["greetings"], json!([]));
        assert_eq!(before.json()["rules"]["online"], false);
        // The budget, then the hours: 1970 began on a Thursday, and Lisbon was
        // an hour ahead.
        let pack = before.json()["rules"]["pack"].clone();
        let pack = pack.as_array().unwrap();
        assert_eq!(pack[..4], [3, 6, 30_000, 0]);
        assert_eq!(pack[8..10], [601_200_000, 687_600_000]);

        scene.publish(help).await;
        let after = get(&scene, CONFIG, &from).await;
        assert_ne!(after.header("etag"), before.header("etag"));
        let rules = &after.json()["rules"];
        let laid = rules["pack"].as_array().unwrap().last().unwrap();
        assert!(laid.as_str().unwrap().contains("/plans/**"));
        assert_eq!(
            rules["greetings"][0],
            json!({
                "id": "help",
                "version": 1,
                "sender": { "name": "Lucía" },
                "text": { "en": "Hello" },
                "buttons": [{ "label": { "en": "Yes" } }],
                "ask": ["email"]
            })
        );
        assert!(!after.text().contains("SECRET"));
    }

    #[tokio::test]
    async fn the_passing_of_time_alone_changes_it_once_a_day() {
        let scene = Scene::new().await;
        let tag = get(&scene, CONFIG, &[]).await.header("etag").to_owned();
        let mut site = scene.site.clone();
        site.settings.hours = Some(HoursSpec {
            zone: "UTC".into(),
            ..HoursSpec::default()
        });
        let day = 24 * 60 * 60 * 1_000;
        scene.clock.set(Millis(day - 1));
        assert_eq!(get(&scene, CONFIG, &[]).await.header("etag"), tag);
        site.settings.hours = Some(HoursSpec {
            zone: "UTC".into(),
            weekly: [("fri".to_owned(), vec!["09:00-10:00".to_owned()])].into(),
            ..HoursSpec::default()
        });
        scene.app.store.update_site(site).await.unwrap();
        let today = get(&scene, CONFIG, &[]).await.header("etag").to_owned();
        scene.clock.set(Millis(2 * day));
        let later = get(&scene, CONFIG, &[]).await;
        assert_ne!(later.header("etag"), today);
    }

    #[tokio::test]
    async fn a_foreign_page_is_told_why_it_may_not() {
        let scene = Scene::new().await;
        let answer = get(&scene, CONFIG, &[("origin", "https://evil.example")]).await;
        assert_eq!(answer.status, 403);
        assert_eq!(answer.json()["code"], "origin_refused");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }

    #[tokio::test]
    async fn an_unknown_site_is_named() {
        let scene = Scene::new().await;
        for path in ["/api/sites/other/config", "/api/sites/NO%20KEY/config"] {
            let answer = get(&scene, path, &[]).await;
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.json()["code"], "not_found");
        }
    }

    #[tokio::test]
    async fn what_is_asked_in_another_way_is_told_so() {
        let scene = Scene::new().await;
        let answer = send(&scene, "POST", CONFIG, &[], "").await;
        assert_eq!(answer.status, 405);
        assert_eq!(answer.header("allow"), "GET,HEAD");
        assert_eq!(answer.json()["code"], "not_found");
    }
}
