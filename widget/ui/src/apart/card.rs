//! A file of the log: a picture, which can be opened large, or its name and size.

use saluda_client::socket::Listener;
use saluda_protocol::{File, Picture};
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::{
    Part, files,
    script::{self, call, cross, element, get, icon, on, show as reveal},
};
use crate::{attach::address, chat::Chat};

/// The most room that a picture takes in the log, in pixels.
const ROOM: [u64; 2] = [240, 320];
/// An arrow that ends on a line.
const SAVE: &str = "M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M5 19.5h14";

/// Shows a file in the element with this id. Returns what has to be kept while it
/// is there.
pub(super) fn show(chat: Chat, home: &str, file: &File) -> Vec<Listener> {
    let Some(place) = chat.element::<Element>(home) else {
        return Vec::new();
    };
    // In place of the plain link.
    let saved = saved(chat, file);
    call(&place, "replaceChildren", std::slice::from_ref(&saved));
    match file.picture {
        Some(size) => picture(chat, &place, home, file, size, saved),
        None => Vec::new(),
    }
}

/// A link that saves it.
fn saved(chat: Chat, file: &File) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "no file is beyond 2^53")]
    let bytes = file.bytes as f64;
    let size = chat.core();
    let size = size.map(|core| script::size(bytes, core.texts.locale()));
    let size = size.unwrap_or_default();
    let attributes = [
        ("class", "file"),
        ("href", &address(chat, file)),
        ("target", "_blank"),
        ("rel", "noopener nofollow"),
    ];
    let inside = [
        icon(SAVE),
        named(file),
        " ".into(),
        element("small", &[], &[size.into()]),
    ];
    element("a", &attributes, &inside)
}

fn named(file: &File) -> JsValue {
    let name = file.name.as_str();
    element(
        "bdi",
        &[("class", "file-name"), ("dir", "auto")],
        &[name.into()],
    )
}

/// A picture, in the room that it will take once it is loaded.
fn picture(
    chat: Chat,
    place: &JsValue,
    home: &str,
    file: &File,
    size: Picture,
    saved: JsValue,
) -> Vec<Listener> {
    let [width, height] = fit(size).map(|length| length.to_string());
    let image = [
        ("alt", ""),
        ("loading", "lazy"),
        ("width", &width),
        ("height", &height),
        ("src", &[&address(chat, file), "?preview"].concat()),
    ];
    let image = element("img", &image, &[]);
    let id = [home, "-open"].concat();
    let button = [
        ("type", "button"),
        ("class", "picture"),
        ("id", &id),
        ("aria-label", &chat.fill("attach_open", &file.name)),
    ];
    let button = element("button", &button, std::slice::from_ref(&image));
    call(place, "append", std::slice::from_ref(&button));
    reveal(&saved, false);
    let large = file.clone();
    vec![
        on(&button, "click", move |_| enlarge(chat, &large, &id)),
        // A page's policy may forbid pictures, and a file may be gone.
        on(&image, "error", move |event| {
            reveal(&saved, true);
            reveal(&get(&get(&event, "target"), "parentNode"), false);
        }),
    ]
}

/// How large a picture is in the log: as it is, or as large as there is room.
fn fit(size: Picture) -> [u64; 2] {
    let [mut width, mut height] = [size.width, size.height].map(u64::from);
    if width > ROOM[0] {
        (width, height) = (ROOM[0], height * ROOM[0] / width);
    }
    if height > ROOM[1] {
        (width, height) = (width * ROOM[1] / height, ROOM[1]);
    }
    [width.max(1), height.max(1)]
}

/// Shows a picture large, above everything else. The focus returns to `opener`.
fn enlarge(chat: Chat, file: &File, opener: &str) {
    let Some(home) = chat.element::<Element>(Part::Files.home()) else {
        return;
    };
    let at = address(chat, file);
    let link = [
        ("class", "quiet"),
        ("href", at.as_str()),
        ("target", "_blank"),
        ("rel", "noopener nofollow"),
    ];
    let link = element("a", &link, &[chat.say("attach_save").into()]);
    let inside = [named(file), link, cross(&chat.say("close"))];
    let head = element("div", &[("class", "enlarged-head")], &inside);
    let image = element("img", &[("alt", file.name.as_str()), ("src", &at)], &[]);
    let attributes = [("class", "enlarged"), ("aria-label", file.name.as_str())];
    let dialog = element("dialog", &attributes, &[head, image]);
    call(&home, "append", std::slice::from_ref(&dialog));
    let (gone, shut, opener) = (dialog.clone(), dialog.clone(), opener.to_owned());
    let listeners = vec![
        // Escape closes this, and not the panel behind it too.
        on(&dialog, "keydown", |event| event.stop_propagation()),
        on(&dialog, "click", move |event| {
            if get(&get(&event, "target"), "href").is_undefined() {
                call(&shut, "close", &[]);
            }
        }),
        on(&dialog, "close", move |_| {
            call(&gone, "remove", &[]);
            chat.focus(&opener);
        }),
    ];
    files::with(chat, |kept| kept.enlarged = listeners);
    call(&dialog, "showModal", &[]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_in_the_room_there_is() {
        let fit = |width, height| fit(Picture { width, height });
        assert_eq!(fit(100, 50), [100, 50]);
        assert_eq!(fit(1200, 900), [240, 180]);
        assert_eq!(fit(400, 4_000), [32, 320]);
        assert_eq!(fit(u32::MAX, 1), [240, 1]);
    }
}
