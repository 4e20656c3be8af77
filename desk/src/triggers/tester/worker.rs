//! The thread in which the engine goes through visits. It is started with the
//! first question, and loads the engine then.

use std::cell::RefCell;
use std::pin::Pin;

use js_sys::Promise;
use leptos::prelude::document;
use saluda_client::socket::Listener;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::form_text;

/// An answer on its way; none when there is no engine to be had.
type Awaited = Pin<Box<dyn Future<Output = Option<String>>>>;

/// Carries questions to the engine.
pub type Tester = std::rc::Rc<dyn Fn(String) -> Awaited>;

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Asks the engine. A question is the fields of an object, and has a `number` of
/// its own.
pub(crate) fn ask(question: String) -> Awaited {
    Box::pin(async move {
        let (worker, engine) = started()?;
        let text = format!("{{{question},\"engine\":{}}}", form_text::quote(&engine));
        let number = form_text::value(&text, "number")?.to_owned();
        let mut listeners = Vec::new();
        let answer = Promise::new(&mut |resolve, _| {
            let (number, answered) = (number.clone(), resolve.clone());
            listeners.push(Listener::new(
                &worker,
                "message",
                move |event: MessageEvent| {
                    let said = event.data().as_string().unwrap_or_default();
                    if form_text::value(&said, "number") == Some(&number) {
                        // Fails for nothing that can be answered.
                        let _ = answered.call1(&JsValue::NULL, &said.into());
                    }
                },
            ));
            listeners.push(Listener::new(&worker, "error", move |_: JsValue| {
                let _ = resolve.call0(&JsValue::NULL);
            }));
        });
        worker.post_message(&text.into()).ok()?;
        let said = JsFuture::from(answer).await.ok()?.as_string();
        if said.is_none() {
            // The next question begins with another thread.
            WORKER.with_borrow_mut(Option::take)?.terminate();
        }
        said
    })
}

/// The thread, and where its engine is.
fn started() -> Option<(Worker, String)> {
    let named = document().query_selector("meta[name=desk-tester]").ok()??;
    let engine = named.get_attribute("data-engine")?;
    if let Some(worker) = WORKER.with_borrow(Clone::clone) {
        return Some((worker, engine));
    }
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&named.get_attribute("content")?, &options).ok()?;
    WORKER.with_borrow_mut(|kept| *kept = Some(worker.clone()));
    Some((worker, engine))
}
