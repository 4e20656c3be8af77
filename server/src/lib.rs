//! The server of Saluda: HTTP, sockets, bus, command line.
//!
//! A request is parsed at the edge ([`http`], [`ws`]), decided and written by a
//! verb of [`chat`], [`triggers`] or [`site`], and told to everyone concerned over the
//! [`bus`].
#![deny(clippy::unwrap_used, clippy::expect_used)]

mod app;
mod assets;
mod bus;
mod chat;
mod clock;
mod command;
mod connected;
mod door;
mod files;
mod http;
mod identity;
#[cfg(feature = "laws")]
pub mod laws;
mod look;
mod mail;
mod password;
mod permission;
mod person;
mod presence;
mod refusal;
mod secret;
mod serve;
mod settings;
mod site;
mod sweep;
mod texts;
mod token;
mod transcript;
mod triggers;
mod turns;
mod ws;

#[cfg(test)]
mod testing;

pub use command::run;
