//! The real binary, a real database, real sockets.

mod backup;
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
mod tabs;
mod tokens;
mod triggers;
