//! What a form would do, before it is saved.

use saluda_rules::Words;
use saluda_rules::pack::Word;
use serde_json::{Value, json};

use super::{ALL, Desk};

const TRY: &str = "/api/sites/shop/try";

fn form(name: &str, path: &str) -> Value {
    json!({
        "name": name,
        "rule": { "fact": "page.path", "op": "glob", "value": path },
        "greeting": { "text": { "en": "Hello" } }
    })
}

/// The ids and paths that are laid out, in their order.
fn texts(pack: &Value) -> Vec<String> {
    let line = pack.as_array().unwrap().last().unwrap().as_str().unwrap();
    let mut words = Words::new(line.as_bytes());
    let mut texts = Vec::new();
    while !words.is_empty() {
        if let Word::Text(text) = words.word() {
            texts.push(text);
        }
    }
    texts
}

#[tokio::test]
async fn a_form_takes_the_place_of_what_is_live_and_nothing_is_kept() {
    let desk = Desk::new().await;
    desk.scene.publish(form("Help", "/live")).await;
    desk.scene.publish(form("Cart", "/cart")).await;
    let typed = form("Help", "/typed");
    let answer = desk.ask("POST", TRY, &typed).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let tried = answer.json();
    assert_eq!(tried["id"], "help");
    assert_eq!(tried["others"], json!([{ "id": "cart", "name": "Cart" }]));
    let all = texts(&tried["pack"]);
    assert!(all.contains(&"/typed".to_owned()), "{all:?}");
    assert!(!all.contains(&"/live".to_owned()), "{all:?}");
    assert!(all.contains(&"cart".to_owned()), "{all:?}");
    let alone = texts(&tried["alone"]);
    assert!(alone.contains(&"help".to_owned()) && !alone.contains(&"cart".to_owned()));

    let other = desk.ask("POST", &format!("{TRY}?id=new"), &typed).await;
    assert_eq!(other.json()["id"], "new");
    let others = other.json()["others"].as_array().unwrap().len();
    assert_eq!(others, 2, "it is beside the one of its name");
    let kept = desk.get(ALL).await;
    assert_eq!(kept["triggers"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn hours_are_laid_out_around_the_visit() {
    let desk = Desk::new().await;
    let mut site = desk.scene.site.clone();
    site.settings.hours = serde_json::from_value(json!({
        "zone": "Europe/Lisbon", "weekly": { "wed": ["09:00-18:00"] }
    }))
    .unwrap();
    desk.scene.app.store.update_site(site).await.unwrap();
    // A Wednesday in December of 2026.
    let at = 1_796_205_600_000_u64;
    let asked = desk
        .ask("POST", &format!("{TRY}?at={at}"), &form("Help", "/**"))
        .await;
    let tried = asked.json();
    assert_eq!(tried["hours"]["zone"], "Europe/Lisbon");
    let pack = tried["pack"].as_array().unwrap();
    let number = |at: usize| pack[at].as_u64().unwrap();
    let intervals = (0..number(5)).map(|n| 6 + 2 * usize::try_from(n).unwrap());
    let mut intervals = intervals.map(|from| (number(from), number(from + 1)));
    assert!(intervals.any(|(opens, closes)| opens <= at && at < closes));
}

#[tokio::test]
async fn all_mistakes_are_named() {
    let desk = Desk::new().await;
    let mut wrong = form("Help", "/**");
    wrong["rule"] = json!({ "fact": "trigger.gone.shown", "op": "eq", "value": 0 });
    wrong["greeting"]["sender"] = json!("nobody");
    let answer = desk.ask("POST", TRY, &wrong).await;
    assert_eq!(answer.status, 422);
    let told = answer.json();
    let paths = told["mistakes"].as_array().unwrap().iter();
    let paths: Vec<_> = paths.map(|one| one["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["greeting.sender", "rule.fact"]);
    let senseless = desk.ask("POST", &format!("{TRY}?at=soon"), &wrong).await;
    assert_eq!(senseless.status, 400);
}
