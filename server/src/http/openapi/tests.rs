use std::collections::BTreeSet;

use saluda_protocol::ErrorBody;
use serde_json::Value;

use super::{document_of, errors, method};
use crate::http::routes::routes;
use crate::http::testing::get;
use crate::testing::Scene;

fn document() -> Value {
    document_of(routes())
}

/// Every operation of the document, with its method and path.
fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter();
            methods.map(move |(method, operation)| (method.clone(), path.clone(), operation))
        })
        .collect()
}

/// Every value in a document that a key names.
fn all<'d>(value: &'d Value, key: &str, found: &mut Vec<&'d Value>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get(key));
            object.values().for_each(|inner| all(inner, key, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| all(inner, key, found)),
        _ => {}
    }
}

#[test]
fn the_document_and_the_table_name_the_same_endpoints() {
    let document = document();
    let described: BTreeSet<_> = operations(&document)
        .into_iter()
        .map(|(method, path, _)| (method, path))
        .collect();
    let answered: BTreeSet<_> = routes()
        .map(|route| (method(route.method).to_owned(), route.path.to_owned()))
        .collect();
    assert_eq!(described, answered);
    assert_eq!(answered.len(), routes().count());
}

#[test]
fn every_example_is_what_the_server_reads() {
    for route in routes() {
        let gives = route.says.gives.iter().filter_map(|gives| gives.body);
        for body in route.says.takes.into_iter().chain(gives) {
            let read = (body.reads)(body.example);
            assert!(read.is_ok(), "{}: {read:?}", route.says.name);
        }
        for status in errors::statuses(route) {
            let mut schemas = schemars::SchemaGenerator::default();
            let response = errors::response(status, &mut schemas);
            let example = &response["content"]["application/json"]["example"];
            let read = serde_json::from_value::<ErrorBody>(example.clone());
            let code = read.unwrap().code;
            assert_ne!(code, saluda_protocol::ErrorCode::Unknown, "{status}");
            if status == 422 {
                let read = serde_json::from_value::<errors::Mistaken>(example.clone());
                assert!(read.is_ok(), "{read:?}");
            }
        }
    }
}

#[test]
fn every_endpoint_says_what_it_does_under_a_name_of_its_own() {
    let document = document();
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let asked = format!("{method} {path}");
        let name = operation["operationId"].as_str().unwrap();
        assert!(
            !name.is_empty() && names.insert(name.to_owned()),
            "{asked}: `{name}`"
        );
        let summary = operation["summary"].as_str().unwrap();
        assert!(summary.ends_with('.'), "{asked}: `{summary}`");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.len() > 1, "{asked}");
        for (status, response) in responses {
            let means = response["description"].as_str().unwrap();
            assert!(means.ends_with('.'), "{asked} {status}: `{means}`");
        }
        let parameters = operation["parameters"].as_array().unwrap();
        let in_path: Vec<_> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| format!("{{{}}}", parameter["name"].as_str().unwrap()))
            .collect();
        assert_eq!(in_path.len(), path.matches('{').count(), "{asked}");
        assert!(in_path.iter().all(|name| path.contains(name)), "{asked}");
    }
}

#[test]
fn whatever_the_document_refers_to_is_in_it_and_speaks_of_no_code() {
    let document = document();
    let mut references = Vec::new();
    all(&document, "$ref", &mut references);
    assert!(references.len() > 40);
    for reference in references {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    let mut descriptions = Vec::new();
    all(&document, "description", &mut descriptions);
    for description in descriptions.into_iter().filter_map(Value::as_str) {
        for internal in ["(S2", "(S1", "[`", "crate::", "Self::"] {
            assert!(!description.contains(internal), "{description}");
        }
    }
    for internal in ["$defs", "\"$schema\""] {
        assert!(!document.to_string().contains(internal), "{internal}");
    }
}

#[test]
fn a_token_is_told_which_scope_it_needs_and_nobody_what_they_do_not_need() {
    let document = document();
    let security = |method: &str, path: &str| document["paths"][path][method]["security"].clone();
    assert_eq!(
        security("post", "/api/sites/{key}/triggers/{id}/publish"),
        serde_json::json!([{ "desk": [] }, { "token": ["triggers:publish"] }])
    );
    assert_eq!(
        security("post", "/api/tokens"),
        serde_json::json!([{ "desk": [] }])
    );
    assert_eq!(
        security("post", "/api/sites/{key}/events"),
        serde_json::json!([])
    );
    let save = &document["paths"]["/api/sites/{key}/triggers/{id}"]["put"];
    assert_eq!(
        save["requestBody"]["content"]["application/json"]["schema"]["$ref"],
        "#/components/schemas/TriggerSpec"
    );
    assert!(save["responses"]["201"]["headers"]["ETag"].is_object());
    assert!(save["responses"]["412"].is_object());
}

#[tokio::test]
async fn it_is_there_for_everyone_and_need_not_be_sent_twice() {
    let scene = Scene::new().await;
    let answer = get(&scene, "/api/openapi.json", &[]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.json(), document());
    let known = [("if-none-match", answer.header("etag"))];
    assert_eq!(get(&scene, "/api/openapi.json", &known).await.status, 304);
}
