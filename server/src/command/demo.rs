//! `saluda demo`: a shop, three agents, six triggers and a handful of
//! conversations, told through the same verbs that visitors and agents use.

mod greetings;
mod story;

use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::Args;
use saluda_protocol::agent::Role;
use saluda_protocol::audit::Audited;
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    AgentId, Author, Body, Contact, ConversationId, EmailAddress, Mark, MessageId, Millis, Number,
    Side, SiteKey, Status,
};
use saluda_store::{Agent, Site, SiteSettings};
use tokio::sync::watch;

use self::story::{Story, Who};
use super::{assemble, note, site};
use crate::app::App;
use crate::chat::{self, arrive, greet, post::By, settle};
use crate::clock::{Clock as _, SetClock, SystemClock};
use crate::settings::Source;
use crate::{password, secret};

/// The password of every demo agent.
const PASSWORD: &str = "saluda-demo";

/// Name, address and role of the demo's agents.
const AGENTS: [(&str, &str, Role); 3] = [
    ("Lucía Marín", "lucia@alba.example", Role::Administrator),
    ("Rui Santos", "rui@alba.example", Role::Agent),
    ("Nora Berg", "nora@alba.example", Role::Agent),
];

#[derive(Args)]
pub(super) struct Demo {
    /// Where the demo shop lives; may be given several times
    #[arg(long = "origin", value_name = "ORIGIN", required = true)]
    origins: Vec<String>,

    #[command(flatten)]
    source: Source,
}

impl Demo {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let origins = site::origins(&self.origins)?;
        let clock = Arc::new(SetClock::at(SystemClock.now()));
        let (_stop, stopping) = watch::channel(false);
        let app = assemble(self.source.load()?, clock.clone(), stopping).await?;
        let key: SiteKey = "demo".parse()?;
        if let Some(mut site) = app.store.site_by_key(&key).await? {
            site.origins = origins;
            app.store.update_site(site).await?;
            println!("the demo is there already");
            return Ok(());
        }
        let site = add_site(&app, key, origins).await?;
        let agents = add_agents(&app, &site).await?;
        let greetings = greetings::add(&app, &clock, &site).await?;
        for story in story::STORIES {
            tell(&app, &clock, &site, &agents, story).await?;
        }
        println!(
            "added the site `demo`, {} agents, {greetings} triggers and {} conversations",
            agents.len(),
            story::STORIES.len()
        );
        Ok(())
    }
}

async fn add_site(app: &App, key: SiteKey, origins: Vec<String>) -> anyhow::Result<Site> {
    let site = Site {
        id: saluda_protocol::SiteId::at(app.now(), secret::random()?),
        key,
        name: "Alba Coffee".to_owned(),
        origins,
        settings: SiteSettings {
            reply_within_ms: Some(5 * 60_000),
            hours: Some(greetings::hours()),
            senders: greetings::senders(),
            ..SiteSettings::default()
        },
        created_at: app.now(),
        trigger_changes: 0,
        revision: 1,
    };
    let note = note(Some(site.id), Audited::SiteAdded);
    app.store.add_site(site.clone(), Some(note)).await?;
    Ok(site)
}

async fn add_agents(app: &App, site: &Site) -> anyhow::Result<Vec<Agent>> {
    let hash = password::hash(PASSWORD.to_owned()).await?;
    let mut agents = Vec::new();
    for (name, email, role) in AGENTS {
        let agent = Agent {
            id: AgentId::at(app.now(), secret::random()?),
            email: email.to_owned(),
            name: name.to_owned(),
            password: hash.clone(),
            created_at: app.now(),
        };
        if !app.store.add_agent(agent.clone(), None).await? {
            bail!("there is an agent `{email}` already; choose another `--database` for the demo");
        }
        let what = Audited::RoleSet {
            agent: agent.id,
            name: name.to_owned(),
            role,
        };
        let note = note(Some(site.id), what);
        app.store
            .set_role(site.id, agent.id, role, Some(note))
            .await?;
        agents.push(agent);
    }
    Ok(agents)
}

/// Lets a conversation happen in the past.
async fn tell(
    app: &App,
    clock: &SetClock,
    site: &Site,
    agents: &[Agent],
    story: &Story,
) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let at = |minutes_ago: u64| Millis(now.0.saturating_sub(minutes_ago * 60_000));
    let (first, last) = match story.lines {
        [first, .., last] => (first.minutes_ago, last.minutes_ago),
        [only] => (only.minutes_ago, only.minutes_ago),
        [] => bail!("a story without lines"),
    };
    clock.set(at(first));
    let place = Place {
        url: format!(
            "{}{}",
            site.origins.first().context("no origin")?,
            story.path
        ),
        title: story.title.to_owned(),
        referrer: story.referrer.to_owned(),
        language: story.language.to_owned(),
        timezone: story.timezone.to_owned(),
        visits: story.visits,
    };
    let (visitor, _) = arrive::someone_new(app, site.id, place.clone())?;
    app.store.add_visitor(visitor.clone()).await?;

    let mut conversation: Option<ConversationId> = None;
    if let Some(trigger) = story.greeting {
        let greeted = greetings::taken_up(trigger, story.language)?;
        let (by, body) = greet::read(app, site.id, visitor.id, &greeted).await?;
        chat::post(app, by, greeted.id, &body).await?;
    }
    for line in story.lines {
        clock.set(at(line.minutes_ago));
        let by = match (line.who, conversation) {
            (Who::Visitor, _) => By::Visitor(visitor.id),
            (Who::Agent(n), Some(conversation)) => {
                let agent = agents.get(n).context("a story of an unknown agent")?;
                By::Agent {
                    id: agent.id,
                    name: agent.name.clone(),
                    conversation,
                    text_chars: usize::MAX,
                }
            }
            (Who::Agent(_), None) => bail!("a story that an agent begins"),
        };
        let id = MessageId::from_random(secret::random()?);
        let body = Body::Text(line.text.to_owned());
        conversation = Some(chat::post(app, by, id, &body).await?.conversation);
    }
    let contact = Contact {
        email: story.email.map(EmailAddress::parse).transpose()?,
        name: story.name.map(str::to_owned),
        phone: None,
    };
    settle::contact(app, visitor.id, contact).await?;
    app.store.see_visitor(visitor.id, place, at(last)).await?;

    let conversation = conversation.context("a story without lines")?;
    let everything = Number(u64::MAX >> 1);
    let all = Mark {
        delivered: everything,
        read: everything,
    };
    settle::mark(app, conversation, Side::Visitor, all).await?;
    if story.read {
        settle::mark(app, conversation, Side::Agent, all).await?;
    }
    if story.closed {
        let lucia = agents.first().context("a demo without agents")?;
        let by = Author::Agent {
            id: lucia.id,
            name: lucia.name.clone(),
        };
        settle::status(app, conversation, Status::Closed, by).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use saluda_protocol::inbox::{Counts, Tab};

    use super::*;
    use crate::testing::Scene;

    #[tokio::test]
    async fn every_story_can_be_told() {
        let scene = Scene::new().await;
        let agents = add_agents(&scene.app, &scene.site).await.unwrap();
        let mut site = scene.site.clone();
        site.settings.senders = greetings::senders();
        let site = &site;
        greetings::add(&scene.app, &scene.clock, site)
            .await
            .unwrap();
        for story in story::STORIES {
            tell(&scene.app, &scene.clock, site, &agents, story)
                .await
                .unwrap();
        }
        let (_, counts) = scene.app.store.inbox_state(scene.site.id).await.unwrap();
        let unread = story::STORIES.iter().filter(|story| !story.read).count();
        let open = story::STORIES.iter().filter(|story| !story.closed).count();
        assert_eq!(
            counts,
            Counts {
                open: open.try_into().unwrap(),
                unread: unread.try_into().unwrap()
            }
        );
        let inbox = scene
            .app
            .store
            .inbox(scene.site.id, Tab::All, None, 50)
            .await
            .unwrap();
        assert_eq!(inbox.len(), story::STORIES.len());
    }
}
