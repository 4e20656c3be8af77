//! Text as rules compare it: folded, so that case makes no difference, and cut,
//! so that no page can make them slow.

use alloc::string::String;

/// Most bytes of a text that rules look at. What is beyond is passed over.
pub const TEXT_BYTES: usize = 2_048;

/// Folds a text. The page has one that asks the browser instead of carrying
/// tables; both must be [`fold`].
pub type Fold = fn(&str) -> String;

/// Unicode case folding by the mappings every browser has: to lower, to upper
/// and to lower case again, so that `ß` and `SS`, or `ς` and `Σ`, are the same.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.to_lowercase().to_uppercase().to_lowercase();
    // At the end of a word the mapping gives the final form.
    lower.replace('ς', "σ")
}

/// As much of a text as rules look at.
#[must_use]
pub fn cut(text: &str) -> &str {
    let end = text.floor_char_boundary(TEXT_BYTES);
    text.get(..end).unwrap_or_default()
}

/// What follows a prefix, if a text begins with it.
///
/// Most texts do not, and addresses differ rather where a prefix ends than where
/// it begins: so one look there saves most comparisons.
pub(crate) fn after<'a>(text: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let (begin, rest) = text.split_at_checked(prefix.len())?;
    (begin.last() == prefix.last() && begin == prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_makes_no_difference() {
        for (one, other) in [
            ("Pricing", "pRICING"),
            ("STRASSE", "straße"),
            ("ẞ", "ss"),
            ("ΟΔΟΣ", "οδος"),
            ("οδοσ", "οδος"),
            ("ÑANDÚ", "ñandú"),
            ("ﬁn", "FIN"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_ne!(fold("é"), fold("e"));
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["İstanbul", "ŉ", "ǰ", "ΐ", "K", "ſ", "Ω", "ᾳ", "Ǆ"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("short"), "short");
        let long = "é".repeat(2_000);
        assert_eq!(cut(&long).len(), TEXT_BYTES);
        assert_eq!(cut(&format!("a{long}")).len(), TEXT_BYTES - 1);
    }
}
