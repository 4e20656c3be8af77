//! The module's border: what the scripts can call, and what they must bring.
//!
//! One buffer for what comes in, one for what goes out, and one for a text that
//! the browser folds. The scripts call from one thread and never from within a
//! call, save for `fold`, which touches the third buffer only.

#![expect(
    unsafe_code,
    reason = "a module without generated bindings has to name its own exports"
)]

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use saluda_rules::Row;

use crate::Page;
use crate::heap::Heap;

#[global_allocator]
static HEAP: Heap = Heap::new();

/// Nobody could read a message: the script hears that the module has stopped,
/// and puts a plain link in the page.
#[panic_handler]
fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Everything there is.
pub(crate) struct Border {
    pub(crate) input: RefCell<Vec<u8>>,
    output: RefCell<Row>,
    folded: RefCell<Vec<u8>>,
    pub(crate) page: RefCell<Option<Page>>,
}

// SAFETY: the module has one thread.
unsafe impl Sync for Border {}

pub(crate) static BORDER: Border = Border {
    input: RefCell::new(Vec::new()),
    output: RefCell::new(Row::new()),
    folded: RefCell::new(Vec::new()),
    page: RefCell::new(None),
};

unsafe extern "C" {
    /// Folds the UTF-8 text at an address as the browser does, and puts the
    /// result where `room` of the third buffer says.
    safe fn fold(text: *const u8, length: usize);
}

/// Makes room for a row of words, or for a text that was folded, and says where.
#[unsafe(no_mangle)]
extern "C" fn room(length: usize, folded: bool) -> *mut u8 {
    let buffer = if folded {
        &BORDER.folded
    } else {
        &BORDER.input
    };
    let mut buffer = buffer.borrow_mut();
    buffer.clear();
    buffer.resize(length, 0);
    buffer.as_mut_ptr()
}

/// Takes in the words in so much of the first buffer, and says where the answer
/// is.
#[unsafe(no_mangle)]
extern "C" fn call(length: usize) -> *const u8 {
    BORDER.input.borrow_mut().truncate(length);
    let mut output = BORDER.output.borrow_mut();
    output.clear();
    let mut page = BORDER.page.borrow_mut();
    crate::page::answer(
        &mut page,
        &BORDER.input.borrow(),
        fold_in_browser,
        &mut output,
    );
    output.bytes().as_ptr()
}

/// Answers why each trigger shows or not, at the instant in the first buffer,
/// and says where the answer is.
#[cfg(feature = "explain")]
#[unsafe(no_mangle)]
extern "C" fn explain() -> *const u8 {
    let mut output = BORDER.output.borrow_mut();
    output.clear();
    let now = saluda_rules::Words::new(&BORDER.input.borrow()).instant();
    if let Some(page) = &mut *BORDER.page.borrow_mut() {
        page.explain(now, &mut output);
    }
    output.bytes().as_ptr()
}

/// Begins a page with the words in so much of the first buffer, in the place of
/// the one there is.
#[unsafe(no_mangle)]
extern "C" fn restart(length: usize) -> *const u8 {
    let before = BORDER.page.take();
    // A visitor signs out once or twice, if at all: what drops a page is larger
    // than the page. Whoever pretends restarts all the time.
    if cfg!(feature = "explain") {
        drop(before);
    } else {
        core::mem::forget(before);
    }
    call(length)
}

/// How long the answer is.
#[unsafe(no_mangle)]
extern "C" fn length() -> usize {
    BORDER.output.borrow().bytes().len()
}

/// The page's own folding: it need not carry the tables of Unicode. Most texts
/// need none, and the way to the browser and back.
fn fold_in_browser(text: &str) -> String {
    if text.bytes().all(|byte| byte < 128) {
        return text.to_ascii_lowercase();
    }
    fold(text.as_ptr(), text.len());
    let folded = BORDER.folded.take();
    String::from_utf8(folded).unwrap_or_default()
}
