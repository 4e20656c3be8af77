//! Where this module's memory comes from: blocks of a power of two, each size
//! with a list of those that are free.
//!
//! Simple on purpose: the allocator of the standard library is two kilobytes of
//! every page view, a tenth of this module. A block is at most twice as large
//! as what is in it, and goes back to those of its size; a page's rules and
//! visit are a few dozen kilobytes of them.

#![expect(unsafe_code, reason = "an allocator hands out raw memory")]
#![expect(
    clippy::cast_ptr_alignment,
    reason = "every block is aligned to 16 bytes"
)]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::UnsafeCell;
use core::ptr::null_mut;

/// The smallest block: 16 bytes, which is also how every block is aligned.
const SMALLEST: u32 = 4;

/// How large a page of WebAssembly's memory is.
const PAGE: usize = 65_536;

/// Blocks that are free, and what was never handed out.
pub(crate) struct Heap(UnsafeCell<State>);

struct State {
    /// By size, the first block that is free; each begins with where the next
    /// one is.
    free: [*mut u8; 32],
    /// From here on, nothing was ever handed out.
    rest: *mut u8,
}

unsafe extern "C" {
    /// What the linker puts behind the stack and all that is static, aligned to
    /// 16 bytes: the first byte that is the heap's.
    static mut __heap_base: u8;
}

impl Heap {
    pub(crate) const fn new() -> Self {
        Self(UnsafeCell::new(State {
            free: [null_mut(); 32],
            rest: &raw mut __heap_base,
        }))
    }
}

// SAFETY: the module has one thread.
unsafe impl Sync for Heap {}

/// The power of two that holds something.
fn power(layout: Layout) -> u32 {
    let size = layout.size().max(layout.align()).max(1 << SMALLEST);
    usize::BITS - (size - 1).leading_zeros()
}

// SAFETY: a block is handed out to one owner at a time: it leaves its list or
// the rest when it is, and comes back when that owner frees it. Blocks are
// aligned to 16 bytes, and nothing in this module asks for more.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let power = power(layout);
        let size = 1_usize << power;
        // SAFETY: one thread, and no call from within a call.
        let state = unsafe { &mut *self.0.get() };
        let block = state.free[power as usize];
        if !block.is_null() {
            // SAFETY: a free block begins with where the next one is.
            state.free[power as usize] = unsafe { block.cast::<*mut u8>().read() };
            return block;
        }
        let block = state.rest;
        // Memory of four gigabytes ends at 0; what is left is the same by wrapping.
        let end = memory_size::<0>().wrapping_mul(PAGE);
        let left = end.wrapping_sub(block.addr());
        // Nobody else grows this memory: what is new follows what was there.
        if left < size && memory_grow::<0>((size - left).div_ceil(PAGE)) == usize::MAX {
            return null_mut();
        }
        state.rest = block.wrapping_add(size);
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: one thread, and no call from within a call.
        let state = unsafe { &mut *self.0.get() };
        let first = &mut state.free[power(layout) as usize];
        // SAFETY: the block has at least 16 bytes, and is nobody's now.
        unsafe { block.cast::<*mut u8>().write(*first) };
        *first = block;
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: whoever calls has checked that the new size is one.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if power(wanted) == power(layout) {
            return block;
        }
        // SAFETY: both blocks are at least as large as the smaller layout.
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                core::ptr::copy_nonoverlapping(block, moved, size.min(layout.size()));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}
