//! The page's storage under `saluda.`, which may be blocked or full.
//!
//! A blocked storage throws already when it is looked at, in some browsers and
//! only in frames of others; so every call here looks anew and takes any
//! exception for "not there".

use web_sys::Storage;

const PREFIX: &str = "saluda.";

pub(crate) fn get(key: &str) -> Option<String> {
    storage()?.get_item(&name(key)).ok()?
}

/// Returns whether it was stored.
pub(crate) fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&name(key), value).is_ok())
}

pub(crate) fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&name(key));
    }
}

/// Removes everything that is ours.
pub(crate) fn erase() {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or(0);
    // Backwards, because each removal moves those that follow.
    for index in (0..count).rev() {
        if let Ok(Some(key)) = storage.key(index)
            && key.starts_with(PREFIX)
        {
            let _ = storage.remove_item(&key);
        }
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn name(key: &str) -> String {
    [PREFIX, key].concat()
}
