//! Carries a file to the server, and tells how far it is: what a plain request of
//! the API cannot.

use std::any::Any;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use saluda_client::socket::Listener;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, EventTarget, File};

use crate::api::Answer;

/// A file for the server.
pub struct Parcel {
    /// Where to, from `/api` on.
    pub path: String,
    /// The file. Its name goes along.
    pub file: File,
    /// Hears how much of it is there, from 0 to 1.
    pub come: Box<dyn Fn(f64)>,
    /// Hears what the server answered; none when it could not be reached.
    pub done: Box<dyn Fn(Option<Answer>)>,
}

/// Carries files. Dropping what it returns breaks that off.
pub type Courier = Rc<dyn Fn(Parcel) -> Box<dyn Any>>;

/// A request under way.
struct Request {
    request: JsValue,
    listeners: Vec<Listener>,
}

impl Drop for Request {
    fn drop(&mut self) {
        // First, so that they do not hear of it.
        self.listeners.clear();
        call(&self.request, "abort", &[]);
    }
}

/// Carries a file with the agent's session.
pub(crate) fn carry(parcel: Parcel) -> Box<dyn Any> {
    let Parcel {
        path,
        file,
        come,
        done,
    } = parcel;
    let request = get(&window(), "XMLHttpRequest").dyn_into::<Function>();
    let request = request.and_then(|class| Reflect::construct(&class, &Array::new()));
    let request = request.unwrap_or_default();
    call(&request, "open", &["POST".into(), path.into()]);
    let name = String::from(js_sys::encode_uri_component(&file.name()));
    for (header, value) in [
        ("Content-Type", "application/octet-stream"),
        ("Saluda-Name", &name),
    ] {
        call(&request, "setRequestHeader", &[header.into(), value.into()]);
    }
    let done = Rc::new(done);
    let (answered, unreached, asked) = (Rc::clone(&done), done, request.clone());
    let listeners = vec![
        listen(&get(&request, "upload"), "progress", move |event| {
            come(number(&event, "loaded") / number(&event, "total").max(1.0));
        }),
        listen(&request, "load", move |_| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a status has three digits"
            )]
            let status = number(&asked, "status") as u16;
            let body = get(&asked, "responseText").as_string().unwrap_or_default();
            answered(Some(Answer { status, body }));
        }),
        listen(&request, "error", move |_| unreached(None)),
    ];
    call(&request, "send", &[file.into()]);
    Box::new(Request { request, listeners })
}

fn listen(of: &JsValue, kind: &'static str, hear: impl FnMut(Event) + 'static) -> Listener {
    Listener::new(of.unchecked_ref::<EventTarget>(), kind, hear)
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

fn number(of: &JsValue, name: &str) -> f64 {
    get(of, name).as_f64().unwrap_or_default()
}

fn call(of: &JsValue, name: &str, arguments: &[JsValue]) {
    if let Ok(method) = get(of, name).dyn_into::<Function>() {
        // What it throws, the listeners hear too.
        let _ = method.apply(of, &arguments.iter().collect::<Array>());
    }
}
