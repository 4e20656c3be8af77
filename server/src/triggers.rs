//! What is done with triggers, whoever asks for it: the REST API, the command
//! line, or the page that is to show them.

mod change;
mod check;
mod rules;

pub(crate) use change::{NotDone, delete, publish, resume, review};
pub(crate) use check::{Unsound, compiled, read, read_all};
pub(crate) use rules::{Rules, day, rules};
