//! Takes out of a module where in the source each panic would come from.
//!
//! Paths, lines and columns are for us, who build the quick modules with them; in
//! a page they are a kilobyte that nobody reads. What a panic says stays.

use std::path::Path;

use anyhow::{Context as _, Result};
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, Module};

/// Bytes of a place in the source: where its path is, how long that is, the line,
/// the column.
const LOCATION: usize = 16;

/// Paths are no longer than this, in bytes.
const PATH: u32 = 200;

/// Forgets the places that a module holds.
pub(crate) fn forget(module: &Path) -> Result<()> {
    let mut wasm = Module::from_file(module)
        .with_context(|| format!("`{}` cannot be read", module.display()))?;
    let mut memory = Memory::of(&wasm);
    if memory.forget() == 0 {
        return Ok(());
    }
    let ids: Vec<_> = wasm.data.iter().map(walrus::Data::id).collect();
    for (id, segment) in ids.into_iter().zip(memory.0) {
        wasm.data.get_mut(id).value = segment.bytes;
    }
    wasm.emit_wasm_file(module)
}

/// A piece of what is in memory from the start.
struct Segment {
    /// None if the module itself says later where it is to be.
    address: Option<u32>,
    bytes: Vec<u8>,
}

struct Memory(Vec<Segment>);

impl Memory {
    fn of(wasm: &Module) -> Self {
        let segments = wasm.data.iter().map(|data| Segment {
            address: match data.kind {
                DataKind::Active {
                    offset: ConstExpr::Value(Value::I32(offset)),
                    ..
                } => Some(offset.cast_unsigned()),
                _ => None,
            },
            bytes: data.value.clone(),
        });
        Self(segments.collect())
    }

    /// Empties every place and the paths they name. Returns how many there were.
    fn forget(&mut self) -> usize {
        let mut places = Vec::new();
        let mut paths = Vec::new();
        for (index, segment) in self.0.iter().enumerate() {
            let Some(address) = segment.address else {
                continue;
            };
            let first = address.next_multiple_of(4) - address;
            let mut at = first as usize;
            while let Some(place) = segment.bytes.get(at..at + LOCATION) {
                if let Some(path) = self.path_of(place) {
                    places.push((index, at));
                    paths.push(path);
                    at += LOCATION;
                } else {
                    at += 4;
                }
            }
        }
        for &(index, at) in &places {
            // An empty path needs an address too. Line 0 is none.
            self.0[index].bytes[at + 4..at + LOCATION].fill(0);
            let anywhere = 4_u32.to_le_bytes();
            self.0[index].bytes[at..at + 4].copy_from_slice(&anywhere);
        }
        for (index, range) in paths {
            self.0[index].bytes[range].fill(0);
        }
        places.len()
    }

    /// Where the path of a place is, if this is a place.
    fn path_of(&self, place: &[u8]) -> Option<(usize, std::ops::Range<usize>)> {
        let mut numbers = place
            .chunks_exact(4)
            .filter_map(|four| Some(u32::from_le_bytes(four.try_into().ok()?)));
        let [address, length, line, column] = std::array::from_fn(|_| numbers.next());
        let (address, length) = (address?, length?);
        let makes_sense =
            length <= PATH && (1..100_000).contains(&line?) && (1..1_000).contains(&column?);
        if !makes_sense {
            return None;
        }
        self.0.iter().enumerate().find_map(|(index, segment)| {
            let start = address.checked_sub(segment.address?)? as usize;
            let range = start..start + length as usize;
            let path = std::str::from_utf8(segment.bytes.get(range.clone())?).ok()?;
            (Path::new(path).extension()? == "rs" && path.is_ascii()).then_some((index, range))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(address: u32, length: u32, line: u32, column: u32) -> Vec<u8> {
        [address, length, line, column]
            .map(u32::to_le_bytes)
            .concat()
    }

    #[test]
    fn places_are_emptied_and_everything_else_stays() {
        let text = b"a word src/talk.rs and more".to_vec();
        let mut bytes = vec![1, 0, 0, 0];
        bytes.extend(place(1_007, 11, 42, 9));
        bytes.extend(place(1_000, 6, 42, 9));
        bytes.extend(place(5_000, 11, 42, 9));
        let mut memory = Memory(vec![
            Segment {
                address: Some(1_000),
                bytes: text,
            },
            Segment {
                address: Some(2_000),
                bytes: bytes.clone(),
            },
        ]);
        assert_eq!(memory.forget(), 1);
        assert_eq!(memory.0[0].bytes, b"a word \0\0\0\0\0\0\0\0\0\0\0 and more");
        bytes[4..20].copy_from_slice(&place(4, 0, 0, 0));
        assert_eq!(memory.0[1].bytes, bytes);
    }
}
