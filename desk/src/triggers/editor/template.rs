//! What a new trigger begins with.

use crate::form_text;
use crate::texts::{locale, text};

/// A form that can be published as it is, and asks to be changed.
pub(super) fn form() -> String {
    let locale = locale();
    let language = locale.split('-').next().unwrap_or("en");
    // Written by hand, because a map would sort the fields.
    let form = format!(
        r#"{{"name":{},"rule":{{"all":[{{"fact":"page.path","op":"glob","value":"/pricing/**"}},{{"fact":"page.time","op":"gte","value":"30s"}}]}},"schedule":{{"hours":"any"}},"frequency":"visit","after_dismiss":"visit","greeting":{{"text":{{{}:{}}}}},"tags":[]}}"#,
        form_text::quote(&text("template.name")),
        form_text::quote(language),
        form_text::quote(&text("template.text")),
    );
    form_text::lay_out(&form)
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn a_new_trigger_begins_as_one_that_could_be_published() {
        let form = super::form();
        assert!(form.contains("\n  \"rule\": {"), "{form}");
        saluda_rules::compile::read(&form).unwrap();
    }
}
