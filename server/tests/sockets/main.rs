//! The real binary, a real database, real sockets.

mod backup;
#[cfg(feature = "s3")]
mod bucket;
mod client;
mod conversation;
mod durability;
mod files;
mod forms;
mod gates;
mod greetings;
mod identity;
mod inbox;
mod limits;
mod line;
mod logs;
mod model;
mod persons;
mod roles;
mod server;
#[cfg(feature = "s3")]
#[path = "../../src/testing/bucket.rs"]
mod stand_in;
mod tabs;
mod tokens;
mod triggers;
