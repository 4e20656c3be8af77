//! Desks that watch and read nothing, beside one that does.

use anyhow::Result;
use futures_util::StreamExt as _;
use tokio::task::JoinSet;

use crate::desk::Desk;
use crate::figures::Slow;
use crate::scale::Scale;
use crate::shop::Shop;
use crate::spread::of_rounds;
use crate::steady;

/// How late messages are at one desk beside others that read, and beside as many
/// that do not.
pub(crate) async fn measure(shop: &Shop, scale: &Scale) -> Result<Slow> {
    let mut rounds = [Vec::new(), Vec::new()];
    for _ in 0..scale.rounds {
        for (reads, rounds) in [true, false].into_iter().zip(&mut rounds) {
            rounds.push(round(shop, scale, reads).await?);
        }
    }
    let [beside_readers, beside_sleepers] = rounds.map(|rounds| of_rounds(&rounds));
    Ok(Slow {
        desks: scale.slow,
        beside_readers,
        beside_sleepers,
    })
}

async fn round(shop: &Shop, scale: &Scale, reads: bool) -> Result<crate::figures::Spread> {
    let served = shop.serve().await?;
    let (mut readers, mut slow) = (JoinSet::new(), Vec::new());
    for _ in 0..scale.slow {
        let socket = Desk::narrow(served.port).await?;
        if reads {
            readers.spawn(socket.for_each(async |_| {}));
        } else {
            slow.push(socket);
        }
    }
    let (writing, per_second) = (scale.writing, scale.per_second);
    let measured = steady::measure(&served, writing, per_second, scale.length).await?;
    drop(slow);
    Ok(measured.relayed)
}
