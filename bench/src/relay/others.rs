//! The servers that are compared with, as far as they are there.

use std::path::Path;

use anyhow::Result;

use crate::Arguments;
use crate::bounded::bounded;
use crate::dialect::Dialect;
use crate::echo::{self, Effort};
use crate::figures::Other;
use crate::served::{command, free_port};

/// Measures them one after the other.
pub(crate) async fn measure(arguments: &Arguments, effort: Effort) -> Result<Vec<Other>> {
    let core = arguments.core.as_deref();
    let mut all = Vec::new();

    let port = free_port()?;
    let mut axum = command(core, &arguments.echo);
    axum.arg(port.to_string());
    let measuring = echo::measure("axum", Dialect::Plain, &mut axum, port, effort);
    all.push(bounded("axum", 300, measuring).await?);

    for (name, script, dialect) in [
        ("ws", "ws.js", Dialect::Plain),
        ("socket.io", "socket.io.js", Dialect::SocketIo),
    ] {
        let Some(node) = &arguments.node else {
            continue;
        };
        let port = free_port()?;
        let mut node = command(core, node);
        node.arg(arguments.scripts.join(script));
        node.arg(port.to_string());
        let measuring = echo::measure(name, dialect, &mut node, port, effort);
        all.push(bounded(name, 300, measuring).await?);
    }

    if let Some(nats) = &arguments.nats {
        let port = free_port()?;
        let mut nats = command(core, nats);
        nats.arg("-c").arg(configure(&arguments.folder, port)?);
        let name = "nats-server";
        let measuring = echo::measure(name, Dialect::Nats, &mut nats, port, effort);
        all.push(bounded(name, 300, measuring).await?);
    }
    Ok(all)
}

/// The least that makes it listen for sockets, and for nothing else that could be in
/// someone's way.
fn configure(folder: &Path, port: u16) -> Result<std::path::PathBuf> {
    let path = folder.join("nats.conf");
    let log = folder.join("nats.log");
    let written = format!(
        "listen: \"127.0.0.1:-1\"\nlog_file: \"{}\"\n\
         websocket {{ listen: \"127.0.0.1:{port}\", no_tls: true }}\n",
        log.display()
    );
    std::fs::write(&path, written)?;
    Ok(path)
}
