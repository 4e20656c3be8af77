//! `saluda audit`

use clap::Args;
use saluda_protocol::SiteKey;
use saluda_store::{Audit as _, Directory as _};

use super::{PAGE, open};
use crate::settings::Source;

/// Shows who did what, the latest first.
#[derive(Args)]
pub(super) struct Audit {
    /// On which site; without it, everything
    #[arg(long, value_name = "KEY")]
    site: Option<SiteKey>,

    #[command(flatten)]
    source: Source,
}

impl Audit {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.source.load()?).await?;
        let site = match &self.site {
            None => None,
            Some(key) => match store.site_by_key(key).await? {
                Some(site) => Some(site.id),
                None => anyhow::bail!("there is no site `{key}`; `saluda site list` shows them"),
            },
        };
        let mut before = None;
        loop {
            let entries = store.audit_log(site, before, PAGE).await?;
            let Some(last) = entries.last() else {
                return Ok(());
            };
            before = Some(last.number);
            // One line of JSON each, for people and for what collects such logs.
            for entry in &entries {
                println!("{}", serde_json::to_string(entry)?);
            }
        }
    }
}
