//! What a trigger achieved: who saw it, and what they did then.

pub(crate) mod csv;
pub(crate) mod days;
mod statistics;

use jiff::tz::TimeZone;
use saluda_protocol::studio::{
    Arm, Estimate, ExperimentResults, People, Slice, TriggerResult, TriggerResults,
};
use saluda_protocol::trigger::Experiment;
use saluda_store::{By, Period, Site, Store, StoreError, Trigger};

use self::days::{Days, Stretch};

/// Most pages of one answer.
const PAGES: u32 = 50;

/// Most devices: as many as there are.
const DEVICES: u32 = 10;

/// The time zone of a site: that of its opening hours, or UTC.
pub(crate) fn zone(site: &Site) -> TimeZone {
    let hours = site.settings.hours.as_ref();
    hours
        .and_then(|hours| TimeZone::get(&hours.zone).ok())
        .unwrap_or(TimeZone::UTC)
}

/// What a trigger achieved on these days.
pub(crate) async fn results(
    store: &dyn Store,
    site: &Site,
    trigger: &Trigger,
    days: &Days,
) -> Result<TriggerResults, StoreError> {
    let id = &trigger.id;
    let period = days.period();
    let (people, results) = store.trigger_results_within(site.id, id, period).await?;
    let by = async |by, limit| {
        let found = store.people_by(site.id, id, period, by, limit).await?;
        let slice = |(of, people)| Slice { of, people };
        Ok::<_, StoreError>(found.into_iter().map(slice).collect::<Vec<_>>())
    };
    let zone = zone(site);
    Ok(TriggerResults {
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        from: days.first().to_string(),
        to: days.last().to_string(),
        people,
        days: by_day(store, site, trigger, days).await?,
        pages: by(By::Page, PAGES).await?,
        devices: by(By::Device, DEVICES).await?,
        experiment: experiment(store, site, trigger, period, &results).await?,
        results,
    })
}

async fn by_day(
    store: &dyn Store,
    site: &Site,
    trigger: &Trigger,
    days: &Days,
) -> Result<Vec<Slice>, StoreError> {
    let mut slices: Vec<Slice> = days
        .dates()
        .map(|day| Slice {
            of: day.to_string(),
            people: People::default(),
        })
        .collect();
    let mut first = 0;
    for stretch in days.stretches() {
        let (length, found) = match stretch {
            Stretch::Even { from, days } => {
                let found = store.people_by_day(site.id, &trigger.id, from, days);
                (days as usize, found.await?)
            }
            Stretch::Odd(period) => {
                let found = store.trigger_results_within(site.id, &trigger.id, period);
                (1, vec![(0, found.await?.0)])
            }
        };
        for (day, people) in found {
            if let Some(slice) = slices.get_mut(first + day as usize) {
                slice.people = people;
            }
        }
        first += length;
    }
    Ok(slices)
}

/// How the experiment of the version that was published last stands.
async fn experiment(
    store: &dyn Store,
    site: &Site,
    trigger: &Trigger,
    period: Period,
    results: &[TriggerResult],
) -> Result<Option<ExperimentResults>, StoreError> {
    let published = store
        .trigger_versions(site.id, &trigger.id, None, 1)
        .await?;
    let Some(published) = published.into_iter().next() else {
        return Ok(None);
    };
    let version = published.version;
    let Some(tried) = published.spec.experiment else {
        return Ok(None);
    };
    let goals_of_held = store.goals_of_held(site.id, &trigger.id, version, period);
    let dealt = Dealt {
        tried: &tried,
        held_by_site: site.settings.attention.holdout,
        results: results
            .iter()
            .filter(|one| one.version == version)
            .collect(),
        goals_of_held: goals_of_held.await?,
        has_goal: published.spec.goal.is_some(),
    };
    Ok(Some(dealt.results(version)))
}

/// Whom an experiment dealt to what.
struct Dealt<'r> {
    tried: &'r Experiment,
    /// Percent of all people who see no greeting of the site at all.
    held_by_site: u8,
    results: Vec<&'r TriggerResult>,
    /// By the variant that they did not see, how many of those who were held back
    /// reached the goal.
    goals_of_held: Vec<(Option<String>, u64)>,
    has_goal: bool,
}

impl Dealt<'_> {
    fn results(&self, version: u32) -> ExperimentResults {
        let percent = |share: u8| f64::from(share) / 100.0;
        let greeted = (1.0 - percent(self.held_by_site)) * (1.0 - percent(self.tried.holdout));
        let variants = self.tried.variants.iter();
        let of_variants: f64 = variants.clone().map(|one| percent(one.share)).sum();
        let mut arms = vec![self.arm(None, greeted * (1.0 - of_variants))];
        arms.extend(variants.map(|one| self.arm(Some(&one.name), greeted * percent(one.share))));
        let held = self.held(1.0 - greeted);
        let lift = self.lift(&arms, &held);
        if held.expected > 0.0 || held.people > 0 {
            arms.push(held);
        }
        let dealt: Vec<_> = arms.iter().map(|arm| (arm.people, arm.expected)).collect();
        ExperimentResults {
            version,
            arms,
            sample_ratio: statistics::sample_ratio(&dealt),
            lift,
        }
    }

    fn people(&self, variant: Option<&str>) -> People {
        let mut results = self.results.iter();
        let found = results.find(|one| one.variant.as_deref() == variant);
        found.map_or(People::default(), |one| one.people)
    }

    fn arm(&self, variant: Option<&str>, expected: f64) -> Arm {
        let people = self.people(variant);
        let held = self.goals_of_held.iter();
        let held = held.filter(|(unseen, _)| unseen.as_deref() == variant);
        let held: u64 = held.map(|(_, goals)| goals).sum();
        let goals = people.goal.saturating_sub(held);
        let share = |part| statistics::share(part, people.sent);
        Arm {
            variant: variant.map(str::to_owned),
            held: false,
            expected,
            people: people.sent,
            opened: share(people.opened),
            replied: share(people.replied),
            goal: share(goals).filter(|_| self.has_goal),
        }
    }

    fn held(&self, expected: f64) -> Arm {
        let people = self.results.iter().map(|one| one.people.held).sum();
        let goal = statistics::share(self.all_goals_of_held(), people);
        Arm {
            variant: None,
            held: true,
            expected,
            people,
            opened: None,
            replied: None,
            goal: goal.filter(|_| self.has_goal),
        }
    }

    /// By how much more of the greeted reached the goal.
    fn lift(&self, greeted: &[Arm], held: &Arm) -> Option<Estimate> {
        let people = greeted.iter().map(|arm| arm.people).sum();
        let goals: u64 = self.results.iter().map(|one| one.people.goal).sum();
        let goals = goals.saturating_sub(self.all_goals_of_held());
        let greeted = statistics::share(goals, people)?;
        Some(statistics::difference(greeted, held.goal?))
    }

    fn all_goals_of_held(&self) -> u64 {
        self.goals_of_held.iter().map(|(_, goals)| goals).sum()
    }
}
