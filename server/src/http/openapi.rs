//! The API as an OpenAPI document, for programs that are to call it. It is made
//! of the table of routes and of the types that the endpoints read and write.

mod errors;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use saluda_rules::compile::plain;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::etag;
use super::guard::Gate;
use super::routes::{Method, Route, routes};
use super::says::{Body, Revision};
use crate::permission;

/// The document, which is the same for everyone.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(document_of(routes()).to_string()));

/// `GET /api/openapi.json`
pub(super) async fn document(headers: HeaderMap) -> Response {
    let tag = etag::of(&DOCUMENT);
    let mut response = etag::answer(&headers, &tag, || {
        let kind = [(header::CONTENT_TYPE, "application/json")];
        (kind, DOCUMENT.clone()).into_response()
    });
    let cache = HeaderValue::from_static("public, no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, cache);
    response
}

fn document_of(routes: impl Iterator<Item = &'static Route>) -> Value {
    // Definitions stand where OpenAPI looks for them. It takes draft 2020-12 as
    // it is, from 3.1 on.
    let mut schemas = SchemaSettings::draft2020_12()
        .with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
        .into_generator();
    let mut paths = Map::new();
    for route in routes {
        let operation = operation(route, &mut schemas);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(method(route.method).to_owned(), operation);
        }
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Saluda",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "description": "Everything that the desk does with triggers and settings, for a team's own tools. \
                Codes of errors are contract, the sentences beside them are not. Fields may be \
                added at any time: pass over what you do not know.",
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {
                "desk": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "saluda_desk",
                    "description": "The session of an agent at the desk; over TLS the cookie is \
                        named `__Host-saluda_desk`. What changes something must also carry the \
                        server's own `Origin`.",
                },
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A personal token with the scope that is named. It never \
                        allows more than its agent's role on the site.",
                },
            },
        },
    });
    tidy(&mut document);
    document
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Delete => "delete",
    }
}

fn operation(route: &Route, schemas: &mut SchemaGenerator) -> Value {
    let says = &route.says;
    let mut operation = json!({
        "operationId": says.name,
        "summary": says.does,
        "security": security(route.gate),
        "parameters": parameters(route, schemas),
        "responses": responses(route, schemas),
    });
    if let Some(takes) = says.takes {
        operation["requestBody"] = json!({
            "required": !says.optional,
            "content": content(takes, schemas),
        });
    }
    if says.takes_bytes {
        operation["requestBody"] = json!({
            "required": true,
            "content": { "application/octet-stream": {} },
        });
    }
    operation
}

fn security(gate: Gate) -> Value {
    match gate {
        Gate::Open | Gate::Own => json!([]),
        Gate::SignedIn => json!([{ "desk": [] }]),
        Gate::Site(verb) => {
            let mut ways = vec![json!({ "desk": [] })];
            ways.extend(permission::scope(verb).map(|scope| json!({ "token": [scope.as_str()] })));
            Value::Array(ways)
        }
    }
}

/// A body of JSON. The example is one that the server reads; a test sees to it.
fn content(body: Body, schemas: &mut SchemaGenerator) -> Value {
    let example: Value = serde_json::from_str(body.example).unwrap_or_default();
    json!({ "application/json": { "schema": (body.schema)(schemas), "example": example } })
}

fn parameters(route: &Route, schemas: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters: Vec<Value> = names(route.path).map(in_path).collect();
    for query in route.says.query {
        parameters.push(json!({
            "name": query.name,
            "in": "query",
            "description": query.means,
            "schema": (query.schema)(schemas),
        }));
    }
    for header in route.says.headers {
        parameters.push(json!({
            "name": header.name,
            "in": "header",
            "required": true,
            "description": header.means,
            "schema": (header.schema)(schemas),
        }));
    }
    if route.says.revision == Revision::Expected {
        parameters.push(json!({
            "name": "If-Match",
            "in": "header",
            "description": "The `ETag` of what is changed, as it was seen last. Without it, the \
                last one wins.",
            "schema": { "type": "string", "pattern": "^\"[0-9]+\"$" },
        }));
    }
    let makes = |status: u16| route.says.gives.iter().any(|gives| gives.status == status);
    if route.method == Method::Put && makes(201) {
        parameters.push(json!({
            "name": "If-None-Match",
            "in": "header",
            "description": "`*` makes a trigger and replaces none.",
            "schema": { "type": "string", "const": "*" },
        }));
    }
    parameters
}

/// The names in braces.
fn names(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
}

fn in_path(name: &str) -> Value {
    let (means, schema) = match name {
        "key" => (
            "The site's name in its snippet.",
            json!({ "type": "string", "pattern": "^[a-z0-9-]{1,40}$" }),
        ),
        "id" => (
            "The trigger's id.",
            json!({ "type": "string", "pattern": "^[a-z0-9-]{1,60}$" }),
        ),
        "file" => (
            "The file's id.",
            json!({ "type": "string", "format": "uuid" }),
        ),
        "visitor" => (
            "The visitor's id.",
            json!({ "type": "string", "format": "uuid" }),
        ),
        "conversation" => (
            "The conversation's id.",
            json!({ "type": "string", "format": "uuid" }),
        ),
        _ => (
            "The token's id.",
            json!({ "type": "string", "format": "uuid" }),
        ),
    };
    json!({ "name": name, "in": "path", "required": true, "description": means, "schema": schema })
}

fn responses(route: &Route, schemas: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    for gives in route.says.gives {
        let mut response = json!({ "description": gives.means });
        if let Some(body) = gives.body {
            response["content"] = content(body, schemas);
            if route.says.revision != Revision::Ignored {
                response["headers"] = json!({ "ETag": {
                    "description": "Its revision.",
                    "schema": { "type": "string" },
                } });
            }
        }
        responses.insert(gives.status.to_string(), response);
    }
    for status in errors::statuses(route) {
        responses.insert(status.to_string(), errors::response(status, schemas));
    }
    responses.insert("default".to_owned(), errors::any(schemas));
    Value::Object(responses)
}

/// Every status that the document names for an endpoint.
#[cfg(test)]
pub(super) fn statuses(route: &Route) -> std::collections::BTreeSet<u16> {
    let mut statuses = errors::statuses(route);
    statuses.extend(route.says.gives.iter().map(|gives| gives.status));
    statuses
}

/// Takes out of descriptions what only the code knows.
fn tidy(document: &mut Value) {
    match document {
        Value::Object(object) => {
            if let Some(Value::String(description)) = object.get_mut("description") {
                *description = plain(description).replace("[`", "`").replace("`]", "`");
            }
            object.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}
