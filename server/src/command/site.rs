//! `saluda site`

mod greetings;
mod signing;

use anyhow::bail;
use clap::{Args, Subcommand};
use saluda_protocol::audit::Audited;
use saluda_protocol::site::{Ask, Corner};
use saluda_protocol::studio::Actor;
use saluda_protocol::{SiteId, SiteKey, Span, color};
use saluda_store::{Directory as _, Expected, SiteSettings};

use super::{all_sites, note, open};
use crate::clock::{Clock as _, SystemClock};
use crate::secret;
use crate::settings::Source;
use crate::site;
use greetings::Greetings;

#[derive(Args)]
pub(super) struct Site {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Add a site
    Add(Add),
    /// Change what a site's owner chose; pages follow within a minute
    Set(Set),
    /// What the owner's server signs with to say who a visitor is
    Secret(signing::Secret),
    /// List the sites
    List {
        #[command(flatten)]
        source: Source,
    },
}

#[derive(Args)]
struct Add {
    /// Its name, which visitors see
    name: String,

    /// Its name in the snippet: lower-case letters, digits, hyphens
    #[arg(long)]
    key: SiteKey,

    /// Where its pages live, such as `https://shop.example`; may be given
    /// several times. `*` stands for anywhere
    #[arg(long = "origin", value_name = "ORIGIN", required = true)]
    origins: Vec<String>,

    #[command(flatten)]
    choices: Choices,

    #[command(flatten)]
    source: Source,
}

#[derive(Args)]
struct Set {
    /// Its name in the snippet
    key: SiteKey,

    /// A new name, which visitors see
    #[arg(long)]
    name: Option<String>,

    /// Where its pages live, instead of where they lived; may be given several
    /// times
    #[arg(long = "origin", value_name = "ORIGIN")]
    origins: Vec<String>,

    #[command(flatten)]
    choices: Choices,

    #[command(flatten)]
    source: Source,
}

/// What the owner of a site may choose. What is left out stays as it is.
#[derive(Args)]
struct Choices {
    /// The owner's colour
    #[arg(long, value_name = "#RRGGBB", value_parser = color)]
    accent: Option<String>,

    /// The corner of the page that the launcher sits in, in the direction of
    /// the page's text
    #[arg(long, value_parser = corner, value_name = "start|end")]
    corner: Option<Corner>,

    /// How soon agents usually answer, such as `5m`
    #[arg(long, value_name = "SPAN")]
    reply_within: Option<Span>,

    /// When to ask for an e-mail address: `never`, `before` the first message,
    /// or when nobody has answered for a time such as `60s`
    #[arg(long, value_name = "WHEN", value_parser = ask)]
    ask_email: Option<Ask>,

    /// Whether a visitor must give one to go on
    #[arg(long, value_name = "true|false")]
    email_required: Option<bool>,

    /// Most characters of one answer
    #[arg(long, value_name = "COUNT")]
    agent_text_chars: Option<u32>,

    /// For how many days someone is kept who is not heard of any more, or `ever`
    #[arg(long, value_name = "DAYS", value_parser = retention)]
    retention: Option<Retention>,

    #[command(flatten)]
    greetings: Greetings,
}

/// A number of days, or none.
#[derive(Debug, Clone, Copy)]
struct Retention(Option<u32>);

fn retention(text: &str) -> Result<Retention, String> {
    match text {
        "ever" => Ok(Retention(None)),
        days => match days.parse() {
            Ok(days) => Ok(Retention(Some(days))),
            Err(_) => Err("a number of days, or `ever`".to_owned()),
        },
    }
}

fn color(text: &str) -> Result<String, String> {
    if color::is_color(text) {
        Ok(text.to_owned())
    } else {
        Err("a colour is like `#0b6e76`".to_owned())
    }
}

fn corner(text: &str) -> Result<Corner, String> {
    match text {
        "start" => Ok(Corner::Start),
        "end" => Ok(Corner::End),
        _ => Err("a corner is `start` or `end`".to_owned()),
    }
}

fn ask(text: &str) -> Result<Ask, String> {
    match text {
        "never" => Ok(Ask::Never),
        "before" => Ok(Ask::Before),
        text => match text.parse::<Span>() {
            Ok(Span(span_ms)) => Ok(Ask::Unanswered(span_ms)),
            Err(error) => Err(format!("`never`, `before` or a length of time: {error}")),
        },
    }
}

impl Choices {
    fn apply(self, settings: &mut SiteSettings) -> anyhow::Result<()> {
        if let Some(accent) = self.accent {
            settings.accent = accent;
        }
        if let Some(corner) = self.corner {
            settings.corner = corner;
        }
        if let Some(Span(reply_within_ms)) = self.reply_within {
            settings.reply_within_ms = Some(reply_within_ms);
        }
        if let Some(ask) = self.ask_email {
            settings.email.ask = ask;
        }
        if let Some(required) = self.email_required {
            settings.email.required = required;
        }
        if let Some(chars) = self.agent_text_chars {
            settings.agent_text_chars = chars;
        }
        if let Some(Retention(days)) = self.retention {
            settings.retention_days = days;
        }
        self.greetings.apply(settings)
    }
}

impl Site {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.verb {
            Verb::Add(add) => add.run().await,
            Verb::Set(set) => set.run().await,
            Verb::Secret(secret) => secret.run().await,
            Verb::List { source } => list(source).await,
        }
    }
}

/// Origins as browsers write them.
pub(super) fn origins(given: &[String]) -> anyhow::Result<Vec<String>> {
    let read = given.iter().map(|text| site::origin(text));
    read.map(|origin| origin.map_err(anyhow::Error::msg))
        .collect()
}

/// What was chosen, if nothing in it is a mistake.
fn checked(chosen: &saluda_store::Site) -> anyhow::Result<site::Checked> {
    site::check(site::form(chosen)).map_err(|mistakes| {
        let lines = mistakes
            .iter()
            .map(|one| format!("{}: {}", one.path, one.message));
        let lines: Vec<_> = lines.collect();
        anyhow::anyhow!("nothing was changed\n{}", lines.join("\n"))
    })
}

impl Add {
    async fn run(self) -> anyhow::Result<()> {
        let settings = self.source.load()?;
        let mut chosen = SiteSettings::default();
        self.choices.apply(&mut chosen)?;
        let now = SystemClock.now();
        let site = saluda_store::Site {
            id: SiteId::at(now, secret::random()?),
            key: self.key,
            name: self.name,
            origins: self.origins,
            settings: chosen,
            created_at: now,
            trigger_changes: 0,
            revision: 1,
        };
        let site = site::with(&site, checked(&site)?);
        let key = site.key.clone();
        let note = note(Some(site.id), Audited::SiteAdded);
        if !open(&settings).await?.add_site(site, Some(note)).await? {
            bail!("there is a site `{key}` already");
        }
        let server = settings
            .public_url
            .unwrap_or_else(|| format!("http://{}", settings.listen));
        println!("added. Paste this into its pages:\n");
        println!("{}", site::snippet(&server, &key));
        Ok(())
    }
}

impl Set {
    async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.source.load()?).await?;
        let Some(kept) = store.site_by_key(&self.key).await? else {
            bail!(
                "there is no site `{}`; `saluda site list` shows them",
                self.key
            );
        };
        let mut chosen = kept.clone();
        if let Some(name) = self.name {
            chosen.name = name;
        }
        if !self.origins.is_empty() {
            chosen.origins = self.origins;
        }
        self.choices.apply(&mut chosen.settings)?;
        let (by, now) = (Actor::CommandLine, SystemClock.now());
        let expected = Expected::Revision(kept.revision);
        let checked = checked(&chosen)?;
        let kept = site::keep(&store, &kept, checked, expected, &by, now).await?;
        println!("changed");
        for trigger in kept.stopped {
            println!(
                "the trigger `{}` needs what is gone and was stopped: {}",
                trigger.id, trigger.reason
            );
        }
        if let Some(warning) = site::moved(&kept.moved) {
            println!("{}", warning.message);
        }
        Ok(())
    }
}

async fn list(source: Source) -> anyhow::Result<()> {
    let settings = source.load()?;
    for site in all_sites(&open(&settings).await?).await? {
        println!("{}\t{}\t{}", site.key, site.name, site.origins.join(" "));
    }
    Ok(())
}
