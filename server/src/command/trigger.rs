//! `saluda trigger`

mod change;
mod check;
mod debug;
mod explain;
mod export;
mod history;
mod import;
mod list;
mod schema;
mod test;
mod visit;

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};
use saluda_protocol::SiteKey;
use saluda_store::{Directory as _, Site, SqliteStore};

use super::open;
use crate::settings::Source;

#[derive(Args)]
pub(super) struct Trigger {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Name every mistake in files of triggers
    ///
    /// Ends with 0 if there is none, with 1 if there are some, and with 2 if a
    /// file cannot be read. Needs no database.
    Check(check::Check),
    /// Say why triggers show or do not, at any time of a visit
    ///
    /// Ends with 2 if something cannot be read. Needs no database.
    Explain(explain::Explain),
    /// Run visits through triggers, and check what they expect
    ///
    /// Ends with 0 if all came as expected, with 1 if something did not, and
    /// with 2 if something cannot be read. Needs no database.
    Test(test::Test),
    /// Make a link that opens the explain panel on a page of the site: why each
    /// trigger shows or not, drafts included, for whoever has the link
    Debug(debug::Debug),
    /// Print the JSON Schema of a trigger's file
    Schema,
    /// Save triggers of files as drafts, or publish them: Saluda's own, Chatwoot's
    /// campaigns, Zendesk Chat's triggers
    ///
    /// Shows what changes, and asks on a terminal. With a mistake in any file,
    /// nothing is saved.
    Import(import::Import),
    /// Write the triggers of a site as files, or as one list
    Export(export::Export),
    /// List the triggers of a site
    List {
        #[command(flatten)]
        of: Of,
    },
    /// Say who changed which trigger, and when
    History(history::History),
    /// Publish what was edited
    Publish(change::Change),
    /// Take a live trigger off the pages
    Pause(change::Change),
    /// Bring a paused trigger back
    Resume(change::Change),
    /// Let a trigger say again what it said in a version: at once if it is live,
    /// as its draft if it is not
    Rollback(change::Rollback),
}

impl Trigger {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.verb {
            Verb::Check(check) => return Ok(check.run()),
            Verb::Explain(explain) => return Ok(explain.run()),
            Verb::Test(test) => return Ok(test.run()),
            Verb::Schema => return schema::print(),
            Verb::Debug(debug) => debug.run().await?,
            Verb::Import(import) => return import.run().await,
            Verb::Export(export) => export.run().await?,
            Verb::List { of } => list::list(of).await?,
            Verb::History(history) => history.run().await?,
            Verb::Publish(change) => change.publish().await?,
            Verb::Pause(change) => change.pause().await?,
            Verb::Resume(change) => change.resume().await?,
            Verb::Rollback(rollback) => rollback.run().await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A site, and where its database is.
#[derive(Args)]
struct Of {
    /// The site's name in the snippet
    #[arg(long, value_name = "KEY")]
    site: SiteKey,

    #[command(flatten)]
    source: Source,
}

impl Of {
    async fn open(&self) -> anyhow::Result<(SqliteStore, Site)> {
        let store = open(&self.source.clone().load()?).await?;
        let Some(site) = store.site_by_key(&self.site).await? else {
            bail!(
                "there is no site `{}`; `saluda site list` shows them",
                self.site
            );
        };
        Ok((store, site))
    }
}
