//! The small module in every page: memory and visit.
//!
//! It is the only writer of the cookie and of storage. Everything that can wait
//! is in the other module, which this one asks for when there is a conversation
//! to go on with.

#![deny(clippy::unwrap_used, clippy::expect_used)]

mod clock;
mod cookie;
mod link;
pub mod memory;
mod panic;
mod storage;
mod stored;

use wasm_bindgen::prelude::wasm_bindgen;

pub use link::Link;
pub use memory::Memory;

/// Takes up the page's memory, puts it on the loader's `link`, and asks for the
/// other module if a conversation has begun.
#[wasm_bindgen]
pub fn start(link: Link) {
    let memory = Memory::open(&link.consent(), clock::now());
    memory.see_page(clock::now());
    link::watch_visibility(&link, &memory);
    let talking = memory.has_conversation();
    link.set_memory(memory);
    if talking {
        link.need();
    }
    panic::report_to(link);
}
