//! How the form of a trigger differs from another, line by line.

use std::collections::BTreeSet;

use saluda_protocol::TriggerSpec;

/// How many lines stand around a change, so that one sees what it belongs to.
const AROUND: usize = 2;

/// Most comparisons for the shortest difference. Beyond them, all that is not
/// alike at both ends goes and comes at once.
const COMPARISONS: usize = 1_000_000;

/// A line of one form, of the other, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line<'t> {
    Goes(&'t str),
    Comes(&'t str),
    Stays(&'t str),
}

/// The lines that go (`-`), that come (`+`), and those around them. `…` stands
/// for lines that are left out.
pub(super) fn difference(old: &TriggerSpec, new: &TriggerSpec) -> Vec<String> {
    let form = |spec| serde_json::to_string_pretty(spec).unwrap_or_default();
    let (old, new) = (form(old), form(new));
    shown(&lines(&old, &new))
}

fn lines<'t>(old: &'t str, new: &'t str) -> Vec<Line<'t>> {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let alike = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(&new).take_while(alike).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = ends.take_while(alike).count();
    let old_middle = &old_rest[..old_rest.len() - tail];
    let new_middle = &new_rest[..new_rest.len() - tail];
    let mut all: Vec<Line<'_>> = old[..head].iter().copied().map(Line::Stays).collect();
    all.extend(middle(old_middle, new_middle));
    let tail = &old_rest[old_rest.len() - tail..];
    all.extend(tail.iter().copied().map(Line::Stays));
    all
}

/// By the longest common run of lines.
fn middle<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Line<'t>> {
    let goes = |line: &&'t str| Line::Goes(line);
    let comes = |line: &&'t str| Line::Comes(line);
    if old.len().saturating_mul(new.len()) > COMPARISONS {
        return old.iter().map(goes).chain(new.iter().map(comes)).collect();
    }
    // The number of lines that stay, from each pair of places to both ends.
    let width = new.len() + 1;
    let mut stay = vec![0_u32; (old.len() + 1) * width];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            stay[i * width + j] = if a == b {
                stay[(i + 1) * width + j + 1] + 1
            } else {
                stay[(i + 1) * width + j].max(stay[i * width + j + 1])
            };
        }
    }
    let mut all = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            all.push(Line::Stays(old[i]));
            (i, j) = (i + 1, j + 1);
        } else if stay[(i + 1) * width + j] >= stay[i * width + j + 1] {
            all.push(Line::Goes(old[i]));
            i += 1;
        } else {
            all.push(Line::Comes(new[j]));
            j += 1;
        }
    }
    all.extend(old[i..].iter().map(goes));
    all.extend(new[j..].iter().map(comes));
    all
}

fn shown(lines: &[Line<'_>]) -> Vec<String> {
    let near: BTreeSet<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !matches!(line, Line::Stays(_)))
        .flat_map(|(at, _)| at.saturating_sub(AROUND)..=at + AROUND)
        .collect();
    let mut shown = Vec::new();
    let mut skipped = false;
    for (at, line) in lines.iter().enumerate() {
        if !near.contains(&at) {
            skipped = true;
            continue;
        }
        if skipped && !shown.is_empty() {
            shown.push("  …".to_owned());
        }
        skipped = false;
        shown.push(match line {
            Line::Goes(text) => format!("- {text}"),
            Line::Comes(text) => format!("+ {text}"),
            Line::Stays(text) => format!("  {text}"),
        });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> String {
        shown(&lines(old, new)).join("\n")
    }

    #[test]
    fn what_changed_stands_with_what_is_around_it() {
        let old = "a\nb\nc\nd\ne\nf\ng\nh\ni";
        let new = "a\nb\nc\nD\ne\nf\ng\nh\ni\nj";
        assert_eq!(
            told(old, new),
            "  b\n  c\n- d\n+ D\n  e\n  f\n  …\n  h\n  i\n+ j"
        );
        assert_eq!(told(old, old), "");
        assert_eq!(told("", "a"), "+ a");
    }

    #[test]
    fn lines_that_stay_are_found_between_those_that_go_and_come() {
        assert_eq!(
            told("x\na\nb\ny", "z\na\nb\nw"),
            "- x\n+ z\n  a\n  b\n- y\n+ w"
        );
        assert_eq!(told("a\na\na", "a\na"), "  a\n  a\n- a");
    }

    #[test]
    fn a_huge_difference_is_told_whole() {
        let many = |word: &str| vec![word; 2_000].join("\n");
        let told = shown(&lines(&many("a"), &many("b")));
        assert_eq!(told.len(), 4_000);
        assert!(told[0].starts_with('-') && told[3_999].starts_with('+'));
    }
}
