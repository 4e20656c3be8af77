//! Reads what a trigger is for, and what else is tried.

use saluda_protocol::limits::VARIANTS;
use saluda_protocol::trigger::{Experiment, Goal, Variant};

use super::greeting;
use super::json::Node;
use super::mistake::{Complaint, MistakeKind};
use super::reader::{Path, Reader, short};
use super::rule::positive_span;
use super::value;

/// Most characters of a seed.
const SEED_CHARS: usize = 40;

/// The name of the trigger's own greeting in results.
const ORIGINAL: &str = "original";

/// Reads what a trigger is for.
pub(super) fn goal(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Goal> {
    let fields = reader.open(path, node, &["event", "within"])?;
    let event = match fields.get("event") {
        Some(node) => {
            let place = path.field("event");
            let text = reader.text(&place, node);
            text.and_then(|text| reader.accept(&place, value::name(text)))
        }
        None => reader.missing(path, "event", "what the page tracks when it is reached"),
    };
    let within = match fields.get("within") {
        Some(node) => positive_span(reader, &path.field("within"), node),
        None => reader.missing(path, "within", "how long it still counts, such as `7d`"),
    };
    Some(Goal {
        event: event?,
        within: within?,
    })
}

/// Reads an experiment.
pub(super) fn read(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Experiment> {
    let fields = reader.open(path, node, &["seed", "holdout", "variants"])?;
    let seed = match fields.get("seed") {
        Some(node) => reader.words(&path.field("seed"), node, SEED_CHARS),
        None => reader.missing(path, "seed", "what deals the visitors, such as `a1`"),
    };
    let holdout = match fields.get("holdout") {
        Some(node) => hundredths(reader, &path.field("holdout"), node, 90),
        None => Some(0),
    };
    let variants = match fields.get("variants") {
        Some(node) => variants(reader, &path.field("variants"), node),
        None => Some(Vec::new()),
    };
    Some(Experiment {
        seed: seed?,
        holdout: holdout?,
        variants: variants?,
    })
}

fn hundredths(reader: &mut Reader, path: &Path<'_>, node: &Node, most: u8) -> Option<u8> {
    let number = reader.whole(path, node, 0, i32::from(most))?;
    u8::try_from(number).ok()
}

fn variants(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Vec<Variant>> {
    let items = reader.list(path, node, VARIANTS)?;
    let all: Vec<Option<Variant>> = items
        .iter()
        .enumerate()
        .map(|(index, node)| variant(reader, &path.item(index), node))
        .collect();
    for (index, variant) in all.iter().enumerate() {
        let Some(variant) = variant else { continue };
        let earlier = all.iter().take(index).flatten();
        if earlier.into_iter().any(|other| other.name == variant.name) {
            let item = path.item(index);
            let message = format!("there is a variant `{}` already", variant.name);
            reader.refuse::<()>(&item.field("name"), MistakeKind::Repeated, message);
        }
    }
    let all: Vec<Variant> = all.into_iter().collect::<Option<_>>()?;
    let shares: u32 = all.iter().map(|variant| u32::from(variant.share)).sum();
    if shares > 100 {
        let message = format!("the shares are {shares} together, and at most 100 are there");
        return reader.refuse(path, MistakeKind::SharesOverHundred, message);
    }
    Some(all)
}

fn variant(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Variant> {
    let fields = reader.open(path, node, &["name", "share", "text", "buttons"])?;
    let name = match fields.get("name") {
        Some(node) => {
            let place = path.field("name");
            let text = reader.text(&place, node);
            text.and_then(|text| reader.accept(&place, name(text)))
        }
        None => reader.missing(path, "name", "how results name it, such as `b`"),
    };
    let share = match fields.get("share") {
        Some(node) => hundredths(reader, &path.field("share"), node, 100),
        None => reader.missing(path, "share", "how many of a hundred visitors see it"),
    };
    let text = greeting::text(reader, path, fields.get("text"));
    let buttons = match fields.get("buttons") {
        Some(node) => greeting::buttons(reader, &path.field("buttons"), node),
        None => Some(Vec::new()),
    };
    Some(Variant {
        name: name?,
        share: share?,
        text: text?,
        buttons: buttons?,
    })
}

fn name(text: &str) -> Result<String, Complaint> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text == ORIGINAL {
        Err(Complaint::new(
            MistakeKind::ReservedName,
            "`original` is the trigger's own greeting; choose another name",
        ))
    } else if (1..=20).contains(&text.len()) && text.bytes().all(plain) {
        Ok(text.to_owned())
    } else {
        Err(Complaint::new(
            MistakeKind::InvalidId,
            format!(
                "`{}` cannot name a variant; write 1 to 20 lower-case letters, digits and hyphens",
                short(text)
            ),
        ))
    }
}
