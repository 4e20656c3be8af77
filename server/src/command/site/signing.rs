//! `saluda site secret`

use anyhow::bail;
use clap::{Args, Subcommand};
use saluda_protocol::audit::Audited;
use saluda_protocol::studio::Actor;
use saluda_protocol::{SecretId, SiteKey};
use saluda_store::{Directory as _, Identities as _, SqliteStore};

use crate::clock::{Clock as _, SystemClock};
use crate::command::{note, open};
use crate::identity;
use crate::settings::Source;

#[derive(Args)]
pub(super) struct Secret {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Make a secret; it is shown this once
    Make(#[command(flatten)] Of),
    /// List the secrets: their ids, and when they were made
    List(#[command(flatten)] Of),
    /// Revoke a secret; what is signed with it identifies nobody any more
    Revoke {
        #[command(flatten)]
        of: Of,

        /// The secret's id, as `saluda site secret list` shows it
        id: SecretId,
    },
}

/// A site, and where the database is.
#[derive(Args)]
struct Of {
    /// The site's name in the snippet
    key: SiteKey,

    #[command(flatten)]
    source: Source,
}

impl Of {
    async fn open(self) -> anyhow::Result<(SqliteStore, saluda_store::Site)> {
        let store = open(&self.source.load()?).await?;
        let Some(site) = store.site_by_key(&self.key).await? else {
            bail!(
                "there is no site `{}`; `saluda site list` shows them",
                self.key
            );
        };
        Ok((store, site))
    }
}

impl Secret {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.verb {
            Verb::Make(of) => {
                let (store, site) = of.open().await?;
                let (secret, _) =
                    identity::make(&store, site.id, Actor::CommandLine, SystemClock.now()).await?;
                println!("{secret}");
            }
            Verb::List(of) => {
                let (store, site) = of.open().await?;
                for secret in store.secrets(site.id).await? {
                    println!("{}\t{}", secret.id, secret.created_at.0);
                }
            }
            Verb::Revoke { of, id } => {
                let (store, site) = of.open().await?;
                let what = Audited::SecretRevoked { secret: id };
                let note = note(Some(site.id), what);
                if !store.revoke_secret(site.id, id, Some(note)).await? {
                    bail!("`{}` has no such secret", site.key);
                }
            }
        }
        Ok(())
    }
}
