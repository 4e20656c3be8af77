//! The buttons beside the composer and in the head, and what is dropped and pasted.
//!
//! They are made by hand: as views of Leptos's, these few elements were 3 kB of
//! what opening the chat loads.

use saluda_client::socket::Listener;
use web_sys::{Document, Element, Event, EventTarget};

use crate::{apart::Part, attach::took, chat::Chat};

/// Hears of events for as long as it is kept; the same code for all.
pub(crate) fn on(of: &EventTarget, kind: &'static str, hear: Box<dyn FnMut(Event)>) -> Listener {
    Listener::new(of, kind, hear)
}

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

const SMILE: &str =
    "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14c1.6 2.3 5.4 2.3 7 0M9 9.5v.5m6-.5v.5";
const CLIP: &str = "m19 11-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5L13 4a3 3 0 0 1 4.3 4.3l-7.6 7.6";
const DOTS: &str = "M6 11.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6Zm6 0a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6Zm6 0a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6Z";

/// Where files may come from, within the panel.
const SOURCES: [&str; 4] = ["change", "dragover", "drop", "paste"];

/// Makes the buttons. Returns what has to be kept while they are there.
pub(crate) fn tools(chat: Chat) -> Option<Vec<Listener>> {
    let core = chat.core()?;
    let document = core.link.root().owner_document()?;
    let tray: Element = chat.element(Part::Files.home())?;
    let top: Element = chat.element("header")?;
    let panel: Element = chat.element("panel")?;
    let opens = |button: &Element, part| on(button, "click", Box::new(move |_| chat.flip(part)));

    let emoji = opener(&document, Part::Emoji, &chat.say("emoji"), SMILE)?;
    let _ = tray.append_child(&emoji);
    // It lies over its icon and is not seen.
    let field = [
        ("type", "file"),
        ("multiple", ""),
        ("id", "files"),
        ("aria-label", &chat.say("attach")),
    ];
    let field = element(&document, HTML, "input", &field, &[])?;
    let clip = icon(&document, CLIP)?;
    let class = [("class", "tool clip")];
    let clip = element(&document, HTML, "span", &class, &[&clip, &field])?;
    let _ = tray.append_child(&clip);

    let mut listeners = vec![opens(&emoji, Part::Emoji)];
    listeners
        .extend(SOURCES.map(|kind| on(&panel, kind, Box::new(move |event| took(chat, &event)))));
    let menu = opener(&document, Part::Menu, &chat.say("more"), DOTS)?;
    let _ = top.insert_before(&menu, top.last_child().as_ref());
    listeners.push(opens(&menu, Part::Menu));
    Some(listeners)
}

/// A button that brings a part into the page, and takes it off again.
fn opener(document: &Document, part: Part, name: &str, path: &str) -> Option<Element> {
    let attributes = [
        ("type", "button"),
        ("class", "tool"),
        ("id", part.opener()),
        ("aria-label", name),
        ("aria-expanded", "false"),
    ];
    let icon = icon(document, path)?;
    element(document, HTML, "button", &attributes, &[&icon])
}

fn icon(document: &Document, path: &str) -> Option<Element> {
    let attributes = [
        ("class", "icon"),
        ("viewBox", "0 0 24 24"),
        ("aria-hidden", "true"),
    ];
    let line = element(document, SVG, "path", &[("d", path)], &[])?;
    element(document, SVG, "svg", &attributes, &[&line])
}

fn element(
    document: &Document,
    namespace: &str,
    tag: &str,
    attributes: &[(&str, &str)],
    inside: &[&Element],
) -> Option<Element> {
    let element = document.create_element_ns(Some(namespace), tag).ok()?;
    for (name, value) in attributes {
        let _ = element.set_attribute(name, value);
    }
    for one in inside {
        let _ = element.append_child(one);
    }
    Some(element)
}
