//! The real binary, a real database, real sockets.

mod client;
mod conversation;
mod durability;
mod gates;
mod inbox;
mod server;
