//! The SQL that every database accepts, by what it is about.

mod agents;
mod conversations;
mod files;
mod forms;
mod identities;
mod results;
mod sites;
mod triggers;
mod upkeep;
mod visitors;

pub(crate) use agents::*;
pub(crate) use conversations::*;
pub(crate) use files::*;
pub(crate) use forms::*;
pub(crate) use identities::*;
pub(crate) use results::*;
pub(crate) use sites::*;
pub(crate) use triggers::*;
pub(crate) use upkeep::*;
pub(crate) use visitors::*;
