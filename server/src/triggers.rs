//! What is done with triggers, whoever asks for it: the REST API, the command
//! line, or the page that is to show them.

mod change;
mod check;
pub(crate) mod debug;
mod explain;
mod rules;

pub(crate) use change::{NotDone, delete, publish, resume, review};
pub(crate) use check::{Unsound, compiled, read, read_all};
pub(crate) use explain::{Told, explained};
pub(crate) use rules::{Rules, day, rules};
