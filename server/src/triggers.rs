//! What is done with triggers, whoever asks for it: the REST API, the command
//! line, or the page that is to show them.

mod all;
mod change;
mod check;
mod copy;
pub(crate) mod debug;
mod difference;
mod explain;
mod foreign;
mod import;
mod order;
pub(crate) mod results;
mod rules;
mod seen;
mod starters;
mod strange;
pub(crate) mod tried;

pub(crate) use all::all;
pub(crate) use change::{NotDone, delete, publish, resume, review, roll_back};
pub(crate) use check::{Unsound, compiled, read};
pub(crate) use copy::clone;
pub(crate) use explain::{Told, explained};
pub(crate) use foreign::Arrival;
pub(crate) use import::{Batch, Coming, File, Planned, batch, plan, save};
pub(crate) use order::order;
pub(crate) use rules::{Rules, day, hours, rules};
pub(crate) use seen::seen;
pub(crate) use starters::add_starters;
pub(crate) use strange::warnings;
pub(crate) use tried::tried;
