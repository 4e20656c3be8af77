//! Files that were chosen or dropped.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use super::Import;
use crate::texts::text_with;

/// More than this at once, the server does not take.
const MOST_BYTES: f64 = 2.0 * 1024.0 * 1024.0;

/// A file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picked {
    pub(super) name: String,
    pub(super) text: String,
}

/// Reads files, and adds them to those that were chosen. One of the same name
/// takes the place of the other.
pub(super) fn take(import: Import, list: &FileList) {
    let files: Vec<File> = (0..list.length()).filter_map(|at| list.get(at)).collect();
    import.changed();
    spawn_local(async move {
        for file in files {
            let name = file.name();
            let read = if file.size() > MOST_BYTES {
                None
            } else {
                let text = JsFuture::from(file.text()).await;
                text.ok().and_then(|text| text.as_string())
            };
            if import.files.is_disposed() {
                return;
            }
            if let Some(text) = read {
                import.files.update(|files| {
                    files.retain(|known| known.name != name);
                    files.push(Picked { name, text });
                });
            } else {
                let sentence = text_with("import.unread", &[("name", &name)]);
                import.unread.set(Some(sentence));
            }
        }
    });
}
