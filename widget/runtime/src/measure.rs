//! Decisions repeated inside the module: what they cost without the words that
//! go in and out. Only in the module that `cargo xtask bench rules` builds.

#![expect(
    unsafe_code,
    reason = "a module without generated bindings has to name its own exports"
)]

use core::hint::black_box;

use saluda_rules::Words;

use crate::abi::BORDER;

/// Decides so many times, each time from scratch, at the instant that was told
/// last.
#[unsafe(no_mangle)]
extern "C" fn decide_from_scratch(times: u32) {
    let input = BORDER.input.borrow();
    let now = Words::new(&input).instant();
    let mut page = BORDER.page.borrow_mut();
    let Some(page) = page.as_mut() else {
        return;
    };
    for _ in 0..times {
        page.engine.doubt();
        black_box(page.engine.decide(now));
    }
}

/// Takes in the events that were told last so many times, and decides after each
/// of them.
#[unsafe(no_mangle)]
extern "C" fn decide_after_events(times: u32) {
    let input = BORDER.input.borrow();
    let mut page = BORDER.page.borrow_mut();
    let Some(page) = page.as_mut() else {
        return;
    };
    for _ in 0..times {
        let mut words = Words::new(&input);
        let now = words.instant();
        while !words.is_empty() {
            let at = words.instant();
            page.engine.hear(&mut words, at);
            black_box(page.engine.decide(now));
        }
    }
}
