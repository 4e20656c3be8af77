//! What the server says of a form: mistakes and warnings, in the agent's
//! language.
//!
//! The server's sentences are English and have the values in them, so where the
//! agent reads English they stand alone. In another language the desk says what
//! kind of thing it is and of which part of the form, and the server's sentence
//! stands beneath, so that nothing it knows is lost.

mod place;

use leptos::prelude::*;
use saluda_protocol::studio::{Mistake, Warning};

use crate::texts::translated;

/// One mistake or warning.
pub(super) struct Remark {
    path: String,
    /// The desk's sentence for its kind.
    key: String,
    message: String,
}

impl From<Mistake> for Remark {
    fn from(mistake: Mistake) -> Self {
        Self {
            path: mistake.path,
            key: format!("mistake.{}", mistake.kind),
            message: mistake.message,
        }
    }
}

impl From<Warning> for Remark {
    fn from(warning: Warning) -> Self {
        Self {
            path: warning.path,
            key: format!("warning.{}", warning.kind),
            message: warning.message,
        }
    }
}

impl Remark {
    /// What stands in its row. `form` is the text it was said of; empty where
    /// that is not at hand.
    pub(super) fn view(self, form: &str) -> AnyView {
        let (part, own) = self.in_own_words(form);
        let Self { path, message, .. } = self;
        let code = (!path.is_empty()).then(|| view! { <code class="mistake-path">{path}</code> });
        let Some(own) = own else {
            return view! { {code} <span>{message}</span> }.into_any();
        };
        // Whoever knows the part by its name needs its path for the JSON alone.
        let (before, within) = match part {
            Some(part) => (
                view! { <strong class="mistake-part">{part}</strong> }.into_any(),
                code.map(|code| view! { {code} ": " }),
            ),
            None => (code.into_any(), None),
        };
        view! {
            {before}
            <span>{own}</span>
            <span class="mistake-detail" lang="en" dir="ltr">{within} {message}</span>
        }
        .into_any()
    }

    /// The part of the form and what is to be said of it, in a language other
    /// than the server's. A newer server has kinds that no language here has a
    /// sentence for.
    fn in_own_words(&self, form: &str) -> (Option<String>, Option<String>) {
        match translated(&self.key) {
            Some(own) => (place::name_of(form, &self.path), Some(own)),
            None => (None, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    const FORM: &str = r#"{ "rule": { "all": [
        { "fact": "page.path", "op": "glob", "value": "/pricing/**" }
    ] } }"#;

    fn remark(path: &str, kind: &str) -> Remark {
        Remark::from(Mistake {
            path: path.into(),
            kind: kind.into(),
            message: "as the server says it".into(),
        })
    }

    fn said(remark: &Remark) -> (Option<String>, Option<String>) {
        remark.in_own_words(FORM)
    }

    #[test]
    fn in_english_the_server_speaks() {
        assert_eq!(
            said(&remark("rule.all[0].value", "wrong_value")),
            (None, None)
        );
        assert_eq!(said(&remark("name", "empty")), (None, None));
    }

    #[test]
    fn in_another_language_the_desk_names_the_part_and_says_it() {
        texts::install("es", Some(include_str!("../../texts/es.json")));
        let (part, own) = said(&remark("rule.all[0].value", "never_fits"));
        let expected = "Visitantes que están en una página cuya ruta encaja en «/pricing/**»";
        assert_eq!(part.as_deref(), Some(expected));
        assert_eq!(
            own.as_deref(),
            Some("Este valor no se da nunca, así que la condición no decide nada. Cámbialo.")
        );
        let warning = Remark::from(Warning {
            path: "schedule.hours".into(),
            kind: "no_hours".into(),
            message: "The site has no opening hours.".into(),
        });
        let (part, own) = said(&warning);
        assert_eq!(part.as_deref(), Some("En qué horario"));
        assert!(own.is_some_and(|own| own.starts_with("El sitio no tiene horario")));
    }

    #[test]
    fn a_kind_of_a_newer_server_is_told_in_its_own_sentence() {
        texts::install("pt", Some(include_str!("../../texts/pt.json")));
        assert_eq!(said(&remark("name", "no_such_kind")), (None, None));
    }
}
