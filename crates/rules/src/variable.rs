//! What may stand in the gaps of a greeting's text.

use alloc::borrow::ToOwned as _;

use crate::trigger::Fact;

/// The fact that a gap names, if it is one that can be read aloud.
#[must_use]
pub fn fact(name: &str) -> Option<Fact> {
    let named = |prefix: &str| {
        let rest = name.strip_prefix(prefix)?;
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    match name {
        "page.title" => Some(Fact::PageTitle),
        "page.path" => Some(Fact::PagePath),
        _ => named("visitor.attr.")
            .map(Fact::VisitorAttr)
            .or_else(|| named("page.query.").map(Fact::PageQuery))
            .or_else(|| named("visit.utm.").map(Fact::VisitUtm)),
    }
}
