//! `saluda agent token|tokens|revoke`

use anyhow::bail;
use clap::Args;
use saluda_protocol::audit::Audited;
use saluda_protocol::studio::Actor;
use saluda_protocol::token::{Scope, WantedToken};
use saluda_protocol::{Span, TokenId};
use saluda_store::{Directory as _, SqliteStore};

use crate::clock::{Clock as _, SystemClock};
use crate::command::{note, open};
use crate::settings::Source;
use crate::token;

/// An agent, and where the database is.
#[derive(Args)]
pub(super) struct Of {
    /// The e-mail address they sign in with
    email: String,

    #[command(flatten)]
    source: Source,
}

impl Of {
    async fn open(self) -> anyhow::Result<(SqliteStore, saluda_store::Agent)> {
        let store = open(&self.source.load()?).await?;
        let agent = super::find(&store, &self.email).await?;
        Ok((store, agent))
    }
}

#[derive(Args)]
pub(super) struct Make {
    #[command(flatten)]
    of: Of,

    /// What the token is called
    #[arg(long)]
    name: String,

    /// What it is for; may be given several times
    #[arg(long = "scope", value_name = "SCOPE", required = true, value_parser = scope)]
    scopes: Vec<Scope>,

    /// How long it is good, such as 90d [default: until it is revoked]
    #[arg(long = "for", value_name = "TIME")]
    span: Option<Span>,
}

fn scope(typed: &str) -> Result<Scope, String> {
    let found = Scope::ALL.into_iter().find(|scope| scope.as_str() == typed);
    found.ok_or_else(|| {
        let all: Vec<&str> = Scope::ALL.into_iter().map(Scope::as_str).collect();
        format!("the scopes are {}", all.join(", "))
    })
}

impl Make {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let (store, agent) = self.of.open().await?;
        let wanted = WantedToken {
            name: self.name,
            scopes: self.scopes.into_iter().collect(),
            span: self.span,
        };
        let (text, _) = token::make(
            &store,
            agent.id,
            wanted,
            Actor::CommandLine,
            SystemClock.now(),
        )
        .await?;
        println!("{text}");
        Ok(())
    }
}

pub(super) async fn list(of: Of) -> anyhow::Result<()> {
    let (store, agent) = of.open().await?;
    for token in store.tokens(agent.id).await? {
        let scopes: Vec<&str> = token.scopes.into_iter().map(Scope::as_str).collect();
        let state = match token.expires_at {
            Some(at) if at <= SystemClock.now() => "\texpired",
            _ => "",
        };
        println!("{}\t{}\t{}{state}", token.id, token.name, scopes.join(" "));
    }
    Ok(())
}

#[derive(Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    of: Of,

    /// The token's id, as `saluda agent tokens` shows it
    id: TokenId,
}

impl Revoke {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let (store, agent) = self.of.open().await?;
        let note = note(None, Audited::TokenRevoked { token: self.id });
        if !store.revoke_token(agent.id, self.id, Some(note)).await? {
            bail!("`{}` has no such token", agent.email);
        }
        Ok(())
    }
}
