//! What the explain panel says, and the wall clocks it pretends, in a real
//! browser.

#![cfg(target_arch = "wasm32")]

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/explain/zone.js")]
extern "C" {
    #[wasm_bindgen(js_name = aheadIn)]
    fn ahead_in(zone: &str) -> Function;
    #[wasm_bindgen(js_name = instantOf)]
    fn instant_of(wall: &str, ahead: &Function) -> f64;
    #[wasm_bindgen(js_name = wallOf)]
    fn wall_of(at: f64, ahead: &Function) -> String;
    #[wasm_bindgen(js_name = hoursAround)]
    fn hours_around(text: &str, at: f64, ahead: &Function) -> JsValue;
}

#[wasm_bindgen(module = "/explain/spans.js")]
extern "C" {
    #[wasm_bindgen(js_name = spanOf)]
    fn span_of(ms: f64) -> String;
    fn wait(until: f64, now: f64) -> String;
}

#[wasm_bindgen(module = "/explain/condition.js")]
extern "C" {
    fn asks(condition: &JsValue, should: bool) -> String;
}

#[wasm_bindgen(inline_js = "
export function parse(text) { return JSON.parse(text); }
export function text_of(value) { return JSON.stringify(value) ?? 'undefined'; }
export function instant(text) { return Date.parse(text); }
export function iso(pair) { return pair.map((at) => new Date(at).toISOString().slice(0, 16)).join(' '); }
export function around(pairs, at) { return pairs.filter(([from]) => Math.abs(from - at) < 86400000).map(iso).join(', '); }
")]
extern "C" {
    fn parse(text: &str) -> JsValue;
    fn text_of(value: &JsValue) -> String;
    fn instant(text: &str) -> f64;
    fn around(pairs: &JsValue, at: f64) -> String;
}

#[wasm_bindgen_test]
fn a_wall_clock_is_right_on_both_sides_of_a_change() {
    let lisbon = ahead_in("Europe/Lisbon");
    for (wall, at) in [
        ("2026-03-29T00:30", "2026-03-29T00:30Z"),
        ("2026-03-29T02:30", "2026-03-29T01:30Z"),
        ("2026-07-01T09:00", "2026-07-01T08:00Z"),
        ("2026-10-25T00:30", "2026-10-24T23:30Z"),
        ("2026-10-25T02:30", "2026-10-25T02:30Z"),
    ] {
        let found = instant_of(wall, &lisbon);
        assert!((found - instant(at)).abs() < 1.0, "{wall}");
        assert_eq!(wall_of(found, &lisbon), format!("{wall}:00"));
    }
    let kathmandu = ahead_in("Asia/Kathmandu");
    assert_eq!(
        wall_of(instant("2026-01-01T00:00Z"), &kathmandu),
        "2026-01-01T05:45:00"
    );
}

#[wasm_bindgen_test]
fn hours_of_each_day_are_sorted_and_joined() {
    let at = instant("2026-03-02T12:00Z");
    let tokyo = ahead_in("Asia/Tokyo");
    let hours = hours_around("14:00-18:00, 09:00-13:00", at, &tokyo);
    assert_eq!(
        around(&hours, at),
        "2026-03-02T00:00 2026-03-02T04:00, 2026-03-02T05:00 2026-03-02T09:00, \
         2026-03-03T00:00 2026-03-03T04:00, 2026-03-03T05:00 2026-03-03T09:00"
    );
    let whole = hours_around("00:00-12:00 12:00-24:00", at, &tokyo);
    assert_eq!(
        js_sys::Array::from(&whole).length(),
        1,
        "{}",
        text_of(&whole)
    );
    for senseless in ["", "9-17", "18:00-09:00", "09:00-25:00"] {
        assert!(
            hours_around(senseless, at, &tokyo).is_undefined(),
            "{senseless}"
        );
    }
}

#[wasm_bindgen_test]
fn lengths_of_time_are_short_to_read() {
    assert_eq!(span_of(0.0), "0 s");
    assert_eq!(span_of(12_999.0), "12 s");
    assert_eq!(span_of(200_000.0), "3 min 20 s");
    assert_eq!(span_of(7_200_000.0), "2 h");
    assert_eq!(span_of(90_061_000.0), "1 d 1 h");
    // What is left is never nothing.
    assert_eq!(wait(1_001.0, 1_000.0), "1 s");
}

#[wasm_bindgen_test]
fn conditions_are_said_as_they_are_and_as_they_should_be() {
    for (condition, is, should) in [
        (
            r#"{"fact":"page.time","op":"gte","value":"30s"}"#,
            "time on this page is at least 30 s",
            "for time on this page to be at least 30 s",
        ),
        (
            r#"{"fact":"page.path","op":"glob","value":"/plans/**"}"#,
            "the path fits “/plans/**”",
            "for the path to fit “/plans/**”",
        ),
        (
            r#"{"fact":"visitor.local_time","op":"lt","value":"09:30"}"#,
            "the time of day is less than 09:30",
            "for the time of day to be less than 09:30",
        ),
        (
            r#"{"fact":"desk.online","op":"ne","value":true}"#,
            "no agent is at the desk",
            "until no agent is at the desk",
        ),
        (
            r#"{"fact":"visitor.attr.plan","op":"exists"}"#,
            "“plan” of the visitor is known",
            "for “plan” of the visitor to be known",
        ),
        (
            r#"{"fact":"trigger.help.shown","op":"in","value":[1,2]}"#,
            "how often “help” was shown is one of 1 or 2",
            "for how often “help” was shown to be one of 1 or 2",
        ),
        (
            r#"{"event":"signup"}"#,
            "“signup” was tracked in this visit",
            "for “signup” to be tracked in this visit",
        ),
        (
            r#"{"event":"compared","value":2,"within":"10m","where":{"plan":{"op":"eq","value":"pro"}}}"#,
            "“compared” was tracked at least 2 times within 10 min where plan is “pro”",
            "for “compared” to be tracked at least 2 times within 10 min where plan is “pro”",
        ),
    ] {
        let condition = parse(condition);
        assert_eq!(asks(&condition, false), is);
        assert_eq!(asks(&condition, true), should);
    }
}
