//! What a sync costs here: whatever is on disk before it is answered pays for it.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::figures::Spread;
use crate::spread::spread;

const SYNCS: usize = 300;

/// One page is written and synced, again and again.
pub(crate) fn measure(folder: &Path) -> Result<Spread> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..SYNCS {
        let start = Instant::now();
        file.write_all(&[0; 4_096])?;
        file.sync_data()?;
        times.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    Ok(spread(times))
}
