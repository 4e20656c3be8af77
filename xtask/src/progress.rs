//! The lines a person reads while something is built.

use std::time::{Duration, Instant};

/// Prints what was done, and how long it took: `  ui       compiled in 42.1 s`.
pub(crate) fn done(subject: &str, verb: &str, since: Instant) {
    println!("{}", line(subject, verb, since.elapsed()));
}

/// Prints what a person should know, beside the thing it is about.
pub(crate) fn note(subject: &str, sentence: &str) {
    println!("  {subject:<8} {sentence}");
}

fn line(subject: &str, verb: &str, took: Duration) -> String {
    format!("  {subject:<8} {verb} in {}", duration(took))
}

/// A duration as a person would say it.
pub(crate) fn duration(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_in_columns() {
        assert_eq!(
            line("ui", "compiled", Duration::from_millis(42_120)),
            "  ui       compiled in 42.1 s"
        );
        assert_eq!(
            line("runtime", "compiled", Duration::from_secs(61)),
            "  runtime  compiled in 1 min 01 s"
        );
    }
}
