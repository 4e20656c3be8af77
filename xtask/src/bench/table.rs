//! Figures as tables, the way they stand in `docs/performance.md`.

use std::fs;
use std::thread;

use super::figures::{Figures, Many};
use super::target::{Target, row, two_digits};

/// What it was measured on, and with.
pub(crate) fn machine(command: &str, with: &str) -> String {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model);
    format!("`cargo xtask bench {command}` on {model}, {cores} cores, {with}.")
}

/// Every engine, with the same rules.
pub(crate) fn engines(figures: &Figures) -> String {
    let closures = figures.pass_ns("closures");
    let row = |name: &str, pass_ns: f64, first_ms: Option<f64>| {
        let first = first_ms.map_or_else(|| "–".to_owned(), |ms| format!("{ms:.2} ms"));
        let times = pass_ns / closures;
        format!(
            "| {name} | {} | {} | {first} |",
            micros(pass_ns),
            two_digits(times)
        )
    };
    let mut rows = vec![
        "| engine | one pass | closures = 1 | first pass, cold |".to_owned(),
        "|---|---:|---:|---:|".to_owned(),
        row(
            "Saluda, native",
            figures.native_ns(|pass| pass.scratch_ns),
            None,
        ),
        row(
            "Saluda, in the module",
            figures.inside.scratch_ns,
            Some(figures.first_ms),
        ),
        row(
            "Saluda, through `call`, a page begins",
            figures.through.page_ns,
            None,
        ),
    ];
    for engine in &figures.others {
        rows.push(row(engine.name, engine.pass_ns, Some(engine.first_ms)));
    }
    rows.join("\n")
}

/// What was to be reached.
pub(crate) fn targets(figures: &Figures) -> String {
    let closures = figures.pass_ns("closures");
    let generated = figures.pass_ns("generated");
    let native = figures.native_ns(|pass| pass.scratch_ns);
    let fewer = |scratch: f64, event: f64| Target::at_least(scratch / event, 10.0, 30.0, "times");
    let event = |name: &str, scratch: f64, event: f64| {
        let name = format!("one event that touches one rule, {name}: {}", micros(event));
        row(&name, &fewer(scratch, event))
    };
    let inside = &figures.inside;
    let many = figures.many();
    let each = |many: &Many| many.scratch_ns / f64::from(many.triggers);
    let growth = match (many.first(), many.last()) {
        (Some(few), Some(most)) => each(most) / each(few),
        _ => f64::NAN,
    };
    let explained = figures.native(|native| {
        let explain = &native.explain;
        f64::from(explain.explained) / explain.replay_ns * 1e9
    });
    [
        "| what | here | gate | stretch | |".to_owned(),
        "|---|---:|---:|---:|---|".to_owned(),
        row(
            "from scratch, native, closures = 1",
            &Target::at_most(native / closures, 0.5, 0.25, ""),
        ),
        row(
            "from scratch, in the module, closures = 1",
            &Target::at_most(inside.scratch_ns / closures, 1.0, generated / closures, ""),
        ),
        row(
            "first pass after load, cold, closures = 1",
            &Target::at_most(figures.first_ms / figures.first_ms_of("closures"), 2.0, 1.0, ""),
        ),
        event(
            "an attribute, native",
            native,
            figures.native_ns(|pass| pass.attribute_ns),
        ),
        event(
            "a tracked event, native",
            native,
            figures.native_ns(|pass| pass.track_ns),
        ),
        event("an attribute, in the module", inside.scratch_ns, inside.attribute_ns),
        event("a tracked event, in the module", inside.scratch_ns, inside.track_ns),
        row(
            "10,000 triggers, one pass, each, of 50 = 1",
            &Target::at_most(growth, 1.0, 1.0, ""),
        ),
        row(
            "decisions explained in a second",
            &Target::at_least(explained, 200_000.0, 1_000_000.0, ""),
        ),
        String::new(),
        format!(
            "Of the first pass, {:.2} ms are our own: with the module compiled before it is called.\n\nNothing out of date: {} native. Through `call`: {} after an attribute, {} when nothing happened.",
            figures.first_compiled_ms,
            micros(figures.native_ns(|pass| pass.rest_ns)),
            micros(figures.through.attribute_ns),
            micros(figures.through.rest_ns),
        ),
    ]
    .join("\n")
}

/// More triggers.
pub(crate) fn many(many: &[Many]) -> String {
    let mut rows = vec![
        "| triggers | laying out | each | from scratch | each |".to_owned(),
        "|---:|---:|---:|---:|---:|".to_owned(),
    ];
    for one in many {
        let each = |whole: f64| format!("{:.0} ns", whole / f64::from(one.triggers));
        rows.push(format!(
            "| {} | {} | {} | {} | {} |",
            one.triggers,
            micros(one.lay_ns),
            each(one.lay_ns),
            micros(one.scratch_ns),
            each(one.scratch_ns)
        ));
    }
    rows.join("\n")
}

fn micros(ns: f64) -> String {
    if ns >= 100_000.0 {
        format!("{:.2} ms", ns / 1e6)
    } else if ns >= 10_000.0 {
        format!("{:.1} µs", ns / 1e3)
    } else {
        format!("{:.2} µs", ns / 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_as_many_digits_as_say_something() {
        assert_eq!(micros(412.0), "0.41 µs");
        assert_eq!(micros(22_710_000.0), "22.71 ms");
    }
}
