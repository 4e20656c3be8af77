//! How a visitor can be reached.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use core::fmt;

use crate::limits;

/// What a visitor told about themselves. A claim: nobody has verified it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Contact {
    /// Where to write to.
    pub email: Option<EmailAddress>,
    /// How they are called.
    pub name: Option<String>,
    /// Where to call, as it was typed.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub phone: Option<String>,
}

/// What a client sends of it: as it was typed, to be read by the server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Claim {
    /// Where to write to.
    pub email: Option<String>,
    /// How they are called.
    pub name: Option<String>,
    /// Where to call, as it was typed.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub phone: Option<String>,
}

impl Claim {
    /// Reads what was typed. A name of nothing but spaces is none.
    ///
    /// # Errors
    ///
    /// When the address could not receive mail.
    pub fn read(&self) -> Result<Contact, InvalidEmail> {
        let email = self.email.as_deref().map(EmailAddress::parse).transpose()?;
        let plain = |typed: &Option<String>, limit: usize| {
            let typed = typed.as_deref()?.trim();
            let plain = typed.chars().filter(|c| !c.is_control()).take(limit);
            Some(plain.collect::<String>()).filter(|text| !text.is_empty())
        };
        Ok(Contact {
            email,
            name: plain(&self.name, limits::NAME_CHARS),
            phone: plain(&self.phone, limits::PHONE_CHARS),
        })
    }
}

impl From<Contact> for Claim {
    fn from(contact: Contact) -> Self {
        Self {
            email: contact.email.map(String::from),
            name: contact.name,
            phone: contact.phone,
        }
    }
}

/// An e-mail address that is worth a try.
///
/// The check is deliberately short of RFC 5322: one `@`, a local part, a domain
/// with a dot, no spaces or control characters, at most
/// [`limits::EMAIL_BYTES`]. Whether it exists, only a mail can tell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct EmailAddress(String);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidEmail;

impl fmt::Display for InvalidEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this does not look like an e-mail address")
    }
}

impl core::error::Error for InvalidEmail {}

impl EmailAddress {
    /// Reads what a person typed; spaces around it do not count.
    ///
    /// # Errors
    ///
    /// When it could not receive mail whatever the domain's owner does.
    pub fn parse(typed: &str) -> Result<Self, InvalidEmail> {
        let text = typed.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && !local.chars().any(|c| c.is_whitespace() || c.is_control())
            && !local.contains(['@', '<', '>', ',', ';', ':', '"', '(', ')', '[', ']', '\\']);
        let domain_fits = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(fits_in_domain)
            });
        if local_fits && domain_fits && text.len() <= limits::EMAIL_BYTES {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidEmail)
        }
    }

    /// The address as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a domain may hold it. Other scripts are let through unchecked: the
/// tables to judge them by would be 4 kB in every page.
fn fits_in_domain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || !(c.is_ascii() || c.is_whitespace() || c.is_control())
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_addresses_people_have() {
        for good in [
            "ines@cafelargo.pt",
            "  o'neill+news@mail.example.co.uk ",
            "josé@correo.es",
            "x@münchen.de",
            "first.last@sub.example.museum",
        ] {
            let address = EmailAddress::parse(good).unwrap();
            assert_eq!(address.as_str(), good.trim());
        }
    }

    #[test]
    fn refuses_what_cannot_receive_mail() {
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "ines",
            "ines@",
            "@example.com",
            "ines@localhost",
            "a b@example.com",
            "a@b@example.com",
            "a@example..com",
            "a@-example.com",
            "a@example.com\r\nBcc: x@y.z",
            "<a@example.com>",
            "a@exam_ple.com",
            "a,b@example.com",
            &long,
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(InvalidEmail), "{bad:?}");
        }
    }
}
