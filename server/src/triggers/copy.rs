//! A new draft of a trigger there is.

use saluda_protocol::studio::{Actor, Mistake, WantedClone};
use saluda_protocol::trigger::{Condition, Rule};
use saluda_protocol::{Millis, TriggerId, TriggerSpec};
use saluda_store::{Edit, Expected, Site, Store, Trigger, Unchanged};

use super::NotDone;
use super::check::read;

/// How many names are tried for a copy that nobody named.
const NAMES: u32 = 100;

/// Makes a draft of a trigger, whatever that one's status (S2.20). One in error
/// may be cloned too: the copy is a draft, and beside it is where to mend it.
pub(crate) async fn clone(
    store: &dyn Store,
    site: &Site,
    from: &TriggerId,
    wanted: WantedClone,
    (by, at): (Actor, Millis),
) -> Result<Trigger, NotDone> {
    let found = store.trigger(site.id, from).await?;
    let found = found.ok_or(Unchanged::NotFound)?;
    let mut spec = found.spec;
    if let Some(name) = wanted.name {
        spec.name = name;
        // Whatever is wrong with that name is told as it is for any form.
        spec =
            read(&serde_json::to_string(&spec).unwrap_or_default()).map_err(NotDone::Mistakes)?;
    }
    let ids: Vec<TriggerId> = match wanted.id {
        Some(id) => vec![id],
        None => (1..=NAMES).filter_map(|n| named(from, n)).collect(),
    };
    for id in &ids {
        let edit = Edit {
            site: site.id,
            trigger: id.clone(),
            expected: Expected::Nothing,
            by: by.clone(),
            at,
        };
        let copy = as_own(spec.clone(), from, id);
        match store.clone_trigger(edit, from.clone(), copy).await? {
            Ok(copy) => return Ok(copy),
            Err(Unchanged::Conflict) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let taken = ids.last().map(TriggerId::as_str).unwrap_or_default();
    Err(NotDone::Mistakes(vec![Mistake {
        path: "id".to_owned(),
        kind: "taken".to_owned(),
        message: format!("the site has a trigger `{taken}` already; choose another id"),
    }]))
}

/// What the copy number `n` of a trigger is called.
fn named(from: &TriggerId, n: u32) -> Option<TriggerId> {
    let ending = match n {
        1 => "-copy".to_owned(),
        n => format!("-copy-{n}"),
    };
    let room = 60usize.saturating_sub(ending.len());
    let stem: String = from.as_str().chars().take(room).collect();
    format!("{stem}{ending}").parse().ok()
}

/// The form under its own id. A rule that looks at the trigger's own past looks
/// at the copy's from now on.
fn as_own(mut spec: TriggerSpec, from: &TriggerId, id: &TriggerId) -> TriggerSpec {
    spec.id = Some(id.clone());
    let (old, new) = (format!("trigger.{from}."), format!("trigger.{id}."));
    rename(&mut spec.rule, &old, &new);
    spec
}

fn rename(rule: &mut Rule, old: &str, new: &str) {
    match rule {
        Rule::All { all: rules } | Rule::Any { any: rules } => {
            for rule in rules {
                rename(rule, old, new);
            }
        }
        Rule::Not { not } => rename(not, old, new),
        Rule::One(Condition::Fact { fact, .. }) => {
            if let Some(rest) = fact.strip_prefix(old) {
                *fact = format!("{new}{rest}");
            }
        }
        Rule::One(Condition::Event { .. }) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::Scene;

    async fn cloned(scene: &Scene, wanted: WantedClone) -> Result<Trigger, NotDone> {
        let by = (Actor::CommandLine, Millis(7));
        let from = "help".parse().unwrap();
        clone(&*scene.app.store, &scene.site, &from, wanted, by).await
    }

    #[tokio::test]
    async fn a_copy_is_a_draft_that_looks_at_its_own_past() {
        let scene = Scene::new().await;
        scene
            .publish(json!({
                "name": "Help",
                "rule": { "not": { "any": [
                    { "fact": "trigger.help.shown", "op": "gte", "value": 1 },
                    { "fact": "trigger.helper.shown", "op": "gte", "value": 1 }
                ] } },
                "greeting": { "text": { "en": "Hi" } }
            }))
            .await;
        let copy = cloned(&scene, WantedClone::default()).await.unwrap();
        assert_eq!(copy.id.as_str(), "help-copy");
        assert_eq!(copy.version, None);
        let form = serde_json::to_value(&copy.spec).unwrap();
        assert_eq!(form["id"], "help-copy");
        assert_eq!(form["name"], "Help");
        let rules = &form["rule"]["not"]["any"];
        assert_eq!(rules[0]["fact"], "trigger.help-copy.shown");
        assert_eq!(rules[1]["fact"], "trigger.helper.shown");
        let second = cloned(&scene, WantedClone::default()).await.unwrap();
        assert_eq!(second.id.as_str(), "help-copy-2");
    }

    #[tokio::test]
    async fn what_it_is_called_must_be_free_and_a_name() {
        let scene = Scene::new().await;
        let form = json!({ "name": "Help", "rule": { "all": [] }, "greeting": { "text": { "en": "Hi" } } });
        scene.save(form).await;
        let wanted = |id: &str, name: &str| WantedClone {
            id: Some(id.parse().unwrap()),
            name: Some(name.to_owned()),
        };
        let copy = cloned(&scene, wanted("other", "Other help")).await.unwrap();
        assert_eq!(
            (copy.id.as_str(), copy.spec.name.as_str()),
            ("other", "Other help")
        );
        for (id, name, path) in [("other", "Third", "id"), ("third", "", "name")] {
            let Err(NotDone::Mistakes(mistakes)) = cloned(&scene, wanted(id, name)).await else {
                panic!("{id} {name}");
            };
            assert_eq!(mistakes[0].path, path);
        }
        let long: TriggerId = "a".repeat(60).parse().unwrap();
        assert_eq!(named(&long, 12).unwrap().as_str().len(), 60);
    }
}
