//! The demo's triggers, and what they are said to have achieved.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use saluda_protocol::report::{Device, Kind, Random, Report, Reported};
use saluda_protocol::studio::Actor;
use saluda_protocol::trigger::{HoursSpec, SenderId};
use saluda_protocol::visitor::Greeted;
use saluda_protocol::{MessageId, Millis, TriggerId};
use saluda_store::{Edit, Expected, Site};

use crate::app::App;
use crate::clock::{Clock as _, SetClock, SystemClock};
use crate::secret;
use crate::triggers::{self, NotDone};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// How long ago they were published.
const DAYS: u64 = 14;

/// A trigger, and the people it reached.
struct Seed {
    form: &'static str,
    page: &'static str,
    /// Each reached as many people, in this order of kinds.
    reached: &'static [(Kind, u64)],
}

const SEEDS: [Seed; 6] = [
    Seed {
        form: include_str!("triggers/pricing-help.json"),
        page: "/plans.html",
        reached: &[
            (Kind::Sent, 96),
            (Kind::Opened, 31),
            (Kind::Replied, 22),
            (Kind::Dismissed, 19),
        ],
    },
    Seed {
        form: include_str!("triggers/leaving-the-cart.json"),
        page: "/cart.html",
        reached: &[
            (Kind::Sent, 41),
            (Kind::Opened, 17),
            (Kind::Replied, 12),
            (Kind::Goal, 9),
            (Kind::Dismissed, 14),
        ],
    },
    Seed {
        form: include_str!("triggers/good-to-see-you-again.json"),
        page: "/",
        reached: &[
            (Kind::Sent, 58),
            (Kind::Opened, 21),
            (Kind::Replied, 8),
            (Kind::Dismissed, 6),
        ],
    },
    Seed {
        form: include_str!("triggers/closed-now.json"),
        page: "/about.html",
        reached: &[
            (Kind::Sent, 33),
            (Kind::Opened, 16),
            (Kind::Replied, 11),
            (Kind::Dismissed, 5),
        ],
    },
    Seed {
        form: include_str!("triggers/read-to-the-end.json"),
        page: "/coffee/huila.html",
        reached: &[
            (Kind::Sent, 64),
            (Kind::Opened, 9),
            (Kind::Clicked, 18),
            (Kind::Dismissed, 11),
        ],
    },
    Seed {
        form: include_str!("triggers/comparing-coffees.json"),
        page: "/coffee/nyeri.html",
        reached: &[
            (Kind::Sent, 72),
            (Kind::Opened, 34),
            (Kind::Replied, 27),
            (Kind::Goal, 25),
            (Kind::Dismissed, 10),
        ],
    },
];

/// When the shop answers: not at lunch, and not at Christmas.
pub(super) fn hours() -> HoursSpec {
    let windows = |windows: &[&str]| windows.iter().map(|&one| one.to_owned()).collect();
    let mut weekly: BTreeMap<String, Vec<String>> = ["mon", "tue", "wed", "thu", "fri"]
        .map(|day| (day.to_owned(), windows(&["08:00-13:00", "14:00-19:00"])))
        .into();
    weekly.insert("sat".to_owned(), windows(&["09:00-13:00"]));
    let dates = [
        ("2026-12-24", windows(&["08:00-13:00"])),
        ("2026-12-25", Vec::new()),
        ("2027-01-01", Vec::new()),
    ];
    HoursSpec {
        zone: "Europe/Lisbon".to_owned(),
        weekly,
        dates: dates
            .map(|(date, windows)| (date.to_owned(), windows))
            .into(),
    }
}

/// Who greets.
pub(super) fn senders() -> BTreeMap<SenderId, String> {
    [("lucia", "Lucía from Alba"), ("rui", "Rui from Alba")]
        .map(|(id, name)| (id.to_owned(), name.to_owned()))
        .into()
}

/// Publishes the triggers some time ago, and lets people meet them since.
/// Returns how many triggers there are.
pub(super) async fn add(app: &App, clock: &SetClock, site: &Site) -> anyhow::Result<usize> {
    let now = SystemClock.now();
    let then = Millis(now.0.saturating_sub(DAYS * DAY_MS));
    clock.set(then);
    for seed in &SEEDS {
        let mut spec = match triggers::read(seed.form) {
            Ok(spec) => spec,
            Err(mistakes) => bail!("a trigger of the demo makes no sense: {mistakes:?}"),
        };
        let id = TriggerId::from_name(&spec.name).context("a trigger without a name")?;
        spec.id = Some(id.clone());
        let edit = Edit {
            site: site.id,
            trigger: id.clone(),
            expected: Expected::Any,
            by: Actor::CommandLine,
            at: app.now(),
        };
        let variants = spec.experiment.iter().flat_map(|tried| &tried.variants);
        let variant = variants.map(|variant| variant.name.clone()).next();
        let saved = app.store.save_trigger(edit.clone(), spec).await?;
        saved.map_err(|why| anyhow::anyhow!("`{id}`: {why}"))?;
        if let Err(why) = triggers::publish(&*app.store, site, edit).await {
            match why {
                NotDone::Store(error) => return Err(error.into()),
                why => bail!("`{id}` could not be published: {why:?}"),
            }
        }
        let people = people(&id, seed, variant.as_ref(), then)?;
        let counted = people.into_iter().map(|one| app.store.count(site.id, one));
        futures_util::future::try_join_all(counted).await?;
    }
    clock.set(now);
    Ok(SEEDS.len())
}

/// What the browsers of all people report, one report each.
fn people(
    id: &TriggerId,
    seed: &Seed,
    variant: Option<&String>,
    from: Millis,
) -> anyhow::Result<Vec<Report>> {
    let sent = seed.reached.first().map_or(0, |(_, people)| *people);
    (0..sent)
        .map(|n| {
            // Every second person has the variant, if there is one.
            let variant = variant.filter(|_| n % 2 == 1);
            let at = from.plus(n * DAYS * DAY_MS / sent.max(1));
            let mut events = Vec::new();
            for (kind, people) in seed.reached {
                // Whoever did more is spread over all who saw it; those who
                // closed it saw it last.
                let does = match kind {
                    Kind::Dismissed => n >= sent - people,
                    _ => n * 7 % sent < *people,
                };
                if does {
                    events.push(Reported {
                        id: random(&format!("{id} {n} {}", kind.as_str()))?,
                        at,
                        trigger: id.clone(),
                        version: 1,
                        variant: variant.cloned(),
                        kind: *kind,
                        page: seed.page.to_owned(),
                    });
                }
            }
            Ok(Report {
                person: random(&format!("person {n}"))?,
                device: match n % 5 {
                    0 | 1 => Device::Phone,
                    2 => Device::Tablet,
                    _ => Device::Desktop,
                },
                events,
            })
        })
        .collect()
}

/// A number that looks random and is the same in every demo.
fn random(of: &str) -> anyhow::Result<Random> {
    let digits = secret::hash(of)[..32].to_owned();
    Random::try_from(digits).context("a hash that is no number")
}

/// A story's visitor takes a greeting up.
pub(super) fn taken_up(trigger: &str, language: &str) -> anyhow::Result<Greeted> {
    Ok(Greeted {
        id: MessageId::from_random(secret::random()?),
        trigger: trigger.parse()?,
        version: 1,
        variant: None,
        language: language.to_owned(),
        values: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use saluda_protocol::studio::TriggerStatus;
    use saluda_rules::hours::Hours;

    use super::*;
    use crate::testing::Scene;

    #[tokio::test]
    async fn all_are_live_in_three_languages_and_have_met_people() {
        let scene = Scene::new().await;
        let mut site = scene.site.clone();
        site.settings.senders = senders();
        add(&scene.app, &scene.clock, &site).await.unwrap();
        let all = scene.app.store.triggers(site.id, None, 9).await.unwrap();
        assert_eq!(all.len(), SEEDS.len());
        for (trigger, people) in all {
            assert_eq!(trigger.status, TriggerStatus::Live);
            assert!(trigger.spec.greeting.text.keys().eq(["en", "es", "pt"]));
            assert!(
                people.sent > people.opened && people.opened > 0,
                "{people:?}"
            );
            assert!(people.dismissed > 0, "{people:?}");
        }
    }

    #[test]
    fn the_hours_make_sense() {
        assert!(Hours::read(&hours()).is_ok());
    }
}
