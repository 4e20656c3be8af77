//! Serves the shop: `saluda-demo --chat http://localhost:4180 --site demo`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use saluda_demo::Settings;
use tokio::net::TcpListener;

/// A small shop with a chat widget in it
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Where the shop is served; port 0 takes any that is free
    #[arg(long, default_value = "127.0.0.1:4181")]
    listen: SocketAddr,
    /// Origin of the chat server
    #[arg(long, default_value = "http://localhost:4180")]
    chat: String,
    /// Key of the shop's site on that server
    #[arg(long, default_value = "demo")]
    site: String,
    /// Folder with the pages, instead of the shop's own
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut settings = Settings::new(&arguments.chat, &arguments.site);
    if let Some(folder) = arguments.folder {
        settings.folder = folder;
    }
    let listener = TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("cannot listen on `{}`", arguments.listen))?;
    println!("listening on http://{}", listener.local_addr()?);
    saluda_demo::serve(listener, settings)
        .await
        .context("the shop can serve no longer")
}
