//! A part of the desk on a page of its own, found the way a person finds it.

use js_sys::{Array, Function, Object, Reflect};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use saluda_desk::Panes;
use saluda_protocol::ConversationId;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement, HtmlTextAreaElement, KeyboardEvent, Node};

use crate::server::Server;

/// How long to wait for a condition before the test fails.
const PATIENCE_MS: i32 = 5_000;
const STEP_MS: i32 = 10;
const ROOT: &str = "page-under-test";

pub(crate) struct Page {
    root: HtmlElement,
    mounted: Option<Box<dyn std::any::Any>>,
}

impl Page {
    pub(crate) fn of<V: IntoView + 'static>(part: impl FnOnce() -> V + 'static) -> Self
    where
        V::State: 'static,
    {
        // A test that failed has left its page behind.
        for left in all(&document().document_element().unwrap(), &format!(".{ROOT}")) {
            left.remove();
        }
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        root.set_class_name(ROOT);
        document().body().unwrap().append_child(&root).unwrap();
        let mounted: UnmountHandle<_> = mount_to(root.clone(), part);
        Self {
            root,
            mounted: Some(Box::new(mounted)),
        }
    }

    pub(crate) fn of_desk(server: &Server) -> Self {
        Self::at(server, "/desk")
    }

    /// The desk at an address.
    pub(crate) fn at(server: &Server, address: &str) -> Self {
        let history = window().history().unwrap();
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(address))
            .unwrap();
        let server = server.clone();
        Self::of(move || view! { <Panes desk=server.desk()/> })
    }

    /// Goes to a conversation by its address, which the desk follows.
    pub(crate) async fn open(&self, server: &Server, conversation: ConversationId) {
        let before = server.openings(conversation);
        window()
            .location()
            .set_hash(&format!("/c/{conversation}"))
            .unwrap();
        until("the desk follows its address", || {
            server.openings(conversation) > before
        })
        .await;
        // What follows is drawn in a turn of its own.
        pause().await;
    }

    /// The names of everything with a role, from top to bottom.
    pub(crate) fn names(&self, role: &str) -> Vec<String> {
        self.with_role(role).iter().map(name_of).collect()
    }

    pub(crate) fn has(&self, role: &str, name: &str) -> bool {
        self.names(role).iter().any(|found| found == name)
    }

    /// The one element with a role and a name.
    pub(crate) fn find(&self, role: &str, name: &str) -> HtmlElement {
        let found = self
            .with_role(role)
            .into_iter()
            .find(|element| name_of(element) == name);
        found.unwrap_or_else(|| panic!("no {role} `{name}`, only {:?}", self.names(role)))
    }

    /// What is said in the elements with a role.
    pub(crate) fn text(&self, role: &str) -> String {
        let texts = self
            .with_role(role)
            .into_iter()
            .filter_map(|it| it.text_content());
        texts.collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn says(&self, role: &str, text: &str) -> bool {
        self.text(role).contains(text)
    }

    /// Whether something can be read anywhere.
    pub(crate) fn root_says(&self, text: &str) -> bool {
        let all = self.root.text_content().unwrap_or_default();
        all.contains(text)
    }

    /// Everything a selector finds.
    pub(crate) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        all(&self.root, selector)
    }

    /// Whether what a selector finds says this.
    pub(crate) fn has_text(&self, selector: &str, text: &str) -> bool {
        let found = self.all(selector);
        found
            .iter()
            .any(|it| it.text_content().as_deref() == Some(text))
    }

    /// Types into the field that a selector finds.
    pub(crate) fn type_into(&self, selector: &str, text: &str) {
        let field = self.all(selector).remove(0);
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        field.dispatch_event(&Event::new("input").unwrap()).unwrap();
    }

    /// The field a label belongs to.
    pub(crate) fn labelled(&self, label: &str) -> HtmlElement {
        let labels = all(&self.root, "label");
        let found = labels
            .into_iter()
            .find(|it| it.text_content().as_deref() == Some(label));
        let field = found.and_then(|it| it.query_selector("input").unwrap());
        field
            .unwrap_or_else(|| panic!("no field `{label}`"))
            .unchecked_into()
    }

    /// The field that is called so, by a label that points to it or by itself.
    pub(crate) fn field(&self, name: &str) -> HtmlElement {
        let found = self.look_for_field(name);
        found.unwrap_or_else(|| panic!("no field `{name}`"))
    }

    fn look_for_field(&self, name: &str) -> Option<HtmlElement> {
        let pointed = self.all("label[for]").into_iter().find_map(|label| {
            let says = label.text_content().unwrap_or_default();
            let id = label.get_attribute("for").filter(|_| says.trim() == name)?;
            self.all(&format!("[id='{id}']")).into_iter().next()
        });
        let around = || {
            let labels = self.all("label").into_iter();
            let mut says =
                labels.filter(|it| it.text_content().is_some_and(|it| it.trim() == name));
            says.find_map(|label| all(&label, "input").into_iter().next())
        };
        let itself = || {
            let selector = format!("[aria-label='{name}']:is(input, select, textarea)");
            self.all(&selector).into_iter().next()
        };
        pointed.or_else(around).or_else(itself)
    }

    /// What a field holds; nothing if it is not there.
    pub(crate) fn value(&self, name: &str) -> String {
        let field = self.look_for_field(name);
        let value = field.map(|field| Reflect::get(&field, &"value".into()).unwrap());
        value
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    }

    /// Types into the field that is called so.
    pub(crate) fn fill(&self, name: &str, text: &str) {
        let field = self.field(name);
        Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        field.dispatch_event(&Event::new("input").unwrap()).unwrap();
    }

    /// Where the agent writes.
    pub(crate) fn textbox(&self) -> HtmlTextAreaElement {
        self.find("textbox", "Your reply").unchecked_into()
    }

    /// Types into the field.
    pub(crate) fn write(&self, text: &str) {
        let field = self.textbox();
        field.set_value(text);
        let input = Event::new("input").unwrap();
        field.dispatch_event(&input).unwrap();
    }

    fn with_role(&self, role: &str) -> Vec<HtmlElement> {
        let implied = match role {
            "button" => "button:not([role])",
            // The rail leads somewhere else; it is no part of what is shown.
            "link" => "a[href]:not(nav a)",
            "textbox" => "textarea",
            _ => "",
        };
        let selector = format!("[role={role}]");
        let selectors = [selector.as_str(), implied];
        let selectors: Vec<_> = selectors.into_iter().filter(|it| !it.is_empty()).collect();
        all(&self.root, &selectors.join(","))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.mounted.take();
        let root: &Node = self.root.as_ref();
        if let Some(parent) = root.parent_node() {
            parent.remove_child(root).unwrap();
        }
    }
}

/// Chooses or types in a field, and leaves it.
pub(crate) fn change(field: &HtmlElement, value: &str) {
    Reflect::set(field, &"value".into(), &value.into()).unwrap();
    field
        .dispatch_event(&Event::new("change").unwrap())
        .unwrap();
}

/// Presses a key in an element, with Shift or Control when it is called
/// `Shift+…` or `Control+…`.
pub(crate) fn press(element: &HtmlElement, key: &str) {
    let shift = key.starts_with("Shift+");
    let control = key.starts_with("Control+");
    let key = key.rsplit_once('+').map_or(key, |(_, key)| key);
    let init = Object::new();
    for (name, value) in [
        ("key", JsValue::from(key)),
        ("shiftKey", shift.into()),
        ("ctrlKey", control.into()),
        ("bubbles", true.into()),
        ("cancelable", true.into()),
    ] {
        Reflect::set(&init, &name.into(), &value).unwrap();
    }
    let class = Reflect::get(&window(), &"KeyboardEvent".into()).unwrap();
    let arguments = Array::of2(&"keydown".into(), &init);
    let event = Reflect::construct(class.unchecked_ref::<Function>(), &arguments).unwrap();
    let event: KeyboardEvent = event.unchecked_into();
    element.dispatch_event(&event).unwrap();
}

/// Waits for a condition, and says which one it was when it does not come.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..PATIENCE_MS / STEP_MS {
        if holds() {
            return;
        }
        pause().await;
    }
    panic!("waited in vain until {what}");
}

/// Lets the page do what it has to do.
pub(crate) async fn pause() {
    let pause = js_sys::Promise::new(&mut |resolve, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, STEP_MS)
            .unwrap();
    });
    JsFuture::from(pause).await.unwrap();
}

/// What has the focus is called.
pub(crate) fn focused() -> String {
    let active = document().active_element();
    active.map_or_else(String::new, |active| name_of(active.unchecked_ref()))
}

/// The path of the form that what has the focus is the field of.
pub(crate) fn focused_path() -> String {
    let active = document().active_element();
    let path = active.and_then(|active| active.get_attribute("data-path"));
    path.unwrap_or_default()
}

fn name_of(element: &HtmlElement) -> String {
    element
        .get_attribute("aria-label")
        .or_else(|| element.text_content())
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let found = root.query_selector_all(selector).unwrap();
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}
