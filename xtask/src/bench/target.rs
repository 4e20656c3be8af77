//! Figures beside what was to be reached.

/// A figure, and how good it should be.
pub(super) struct Target {
    here: f64,
    gate: f64,
    stretch: f64,
    more_is_better: bool,
    unit: &'static str,
}

impl Target {
    pub(super) fn at_most(here: f64, gate: f64, stretch: f64, unit: &'static str) -> Self {
        Self {
            here,
            gate,
            stretch,
            more_is_better: false,
            unit,
        }
    }

    pub(super) fn at_least(here: f64, gate: f64, stretch: f64, unit: &'static str) -> Self {
        Self {
            more_is_better: true,
            ..Self::at_most(here, gate, stretch, unit)
        }
    }

    fn verdict(&self) -> &'static str {
        let reaches = |bound: f64| {
            if self.more_is_better {
                self.here >= bound
            } else {
                self.here <= bound
            }
        };
        if reaches(self.stretch) {
            "within stretch"
        } else if reaches(self.gate) {
            "within gate"
        } else {
            "**misses the gate**"
        }
    }
}

/// A line of a table of targets.
pub(super) fn row(name: &str, target: &Target) -> String {
    let [here, gate, stretch] =
        [target.here, target.gate, target.stretch].map(|number| shown(number, target.unit));
    format!(
        "| {name} | {here} | {gate} | {stretch} | {} |",
        target.verdict()
    )
}

fn shown(number: f64, unit: &str) -> String {
    format!("{} {unit}", two_digits(number))
        .trim_end()
        .to_owned()
}

/// As many digits as say something.
pub(super) fn two_digits(number: f64) -> String {
    match number {
        _ if number >= 1_000_000.0 => format!("{:.1} million", number / 1_000_000.0),
        _ if number >= 10_000.0 => format!("{:.0},000", number / 1_000.0),
        _ if number >= 10.0 => format!("{number:.0}"),
        _ => format!("{number:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_says_what_was_reached() {
        let verdict = |here| Target::at_most(here, 1.0, 0.5, "ms").verdict();
        assert_eq!(verdict(0.5), "within stretch");
        assert_eq!(verdict(0.7), "within gate");
        assert_eq!(verdict(1.1), "**misses the gate**");
        assert_eq!(verdict(f64::NAN), "**misses the gate**");
        let verdict = |here| Target::at_least(here, 10.0, 30.0, "").verdict();
        assert_eq!(verdict(12.0), "within gate");
        assert_eq!(verdict(9.0), "**misses the gate**");
    }

    #[test]
    fn figures_have_as_many_digits_as_say_something() {
        assert_eq!(two_digits(0.254), "0.25");
        assert_eq!(two_digits(672_984.7), "673,000");
        assert_eq!(two_digits(1_040_000.0), "1.0 million");
    }
}
