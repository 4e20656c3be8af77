//! What a sync costs here: whatever is on disk before it is answered pays for it.

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::figures::Spread;
use crate::spread::spread;

const SYNCS: usize = 300;
const PAGE_BYTES: usize = 4_096;

/// Pages of a file are written over and synced one by one, as those of a log are.
pub(crate) fn measure(folder: &Path) -> Result<Spread> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    file.write_all(&vec![1; PAGE_BYTES * SYNCS])?;
    file.sync_all()?;
    file.rewind()?;
    let mut times = Vec::new();
    for _ in 0..SYNCS {
        let start = Instant::now();
        file.write_all(&[0; PAGE_BYTES])?;
        file.sync_data()?;
        times.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    Ok(spread(times))
}
