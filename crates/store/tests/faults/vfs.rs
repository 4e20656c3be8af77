//! The way from SQLite to a [`disk`](crate::disk): its default file system,
//! with four functions of the files of our disks in front.
//!
//! Everything that decides is in `disk.rs`; here is what C needs. Files of
//! other folders are the system's alone.

#![expect(
    unsafe_code,
    reason = "SQLite calls a file system through tables of C functions"
)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::sync::{Arc, Once};

use libsqlite3_sys::{
    SQLITE_OK, SQLITE_OPEN_CREATE, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs,
    sqlite3_vfs_find, sqlite3_vfs_register,
};

use crate::disk::{self, Change, File, Medium};

/// The file system that was the default before ours. It is never taken away.
static SYSTEM: AtomicPtr<sqlite3_vfs> = AtomicPtr::new(ptr::null_mut());

/// The functions of one open file. SQLite knows the first field only.
#[repr(C)]
struct Watched {
    methods: sqlite3_io_methods,
    system: *const sqlite3_io_methods,
    medium: Arc<Medium>,
    file: File,
    /// The next sync is one of the folder as well.
    folder_too: AtomicBool,
}

/// Makes our file system the default of this process, once.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // SAFETY: no name asks for the default, and SQLite readies itself first.
        let system = unsafe { sqlite3_vfs_find(ptr::null()) };
        assert!(!system.is_null(), "SQLite has no file system");
        SYSTEM.store(system, Ordering::Release);
        let ours = sqlite3_vfs {
            zName: c"watched".as_ptr(),
            pNext: ptr::null_mut(),
            xOpen: Some(open),
            xDelete: Some(delete),
            // SAFETY: not null, and what is registered is whole.
            ..unsafe { *system }
        };
        // SAFETY: it is leaked, so it outlives every connection.
        let code = unsafe { sqlite3_vfs_register(Box::leak(Box::new(ours)), 1) };
        assert_eq!(code, SQLITE_OK, "SQLite refused the file system");
    });
}

/// # Safety
///
/// `name` is null or a text that ends in nul.
unsafe fn watched(name: *const c_char) -> Option<(Arc<Medium>, File)> {
    if name.is_null() {
        return None;
    }
    // SAFETY: it is not null, and the caller promises the rest.
    let name = unsafe { CStr::from_ptr(name) };
    disk::at(Path::new(name.to_str().ok()?))
}

/// # Safety
///
/// `file` was opened by [`open`] as one of a disk's, and is not closed.
unsafe fn of<'f>(file: *mut sqlite3_file) -> &'f Watched {
    // SAFETY: `open` put a `Watched` there, which `close` takes away.
    unsafe { &*(*file).pMethods.cast::<Watched>() }
}

unsafe extern "C" fn open(
    _ours: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let system = SYSTEM.load(Ordering::Acquire);
    // SAFETY: the system receives what SQLite meant for it.
    let code = unsafe { (*system).xOpen.unwrap()(system, name, file, flags, out_flags) };
    // SAFETY: SQLite names a file by a text that ends in nul, or not at all.
    let found = unsafe { watched(name) };
    let (SQLITE_OK, Some((medium, of))) = (code, found) else {
        return code;
    };
    // SAFETY: an opened file has a table of functions, which stays.
    unsafe {
        let system = (*file).pMethods;
        let watched = Watched {
            methods: sqlite3_io_methods {
                xClose: Some(close),
                xWrite: Some(write),
                xTruncate: Some(truncate),
                xSync: Some(sync),
                ..*system
            },
            system,
            medium,
            file: of,
            // As the system does for a log or a journal that it may have made.
            folder_too: AtomicBool::new(of != File::Database && flags & SQLITE_OPEN_CREATE != 0),
        };
        (*file).pMethods = Box::into_raw(Box::new(watched)).cast();
    }
    SQLITE_OK
}

unsafe extern "C" fn delete(
    _ours: *mut sqlite3_vfs,
    name: *const c_char,
    sync_folder: c_int,
) -> c_int {
    // SAFETY: SQLite names what it deletes by a text that ends in nul.
    if let Some((medium, file)) = unsafe { watched(name) } {
        if let Err(code) = medium.change(file, Change::Delete) {
            return code;
        }
        if sync_folder != 0 {
            medium.sync_folder();
        }
    }
    let system = SYSTEM.load(Ordering::Acquire);
    // SAFETY: the system receives what SQLite meant for it.
    unsafe { (*system).xDelete.unwrap()(system, name, sync_folder) }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once; `open` made the box.
    unsafe {
        let watched = Box::from_raw((*file).pMethods.cast_mut().cast::<Watched>());
        (*file).pMethods = watched.system;
        (*watched.system).xClose.unwrap()(file)
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    bytes: *const c_void,
    size: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: only files of a disk have this function.
    let watched = unsafe { of(file) };
    // SAFETY: SQLite hands over as many bytes as it says.
    let copy =
        unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), usize::try_from(size).unwrap()) };
    let change = Change::Write {
        at: usize::try_from(at).unwrap(),
        bytes: copy.to_vec(),
    };
    match watched.medium.change(watched.file, change) {
        // SAFETY: the system receives what SQLite meant for it.
        Ok(()) => unsafe { (*watched.system).xWrite.unwrap()(file, bytes, size, at) },
        Err(code) => code,
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: only files of a disk have this function.
    let watched = unsafe { of(file) };
    let change = Change::Truncate {
        size: usize::try_from(size).unwrap(),
    };
    match watched.medium.change(watched.file, change) {
        // SAFETY: the system receives what SQLite meant for it.
        Ok(()) => unsafe { (*watched.system).xTruncate.unwrap()(file, size) },
        Err(code) => code,
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, _flags: c_int) -> c_int {
    // SAFETY: only files of a disk have this function.
    let watched = unsafe { of(file) };
    match watched.medium.sync(watched.file) {
        Ok(()) => {
            if watched.folder_too.swap(false, Ordering::Relaxed) {
                watched.medium.sync_folder();
            }
            SQLITE_OK
        }
        Err(code) => code,
    }
}
