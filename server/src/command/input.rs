//! Reads the files that a command is given.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Most bytes that are read. What a command takes is smaller, and says so.
const BYTES: u64 = 64 * 1024 * 1024;

/// Reads a file as text, or the standard input for `-`.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    if path == Path::new("-") {
        io::stdin().lock().take(BYTES).read_to_string(&mut text)?;
    } else {
        File::open(path)?.take(BYTES).read_to_string(&mut text)?;
    }
    Ok(text)
}
