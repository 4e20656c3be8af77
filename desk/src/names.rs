//! What to call a visitor, and the colour that goes with them.

use saluda_protocol::{Contact, EmailAddress, VisitorId};

use crate::texts::text_with;

/// How many tints of avatars there are.
const TINTS: u32 = 6;

/// The name a visitor gave, else the address, else a name that stays theirs.
pub(crate) fn name_of(contact: &Contact, visitor: VisitorId) -> String {
    given(contact).map_or_else(
        || text_with("visitor.anonymous", &[("hint", &hint(visitor))]),
        str::to_owned,
    )
}

fn given(contact: &Contact) -> Option<&str> {
    let name = contact
        .name
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    name.or_else(|| contact.email.as_ref().map(EmailAddress::as_str))
}

/// The end of an id: its beginning is a time, which visitors share.
fn hint(visitor: VisitorId) -> String {
    let id = visitor.to_string().to_uppercase();
    id.get(id.len().saturating_sub(4)..)
        .unwrap_or_default()
        .to_owned()
}

/// One or two letters for an avatar; nothing for a visitor without a name.
pub(crate) fn initials(contact: &Contact) -> String {
    given(contact).map_or_else(String::new, initials_of)
}

/// The first letters of the first and the last word.
pub(crate) fn initials_of(name: &str) -> String {
    let name = name.split('@').next().unwrap_or_default();
    let mut words = name
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | '_' | '-' | '+'))
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// A tint that stays with the visitor on every desk.
pub(crate) fn tint(visitor: VisitorId) -> u32 {
    visitor.to_string().bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    }) % TINTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(name: Option<&str>, email: Option<&str>) -> Contact {
        Contact {
            name: name.map(str::to_owned),
            email: email.map(|email| EmailAddress::parse(email).unwrap()),
            phone: None,
        }
    }

    #[test]
    fn a_visitor_is_called_by_the_best_name_there_is() {
        let id = VisitorId::from_random([0xab; 16]);
        assert_eq!(
            name_of(&contact(Some(" Inês "), Some("i@x.pt")), id),
            "Inês"
        );
        assert_eq!(name_of(&contact(Some(" "), Some("i@x.pt")), id), "i@x.pt");
        assert_eq!(name_of(&contact(None, None), id), "Visitor ABAB");
    }

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        for (name, letters) in [
            ("Inês Nogueira", "IN"),
            ("Ana María de la Cruz", "AC"),
            ("kofi.wiredu@example.com", "KW"),
            ("Zoë", "Z"),
            ("(?) 9", "9"),
            ("", ""),
        ] {
            assert_eq!(initials_of(name), letters, "{name}");
        }
    }

    #[test]
    fn a_tint_stays() {
        let id = VisitorId::from_random([7; 16]);
        assert_eq!(tint(id), tint(id));
        assert!(tint(id) < TINTS);
    }
}
