//! Codes that show that someone reads the mail of an address.
//!
//! A code follows from the visitor, the address, the time and a key of the site:
//! nothing has to be kept, and any server of the site knows it again.

use saluda_protocol::{EmailAddress, Millis, VisitorId};
use subtle::ConstantTimeEq as _;

use crate::secret;

/// A code is good for this time at least, and at most twice that.
const SPAN_MS: u64 = 15 * 60 * 1000;

/// The code that is good from now on: six digits.
pub(super) fn make(key: &str, visitor: VisitorId, to: &EmailAddress, now: Millis) -> String {
    of_span(key, visitor, to, now.0 / SPAN_MS)
}

/// Whether that is what someone said; spaces do not count.
pub(super) fn is_good(
    key: &str,
    visitor: VisitorId,
    to: &EmailAddress,
    said: &str,
    now: Millis,
) -> bool {
    let said: String = said.chars().filter(|c| !c.is_whitespace()).collect();
    let span = now.0 / SPAN_MS;
    let good = |span| {
        let code = of_span(key, visitor, to, span);
        bool::from(code.as_bytes().ct_eq(said.as_bytes()))
    };
    good(span) || span.checked_sub(1).is_some_and(good)
}

fn of_span(key: &str, visitor: VisitorId, to: &EmailAddress, span: u64) -> String {
    // Nothing else that the key signs has a space in it.
    let signed = secret::sign(key, &format!("mail {visitor} {} {span}", to.as_str()));
    let [first, second, third, fourth, ..] = signed;
    let number = u32::from_be_bytes([first, second, third, fourth]);
    format!("{:06}", number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_good_for_one_visitor_one_address_and_a_while() {
        let visitor = |byte| VisitorId::from_random([byte; 16]);
        let to = |text| EmailAddress::parse(text).unwrap();
        let (maria, now) = (to("maria@example.com"), Millis(SPAN_MS * 1_000 + 7));
        let code = make("key", visitor(1), &maria, now);
        assert_eq!(code.len(), 6);
        let good = |key, one, to: &EmailAddress, said: &str, at| {
            is_good(key, visitor(one), to, said, Millis(at))
        };
        assert!(good("key", 1, &maria, &code, now.0));
        let spaced = format!(" {} {}\n", &code[..3], &code[3..]);
        assert!(good("key", 1, &maria, &spaced, now.0 + SPAN_MS));
        assert!(!good("key", 1, &maria, &code, now.0 + 2 * SPAN_MS));
        assert!(!good("key", 2, &maria, &code, now.0));
        assert!(!good("other", 1, &maria, &code, now.0));
        assert!(!good("key", 1, &to("mario@example.com"), &code, now.0));
        for said in ["", "000000000", &code[..5], &format!("{code}0")] {
            assert!(!good("key", 1, &maria, said, now.0), "{said}");
        }
    }
}
