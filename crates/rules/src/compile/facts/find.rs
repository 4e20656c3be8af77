//! Finds a fact by the name that was written, or what was meant by it.

use saluda_protocol::TriggerId;
use saluda_protocol::limits::PATTERN_CHARS;

use super::{FACTS, FactEntry, Make};
use crate::compile::mistake::{Complaint, MistakeKind};
use crate::compile::nearest::meant;
use crate::compile::reader::{listed, short};
use crate::trigger::Fact;

/// Finds a fact by its name.
pub(crate) fn find(written: &str) -> Result<(&'static FactEntry, Fact), Complaint> {
    let mut hint = None;
    for entry in FACTS {
        if let Make::Plain(make) = entry.make {
            if entry.name == written {
                return Ok((entry, make()));
            }
            continue;
        }
        let Some(chosen) = entry
            .around()
            .and_then(|(before, after)| written.strip_prefix(before)?.strip_suffix(after))
        else {
            continue;
        };
        match entry.make {
            Make::Named(_) if chosen.is_empty() || chosen == "<name>" => {
                hint = Some(format!(
                    "; write what you look for in place of `<name>`: `{}`",
                    entry.name
                ));
            }
            Make::Named(_)
                if chosen.chars().count() > PATTERN_CHARS || chosen.contains(char::is_control) =>
            {
                hint = Some(format!(
                    "; a name has at most {PATTERN_CHARS} characters, and no control character"
                ));
            }
            Make::Named(_) if entry.name == "visit.utm.<name>" && chosen.starts_with("utm_") => {
                hint = Some(format!(
                    "; leave out `utm_`: `visit.utm.{}`",
                    short(&chosen["utm_".len()..])
                ));
            }
            Make::Named(make) => return Ok((entry, make(chosen.to_owned()))),
            Make::Counted(count) => match TriggerId::try_from(chosen.to_owned()) {
                Ok(id) => return Ok((entry, Fact::Trigger(id, count))),
                Err(error) => hint = Some(format!("; {error}")),
            },
            Make::Plain(_) => {}
        }
    }
    let hint = hint.unwrap_or_else(|| near_fact(written));
    Err(Complaint::new(
        MistakeKind::UnknownFact,
        format!("there is no fact `{}`{hint}", short(written)),
    ))
}

/// What may have been meant.
fn near_fact(written: &str) -> String {
    if written.starts_with("trigger.") {
        return "; of a trigger there are `trigger.<id>.shown`, `.opened`, `.dismissed` and \
                `.replied`"
            .to_owned();
    }
    let near = meant(written, FACTS.iter().map(|entry| entry.name));
    if !near.is_empty() {
        let own = written.strip_prefix("visitor.").map(|name| {
            let name = short(name);
            format!(" What the page says of a visitor is `visitor.attr.{name}`")
        });
        return near + &own.unwrap_or_default();
    }
    // The last part alone, as in `url` or `session.pages`.
    let last = written.rsplit('.').next().unwrap_or(written);
    let same_end = FACTS
        .iter()
        .find(|entry| entry.name.rsplit('.').next() == Some(last));
    if let Some(entry) = same_end {
        return format!("; did you mean `{}`?", entry.name);
    }
    let group = written.split('.').next().unwrap_or(written);
    let of_group = FACTS
        .iter()
        .filter(|entry| entry.name.split('.').next() == Some(group));
    let names: Vec<&str> = of_group.map(|entry| entry.name).collect();
    if names.is_empty() {
        "; what the page says of a visitor is `visitor.attr.<name>`, what happens in it is an \
         `event`"
            .to_owned()
    } else {
        format!("; there are {}", listed(&names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_found_by_its_name() {
        for entry in FACTS {
            let name = entry
                .name
                .replace("<name>", "a b")
                .replace("<id>", "pricing-help");
            assert_eq!(find(&name).unwrap().0.name, entry.name);
        }
        assert_eq!(
            find("page.query.a.b").unwrap().1,
            Fact::PageQuery("a.b".to_owned())
        );
    }
}
