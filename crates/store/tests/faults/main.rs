//! The store keeps its promises when the disk does not.
//!
//! What was acknowledged is on disk, whatever happens next: the power is cut,
//! the disk is full, a sync fails. What was damaged is never read wrongly, and
//! whoever runs the server is told what to do. SQLite runs on a [`disk`] that
//! remembers every write and fails when it is told to.

mod chance;
mod chat;
mod cut;
mod damaged;
mod disk;
mod full;
mod held;
mod image;
#[path = "../people/mod.rs"]
mod people;
mod power;
mod promise;
mod sync;
mod vfs;
