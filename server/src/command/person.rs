//! `saluda person`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use saluda_protocol::studio::Actor;
use saluda_protocol::{EmailAddress, SiteKey, VisitorId};
use saluda_store::{Directory as _, Persons as _, SqliteStore, Visitor};

use super::open;
use crate::clock::{Clock as _, SystemClock};
use crate::files::Files;
use crate::mail::Mailer;
use crate::person::{self, Export};
use crate::settings::{Settings, Source};

#[derive(Args)]
pub(super) struct Person {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List whom a word may mean
    Find(Whom),
    /// Write everything that is kept of someone into a folder
    Export {
        #[command(flatten)]
        whom: Whom,

        /// The folder, which must not exist yet
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Erase someone with everything that is kept of them. It cannot be undone
    Erase(Whom),
}

#[derive(Args)]
struct Whom {
    /// An id, an e-mail address, or what the owner's server calls them
    who: String,

    /// On which site
    #[arg(long, value_name = "KEY")]
    site: SiteKey,

    #[command(flatten)]
    source: Source,
}

/// What was opened, and whom it is about.
struct Found {
    settings: Settings,
    store: SqliteStore,
    site: saluda_store::Site,
    people: Vec<Visitor>,
}

impl Whom {
    async fn find(self) -> anyhow::Result<Found> {
        let settings = self.source.load()?;
        let store = open(&settings).await?;
        let Some(site) = store.site_by_key(&self.site).await? else {
            bail!(
                "there is no site `{}`; `saluda site list` shows them",
                self.site
            );
        };
        let people = store.people(site.id, self.who.trim()).await?;
        if people.is_empty() {
            bail!("nobody on `{}` is called `{}`", self.site, self.who);
        }
        Ok(Found {
            settings,
            store,
            site,
            people,
        })
    }
}

impl Found {
    /// The one who is meant.
    fn one(&self) -> anyhow::Result<VisitorId> {
        if let [one] = &*self.people {
            return Ok(one.id);
        }
        let ids: Vec<_> = self.people.iter().map(|one| one.id.to_string()).collect();
        bail!(
            "{} people may be meant, since anyone can name any address; say which by its id: {}",
            ids.len(),
            ids.join(", ")
        )
    }
}

impl Person {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.verb {
            Verb::Find(whom) => {
                for one in whom.find().await?.people {
                    let email = one.contact.email.as_ref().map(EmailAddress::as_str);
                    let name = one.contact.name.as_deref();
                    println!(
                        "{}\t{}\t{}",
                        one.id,
                        email.unwrap_or("–"),
                        name.unwrap_or("–")
                    );
                }
                Ok(())
            }
            Verb::Export { whom, to } => export(&whom.find().await?, &to).await,
            Verb::Erase(whom) => erase(&whom.find().await?).await,
        }
    }
}

async fn export(found: &Found, to: &Path) -> anyhow::Result<()> {
    let (store, site, id) = (&found.store, found.site.id, found.one()?);
    let (by, now) = (Actor::CommandLine, SystemClock.now());
    let person = person::hand_out(store, site, id, by, now).await?;
    let person = person.context("the person was erased in this moment")?;
    let files: Vec<_> = person.files.iter().map(|kept| kept.file.id).collect();
    let export = serde_json::to_string_pretty(&Export::from(person))?;
    let place = Files::open(&found.settings)?;
    let write = async {
        fs::create_dir(to)?;
        fs::write(to.join("person.json"), export)?;
        fs::create_dir(to.join("files"))?;
        for id in &files {
            let copy = to.join("files").join(id.to_string());
            if !place.copy(*id, &copy).await? {
                bail!("a file of theirs is not there any more; `saluda check` says which");
            }
        }
        Ok(())
    };
    let written = write.await;
    written.with_context(|| format!("could not write everything into `{}`", to.display()))?;
    println!("wrote `{}` with {} files", to.display(), files.len());
    Ok(())
}

async fn erase(found: &Found) -> anyhow::Result<()> {
    let (store, site, id) = (&found.store, found.site.id, found.one()?);
    let files = Files::open(&found.settings)?;
    let mailer = Mailer::new(&found.settings.mail)?;
    let (by, now) = (Some(Actor::CommandLine), SystemClock.now());
    person::erase(store, &files, &mailer, (site, id), by, now).await?;
    println!("erased {id}");
    if !store.clear_log().await? {
        println!(
            "someone is reading the database at this moment; the log in which it still stands is \
             emptied within the hour by the server, or by running this again for anyone"
        );
    }
    Ok(())
}
