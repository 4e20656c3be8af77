//! The scripts that need no engine, in a real browser.

#![cfg(target_arch = "wasm32")]

use saluda_protocol::trigger::language;
use saluda_protocol::trigger::{Texts, gaps};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/page/memory.js")]
extern "C" {
    type Memory;

    #[wasm_bindgen(js_name = openMemory)]
    fn open_memory(
        consent: &str,
        key: &str,
        granted: &Closure<dyn FnMut(Option<String>)>,
        erase: &JsValue,
    ) -> Memory;

    #[wasm_bindgen(method)]
    fn credentials(this: &Memory) -> Option<String>;
    #[wasm_bindgen(method)]
    fn keep(this: &Memory, credentials: &str);
    #[wasm_bindgen(method)]
    fn recall(this: &Memory, key: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    fn remember(this: &Memory, key: &str, value: &str);
    #[wasm_bindgen(method)]
    fn forget(this: &Memory, key: &str);
    #[wasm_bindgen(method)]
    fn consent(this: &Memory, word: &str);
    #[wasm_bindgen(method)]
    fn counts(this: &Memory) -> JsValue;
    #[wasm_bindgen(method)]
    fn reset(this: &Memory);
}

#[wasm_bindgen(module = "/page/greeting.js")]
extern "C" {
    fn choose(texts: &JsValue, wanted: &JsValue) -> Option<String>;
    fn compose(
        greeting: &JsValue,
        variant: i32,
        languages: &JsValue,
        value_of: &Closure<dyn FnMut(String) -> Option<String>>,
    ) -> JsValue;
}

#[wasm_bindgen(module = "/page/report.js")]
extern "C" {
    type Reports;

    #[wasm_bindgen(js_name = openReports)]
    fn open_reports(link: &JsValue, device: &str) -> Reports;
    #[wasm_bindgen(method)]
    fn add(this: &Reports, event: &JsValue);
    #[wasm_bindgen(method)]
    fn send(this: &Reports, ends: bool);
}

#[wasm_bindgen(inline_js = r#"
export function clear() {
  document.cookie = "saluda=; Max-Age=0; Path=/";
  localStorage.clear();
  sessionStorage.clear();
}
// As the loader has it.
export function eraser() {
  return () => {
    const attempt = (touch) => { try { touch(); } catch {} };
    attempt(() => { document.cookie = "saluda=; Path=/; Max-Age=0"; });
    for (const where of ["localStorage", "sessionStorage"]) {
      attempt(() => {
        for (const key of Object.keys(window[where])) if (key.startsWith("saluda.")) window[where].removeItem(key);
      });
    }
  };
}
export function noted() { return sessionStorage.getItem("saluda.visit") ?? undefined; }
export function keep_private(asks) { Object.defineProperty(navigator, "globalPrivacyControl", { value: asks, configurable: true }); }
export async function cookie_ends() { return (await cookieStore.get("saluda"))?.expires ?? null; }
export function cookies() { return document.cookie; }
export function stored(key) { return localStorage.getItem(key) ?? undefined; }
export function store(key, value) { localStorage.setItem(key, value); }
const refuse = { get() { throw new DOMException("denied", "SecurityError"); }, set() { throw new DOMException("denied", "SecurityError"); }, configurable: true };
const own = Object.getOwnPropertyDescriptor(window, "localStorage");
export function block() {
  Object.defineProperty(document, "cookie", refuse);
  Object.defineProperty(window, "localStorage", refuse);
}
export function unblock() { delete document.cookie; delete window.localStorage; if (own) Object.defineProperty(window, "localStorage", own); }
const fetched = [];
const beacons = [];
let status = 204;
const real = window.fetch;
export function fake_server(answer) {
  status = answer;
  fetched.length = beacons.length = 0;
  window.fetch = (address, options) => {
    if (!String(address).includes("chat.example")) return real(address, options);
    fetched.push(options.body);
    return status ? Promise.resolve({ ok: status < 300, status }) : Promise.reject(new TypeError("offline"));
  };
  navigator.sendBeacon = (address, body) => beacons.push(body) > 0;
}
export function sent() { return JSON.stringify(fetched.map((body) => JSON.parse(body))); }
export function beaconed() { return JSON.stringify(beacons.map((body) => JSON.parse(body))); }
export function fake_link(memory) { return { memory, origin: "https://chat.example", site: "demo", bye: [] }; }
export function parse(text) { return JSON.parse(text); }
export function text_of(value) { return JSON.stringify(value); }
export function turn() { return new Promise((resolve) => setTimeout(resolve)); }
"#)]
extern "C" {
    fn clear();
    fn eraser() -> JsValue;
    fn noted() -> Option<String>;
    fn keep_private(asks: bool);
    async fn cookie_ends() -> JsValue;
    fn cookies() -> String;
    fn stored(key: &str) -> Option<String>;
    fn store(key: &str, value: &str);
    fn block();
    fn unblock();
    fn fake_server(status: u32);
    fn sent() -> String;
    fn beaconed() -> String;
    fn fake_link(memory: &Memory) -> JsValue;
    fn parse(text: &str) -> JsValue;
    fn text_of(value: &JsValue) -> String;
    #[wasm_bindgen(catch)]
    async fn turn() -> Result<JsValue, JsValue>;
}

/// A memory that is asked to keep, and what it says is stored when it may.
fn open(consent: &str) -> Memory {
    let granted = Closure::new(|_: Option<String>| {});
    let memory = open_memory(consent, "visit", &granted, &eraser());
    granted.forget();
    memory
}

#[wasm_bindgen_test]
fn who_the_visitor_is_survives_the_page() {
    clear();
    let memory = open("granted");
    assert_eq!(memory.credentials(), None);
    memory.keep("id.secret");
    assert_eq!(cookies(), "saluda=id.secret");
    assert_eq!(open("granted").credentials().as_deref(), Some("id.secret"));
}

#[wasm_bindgen_test]
fn the_cookie_is_found_among_those_of_the_page() {
    clear();
    js_sys::eval("document.cookie = 'a=1'; document.cookie = 'notsaluda=x'; document.cookie = 'saluda=id.secret'; document.cookie = 'saluda2=y'").unwrap();
    assert_eq!(open("granted").credentials().as_deref(), Some("id.secret"));
    js_sys::eval(
        "for (const name of ['a', 'notsaluda', 'saluda2']) document.cookie = name + '=; Max-Age=0'",
    )
    .unwrap();
}

#[wasm_bindgen_test]
fn notes_survive_the_page_and_can_be_forgotten() {
    clear();
    open("granted").remember("pending", "[1]");
    let next = open("granted");
    assert_eq!(next.recall("pending").as_deref(), Some("[1]"));
    next.forget("pending");
    assert_eq!(open("granted").recall("pending"), None);
}

#[wasm_bindgen_test]
fn nothing_is_stored_before_consent_and_everything_after() {
    clear();
    store("saluda.visit", "[\"before\"]");
    let told = std::rc::Rc::new(std::cell::RefCell::new(None));
    let hear = told.clone();
    let granted = Closure::new(move |stored: Option<String>| {
        hear.replace(Some(stored));
    });
    let memory = open_memory("required", "visit", &granted, &eraser());
    memory.keep("id.secret");
    memory.remember("pending", "[]");
    memory.remember("visit", "[\"here\"]");
    assert_eq!((cookies().as_str(), stored("saluda.pending")), ("", None));
    assert_eq!(memory.credentials().as_deref(), Some("id.secret"));
    assert_eq!(memory.recall("pending").as_deref(), Some("[]"));
    assert_eq!(memory.recall("visit").as_deref(), Some("[\"here\"]"));
    assert_eq!(*told.borrow(), None);

    memory.consent("granted");
    assert_eq!(cookies(), "saluda=id.secret");
    assert_eq!(stored("saluda.pending").as_deref(), Some("[]"));
    assert_eq!(told.take(), Some(Some("[\"before\"]".to_owned())));
    memory.consent("granted");
    memory.consent("written");
    assert_eq!(*told.borrow(), None, "consent is given once");
}

#[wasm_bindgen_test]
async fn who_writes_without_consent_is_known_for_the_session() {
    for state in ["none", "required"] {
        clear();
        let memory = open(state);
        memory.consent("written");
        memory.keep("id.secret");
        memory.remember("visit", "[]");
        assert_eq!(cookies(), "saluda=id.secret");
        assert!(cookie_ends().await.is_null(), "with the browser");
        assert_eq!(stored("saluda.visit"), None);
        assert_eq!(noted().as_deref(), Some("[]"));
        let next = open(state);
        assert_eq!(next.credentials().as_deref(), Some("id.secret"));
        assert_eq!(next.recall("visit").as_deref(), Some("[]"));
        assert!(
            !next.counts().is_truthy(),
            "to be answered is not to be counted"
        );
    }
}

#[wasm_bindgen_test]
async fn what_may_be_kept_moves_to_where_it_may_be() {
    clear();
    let memory = open("session");
    memory.keep("id.secret");
    memory.remember("visit", "[1]");
    assert!(cookie_ends().await.is_null());
    assert_eq!(stored("saluda.visit"), None);

    memory.consent("persistent");
    assert_eq!(cookies(), "saluda=id.secret");
    assert!(cookie_ends().await.as_f64().unwrap() > js_sys::Date::now() + 179.0 * 864e5);
    assert_eq!(stored("saluda.visit").as_deref(), Some("[1]"));
    assert_eq!(noted(), None);

    memory.consent("session");
    assert!(cookie_ends().await.is_null());
    assert_eq!(stored("saluda.visit"), None);
    assert_eq!(noted().as_deref(), Some("[1]"));
    assert_eq!(memory.recall("visit").as_deref(), Some("[1]"));
    // A page that may keep more finds it there.
    let next = open("persistent");
    assert_eq!(next.recall("visit").as_deref(), Some("[1]"));
    assert_eq!(
        (stored("saluda.visit").as_deref(), noted()),
        (Some("[1]"), None)
    );
}

#[wasm_bindgen_test]
fn what_was_consented_to_is_taken_back() {
    for state in ["session", "persistent", "granted"] {
        clear();
        store("other", "not ours");
        let memory = open(state);
        assert!(memory.counts().is_truthy());
        memory.keep("id.secret");
        memory.remember("visit", "[]");
        memory.consent("denied");
        assert_eq!(
            (cookies().as_str(), stored("saluda.visit"), noted()),
            ("", None, None)
        );
        assert_eq!((memory.credentials(), memory.recall("visit")), (None, None));
        assert!(!memory.counts().is_truthy());
        memory.remember("visit", "[2]");
        memory.keep("other.secret");
        assert_eq!(
            (cookies().as_str(), stored("saluda.visit"), noted()),
            ("", None, None)
        );
        assert_eq!(stored("other").as_deref(), Some("not ours"));
    }
}

#[wasm_bindgen_test]
fn a_visitor_who_signs_out_is_forgotten_and_consent_is_not() {
    clear();
    let memory = open("persistent");
    memory.keep("id.secret");
    memory.remember("visit", "[]");
    memory.reset();
    assert_eq!((cookies().as_str(), stored("saluda.visit")), ("", None));
    assert_eq!((memory.credentials(), memory.recall("visit")), (None, None));
    memory.keep("new.secret");
    assert_eq!(cookies(), "saluda=new.secret");
}

#[wasm_bindgen_test]
fn who_asks_not_to_be_followed_is_not_counted() {
    clear();
    keep_private(true);
    let memory = open("persistent");
    let reports = open_reports(&fake_link(&memory), "phone");
    reports.add(&event("help"));
    let kept = (memory.recall("reports"), memory.counts().is_truthy());
    keep_private(false);
    assert_eq!(kept, (None, false));
    reports.add(&event("help"));
    assert!(memory.recall("reports").is_some());
}

#[wasm_bindgen_test]
fn denied_from_the_start_erases_what_was_there() {
    clear();
    open("granted").keep("id.secret");
    store("saluda.visit", "[]");
    let memory = open("denied");
    assert_eq!((cookies().as_str(), stored("saluda.visit")), ("", None));
    assert_eq!(memory.credentials(), None);
}

#[wasm_bindgen_test]
fn blocked_storage_is_no_exception() {
    clear();
    block();
    let memory = open("granted");
    memory.keep("id.secret");
    memory.remember("pending", "[1]");
    let held = (memory.credentials(), memory.recall("pending"));
    memory.consent("denied");
    memory.forget("pending");
    let forgotten = memory.recall("pending");
    unblock();
    assert_eq!(held, (Some("id.secret".into()), Some("[1]".into())));
    assert_eq!(forgotten, None);
}

#[wasm_bindgen_test]
fn the_language_is_the_one_that_the_server_chooses() {
    let sets: [&[&str]; 5] = [
        &["de", "en", "es", "pt-BR", "zh-Hant"],
        &["pt", "es"],
        &["es-AR", "es-MX"],
        &["EN-gb"],
        &[],
    ];
    for tags in sets {
        let sorted: Texts = tags.iter().map(|&tag| (tag.into(), tag.into())).collect();
        let texts = parse(&serde_json::to_string(&sorted).unwrap());
        for wanted in [
            "es",
            "ES",
            "es-MX",
            "zh-hant-tw",
            "pt-PT",
            "fr",
            "",
            "de-",
            "en-US",
        ] {
            let here = choose(&texts, &parse(&format!("[{wanted:?}]")));
            let there = language::choose(sorted.keys().map(String::as_str), wanted);
            assert_eq!(here.as_deref(), there, "{wanted} of {tags:?}");
        }
    }
    // The first of several wishes that there is a text in, not the nearest of all.
    let texts = parse(r#"{"en":"","es":"","pt":""}"#);
    let wanted = parse(r#"[null,"","fr-CA","pt-PT","es"]"#);
    assert_eq!(choose(&texts, &wanted).as_deref(), Some("pt"));
}

#[wasm_bindgen_test]
fn gaps_are_filled_as_the_server_fills_them() {
    let values = |fact: &str| match fact {
        "name" => Some("Inés".to_owned()),
        "control" => Some(" a\u{7}\n\u{85}b ".to_owned()),
        "long" => Some("é😀".repeat(80)),
        "tricky" => Some("$& {{name|x}}".to_owned()),
        _ => None,
    };
    for text in [
        "plain",
        "Hi {{name|there}}, {{ other | you }}!",
        "{{control|x}} {{long|x}} {{tricky|x}}",
        "{{name}} {{|x}} {{a|{{b|c}} {{name|",
        "{{{name|b}}} }}{{ {{other|a|b}}{{other|}}.",
        "line\n{{name|\n}}",
    ] {
        let mut asked = Vec::new();
        let there = gaps::fill(text, |fact| {
            let value = values(fact);
            asked.push(value.clone());
            value
        });
        let greeting = serde_json::json!({
            "id": "help", "version": 3, "sender": { "name": "Lucía" },
            "text": { "en": text, "es": "Hola" }
        });
        let value_of = Closure::new(move |fact: String| values(&fact));
        let shown = compose(
            &parse(&greeting.to_string()),
            -1,
            &parse(r#"["en"]"#),
            &value_of,
        );
        let shown: serde_json::Value = serde_json::from_str(&text_of(&shown)).unwrap();
        assert_eq!(shown["text"], there, "{text}");
        // The server fills the text again with the values it is told.
        let told: Vec<String> = serde_json::from_value(shown["values"].clone()).unwrap();
        let mut told = told.into_iter();
        assert_eq!(gaps::fill(text, |_| told.next()), there, "{text}");
    }
}

#[wasm_bindgen_test]
fn a_variant_is_shown_with_its_own_buttons() {
    let greeting = r#"{
        "id": "help", "version": 3, "sender": { "name": "Lucía" },
        "text": { "en": "Questions?" },
        "buttons": [{ "label": { "en": "Yes", "pt-BR": "Sim" } }, { "label": { "en": "Call" }, "phone": "+351210000000" }],
        "ask": ["email"],
        "variants": [{ "name": "short", "text": { "pt": "?", "en": "?" } }]
    }"#;
    let value_of = Closure::new(|_: String| None);
    let shown = |variant: i32, languages: &str| {
        let shown = compose(&parse(greeting), variant, &parse(languages), &value_of);
        serde_json::from_str::<serde_json::Value>(&text_of(&shown)).unwrap()
    };
    let original = shown(-1, r#"["pt"]"#);
    assert_eq!(original["variant"], serde_json::Value::Null);
    assert_eq!(original["language"], "en");
    assert_eq!(
        original["buttons"],
        serde_json::json!([{ "label": "Yes" }, { "label": "Call", "phone": "+351210000000" }])
    );
    let short = shown(0, r#"["pt-PT"]"#);
    assert_eq!(
        (&short["variant"], &short["language"]),
        (&"short".into(), &"pt".into())
    );
    assert_eq!(
        (&short["buttons"], &short["ask"]),
        (&serde_json::json!([]), &serde_json::json!(["email"]))
    );
}

fn event(trigger: &str) -> JsValue {
    parse(&format!(
        r#"{{"at":5,"trigger":{trigger:?},"version":1,"variant":null,"kind":"sent"}}"#
    ))
}

fn ids(reports: &str) -> Vec<String> {
    let reports: serde_json::Value = serde_json::from_str(reports).unwrap();
    let reports = reports.as_array().unwrap().iter();
    let events = reports.flat_map(|report| report["events"].as_array().unwrap().clone());
    events
        .map(|event| event["id"].as_str().unwrap().to_owned())
        .collect()
}

#[wasm_bindgen_test]
async fn what_the_server_has_is_not_told_again() {
    clear();
    fake_server(204);
    let memory = open("granted");
    let reports = open_reports(&fake_link(&memory), "phone");
    reports.add(&event("help"));
    reports.add(&event("other"));
    assert_eq!(sent(), "[]", "they wait for others");
    reports.send(false);
    turn().await.unwrap();
    let report: serde_json::Value = serde_json::from_str(&sent()).unwrap();
    assert_eq!(report.as_array().unwrap().len(), 1, "{report}");
    let report = &report[0];
    assert_eq!(
        (&report["device"], report["person"].as_str().unwrap().len()),
        (&"phone".into(), 32)
    );
    // The server reads nothing but what it knows.
    let read: saluda_protocol::report::Report = serde_json::from_value(report.clone()).unwrap();
    assert_eq!(read.events.len(), 2);
    reports.send(false);
    turn().await.unwrap();
    assert_eq!(ids(&sent()).len(), 2);
    assert_eq!(memory.recall("reports"), None);
}

#[wasm_bindgen_test]
async fn what_the_server_has_not_got_is_told_again_with_the_same_ids() {
    clear();
    for status in [0, 500, 429] {
        fake_server(status);
        let memory = open("granted");
        let reports = open_reports(&fake_link(&memory), "phone");
        reports.add(&event("help"));
        reports.send(false);
        turn().await.unwrap();
        reports.send(true);
        let (told, again) = (ids(&sent()), ids(&beaconed()));
        assert_eq!(told, again, "{status}");
        // The page has ended; the next one goes on.
        fake_server(204);
        let next = open_reports(&fake_link(&open("granted")), "phone");
        next.send(false);
        turn().await.unwrap();
        assert_eq!(ids(&sent()), told, "{status}");
        assert_eq!(stored("saluda.reports"), None);
    }
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_is_given_up() {
    clear();
    fake_server(400);
    let memory = open("granted");
    let reports = open_reports(&fake_link(&memory), "phone");
    reports.add(&event("help"));
    reports.send(false);
    turn().await.unwrap();
    assert_eq!(memory.recall("reports"), None);
}

#[wasm_bindgen_test]
async fn reports_are_few_at_a_time_and_never_too_many() {
    clear();
    fake_server(0);
    let memory = open("granted");
    let reports = open_reports(&fake_link(&memory), "phone");
    for _ in 0..260 {
        reports.add(&event("help"));
    }
    reports.send(false);
    turn().await.unwrap();
    assert_eq!(ids(&sent()).len(), 50);
    let kept: serde_json::Value = serde_json::from_str(&memory.recall("reports").unwrap()).unwrap();
    assert_eq!(kept.as_array().unwrap().len(), 200);
    memory.remember("reports", "{damaged");
    reports.send(false);
    reports.add(&event("help"));
    let kept: serde_json::Value = serde_json::from_str(&memory.recall("reports").unwrap()).unwrap();
    assert_eq!(kept.as_array().unwrap().len(), 1);
}
