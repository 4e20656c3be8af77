//! Reads a trigger as a whole.

use saluda_protocol::limits::{LIVE_TRIGGERS, TAG_CHARS, TRIGGER_NAME_CHARS, TRIGGER_TAGS};
use saluda_protocol::trigger::{AfterDismiss, Frequency, Limits, Schedule};
use saluda_protocol::{TriggerId, TriggerSpec};

use super::json::Node;
use super::mistake::{Mistake, MistakeKind};
use super::reader::{Path, Reader, short};
use super::size::Size;
use super::{experiment, greeting, json, rule, schedule};
use crate::text::fold;

const FIELDS: &[&str] = &[
    "id",
    "name",
    "priority",
    "rule",
    "schedule",
    "frequency",
    "limits",
    "after_dismiss",
    "with_open_conversation",
    "greeting",
    "tags",
    "goal",
    "experiment",
];

const FREQUENCIES: [(&str, Frequency); 3] = [
    ("once", Frequency::Once),
    ("visit", Frequency::Visit),
    ("always", Frequency::Always),
];

/// The priorities that there are, from minus this to this.
const PRIORITY: i32 = 1_000;

/// Reads a trigger. Everything that can be judged from the file alone is judged.
///
/// # Errors
///
/// Every mistake that is in it; of more than a hundred the first hundred, and how
/// many more there are.
pub fn read(text: &str) -> Result<TriggerSpec, Vec<Mistake>> {
    let mut reader = Reader::default();
    let node = reader.accept(&Path::TOP, json::parse(text));
    let spec = node.and_then(|node| trigger(&mut reader, &Path::TOP, &node));
    reader.finish(spec)
}

/// Reads a file with one trigger, or with a list of them.
///
/// # Errors
///
/// As [`read`]; also when two of them have the same id.
pub fn read_all(text: &str) -> Result<Vec<TriggerSpec>, Vec<Mistake>> {
    let mut reader = Reader::default();
    let node = reader.accept(&Path::TOP, json::parse(text));
    let specs = node.and_then(|node| match &node {
        Node::List(_) => several(&mut reader, &node),
        _ => trigger(&mut reader, &Path::TOP, &node).map(|spec| vec![spec]),
    });
    reader.finish(specs)
}

fn several(reader: &mut Reader, node: &Node) -> Option<Vec<TriggerSpec>> {
    let items = reader.list(&Path::TOP, node, LIVE_TRIGGERS)?;
    let mut ids: Vec<TriggerId> = Vec::new();
    let all: Vec<_> = items
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let path = Path::TOP.item(index);
            let spec = trigger(reader, &path, node)?;
            let id = id_of(&spec)?;
            if ids.contains(&id) {
                let message = format!(
                    "there is a trigger `{id}` in this file already; give one of them another `id`"
                );
                reader.refuse::<()>(&path, MistakeKind::DuplicateId, message);
            }
            ids.push(id);
            Some(spec)
        })
        .collect();
    all.into_iter().collect()
}

/// The id of a trigger: the one that it gives itself, or that of its name.
pub(super) fn id_of(spec: &TriggerSpec) -> Option<TriggerId> {
    spec.id.clone().or_else(|| TriggerId::from_name(&spec.name))
}

fn trigger(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<TriggerSpec> {
    let fields = reader.open(path, node, FIELDS)?;
    let id = fields.optional("id", |node| id(reader, &path.field("id"), node));
    let name = match fields.get("name") {
        Some(node) => name(
            reader,
            &path.field("name"),
            node,
            fields.given("id").is_some(),
        ),
        None => reader.missing(path, "name", "what your team calls it"),
    };
    let priority = match fields.get("priority") {
        Some(node) => reader.whole(&path.field("priority"), node, -PRIORITY, PRIORITY),
        None => Some(0),
    };
    let rule = match fields.get("rule") {
        Some(node) => rule::read(reader, &path.field("rule"), node, &mut Size::default(), 1),
        None => reader.missing(path, "rule", "when to show it; `{ \"all\": [] }` is always"),
    };
    let schedule = match fields.get("schedule") {
        Some(node) => schedule::read(reader, &path.field("schedule"), node),
        None => Some(Schedule::default()),
    };
    let frequency = match fields.get("frequency") {
        Some(node) => reader.word(&path.field("frequency"), node, &FREQUENCIES),
        None => Some(Frequency::default()),
    };
    let limits = match fields.get("limits") {
        Some(node) => schedule::limits(reader, &path.field("limits"), node),
        None => Some(Limits::default()),
    };
    let after_dismiss = match fields.get("after_dismiss") {
        Some(node) => schedule::after_dismiss(reader, &path.field("after_dismiss"), node),
        None => Some(AfterDismiss::default()),
    };
    let with_open_conversation = match fields.get("with_open_conversation") {
        Some(node) => reader.flag(&path.field("with_open_conversation"), node),
        None => Some(false),
    };
    let greeting = match fields.get("greeting") {
        Some(node) => greeting::read(reader, &path.field("greeting"), node),
        None => reader.missing(path, "greeting", "what to show"),
    };
    let tags = match fields.get("tags") {
        Some(node) => tags(reader, &path.field("tags"), node),
        None => Some(Vec::new()),
    };
    let goal = fields.optional("goal", |node| {
        experiment::goal(reader, &path.field("goal"), node)
    });
    let experiment = fields.optional("experiment", |node| {
        experiment::read(reader, &path.field("experiment"), node)
    });
    Some(TriggerSpec {
        id: id.ok()?,
        name: name?,
        priority: priority?,
        rule: rule?,
        schedule: schedule?,
        frequency: frequency?,
        limits: limits?,
        after_dismiss: after_dismiss?,
        with_open_conversation: with_open_conversation?,
        greeting: greeting?,
        tags: tags?,
        goal: goal.ok()?,
        experiment: experiment.ok()?,
    })
}

fn id(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<TriggerId> {
    let text = reader.text(path, node)?;
    match TriggerId::try_from(text.to_owned()) {
        Ok(id) => Some(id),
        Err(error) => {
            let message = format!("`{}` cannot be an id: {error}", short(text));
            reader.refuse(path, MistakeKind::InvalidId, message)
        }
    }
}

fn name(reader: &mut Reader, path: &Path<'_>, node: &Node, has_id: bool) -> Option<String> {
    let name = reader.words(path, node, TRIGGER_NAME_CHARS)?;
    if !has_id && TriggerId::from_name(&name).is_none() {
        let message = "this name has no letter from a to z and no digit, so it gives no id; add \
                       one such as `\"id\": \"pricing-help\"`";
        return reader.refuse(path, MistakeKind::NoId, message);
    }
    Some(name)
}

fn tags(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Vec<String>> {
    let items = reader.list(path, node, TRIGGER_TAGS)?;
    let mut seen: Vec<String> = Vec::new();
    let all: Vec<Option<String>> = items
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let place = path.item(index);
            let tag = reader.words(&place, node, TAG_CHARS)?;
            let folded = fold(&tag);
            if seen.contains(&folded) {
                let message = format!("the tag `{}` stands here already; take it out", short(&tag));
                return reader.refuse(&place, MistakeKind::Repeated, message);
            }
            seen.push(folded);
            Some(tag)
        })
        .collect();
    all.into_iter().collect()
}
