//! Every endpoint of the API with every kind of agent and token, and with nobody.

mod ids;
mod tokens;

use std::collections::BTreeSet;

use saluda_protocol::AgentId;
use saluda_protocol::agent::Role;
use saluda_protocol::studio::Actor;
use saluda_protocol::token::{Scope, WantedToken};
use serde_json::json;

use super::openapi;
use super::routes::{Method, routes};
use super::testing::send;
use crate::testing::Scene;
use crate::token;

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
    token: Token,
}

const fn row(
    method: Method,
    path: &'static str,
    body: &'static str,
    expected: [u16; 6],
    token: Token,
) -> Row {
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
        token,
    }
}

/// For those who read, those who write, administrators, and whoever comes.
const READ: [u16; 6] = [401, 404, 200, 200, 200, 200];
const WRITE: [u16; 6] = [401, 404, 403, 403, 200, 200];
const MANAGE: [u16; 6] = [401, 404, 403, 403, 403, 200];
const ALL: [u16; 6] = [200; 6];

const TO_READ: Token = Token::Needs(Scope::TriggersRead);
const TO_WRITE: Token = Token::Needs(Scope::TriggersWrite);
const TO_PUBLISH: Token = Token::Needs(Scope::TriggersPublish);
const TO_SEE: Token = Token::Needs(Scope::SiteRead);
const TO_MANAGE: Token = Token::Needs(Scope::SiteWrite);
const FOR_RESULTS: Token = Token::Needs(Scope::ResultsRead);

const FORM: &str = r#"{"name":"Help","rule":{"all":[]},"greeting":{"text":{"en":"Two"}}}"#;
const SIGN_IN: &str = r#"{"email":"lucia@alba.example","password":"wrong"}"#;
const REPORT: &str =
    r#"{"person":"5d1f0c9ab2e344775d1f0c9ab2e34477","device":"desktop","events":[]}"#;
const FILES: &str = r#"{"files":[{"name":"a.json","text":"[{\"title\":\"A\",\"message\":\"Hi\",\"trigger_rules\":{\"url\":\"https://shop.example/\"}}]"}]}"#;
const ORDER: &str = r#"{"order":[]}"#;
const VERSION: &str = r#"{"version":1}"#;
const TOKEN: &str = r#"{"name":"CI","scopes":["triggers:read"]}"#;
const SETTINGS: &str = r##"{"name":"Alba","origins":["https://shop.example"],"accent":"#0b6e76",
"corner":"end","launcher":{"style":"icon","label":{}},"notices":{"badge":true,"title":true,"sound":true},"texts":{},"reply_within_ms":null,"email":{"ask":"never","required":false},
"agent_text_chars":512,"retention_days":null,"attention":{"per_visit":3,"per_day":6,"gap_ms":0,"holdout":0},"hours":null,
"senders":{},"form":null,"rating":null}"##;
const HOURS: &str = r#"{"hours":{"zone":"UTC"}}"#;
const PAGE: &str = r#"{"page":"https://shop.example/plans"}"#;

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// Nothing: this is done at the desk.
    Refused,
    /// No scope is for it.
    Forbidden,
    /// Nobody looks at it.
    Unseen,
    /// One with this scope does.
    Needs(Scope),
}

/// One row for each endpoint. One that is added without a row fails the test.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    row(Method::Get, "/api/openapi.json", "", ALL, Token::Unseen),
    row(Method::Get, "/api/session", "", [401, 200, 200, 200, 200, 200], Token::Refused),
    row(Method::Post, "/api/session", SIGN_IN, [401; 6], Token::Unseen),
    row(Method::Delete, "/api/session", "", [401, 204, 204, 204, 204, 204], Token::Refused),
    row(Method::Get, "/api/tokens", "", [401, 200, 200, 200, 200, 200], Token::Refused),
    row(Method::Post, "/api/tokens", TOKEN, [401, 201, 201, 201, 201, 201], Token::Refused),
    row(Method::Delete, "/api/tokens/{token}", "", [401, 404, 404, 404, 404, 404], Token::Refused),
    row(Method::Get, "/api/sites/{key}/config", "", ALL, Token::Unseen),
    row(Method::Post, "/api/sites/{key}/events", REPORT, [204; 6], Token::Unseen),
    row(Method::Post, "/api/sites/{key}/uploads", "hello", [401; 6], Token::Unseen),
    row(Method::Post, "/api/sites/{key}/transcripts", "{}", [401; 6], Token::Unseen),
    row(Method::Post, "/api/sites/{key}/conversations/{conversation}/files", "hello", [401, 404, 403, 404, 403, 404], Token::Forbidden),
    row(Method::Get, "/api/files/{file}", "", [404; 6], Token::Unseen),
    row(Method::Get, "/api/sites/{key}/settings", "", READ, TO_SEE),
    row(Method::Put, "/api/sites/{key}/settings", SETTINGS, MANAGE, TO_MANAGE),
    row(Method::Post, "/api/sites/{key}/hours/preview", HOURS, READ, TO_SEE),
    row(Method::Get, "/api/sites/{key}/embed", "", READ, TO_SEE),
    row(Method::Get, "/api/sites/{key}/secrets", "", MANAGE, Token::Forbidden),
    row(Method::Post, "/api/sites/{key}/secrets", "", [401, 404, 403, 403, 403, 201], Token::Forbidden),
    row(Method::Delete, "/api/sites/{key}/secrets/{secret}", "", [401, 404, 403, 403, 403, 404], Token::Forbidden),
    row(Method::Get, "/api/sites/{key}/people", "", [401, 404, 403, 403, 403, 400], Token::Forbidden),
    row(Method::Get, "/api/sites/{key}/people/{visitor}", "", [401, 404, 403, 403, 403, 404], Token::Forbidden),
    row(Method::Delete, "/api/sites/{key}/people/{visitor}", "", [401, 404, 403, 403, 403, 404], Token::Forbidden),
    row(Method::Get, "/api/sites/{key}/audit", "", MANAGE, Token::Forbidden),
    row(Method::Post, "/api/sites/{key}/debug", PAGE, WRITE, TO_WRITE),
    row(Method::Post, "/api/sites/{key}/try", FORM, READ, TO_READ),
    row(Method::Post, "/api/sites/{key}/starters", "", WRITE, TO_WRITE),
    row(Method::Post, "/api/sites/{key}/import", FILES, WRITE, TO_WRITE),
    row(Method::Post, "/api/sites/{key}/order", ORDER, WRITE, TO_PUBLISH),
    row(Method::Get, "/api/sites/{key}/history", "", READ, TO_READ),
    row(Method::Get, "/api/sites/{key}/export", "", READ, TO_READ),
    row(Method::Get, "/api/sites/{key}/seen", "", READ, TO_READ),
    row(Method::Get, "/api/sites/{key}/triggers", "", READ, TO_READ),
    row(Method::Get, "/api/sites/{key}/triggers/{id}", "", READ, TO_READ),
    row(Method::Put, "/api/sites/{key}/triggers/{id}", FORM, WRITE, TO_WRITE),
    row(Method::Delete, "/api/sites/{key}/triggers/{id}", "", [401, 404, 403, 403, 204, 204], TO_PUBLISH),
    row(Method::Post, "/api/sites/{key}/triggers/{id}/publish", "", WRITE, TO_PUBLISH),
    row(Method::Post, "/api/sites/{key}/triggers/{id}/pause", "", WRITE, TO_PUBLISH),
    row(Method::Post, "/api/sites/{key}/triggers/{id}/resume", "", WRITE, TO_PUBLISH),
    row(Method::Post, "/api/sites/{key}/triggers/{id}/rollback", VERSION, WRITE, TO_PUBLISH),
    row(Method::Post, "/api/sites/{key}/triggers/{id}/clone", "", [401, 404, 403, 403, 201, 201], TO_WRITE),
    row(Method::Get, "/api/sites/{key}/triggers/{id}/versions", "", READ, TO_READ),
    row(Method::Get, "/api/sites/{key}/triggers/{id}/results", "", READ, FOR_RESULTS),
    row(Method::Get, "/api/sites/{key}/triggers/{id}/results.csv", "", READ, FOR_RESULTS),
    row(Method::Get, "/api/sites/{key}/triggers/{id}/history", "", READ, TO_READ),
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

    /// What is answered to these headers, on a site with one live trigger that
    /// was edited since.
    async fn status(&self, row: &Row, headers: &[(&str, &str)]) -> u16 {
        let form = |text: &str| json!({ "name": "Help", "rule": { "all": [] }, "greeting": { "text": { "en": text } } });
        self.scene.publish(form("One")).await;
        self.scene.save(form("Three")).await;
        let path = row
            .path
            .replace("{key}", "shop")
            .replace("{id}", "help")
            .replace("{token}", "none")
            .replace("{secret}", "none")
            .replace("{visitor}", "none")
            .replace("{conversation}", "none")
            .replace("{file}", "none");
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        let asked = format!("{} {}", name(row.method), row.path);
        let answer = send(&self.scene, &name(row.method), &path, &all, row.body).await;
        let route = routes().find(|route| (route.method, route.path) == (row.method, row.path));
        let documented = openapi::statuses(route.unwrap());
        assert!(
            documented.contains(&answer.status),
            "{asked}: {}",
            answer.status
        );
        answer.status
    }

    /// What one of them is answered at the desk.
    async fn at_desk(&self, row: &Row, agent: Option<AgentId>) -> u16 {
        let cookie = match agent {
            Some(agent) => self.scene.sign_in(agent).await,
            None => String::new(),
        };
        self.status(row, &[OWN, ("cookie", &cookie)]).await
    }

    /// What a token of one of them is answered.
    async fn with_token(&self, row: &Row, agent: AgentId, scopes: &[Scope]) -> u16 {
        let store = &*self.scene.app.store;
        let wanted = WantedToken {
            name: "CI".to_owned(),
            scopes: scopes.iter().copied().collect(),
            span: None,
        };
        let (text, token) = token::make(
            store,
            agent,
            wanted,
            Actor::CommandLine,
            self.scene.app.now(),
        )
        .await
        .unwrap();
        let bearer = format!("Bearer {text}");
        let status = self.status(row, &[("authorization", &bearer)]).await;
        assert!(store.revoke_token(agent, token.id, None).await.unwrap());
        status
    }
}

#[tokio::test]
async fn every_endpoint_answers_those_who_may_and_nobody_else() {
    let cast = Cast::new().await;
    for row in ROWS {
        let asked = format!("{} {}", name(row.method), row.path);
        assert_eq!(cast.at_desk(row, None).await, row.nobody, "{asked}: nobody");
        let outsider = cast.at_desk(row, Some(cast.outsider)).await;
        assert_eq!(outsider, row.outsider, "{asked}: outsider");
        let expected = [row.viewer, row.agent, row.editor, row.administrator];
        for ((role, agent), expected) in cast.insiders.iter().zip(expected) {
            let status = cast.at_desk(row, Some(*agent)).await;
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
    let routes: BTreeSet<_> = routes()
        .map(|route| (name(route.method), route.path))
        .collect();
    assert_eq!(rows, routes);
    assert_eq!(rows.len(), ROWS.len());
    // No other way leads around the table.
    assert!(!include_str!("../http.rs").contains("\"/api"));
}

#[tokio::test]
async fn a_foreign_page_changes_nothing_with_an_agents_cookie() {
    let cast = Cast::new().await;
    let (_, administrator) = cast.insiders[3];
    // What pages of the site send has a gate of its own, and no cookie.
    let of_pages = [
        "/api/sites/{key}/events",
        "/api/sites/{key}/transcripts",
        "/api/sites/{key}/uploads",
    ];
    for row in ROWS
        .iter()
        .filter(|row| row.method != Method::Get && !of_pages.contains(&row.path))
    {
        let cookie = cast.scene.sign_in(administrator).await;
        let path = row
            .path
            .replace("{key}", "shop")
            .replace("{id}", "help")
            .replace("{token}", "none")
            .replace("{secret}", "none")
            .replace("{visitor}", "none")
            .replace("{conversation}", "none")
            .replace("{file}", "none");
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
