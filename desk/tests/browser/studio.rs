//! Triggers, as the server answers about them.

use saluda_desk::Answer;
use saluda_protocol::studio::{
    People, TriggerDetail, TriggerList, TriggerResult, TriggerRow, TriggerStatus,
};

use crate::server::NOW;

/// What was published of a trigger that counts what `cart` did.
pub(crate) const NEEDS_CART: &str = r#"{ "next": null, "versions": [{
  "version": 1, "published_at": 1795000000000, "published_by": null, "spec": {
    "name": "help", "greeting": { "text": { "en": "Hello" } },
    "rule": { "fact": "trigger.cart.shown", "op": "eq", "value": 0 } } }] }"#;

/// What the owner of the site chose, as far as the editor asks for it.
pub(crate) const SETTINGS: &str = r#"{ "key": "demo", "revision": 1, "settings": {
  "name": "Alba Coffee", "senders": { "lucia": "Lucía Marín" },
  "hours": { "zone": "Europe/Lisbon", "weekly": {}, "dates": {} } } }"#;

pub(crate) fn row(id: &str, status: TriggerStatus) -> TriggerRow {
    TriggerRow {
        id: id.parse().unwrap(),
        name: id.to_owned(),
        priority: 0,
        status,
        reason: None,
        version: (status != TriggerStatus::Draft).then_some(1),
        edited: false,
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        people: People::default(),
    }
}

/// A trigger as it is edited.
pub(crate) fn detail(row: TriggerRow) -> String {
    let spec = serde_json::json!({
        "id": row.id, "name": row.name, "rule": { "all": [] },
        "greeting": { "text": { "en": "Hello" } },
    });
    let results = vec![TriggerResult {
        version: 1,
        variant: None,
        people: row.people,
    }];
    let detail = TriggerDetail {
        spec: serde_json::from_value(spec).unwrap(),
        results,
        warnings: Vec::new(),
        row,
    };
    serde_json::to_string(&detail).unwrap()
}

pub(crate) fn answered(status: u16, body: &str) -> Answer {
    Answer {
        status,
        body: body.to_owned(),
    }
}

pub(crate) fn refused(status: u16, code: &str) -> Answer {
    let body = serde_json::json!({ "code": code, "message": "no" });
    answered(status, &body.to_string())
}

/// What is wrong with a form: paths and sentences.
pub(crate) fn mistaken(mistakes: &[(&str, &str)]) -> Answer {
    let mistakes: Vec<_> = mistakes
        .iter()
        .map(|(path, message)| serde_json::json!({ "path": path, "kind": "x", "message": message }))
        .collect();
    let body = serde_json::json!({ "code": "mistakes", "message": "no", "mistakes": mistakes });
    answered(422, &body.to_string())
}

/// A page of the list.
pub(crate) fn listed(rows: &[TriggerRow], next: Option<&str>) -> Answer {
    let list = TriggerList {
        triggers: rows.to_vec(),
        next: next.map(|id| id.parse().unwrap()),
    };
    answered(200, &serde_json::to_string(&list).unwrap())
}
