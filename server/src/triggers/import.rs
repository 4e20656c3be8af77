//! Brings files of triggers to a site: Saluda's own form, or what other products
//! write.
//!
//! It goes in three steps, so that everyone can be shown what changes before it
//! does: [`batch`] reads the files, [`plan`] compares them with what the site
//! has, and [`save`] saves what was planned and nothing else.

use std::collections::BTreeMap;

use saluda_protocol::studio::{
    Actor, ImportPlan, LeftOut, Mistake, PlannedChange, PlannedTrigger, Product,
};
use saluda_protocol::{Millis, TriggerId, TriggerSpec};
use saluda_store::{Edit, Expected, Site, Store, StoreError, Trigger};

use super::NotDone;
use super::check::read_all;
use super::difference::difference;
use super::foreign::{self, Arrival, Arrived};

/// Most bytes of another product's file.
const FILE_BYTES: usize = 1024 * 1024;

/// A file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct File<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

/// The triggers of all files.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) coming: BTreeMap<TriggerId, Coming>,
    pub(crate) left: Vec<LeftOut>,
}

/// A trigger in a file.
#[derive(Debug)]
pub(crate) struct Coming {
    pub(crate) spec: TriggerSpec,
    pub(crate) file: String,
    pub(crate) from: Option<Product>,
    notes: Vec<String>,
}

/// A trigger in a file, beside what the site has.
#[derive(Debug)]
pub(crate) struct Planned {
    pub(crate) told: PlannedTrigger,
    spec: TriggerSpec,
    /// What the site must have, so that nothing is saved over what was not shown.
    expected: Expected,
}

/// Reads files. `from` says whose form they are in; without it, each is
/// recognised by itself, and what is nobody else's is taken for Saluda's own.
///
/// # Errors
///
/// Every mistake in all files; their places begin with the file's name.
pub(crate) fn batch(
    files: &[File<'_>],
    from: Option<Product>,
    arrival: Arrival<'_>,
) -> Result<Batch, Vec<Mistake>> {
    let mut batch = Batch::default();
    let mut mistakes = Vec::new();
    for file in files {
        let place = |mut mistake: Mistake| {
            mistake.path = match mistake.path.as_str() {
                "" => file.name.to_owned(),
                path => format!("{}: {path}", file.name),
            };
            mistake
        };
        match read(*file, from, arrival) {
            Ok((from, arrived, left)) => {
                batch.left.extend(left);
                for one in arrived {
                    let added = add(&mut batch, *file, from, one);
                    mistakes.extend(added.err().map(place));
                }
            }
            Err(found) => mistakes.extend(found.into_iter().map(place)),
        }
    }
    if mistakes.is_empty() {
        Ok(batch)
    } else {
        Err(mistakes)
    }
}

type Read = (Option<Product>, Vec<Arrived>, Vec<LeftOut>);

fn read(file: File<'_>, from: Option<Product>, arrival: Arrival<'_>) -> Result<Read, Vec<Mistake>> {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(file.text);
    let read = || serde_json::from_str(text);
    let json: Option<serde_json::Value> =
        (text.len() <= FILE_BYTES).then(read).and_then(Result::ok);
    let product = from.or_else(|| foreign::product(json.as_ref()?));
    // What is no JSON is told by the reader of Saluda's own form.
    let (Some(product), Some(json)) = (product, json) else {
        let own = |spec| Arrived {
            spec,
            notes: Vec::new(),
        };
        let specs = read_all(file.text)?;
        return Ok((None, specs.into_iter().map(own).collect(), Vec::new()));
    };
    let foreign = foreign::translate(product, &json, arrival).map_err(|one| vec![one])?;
    let left = foreign.left.into_iter().map(|left| LeftOut {
        file: file.name.to_owned(),
        name: left.name,
        reason: left.reason,
    });
    Ok((Some(product), foreign.arrived, left.collect()))
}

fn add(
    batch: &mut Batch,
    file: File<'_>,
    from: Option<Product>,
    arrived: Arrived,
) -> Result<(), Mistake> {
    let Arrived { mut spec, notes } = arrived;
    let mistake = |kind: &str, message: String| Mistake {
        path: String::new(),
        kind: kind.to_owned(),
        message,
    };
    let id = spec
        .id
        .clone()
        .or_else(|| TriggerId::from_name(&spec.name))
        .ok_or_else(|| mistake("no_id", "a name gives no id".to_owned()))?;
    if let Some(other) = batch.coming.get(&id) {
        let message = format!("`{id}` is in `{}` too", other.file);
        return Err(mistake("duplicate_id", message));
    }
    // It keeps its id, whatever the team calls it later.
    spec.id = Some(id.clone());
    let coming = Coming {
        spec,
        file: file.name.to_owned(),
        from,
        notes,
    };
    batch.coming.insert(id, coming);
    Ok(())
}

/// What saving the triggers would change on the site.
pub(crate) async fn plan(
    store: &dyn Store,
    site: &Site,
    coming: BTreeMap<TriggerId, Coming>,
) -> Result<Vec<Planned>, StoreError> {
    let mut planned = Vec::with_capacity(coming.len());
    for (id, coming) in coming {
        let found = store.trigger(site.id, &id).await?;
        let (change, difference, expected) = match &found {
            None => (PlannedChange::New, Vec::new(), Expected::Nothing),
            Some(found) => {
                let expected = Expected::Revision(found.revision);
                if found.spec == coming.spec {
                    (PlannedChange::Same, Vec::new(), expected)
                } else {
                    let lines = difference(&found.spec, &coming.spec);
                    (PlannedChange::Changed, lines, expected)
                }
            }
        };
        planned.push(Planned {
            told: PlannedTrigger {
                id,
                name: coming.spec.name.clone(),
                file: coming.file,
                from: coming.from,
                change,
                difference,
                notes: coming.notes,
            },
            spec: coming.spec,
            expected,
        });
    }
    Ok(planned)
}

/// Saves what was planned as drafts, one after the other. What is the same
/// already is left alone.
///
/// # Errors
///
/// The first trigger that someone has changed since it was planned; those before
/// it are saved.
pub(crate) async fn save(
    store: &dyn Store,
    site: &Site,
    planned: &[Planned],
    by: &Actor,
    at: Millis,
) -> Result<Vec<Trigger>, (TriggerId, NotDone)> {
    let mut saved = Vec::new();
    for Planned {
        told,
        spec,
        expected,
    } in planned
    {
        if told.change == PlannedChange::Same {
            continue;
        }
        let edit = Edit {
            site: site.id,
            trigger: told.id.clone(),
            expected: *expected,
            by: by.clone(),
            at,
        };
        let failed = |why: NotDone| (told.id.clone(), why);
        let done = store.save_trigger(edit, spec.clone()).await;
        let done = done.map_err(|error| failed(error.into()))?;
        saved.push(done.map_err(|why| failed(why.into()))?.trigger);
    }
    Ok(saved)
}

impl Planned {
    /// The plan as it is told.
    pub(crate) fn told(planned: &[Self], left: Vec<LeftOut>, saved: bool) -> ImportPlan {
        ImportPlan {
            saved,
            triggers: planned.iter().map(|one| one.told.clone()).collect(),
            left_out: left,
        }
    }
}
