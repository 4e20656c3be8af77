//! What became of greetings, as pages count it.
//!
//! A page sends it when it is left, so nobody reads the answer. It is kept
//! strict: nothing but what is counted gets in, least of all a text.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::report::Report;
use saluda_protocol::{ErrorCode, Millis, limits};

use super::{config, origin};
use crate::app::App;
use crate::refusal::Refusal;

/// `POST /api/sites/{key}/events`
pub(super) async fn report(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let site = config::find(&app, &key).await?;
    let from = origin::check(&app, &site, &headers)?;
    let report = read(body, app.now())?;
    let counted = app.store.count(site.id, report).await?;
    metrics::counter!("saluda_greeting_events_total").increment(counted);
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(Ok(from)) = from.map(HeaderValue::from_str) {
        let answer = response.headers_mut();
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, from);
        answer.insert(header::VARY, HeaderValue::from_static("origin"));
    }
    Ok(response)
}

fn read(body: Result<Bytes, BytesRejection>, now: Millis) -> Result<Report, Refusal> {
    let body = body.unwrap_or_default();
    let too_large = || {
        let most = limits::REPORTED_EVENTS;
        let message = format!("a report has at most 16 kB and {most} events");
        Refusal::new(ErrorCode::TooLarge, message)
    };
    let senseless = || Refusal::new(ErrorCode::Malformed, "this is no report of greetings");
    if body.len() > limits::REPORT_BYTES {
        return Err(too_large());
    }
    let mut report: Report = serde_json::from_slice(&body).map_err(|_| senseless())?;
    if report.events.len() > limits::REPORTED_EVENTS {
        return Err(too_large());
    }
    for event in &mut report.events {
        // A path, and nothing that a page may carry behind it.
        if !event.page.starts_with('/') || event.page.contains(['?', '#']) {
            return Err(senseless());
        }
        let page = event.page.chars().filter(|c| !c.is_control());
        event.page = page.take(limits::REPORTED_PAGE_CHARS).collect();
        // A clock that is ahead must not fill days that are to come.
        event.at = event.at.min(now);
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::http::testing::send;
    use crate::testing::Scene;

    const EVENTS: &str = "/api/sites/shop/events";
    const PAGE: [(&str, &str); 2] = [
        ("origin", "https://shop.example"),
        ("content-type", "text/plain;charset=UTF-8"),
    ];

    fn event(n: u16) -> Value {
        json!({
            "id": format!("{n:032x}"), "at": 5, "trigger": "help", "version": 1,
            "variant": null, "kind": "sent", "page": "/plans"
        })
    }

    fn report(events: &[Value]) -> Value {
        json!({ "person": format!("{:032x}", 7), "device": "phone", "events": events })
    }

    async fn scene() -> Scene {
        let scene = Scene::new().await;
        scene
            .publish(json!({
                "name": "Help", "rule": { "all": [] }, "greeting": { "text": { "en": "Hi" } }
            }))
            .await;
        scene
    }

    async fn sent(scene: &Scene) -> u64 {
        let all = scene.app.store.triggers(scene.site.id, None, 9).await;
        all.unwrap()[0].1.sent
    }

    #[tokio::test]
    async fn a_report_counts_once_however_often_it_is_sent() {
        let scene = scene().await;
        let body = report(&[event(1), event(2)]).to_string();
        for _ in 0..3 {
            let answer = send(&scene, "POST", EVENTS, &PAGE, &body).await;
            assert_eq!(answer.status, 204);
            assert_eq!(
                answer.header("access-control-allow-origin"),
                "https://shop.example"
            );
        }
        assert_eq!(sent(&scene).await, 1);
    }

    #[tokio::test]
    async fn anything_else_in_it_is_refused_whole() {
        let scene = scene().await;
        let with = |field: &str, value: Value| {
            let mut one = event(1);
            one[field] = value;
            report(&[event(2), one])
        };
        let mut more = report(&[event(1)]);
        more["email"] = json!("ines@cafelargo.pt");
        for (bad, status) in [
            (json!("hello"), 400),
            (json!({}), 400),
            (more, 400),
            (with("text", json!("hello")), 400),
            (with("kind", json!("bought")), 400),
            (with("id", json!("1")), 400),
            (with("page", json!("https://shop.example/plans")), 400),
            (with("page", json!("/plans?email=ines@cafelargo.pt")), 400),
            (with("page", json!("/plans#me")), 400),
            (with("version", json!(-1)), 400),
            (with("trigger", json!("Not An Id")), 400),
            (report(&(0..51).map(event).collect::<Vec<_>>()), 413),
            (with("page", json!(format!("/{}", "a".repeat(17_000)))), 413),
        ] {
            let answer = send(&scene, "POST", EVENTS, &PAGE, &bad.to_string()).await;
            assert_eq!(answer.status, status, "{bad}");
        }
        assert_eq!(sent(&scene).await, 0);
        let most = report(&(0..50).map(event).collect::<Vec<_>>()).to_string();
        assert_eq!(send(&scene, "POST", EVENTS, &PAGE, &most).await.status, 204);
    }

    #[tokio::test]
    async fn a_foreign_page_counts_nothing() {
        let scene = scene().await;
        let body = report(&[event(1)]).to_string();
        let foreign = [("origin", "https://evil.example")];
        let answer = send(&scene, "POST", EVENTS, &foreign, &body).await;
        assert_eq!(answer.status, 403);
        let answer = send(&scene, "POST", "/api/sites/other/events", &PAGE, &body).await;
        assert_eq!(answer.status, 404);
        assert_eq!(sent(&scene).await, 0);
    }
}
