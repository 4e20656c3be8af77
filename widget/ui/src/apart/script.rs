//! What the browser has and this module has no names for, and elements that are
//! made by hand. A name of the browser's would cost every page that opens the
//! chat, and a view of Leptos's is several times the code: files come seldom.

use js_sys::{Array, Function, Reflect};
use saluda_client::socket::Listener;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Event;

use crate::tools;

/// A member of something; undefined if there is none.
pub(super) fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A member that is a number; 0 if there is none.
pub(super) fn number(of: &JsValue, name: &str) -> f64 {
    get(of, name).as_f64().unwrap_or_default()
}

/// Whether a member is this text.
pub(super) fn is(of: &JsValue, name: &str, text: &str) -> bool {
    get(of, name) == text
}

/// Sets a member.
pub(super) fn put(of: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(of, &name.into(), value);
}

/// Calls a method. What it throws is undefined.
pub(super) fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> JsValue {
    let method = get(of, name).dyn_into::<Function>();
    let called = method.map(|method| method.apply(of, &list(arguments)));
    called.and_then(|called| called).unwrap_or_default()
}

/// Makes something of a class that stands at this name. Undefined if it cannot be.
pub(super) fn make(at: &JsValue, class: &str, arguments: &[JsValue]) -> JsValue {
    let class = get(at, class).dyn_into::<Function>();
    let made = class.map(|class| Reflect::construct(&class, &list(arguments)));
    made.and_then(|made| made).unwrap_or_default()
}

/// What every name of the browser's own stands in.
pub(super) fn window() -> JsValue {
    web_sys::window().map(JsValue::from).unwrap_or_default()
}

/// An element with its attributes and what is in it: elements and texts.
pub(super) fn element(tag: &str, attributes: &[(&str, &str)], inside: &[JsValue]) -> JsValue {
    let document = get(&window(), "document");
    let made = call(&document, "createElement", &[tag.into()]);
    set(&made, attributes);
    call(&made, "append", inside);
    made
}

/// Sets attributes.
pub(super) fn set(of: &JsValue, attributes: &[(&str, &str)]) {
    for (name, value) in attributes {
        call(of, "setAttribute", &[(*name).into(), (*value).into()]);
    }
}

/// Shows an element or does not.
pub(super) fn show(of: &JsValue, shown: bool) {
    let hidden = ["hidden".into(), (!shown).into()];
    call(of, "toggleAttribute", &hidden);
}

/// An icon of lines, drawn in the colour of the text around it.
pub(super) fn icon(path: &str) -> JsValue {
    let document = get(&window(), "document");
    let drawn = |tag: &str| {
        let name = ["http://www.w3.org/2000/svg".into(), tag.into()];
        call(&document, "createElementNS", &name)
    };
    let (icon, line) = (drawn("svg"), drawn("path"));
    set(&line, &[("d", path)]);
    let attributes = [
        ("class", "icon"),
        ("viewBox", "0 0 24 24"),
        ("aria-hidden", "true"),
    ];
    set(&icon, &attributes);
    call(&icon, "append", &[line]);
    icon
}

/// A cross that puts something away.
pub(super) fn cross(name: &str) -> JsValue {
    let attributes = [("type", "button"), ("class", "shut"), ("aria-label", name)];
    element("button", &attributes, &[icon("m7 7 10 10M17 7 7 17")])
}

/// Hears of events for as long as it is kept.
pub(super) fn on(of: &JsValue, kind: &'static str, hear: impl FnMut(Event) + 'static) -> Listener {
    tools::on(of.unchecked_ref(), kind, Box::new(hear))
}

/// How large something is, as a person of that language says it.
pub(super) fn size(bytes: f64, locale: &str) -> String {
    let (number, unit) = match bytes {
        ..1e3 => (bytes, "byte"),
        1e3..1e6 => (bytes / 1e3, "kilobyte"),
        _ => (bytes / 1e6, "megabyte"),
    };
    let options = js_sys::Object::new();
    for (name, value) in [
        ("style", "unit".into()),
        ("unit", unit.into()),
        ("maximumFractionDigits", u32::from(bytes >= 1e6).into()),
    ] {
        put(&options, name, &value);
    }
    let intl = get(&window(), "Intl");
    let format = make(&intl, "NumberFormat", &[locale.into(), options.into()]);
    let said = call(&format, "format", &[number.into()]);
    said.as_string().unwrap_or_default()
}

fn list(items: &[JsValue]) -> Array {
    let list = Array::new();
    for item in items {
        list.push(item);
    }
    list
}
