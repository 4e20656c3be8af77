//! The page's memory, in a real browser.

#![cfg(target_arch = "wasm32")]

use saluda_protocol::Millis;
use saluda_runtime::{Link, Memory};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
export function clear() {
  document.cookie = "saluda=; Max-Age=0; Path=/";
  localStorage.clear();
}
export function cookies() { return document.cookie; }
export function stored(key) { return localStorage.getItem(key) ?? undefined; }
export function store(key, value) { localStorage.setItem(key, value); }
const refuse = { get() { throw new DOMException("denied", "SecurityError"); }, set() { throw new DOMException("denied", "SecurityError"); }, configurable: true };
export function block() {
  Object.defineProperty(document, "cookie", refuse);
  Object.defineProperty(window, "localStorage", refuse);
}
export function unblock() { delete document.cookie; delete window.localStorage; restore(); }
const own = Object.getOwnPropertyDescriptor(window, "localStorage");
function restore() { if (own) Object.defineProperty(window, "localStorage", own); }
export function fake_link(consent) {
  return { consent, bye: [], needed: 0, need() { this.needed += 1; return Promise.resolve(); }, fail() {} };
}
export function needed(link) { return link.needed; }
export function memory_of(link) { return link.memory; }
export function bye(link) { const ends = link.bye.splice(0); for (const end of ends) end(); return ends.length; }
export function is_there(value) { return value !== undefined && value !== null; }
"#)]
extern "C" {
    fn clear();
    fn cookies() -> String;
    fn stored(key: &str) -> Option<String>;
    fn store(key: &str, value: &str);
    fn block();
    fn unblock();
    fn fake_link(consent: &str) -> Link;
    fn needed(link: &Link) -> u32;
    fn memory_of(link: &Link) -> JsValue;
    fn bye(link: &Link) -> u32;
    fn is_there(value: &JsValue) -> bool;
}

const NOW: Millis = Millis(1_700_000_000_000);

#[wasm_bindgen_test]
fn who_the_visitor_is_survives_the_page() {
    clear();
    let memory = Memory::open("granted", NOW);
    assert_eq!(memory.credentials(), None);
    memory.keep("id.secret".into());
    assert_eq!(cookies(), "saluda=id.secret");
    let next = Memory::open("granted", NOW);
    assert_eq!(next.credentials().as_deref(), Some("id.secret"));
    assert!(next.has_conversation());
}

#[wasm_bindgen_test]
fn notes_survive_the_page_and_can_be_forgotten() {
    clear();
    let memory = Memory::open("granted", NOW);
    memory.remember("pending", "[1]");
    let next = Memory::open("granted", NOW);
    assert_eq!(next.recall("pending").as_deref(), Some("[1]"));
    assert!(next.has_conversation(), "it waits to be sent");
    next.forget("pending");
    assert_eq!(Memory::open("granted", NOW).recall("pending"), None);
}

#[wasm_bindgen_test]
fn nothing_is_stored_before_consent_and_everything_after() {
    clear();
    let memory = Memory::open("required", NOW);
    memory.see_page(NOW);
    memory.keep("id.secret".into());
    memory.remember("pending", "[]");
    assert_eq!((cookies().as_str(), stored("saluda.visit")), ("", None));
    assert_eq!(memory.credentials().as_deref(), Some("id.secret"));
    assert_eq!(memory.recall("pending").as_deref(), Some("[]"));

    memory.consent("granted");
    assert_eq!(cookies(), "saluda=id.secret");
    assert_eq!(stored("saluda.pending").as_deref(), Some("[]"));
    assert!(stored("saluda.visit").is_some());
}

#[wasm_bindgen_test]
fn writing_is_consent_unless_it_was_denied() {
    clear();
    let memory = Memory::open("required", NOW);
    memory.consent("written");
    memory.keep("id.secret".into());
    assert_eq!(cookies(), "saluda=id.secret");
    let known = Memory::open("required", NOW);
    assert_eq!(known.credentials().as_deref(), Some("id.secret"));

    store("other", "not ours");
    known.consent("denied");
    assert_eq!((cookies().as_str(), stored("saluda.visit")), ("", None));
    assert_eq!(stored("other").as_deref(), Some("not ours"));
    known.consent("written");
    known.keep("id.secret".into());
    assert_eq!(cookies(), "");
    assert_eq!(known.credentials().as_deref(), Some("id.secret"));
}

#[wasm_bindgen_test]
fn consent_said_twice_counts_a_page_once() {
    clear();
    let memory = Memory::open("granted", NOW);
    memory.see_page(NOW);
    memory.consent("granted");
    memory.consent("written");
    assert!(
        memory.visit().contains(r#""pages":1"#),
        "{}",
        memory.visit()
    );
}

#[wasm_bindgen_test]
fn a_visit_spans_pages_until_a_pause() {
    clear();
    Memory::open("granted", NOW).see_page(NOW);
    let soon = NOW.plus(60_000);
    let memory = Memory::open("granted", soon);
    memory.see_page(soon);
    assert_eq!(
        memory.visit(),
        r#"{"number":1,"began_at":1700000000000,"active_at":1700000060000,"pages":2}"#
    );
    let later = soon.plus(31 * 60_000);
    memory.come_back(later);
    assert!(memory.visit().contains(r#""number":2"#));
}

#[wasm_bindgen_test]
fn blocked_storage_is_no_exception() {
    clear();
    block();
    let memory = Memory::open("granted", NOW);
    memory.see_page(NOW);
    memory.keep("id.secret".into());
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
fn the_other_module_is_asked_for_only_when_there_is_a_conversation() {
    clear();
    let link = fake_link("granted");
    saluda_runtime::start(link.clone());
    assert!(is_there(&memory_of(&link)));
    assert_eq!(needed(&link), 0);

    Memory::open("granted", NOW).keep("id.secret".into());
    let again = fake_link("granted");
    saluda_runtime::start(again.clone());
    assert_eq!(needed(&again), 1);
    assert_eq!((bye(&link), bye(&again)), (1, 1));
}
