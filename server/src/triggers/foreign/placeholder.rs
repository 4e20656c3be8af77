//! What stands in a foreign text for something about the visitor.

use super::draft::short;

/// What stands in a gap when nothing is known, in the language of a text.
///
/// A name needs a word that goes with a salutation; anything else may be absent.
fn fallback(fact: &str, language: &str) -> &'static str {
    let english = language == "en" || language.starts_with("en-");
    let is_name = matches!(fact, "visitor.attr.name" | "visitor.attr.first_name");
    if english && is_name { "there" } else { "" }
}

fn told(was: &str, gap: &str, fact: &str) -> String {
    let from = if fact.starts_with("visitor.attr.") {
        "; your page says it with `Saluda('set', …)`"
    } else {
        ""
    };
    format!("`{was}` in the text became `{gap}`{from}")
}

/// Fills in for the `@…` of Zendesk's texts. An `@` that is no variable of
/// theirs stays as it is.
pub(super) fn variables(text: &str, language: &str, notes: &mut Vec<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let end = from[1..]
            .find(|c| !is_part(c))
            .map_or(from.len(), |n| n + 1);
        let (variable, left) = from.split_at(end);
        match variable.strip_prefix("@visitor_") {
            Some(name) if !name.is_empty() => {
                let fact = match name {
                    "page_title" => "page.title".to_owned(),
                    "name" | "email" | "phone" => format!("visitor.attr.{name}"),
                    other => format!("visitor.attr.visitor_{other}"),
                };
                let gap = format!("{{{{{fact}|{}}}}}", fallback(&fact, language));
                notes.push(told(variable, &gap, &fact));
                filled.push_str(&gap);
            }
            _ => filled.push_str(variable),
        }
        rest = left;
    }
    filled.push_str(rest);
    filled
}

/// Fills in for the `{{…}}` of Chatwoot's texts.
///
/// What is computed there (`{% … %}`, filters but `default`) cannot be said.
pub(super) fn liquid(
    text: &str,
    language: &str,
    sender: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<String, String> {
    if text.contains("{%") {
        return Err("its text has `{% … %}`, and texts here compute nothing".to_owned());
    }
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let end = from
            .find("}}")
            .ok_or("its text has a `{{` that is not closed")?;
        let (was, left) = from.split_at(end + 2);
        let refused = || format!("its text has `{}`, which is not known here", short(was));
        let (variable, default) = match was[2..end].split_once('|') {
            None => (was[2..end].trim(), None),
            Some((variable, filter)) => {
                let default = default(filter).ok_or_else(refused)?;
                (variable.trim(), Some(default))
            }
        };
        if let Some(name) = sender.filter(|_| variable == "agent.name") {
            notes.push(format!(
                "`{}` in the text became `{}`",
                short(was),
                short(name)
            ));
            filled.push_str(name);
        } else {
            let fact = attribute(variable).ok_or_else(refused)?;
            let default = default.unwrap_or_else(|| fallback(&fact, language));
            let gap = format!("{{{{{fact}|{default}}}}}");
            notes.push(told(&short(was), &gap, &fact));
            filled.push_str(&gap);
        }
        rest = left;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The attribute that stands for something about the contact.
fn attribute(variable: &str) -> Option<String> {
    let name = variable
        .strip_prefix("contact.custom_attribute.")
        .or_else(|| variable.strip_prefix("contact."))?;
    let name = if name == "phone_number" {
        "phone"
    } else {
        name
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let fits = !name.is_empty() && name.len() <= 60 && name.chars().all(is_part);
    fits.then(|| format!("visitor.attr.{name}"))
}

/// What stands in `default: "…"`.
fn default(filter: &str) -> Option<&str> {
    let written = filter.trim().strip_prefix("default")?.trim_start();
    let written = written.strip_prefix(':')?.trim();
    let quoted = |mark: char| written.strip_prefix(mark)?.strip_suffix(mark);
    let word = quoted('"').or_else(|| quoted('\''))?;
    (!word.contains(['"', '\'', '{', '}', '|'])).then_some(word)
}
