//! What differs between two texts, line by line.

/// A line of either text, or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    Same(String),
    Removed(String),
    Added(String),
    /// So many lines that are the same, which nobody needs to read.
    Skipped(usize),
}

/// Lines that are kept around a difference.
const AROUND: usize = 3;

/// The lines of both texts: what one has and the other has not, with a few
/// lines around it. Empty when they are the same.
pub(crate) fn between(before: &str, after: &str) -> Vec<Line> {
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    if before == after {
        return Vec::new();
    }
    shorten(whole(&before, &after))
}

fn whole(before: &[&str], after: &[&str]) -> Vec<Line> {
    let start = common(before.iter(), after.iter());
    let (before_left, after_left) = (&before[start..], &after[start..]);
    let end = common(before_left.iter().rev(), after_left.iter().rev());
    let before_mid = &before_left[..before_left.len() - end];
    let after_mid = &after_left[..after_left.len() - end];
    let same = |line: &&str| Line::Same((*line).to_owned());
    let mut lines: Vec<Line> = before[..start].iter().map(same).collect();
    lines.extend(middle(before_mid, after_mid));
    lines.extend(before[before.len() - end..].iter().map(same));
    lines
}

fn common<'t>(
    one: impl Iterator<Item = &'t &'t str>,
    two: impl Iterator<Item = &'t &'t str>,
) -> usize {
    one.zip(two).take_while(|(one, two)| one == two).count()
}

/// By the longest row of lines that both have.
fn middle(before: &[&str], after: &[&str]) -> Vec<Line> {
    let width = after.len() + 1;
    // How many lines are in common from here to the ends.
    let mut common = vec![0_u32; (before.len() + 1) * width];
    for b in (0..before.len()).rev() {
        for a in (0..after.len()).rev() {
            common[b * width + a] = if before[b] == after[a] {
                common[(b + 1) * width + a + 1] + 1
            } else {
                common[(b + 1) * width + a].max(common[b * width + a + 1])
            };
        }
    }
    let (mut b, mut a) = (0, 0);
    let mut lines = Vec::new();
    while b < before.len() || a < after.len() {
        if b < before.len() && a < after.len() && before[b] == after[a] {
            lines.push(Line::Same(before[b].to_owned()));
            (b, a) = (b + 1, a + 1);
        } else if a == after.len()
            || (b < before.len() && common[(b + 1) * width + a] >= common[b * width + a + 1])
        {
            lines.push(Line::Removed(before[b].to_owned()));
            b += 1;
        } else {
            lines.push(Line::Added(after[a].to_owned()));
            a += 1;
        }
    }
    lines
}

/// Leaves out what is far from any difference.
fn shorten(lines: Vec<Line>) -> Vec<Line> {
    let differs: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !matches!(line, Line::Same(_)))
        .map(|(at, _)| at)
        .collect();
    let is_near = |at: usize| {
        let next = differs.partition_point(|differs| *differs < at);
        let after = differs.get(next).is_some_and(|it| it - at <= AROUND);
        let before = next
            .checked_sub(1)
            .is_some_and(|before| at - differs[before] <= AROUND);
        after || before
    };
    let mut kept = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        if is_near(at) {
            kept.push(line);
        } else if let Some(Line::Skipped(count)) = kept.last_mut() {
            *count += 1;
        } else {
            kept.push(Line::Skipped(1));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let lines = between(before, after).into_iter().map(|line| match line {
            Line::Same(line) => format!(" {line}"),
            Line::Removed(line) => format!("-{line}"),
            Line::Added(line) => format!("+{line}"),
            Line::Skipped(count) => format!("…{count}"),
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_changed_stands_between_what_did_not() {
        assert_eq!(shown("a\nb\nc\n", "a\nx\nc\n"), " a\n-b\n+x\n c");
        assert_eq!(shown("a\nb\n", "a\nb\nc\n"), " a\n b\n+c");
        assert_eq!(shown("a\nb\nc\nd\n", "b\nd\ne\n"), "-a\n b\n-c\n d\n+e");
        assert_eq!(shown("", "a"), "+a");
        assert_eq!(shown("a", ""), "-a");
        assert_eq!(shown("a\nb", "a\nb\n"), "");
    }

    #[test]
    fn lines_far_from_a_change_are_only_counted() {
        let before: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let mut after = before.clone();
        after[10] = "ten".to_owned();
        let shown = shown(&before.join("\n"), &after.join("\n"));
        assert_eq!(shown, "…7\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n…6");
    }
}
