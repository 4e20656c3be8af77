//! Finds what a person may have meant.

/// The name that is most like the one that was written, if one is like it.
pub(crate) fn nearest<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = written.chars().count();
    if length > 80 {
        return None;
    }
    let most = (length / 3).clamp(1, 3);
    let written = written.to_lowercase();
    names
        .into_iter()
        .map(|name| (distance(&written, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// ` did you mean …?`, or nothing.
pub(crate) fn meant<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(written, names).map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

/// How many letters have to be put in, taken out, changed or swapped with their
/// neighbour.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (i, c) in one.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, d) in other.iter().enumerate() {
            let changed = last[j] + usize::from(c != *d);
            let mut best = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if j > 0 && previous == Some(*d) && other[j - 1] == c {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
        previous = Some(c);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_seen_through() {
        let names = ["page.path", "page.hash", "visit.pages", "gte"];
        for (written, meant) in [
            ("page.pth", Some("page.path")),
            ("page.apth", Some("page.path")),
            ("Page.Path", Some("page.path")),
            ("visit.page", Some("visit.pages")),
            ("get", Some("gte")),
            ("cart.value", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, names), meant, "{written}");
        }
    }

    #[test]
    fn the_distance_counts_single_changes() {
        for (one, other, expected) in [
            ("", "", 0),
            ("ab", "ba", 1),
            ("abc", "", 3),
            ("abc", "axc", 1),
        ] {
            assert_eq!(distance(one, other), expected);
        }
    }
}
