//! How much of a file is asked for.

use std::ops::Range;

use axum::http::{HeaderMap, header};
use http_range_header::parse_range_header;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    Whole,
    Part(Range<u64>),
    /// Nothing: the browser has it.
    Known,
    /// What lies behind its end.
    Beyond,
}

/// Reads what is asked for of a file of so many bytes. What cannot be read, and
/// several parts at once, mean all of it, as RFC 9110 allows.
pub(super) fn what(asked: &HeaderMap, tag: &str, bytes: u64) -> What {
    let text = |name| asked.get(name).and_then(|it| it.to_str().ok());
    if text(header::IF_NONE_MATCH) == Some(tag) {
        return What::Known;
    }
    // Whoever has a part of another content wants all of this one.
    let is_ours = text(header::IF_RANGE).is_none_or(|theirs| theirs == tag);
    let ranges = text(header::RANGE).filter(|_| is_ours);
    let Some(Ok(ranges)) = ranges.map(parse_range_header) else {
        return What::Whole;
    };
    match ranges.validate(bytes).as_deref() {
        Ok([part]) => What::Part(*part.start()..part.end().saturating_add(1)),
        Ok(_) => What::Whole,
        Err(_) => What::Beyond,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for_and_what_makes_no_sense_is_all_of_it() {
        for (range, if_range, wanted) in [
            ("bytes=1-3", "", What::Part(1..4)),
            ("bytes=7-", "", What::Part(7..10)),
            ("bytes=-2", "", What::Part(8..10)),
            ("bytes=0-99", "\"a\"", What::Part(0..10)),
            ("bytes=0-18446744073709551615", "", What::Part(0..10)),
            ("bytes=0-3", "\"b\"", What::Whole),
            ("bytes=0-1,4-5", "", What::Whole),
            ("bytes=x", "", What::Whole),
            ("pages=1-2", "", What::Whole),
            ("bytes=10-", "", What::Beyond),
            ("bytes=3-1", "", What::Beyond),
        ] {
            let mut asked = HeaderMap::new();
            asked.insert(header::RANGE, range.parse().unwrap());
            if !if_range.is_empty() {
                asked.insert(header::IF_RANGE, if_range.parse().unwrap());
            }
            assert_eq!(what(&asked, "\"a\"", 10), wanted, "{range} {if_range}");
            asked.insert(header::IF_NONE_MATCH, "\"a\"".parse().unwrap());
            assert_eq!(what(&asked, "\"a\"", 10), What::Known);
        }
    }
}
