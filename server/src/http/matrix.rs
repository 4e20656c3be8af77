//! Every endpoint of the API with every kind of agent, and with nobody.

use std::collections::BTreeSet;

use saluda_protocol::AgentId;
use saluda_protocol::agent::Role;
use serde_json::json;

use super::routes::{Method, ROUTES};
use super::testing::send;
use crate::testing::Scene;

const OWN: (&str, &str) = ("origin", "http://desk.test");

/// What those who ask are answered.
struct Row {
    method: Method,
    path: &'static str,
    body: &'static str,
    nobody: u16,
    /// An administrator of another site.
    outsider: u16,
    viewer: u16,
    agent: u16,
    editor: u16,
    administrator: u16,
}

const fn row(method: Method, path: &'static str, body: &'static str, expected: [u16; 6]) -> Row {
    let [nobody, outsider, viewer, agent, editor, administrator] = expected;
    Row {
        method,
        path,
        body,
        nobody,
        outsider,
        viewer,
        agent,
        editor,
        administrator,
    }
}

/// For those who read, those who write, and whoever comes.
const READ: [u16; 6] = [401, 404, 200, 200, 200, 200];
const WRITE: [u16; 6] = [401, 404, 403, 403, 200, 200];
const ALL: [u16; 6] = [200; 6];

const FORM: &str = r#"{"name":"Help","rule":{"all":[]},"greeting":{"text":{"en":"Two"}}}"#;
const SIGN_IN: &str = r#"{"email":"lucia@alba.example","password":"wrong"}"#;
const REPORT: &str =
    r#"{"person":"5d1f0c9ab2e344775d1f0c9ab2e34477","device":"desktop","events":[]}"#;
const ORDER: &str = r#"{"order":[]}"#;
const VERSION: &str = r#"{"version":1}"#;
const PAGE: &str = r#"{"page":"https://shop.example/plans"}"#;

/// One row for each endpoint. One that is added without a row fails the test.
const ROWS: &[Row] = &[
    row(
        Method::Get,
        "/api/session",
        "",
        [401, 200, 200, 200, 200, 200],
    ),
    row(Method::Post, "/api/session", SIGN_IN, [401; 6]),
    row(
        Method::Delete,
        "/api/session",
        "",
        [401, 204, 204, 204, 204, 204],
    ),
    row(Method::Get, "/api/sites/{key}/config", "", ALL),
    row(Method::Post, "/api/sites/{key}/events", REPORT, [204; 6]),
    row(Method::Post, "/api/sites/{key}/debug", PAGE, WRITE),
    row(Method::Get, "/api/sites/{key}/triggers", "", READ),
    row(Method::Get, "/api/sites/{key}/triggers/{id}", "", READ),
    row(Method::Put, "/api/sites/{key}/triggers/{id}", FORM, WRITE),
    row(
        Method::Delete,
        "/api/sites/{key}/triggers/{id}",
        "",
        [401, 404, 403, 403, 204, 204],
    ),
    row(
        Method::Post,
        "/api/sites/{key}/triggers/{id}/publish",
        "",
        WRITE,
    ),
    row(
        Method::Post,
        "/api/sites/{key}/triggers/{id}/pause",
        "",
        WRITE,
    ),
    row(
        Method::Post,
        "/api/sites/{key}/triggers/{id}/resume",
        "",
        WRITE,
    ),
    row(
        Method::Get,
        "/api/sites/{key}/triggers/{id}/versions",
        "",
        READ,
    ),
    row(
        Method::Get,
        "/api/sites/{key}/triggers/{id}/results",
        "",
        READ,
    ),
    row(Method::Post, "/api/sites/{key}/starters", "", WRITE),
    row(Method::Post, "/api/sites/{key}/order", ORDER, WRITE),
    row(Method::Get, "/api/sites/{key}/history", "", READ),
    row(
        Method::Post,
        "/api/sites/{key}/triggers/{id}/rollback",
        VERSION,
        WRITE,
    ),
    row(
        Method::Post,
        "/api/sites/{key}/triggers/{id}/clone",
        "",
        [401, 404, 403, 403, 201, 201],
    ),
    row(
        Method::Get,
        "/api/sites/{key}/triggers/{id}/history",
        "",
        READ,
    ),
];

fn name(method: Method) -> String {
    format!("{method:?}").to_uppercase()
}

/// Two sites and everyone who works on them.
struct Cast {
    scene: Scene,
    outsider: AgentId,
    insiders: [(Role, AgentId); 4],
}

impl Cast {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let school = scene.site("school").await;
        let mut insiders = Vec::new();
        for role in [
            Role::Viewer,
            Role::Agent,
            Role::TriggerEditor,
            Role::Administrator,
        ] {
            insiders.push((role, scene.member(scene.site.id, role).await));
        }
        let outsider = scene.member(school.id, Role::Administrator).await;
        let insiders = insiders.try_into().unwrap();
        Self {
            scene,
            outsider,
            insiders,
        }
    }

    /// What one of them is answered, on a site with one live trigger that was
    /// edited since.
    async fn status(&self, row: &Row, agent: Option<AgentId>) -> u16 {
        let form = |text: &str| json!({ "name": "Help", "rule": { "all": [] }, "greeting": { "text": { "en": text } } });
        self.scene.publish(form("One")).await;
        self.scene.save(form("Three")).await;
        let path = row.path.replace("{key}", "shop").replace("{id}", "help");
        let mut headers = vec![OWN, ("content-type", "application/json")];
        let cookie = match agent {
            Some(agent) => self.scene.sign_in(agent).await,
            None => String::new(),
        };
        headers.push(("cookie", &cookie));
        send(&self.scene, &name(row.method), &path, &headers, row.body)
            .await
            .status
    }
}

#[tokio::test]
async fn every_endpoint_answers_those_who_may_and_nobody_else() {
    let cast = Cast::new().await;
    for row in ROWS {
        let asked = format!("{} {}", name(row.method), row.path);
        assert_eq!(cast.status(row, None).await, row.nobody, "{asked}: nobody");
        let outsider = cast.status(row, Some(cast.outsider)).await;
        assert_eq!(outsider, row.outsider, "{asked}: outsider");
        let expected = [row.viewer, row.agent, row.editor, row.administrator];
        for ((role, agent), expected) in cast.insiders.iter().zip(expected) {
            let status = cast.status(row, Some(*agent)).await;
            assert_eq!(status, expected, "{asked}: {role:?}");
        }
    }
}

#[test]
fn every_endpoint_has_a_row() {
    let rows: BTreeSet<_> = ROWS
        .iter()
        .map(|row| (name(row.method), row.path))
        .collect();
    let routes: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| (name(route.method), route.path))
        .collect();
    assert_eq!(rows, routes);
    assert_eq!((rows.len(), routes.len()), (ROWS.len(), ROUTES.len()));
}

#[tokio::test]
async fn a_foreign_page_changes_nothing_with_an_agents_cookie() {
    let cast = Cast::new().await;
    let (_, administrator) = cast.insiders[3];
    // What pages of the site send has a gate of its own, and no cookie.
    for row in ROWS
        .iter()
        .filter(|row| row.method != Method::Get && row.path != "/api/sites/{key}/events")
    {
        let cookie = cast.scene.sign_in(administrator).await;
        let path = row.path.replace("{key}", "shop").replace("{id}", "help");
        for origin in [
            None,
            Some("https://evil.example"),
            Some("https://shop.example"),
        ] {
            let mut headers = vec![("cookie", cookie.as_str())];
            headers.extend(origin.map(|origin| ("origin", origin)));
            let method = name(row.method);
            let refused = send(&cast.scene, &method, &path, &headers, row.body).await;
            assert_eq!(refused.status, 403, "{method} {path} from {origin:?}");
            assert_eq!(refused.json()["code"], "origin_refused");
        }
    }
}
