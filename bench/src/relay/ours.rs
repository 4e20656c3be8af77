//! Everything that is measured of this server.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use saluda_protocol::Number;

use crate::bounded::bounded;
use crate::figures::{Filled, Ours, Return, Steady};
use crate::scale::Scale;
use crate::shop::{self, Shop};
use crate::spread::{median, of_rounds};
use crate::{crowd, history, most, relayed, restart, returns, silent, slow, steady};

/// How often the server is started to see how long that takes.
const STARTS: usize = 5;

/// Measures the server `program`, with its databases in `folder` and, where that can
/// be had, in `memory`.
pub(crate) async fn measure(
    program: &Path,
    core: Option<&str>,
    folder: &Path,
    memory: Option<&Path>,
    scale: &Scale,
) -> Result<(Filled, Ours)> {
    let make = |folder: &Path, name: &str| Shop::make(program, core, folder.join(name));
    let full = make(folder, "full")?;
    let database = full.database();
    let filling = history::fill(&database, scale.conversations, scale.messages);
    let filled = bounded("a database that has been in use", 1_200, filling).await?;
    let empty = make(folder, "empty")?;
    let (start_empty_s, idle_bytes) = bounded("start", 120, start(&empty)).await?;
    let (start_filled_s, _) = bounded("start, that database", 120, start(&full)).await?;

    let served = full.serve().await?;
    let measuring = crowd::measure(&served, scale.few, None, Duration::ZERO);
    let read = bounded("sockets that were welcomed with messages", 300, measuring).await?;
    drop(served);
    let served = full.serve().await?;
    let has = Some(Number(scale.messages.into()));
    let measuring = crowd::measure(&served, scale.sockets, has, scale.watch);
    let longest = 300 + scale.watch.as_secs();
    let crowd = bounded("sockets that say nothing", longest, measuring).await?;
    eprintln!(
        "  relay    {} of {} sockets were dropped in {:.0} s",
        crowd.dropped, crowd.sockets, crowd.watched_s
    );
    drop(served);

    // Each round has visitors of its own, in both databases.
    let mut rounds = [Vec::new(), Vec::new(), Vec::new()];
    for round in 1..=scale.rounds {
        let served = empty.serve().await?;
        let measuring = relayed::measure(served.port, None, scale.posts);
        let [relayed, acknowledged] = bounded("one at a time", 120, measuring).await?;
        drop(served);
        let served = full.serve().await?;
        // The last of them: the first come back later.
        let who = history::credentials(scale.conversations as usize - round);
        let measuring = relayed::measure(served.port, Some(who), scale.posts);
        let [relayed_filled, _] = bounded("the same, that database", 120, measuring).await?;
        for (all, one) in rounds
            .iter_mut()
            .zip([relayed, acknowledged, relayed_filled])
        {
            all.push(one);
        }
    }
    let [relayed, acknowledged, relayed_filled] = rounds.map(|rounds| of_rounds(&rounds));

    let on_disk = steady_rounds(&empty, scale);
    let steady = bounded("so many a second", 300, on_disk).await?;
    let steady_in_memory = match memory {
        Some(memory) => {
            let shop = make(memory, "memory")?;
            let in_memory = steady_rounds(&shop, scale);
            Some(bounded("the same in memory", 300, in_memory).await?)
        }
        None => None,
    };
    let beside = slow::measure(&empty, scale);
    let slow = bounded("beside desks that read nothing", 300, beside).await?;
    let most = bounded("as many as it takes", 300, most_rounds(&empty, scale)).await?;

    let coming = come_back(&full, scale);
    let returns = bounded("everyone comes back", 600, coming).await?;
    let restarting = restart::measure(&full, scale.restarted, scale.messages.into());
    let restart = bounded("restart", 300, restarting).await?;
    let served = empty.serve().await?;
    let silent_s = bounded("a client goes silent", 120, silent::measure(&served)).await?;
    let ours = Ours {
        idle_bytes,
        start_empty_s,
        start_filled_s,
        crowd,
        read,
        relayed,
        acknowledged,
        relayed_filled,
        steady,
        steady_in_memory,
        slow,
        most,
        returns,
        restart,
        silent_s,
    };
    Ok((filled, ours))
}

/// Seconds from the start of the process to its first answer, and the memory it has
/// while nobody is there.
async fn start(shop: &Shop) -> Result<(f64, f64)> {
    let (mut times, mut bytes) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let served = shop.serve().await?;
        times.push(shop::answers(&served).await?.as_secs_f64());
        bytes.push(crowd::settled_bytes(&served).await?);
        served.stop().await?;
    }
    Ok((median(times), median(bytes)))
}

async fn steady_rounds(shop: &Shop, scale: &Scale) -> Result<Steady> {
    let mut rounds = Vec::new();
    for _ in 0..scale.rounds {
        let served = shop.serve().await?;
        let (writing, per_second) = (scale.writing, scale.per_second);
        rounds.push(steady::measure(&served, writing, per_second, scale.length).await?);
    }
    let spreads: Vec<_> = rounds.iter().map(|round| round.relayed).collect();
    Ok(Steady {
        visitors: scale.writing,
        per_second: scale.per_second,
        relayed: of_rounds(&spreads),
        busy: median(rounds.iter().map(|round| round.busy).collect()),
    })
}

async fn most_rounds(shop: &Shop, scale: &Scale) -> Result<crate::figures::Most> {
    let mut rounds = Vec::new();
    for _ in 0..scale.rounds {
        let served = shop.serve().await?;
        rounds.push(most::measure(&served, scale.most, scale.length).await?);
    }
    Ok(crate::figures::Most {
        per_second: median(rounds.iter().map(|round| round.per_second).collect()),
        busy: median(rounds.iter().map(|round| round.busy).collect()),
    })
}

/// Of each number of clients the median round; what is wrong counts in all of them.
async fn come_back(shop: &Shop, scale: &Scale) -> Result<Vec<Return>> {
    let mut all = Vec::new();
    for clients in scale.returning {
        let mut rounds = Vec::new();
        for _ in 0..scale.rounds {
            let served = shop.serve().await?;
            shop::answers(&served).await?;
            rounds.push(returns::measure(served.port, clients, scale.messages.into()).await?);
        }
        all.push(Return {
            clients,
            seconds: median(rounds.iter().map(|round| round.seconds).collect()),
            wrong: rounds.iter().map(|round| round.wrong).sum(),
            expected: rounds.iter().map(|round| round.expected).sum(),
        });
    }
    Ok(all)
}
