//! `saluda agent`

mod token;

use std::io::{IsTerminal as _, Read as _};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use saluda_protocol::agent::Role;
use saluda_protocol::audit::Audited;
use saluda_protocol::{AgentId, EmailAddress, SiteKey};
use saluda_store::{Directory as _, Site, SqliteStore};

use super::{PAGE, all_sites, note, open};
use crate::clock::{Clock as _, SystemClock};
use crate::settings::Source;
use crate::{password, secret};

#[derive(Args)]
pub(super) struct Agent {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Add an agent; prints a password unless one comes through standard input
    Add(Add),
    /// Change what an agent may do, or let them work on more sites
    Role(Assign),
    /// Make a token with which an agent's tools call the API; prints it, once
    Token(token::Make),
    /// List the tokens of an agent
    Tokens(#[command(flatten)] token::Of),
    /// Revoke a token of an agent
    Revoke(token::Revoke),
    /// List the agents, and what they are where
    List {
        #[command(flatten)]
        source: Source,
    },
}

#[derive(Args)]
struct Add {
    /// The e-mail address to sign in with
    email: String,

    /// Their name, as visitors see it
    #[arg(long)]
    name: String,

    /// A site they may work on; may be given several times [default: all]
    #[arg(long = "site", value_name = "KEY")]
    sites: Vec<SiteKey>,

    /// What they may do there
    #[arg(long, value_enum, default_value = "agent")]
    role: GivenRole,

    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,

    #[command(flatten)]
    source: Source,
}

#[derive(Args)]
struct Assign {
    /// The e-mail address they sign in with
    email: String,

    /// What they may do from now on
    #[arg(value_enum)]
    role: GivenRole,

    /// On which site; may be given several times [default: all]
    #[arg(long = "site", value_name = "KEY")]
    sites: Vec<SiteKey>,

    #[command(flatten)]
    source: Source,
}

#[derive(Clone, Copy, ValueEnum)]
enum GivenRole {
    /// Everything
    Administrator,
    /// Writes and publishes triggers, and reads conversations
    TriggerEditor,
    /// Answers visitors, and reads triggers
    Agent,
    /// Reads everything, and changes nothing
    Viewer,
}

impl From<GivenRole> for Role {
    fn from(role: GivenRole) -> Self {
        match role {
            GivenRole::Administrator => Self::Administrator,
            GivenRole::TriggerEditor => Self::TriggerEditor,
            GivenRole::Agent => Self::Agent,
            GivenRole::Viewer => Self::Viewer,
        }
    }
}

impl Agent {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.verb {
            Verb::Add(add) => add.run().await,
            Verb::Role(assign) => assign.run().await,
            Verb::Token(make) => make.run().await,
            Verb::Tokens(of) => token::list(of).await,
            Verb::Revoke(revoke) => revoke.run().await,
            Verb::List { source } => list(source).await,
        }
    }
}

impl Add {
    async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.source.load()?).await?;
        let email = EmailAddress::parse(&self.email)
            .with_context(|| format!("`{}`", self.email))?
            .as_str()
            .to_lowercase();
        let sites = chosen(&store, &self.sites).await?;
        let given = if self.password_stdin {
            Some(read_password()?)
        } else {
            None
        };
        let typed = match &given {
            Some(password) => password.clone(),
            None => secret::new()?[..16].to_owned(),
        };
        let now = SystemClock.now();
        let agent = saluda_store::Agent {
            id: AgentId::at(now, secret::random()?),
            email: email.clone(),
            name: self.name,
            password: password::hash(typed.clone()).await?,
            created_at: now,
        };
        let (id, name) = (agent.id, agent.name.clone());
        let what = Audited::AgentAdded {
            agent: id,
            name: name.clone(),
        };
        if !store.add_agent(agent, Some(note(None, what))).await? {
            bail!("there is an agent `{email}` already");
        }
        for site in sites {
            set_role(&store, &site, id, &name, self.role.into()).await?;
        }
        match given {
            Some(_) => println!("added {email}"),
            None => println!("added {email} with the password {typed}"),
        }
        Ok(())
    }
}

impl Assign {
    async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.source.load()?).await?;
        let agent = find(&store, &self.email).await?;
        for site in chosen(&store, &self.sites).await? {
            set_role(&store, &site, agent.id, &agent.name, self.role.into()).await?;
            println!("{}\t{}={}", agent.email, site.key, word(self.role.into()));
        }
        Ok(())
    }
}

/// Gives an agent a role, and notes that.
async fn set_role(
    store: &SqliteStore,
    site: &Site,
    agent: AgentId,
    name: &str,
    role: Role,
) -> anyhow::Result<()> {
    let what = Audited::RoleSet {
        agent,
        name: name.to_owned(),
        role,
    };
    let note = note(Some(site.id), what);
    Ok(store.set_role(site.id, agent, role, Some(note)).await?)
}

/// The agent who signs in with this address.
async fn find(store: &SqliteStore, email: &str) -> anyhow::Result<saluda_store::Agent> {
    let email = email.to_lowercase();
    let Some(agent) = store.agent_by_email(&email).await? else {
        bail!("there is no agent `{email}`; `saluda agent list` shows them");
    };
    Ok(agent)
}

/// The sites with these keys; all there are if none is named.
async fn chosen(store: &SqliteStore, keys: &[SiteKey]) -> anyhow::Result<Vec<Site>> {
    let mut all = all_sites(store).await?;
    if let Some(unknown) = keys
        .iter()
        .find(|key| all.iter().all(|site| site.key != **key))
    {
        bail!("there is no site `{unknown}`; `saluda site list` shows them");
    }
    if all.is_empty() {
        bail!("there is no site yet; add one with `saluda site add`");
    }
    all.retain(|site| keys.is_empty() || keys.contains(&site.key));
    Ok(all)
}

/// A role as it is typed.
fn word(role: Role) -> String {
    let typed = GivenRole::value_variants()
        .iter()
        .find(|given| Role::from(**given) == role)
        .and_then(ValueEnum::to_possible_value);
    typed.map_or_else(String::new, |typed| typed.get_name().to_owned())
}

fn read_password() -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        eprintln!("Type the password, then Ctrl-D. It is shown while you type.");
    }
    let mut typed = String::new();
    std::io::stdin()
        .read_to_string(&mut typed)
        .context("could not read the password")?;
    let password = typed.trim_end_matches(['\r', '\n']).to_owned();
    if password.chars().count() < password::SHORTEST {
        bail!(
            "a password needs at least {} characters",
            password::SHORTEST
        );
    }
    Ok(password)
}

async fn list(source: Source) -> anyhow::Result<()> {
    let settings = source.load()?;
    let store = open(&settings).await?;
    let mut after: Option<String> = None;
    loop {
        let page = store.agents(after.as_deref(), PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.email.clone());
        for agent in page {
            let sites = store.memberships(agent.id, None, PAGE).await?;
            let more = if sites.len() == PAGE as usize {
                " …"
            } else {
                ""
            };
            let roles = sites
                .into_iter()
                .map(|(site, role)| format!("{}={}", site.key, word(role)));
            let roles: Vec<String> = roles.collect();
            println!("{}\t{}\t{}{more}", agent.email, agent.name, roles.join(" "));
        }
    }
}
