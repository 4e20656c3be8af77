//! What the site has seen, as suggestions for whoever writes a condition.
//! Without them everything can be typed all the same, so nothing is said when
//! they cannot be had.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::studio::Seen;

use super::state::SeenOf;
use crate::state::Desk;

impl Desk {
    /// Asks what the site that is watched has seen, unless that is known.
    pub(crate) fn read_seen(self) {
        let Some(remote) = self.remote() else { return };
        let seen = self.studio.seen;
        let known = |seen: &SeenOf| seen.as_ref().is_some_and(|(site, _)| *site == remote.site);
        if seen.with_untracked(known) || !untrack(|| self.may_write()) {
            return;
        }
        spawn_local(async move {
            if let Ok(found) = remote.seen().await {
                seen.set(Some((remote.site.clone(), found)));
            }
        });
    }

    /// The values that a fact had, those of the most visitors first.
    pub(crate) fn seen_values(self, fact: &str) -> Vec<String> {
        self.studio.seen.with(|seen| {
            let seen = seen.as_ref().map(|(_, seen)| seen);
            values(seen, fact)
        })
    }

    /// What stands in the names of facts that begin so, such as `visitor.attr.`.
    pub(crate) fn seen_names(self, begin: &str) -> Vec<String> {
        self.studio.seen.with(|seen| {
            let seen = seen.as_ref().map(|(_, seen)| seen);
            names(seen, begin)
        })
    }

    /// The events that triggers ask for.
    pub(crate) fn seen_events(self) -> Vec<String> {
        self.studio.seen.with(|seen| {
            let seen = seen.as_ref().map(|(_, seen)| seen.events.clone());
            seen.unwrap_or_default()
        })
    }
}

fn values(seen: Option<&Seen>, fact: &str) -> Vec<String> {
    let found = seen.and_then(|seen| seen.facts.iter().find(|it| it.fact == fact));
    found.map(|found| found.values.clone()).unwrap_or_default()
}

fn names(seen: Option<&Seen>, begin: &str) -> Vec<String> {
    let facts = seen.map(|seen| seen.facts.as_slice()).unwrap_or_default();
    let name = |fact: &str| Some(fact.strip_prefix(begin)?.to_owned());
    facts.iter().filter_map(|it| name(&it.fact)).collect()
}

/// What a field suggests; it names this by its id.
#[component]
pub(crate) fn Suggested(id: String, #[prop(into)] from: Signal<Vec<String>>) -> impl IntoView {
    view! {
        <datalist id=id>
            {move || from.get().into_iter().map(|value| view! { <option value=value></option> }).collect_view()}
        </datalist>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use saluda_protocol::studio::SeenFact;

    #[test]
    fn a_fact_is_found_by_its_name_and_a_name_by_its_beginning() {
        let fact = |fact: &str, values: &[&str]| SeenFact {
            fact: fact.to_owned(),
            values: values.iter().map(|it| (*it).to_owned()).collect(),
        };
        let seen = Seen {
            facts: vec![
                fact("page.path", &["/plans", "/"]),
                fact("visitor.attr.plan", &[]),
            ],
            events: Vec::new(),
        };
        assert_eq!(values(Some(&seen), "page.path"), ["/plans", "/"]);
        assert_eq!(values(Some(&seen), "page.title"), [""; 0]);
        assert_eq!(names(Some(&seen), "visitor.attr."), ["plan"]);
        assert_eq!(values(None, "page.path"), [""; 0]);
    }
}
