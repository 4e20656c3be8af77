//! Which product wrote a file.

use saluda_protocol::studio::Product;
use serde_json::Value;

/// Fields that a list stands in, where an answer has more than the list.
const AROUND: [&str; 4] = ["payload", "data", "triggers", "campaigns"];

/// The triggers of a file: one, a list of them, or an answer that has the list
/// in it.
pub(super) fn items(file: &Value) -> Option<&[Value]> {
    match file {
        Value::Array(items) => Some(items),
        Value::Object(_) if of_item(file).is_some() => Some(std::slice::from_ref(file)),
        Value::Object(fields) => {
            let inner = AROUND.iter().find_map(|name| fields.get(*name))?;
            match inner {
                Value::Array(items) => Some(items),
                // Two are as deep as any answer goes.
                inner => inner.get("payload")?.as_array().map(Vec::as_slice),
            }
        }
        _ => None,
    }
}

/// The product whose form a file has, if it is that of one of them and nothing
/// in it is of another.
pub(in crate::triggers) fn product(file: &Value) -> Option<Product> {
    let items = items(file)?;
    let first = of_item(items.first()?)?;
    items
        .iter()
        .all(|item| of_item(item) == Some(first))
        .then_some(first)
}

/// A trigger of Saluda's own has a `rule` and a `greeting`, and none of these.
fn of_item(item: &Value) -> Option<Product> {
    let has = |name: &str| item.get(name).is_some();
    if has("rule") || has("greeting") {
        return None;
    }
    match (
        has("definition"),
        has("trigger_rules") || has("campaign_type"),
    ) {
        (true, false) => Some(Product::Zendesk),
        (false, true) => Some(Product::Chatwoot),
        _ => None,
    }
}
