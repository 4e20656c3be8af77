//! What a person sees when the desk has panicked: plain words and a way out,
//! in place of a page that no longer answers.

use leptos::prelude::{document, window};
use saluda_client::socket::Listener;
use web_sys::{Element, Event};

use crate::texts::text;

/// Shows the screen when anything panics.
pub(crate) fn watch() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        show();
    }));
}

/// Built by hand: whatever draws views otherwise may be what broke.
fn show() -> Option<()> {
    let body = document().body()?;
    body.set_text_content(None);
    let screen = element("main", "broken")?;
    // Refused only for a name that is no attribute.
    let _ = screen.set_attribute("role", "alert");
    let title = element("h1", "broken-title")?;
    title.set_text_content(Some(&text("broken.title")));
    let words = element("p", "broken-words")?;
    words.set_text_content(Some(&text("broken.words")));
    let button = element("button", "button primary")?;
    button.set_text_content(Some(&text("action.reload")));
    let reload = Listener::new(&button, "click", |_: Event| {
        let _ = window().location().reload();
    });
    // Stays as long as the page.
    std::mem::forget(reload);
    screen.append_with_node_3(&title, &words, &button).ok()?;
    body.append_with_node_1(&screen).ok()
}

fn element(tag: &str, class: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    element.set_class_name(class);
    Some(element)
}
