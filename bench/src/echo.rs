//! Sends back what it is sent: the least that a server of sockets can do, for
//! `cargo xtask bench relay` to compare with.
//!
//! Takes the port as its one argument.

use std::net::Ipv4Addr;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use tokio::net::TcpListener;

/// As large as that of the server it is compared with.
const READ_BUFFER_BYTES: usize = 4 * 1024;

#[tokio::main]
async fn main() -> Result<()> {
    let port = std::env::args().nth(1).context("which port?")?.parse()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let upgrade = async |upgrade: WebSocketUpgrade| {
        upgrade.read_buffer_size(READ_BUFFER_BYTES).on_upgrade(echo)
    };
    axum::serve(listener, Router::new().route("/", get(upgrade))).await?;
    Ok(())
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if let Message::Text(_) = message
            && socket.send(message).await.is_err()
        {
            return;
        }
    }
}
