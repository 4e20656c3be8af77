//! The drafts that a site begins with (S2.21): help on pricing, leaving the
//! cart, closed now. They are files like those of any team.

use saluda_protocol::studio::{Actor, Mistake};
use saluda_protocol::{Millis, TriggerId, TriggerSpec};
use saluda_store::{EditAll, Site, Store, Trigger};

use super::NotDone;
use super::check::read;

const FORMS: [&str; 3] = [
    include_str!("starters/pricing-help.json"),
    include_str!("starters/leaving-the-cart.json"),
    include_str!("starters/closed-now.json"),
];

/// Keeps them, if the site has no trigger and never had them. Returns those that
/// were kept now.
///
/// Whoever first looks at the empty list asks for it. They are not made with
/// the site, because a site whose triggers come as files would then have to
/// delete them first.
pub(crate) async fn add_starters(
    store: &dyn Store,
    site: &Site,
    by: Actor,
    at: Millis,
) -> Result<Vec<Trigger>, NotDone> {
    let drafts = drafts().map_err(NotDone::Mistakes)?;
    let edit = EditAll {
        site: site.id,
        by,
        at,
    };
    Ok(store.add_starters(edit, drafts).await?)
}

fn drafts() -> Result<Vec<(TriggerId, TriggerSpec)>, Vec<Mistake>> {
    let read = |form: &&str| {
        let spec = read(form)?;
        Ok(spec.id.clone().map(|id| (id, spec)))
    };
    FORMS
        .iter()
        .filter_map(|form| read(form).transpose())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::testing::Scene;
    use crate::triggers::compiled;

    #[tokio::test]
    async fn each_of_them_can_be_published_as_it_is_in_three_languages() {
        let scene = Scene::new().await;
        let store = &*scene.app.store;
        let drafts = drafts().unwrap();
        assert_eq!(drafts.len(), FORMS.len());
        for (id, spec) in drafts {
            let compiled = compiled(store, &scene.site, &spec, 1, &BTreeSet::new()).await;
            assert!(compiled.is_ok(), "{id}: {compiled:?}");
            let form = serde_json::to_value(&spec).unwrap();
            texts(&form, &mut |text| {
                let languages: Vec<_> = text.keys().map(String::as_str).collect();
                assert_eq!(languages, ["en", "es", "pt"], "{id}: {text:?}");
            });
        }
    }

    /// Every text in a form, language by language.
    fn texts(
        form: &serde_json::Value,
        look: &mut impl FnMut(&serde_json::Map<String, serde_json::Value>),
    ) {
        match form {
            serde_json::Value::Object(object) if object.contains_key("en") => look(object),
            serde_json::Value::Object(object) => {
                for inner in object.values() {
                    texts(inner, look);
                }
            }
            serde_json::Value::Array(all) => {
                for inner in all {
                    texts(inner, look);
                }
            }
            _ => {}
        }
    }
}
