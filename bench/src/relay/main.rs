//! Measures a server that relays messages, for `cargo xtask bench relay`: this one,
//! and what it is compared with.
//!
//! It starts the servers, is their visitors and agents, and prints one JSON value.
//! Everything happens on this machine. Only figures of a release build mean anything.

mod bounded;
mod crowd;
mod desk;
mod dialect;
mod disk;
mod echo;
mod figures;
mod history;
mod most;
mod others;
mod ours;
mod page;
mod relayed;
mod restart;
mod returns;
mod scale;
mod served;
mod shop;
mod silent;
mod slow;
mod socket;
mod spread;
mod steady;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::Parser;

use crate::figures::Figures;
use crate::scale::Scale;

/// What is measured, and where.
#[derive(Parser)]
pub(crate) struct Arguments {
    /// This server's program
    #[arg(long)]
    server: PathBuf,
    /// The program that sends back what it is sent
    #[arg(long)]
    echo: PathBuf,
    /// Node, if it is there
    #[arg(long)]
    node: Option<PathBuf>,
    /// Folder of the scripts that Node runs
    #[arg(long)]
    scripts: PathBuf,
    /// The NATS server, if it is there
    #[arg(long)]
    nats: Option<PathBuf>,
    /// An empty folder for databases
    #[arg(long)]
    folder: PathBuf,
    /// An empty folder in memory, if there is one
    #[arg(long)]
    memory: Option<PathBuf>,
    /// The core that servers run on, as `taskset` wants it
    #[arg(long)]
    core: Option<String>,
    /// Measures a little of everything, to see that it can be measured
    #[arg(long)]
    quick: bool,
    /// How many seconds sockets that say nothing are watched
    #[arg(long)]
    watch: Option<u64>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut scale = if arguments.quick {
        Scale::quick()
    } else {
        Scale::whole()
    };
    if let Some(seconds) = arguments.watch {
        scale.watch = Duration::from_secs(seconds);
    }
    let (folder, memory) = (&arguments.folder, arguments.memory.as_deref());
    let disk = disk::measure(folder)?;
    let core = arguments.core.as_deref();
    let (filled, ours) = ours::measure(&arguments.server, core, folder, memory, &scale).await?;
    let others = others::measure(&arguments, scale.of_others()).await?;
    let figures = Figures {
        disk,
        filled,
        ours,
        others,
    };
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}
