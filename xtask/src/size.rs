//! `cargo xtask size`: the bytes a page pays, against the budgets.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::budgets::{BUDGETS, Budget, Verdict};
use crate::tools::NodeTools;
use crate::wasm::Profile;
use crate::{assets, manifest, workspace};

/// Builds what is shipped, prints the table, and fails above a budget.
pub(crate) fn run() -> Result<()> {
    // Without the optimiser the figures would be those of something else.
    NodeTools::require()?;
    assets::build(Profile::Shipped)?;
    let sizes = sizes(&workspace::dist())?;
    println!("{}", table(&sizes));
    let missing = BUDGETS
        .iter()
        .flat_map(|budget| budget.parts)
        .find(|part| !sizes.contains_key(**part));
    if let Some(missing) = missing {
        bail!("`{missing}` was not built, so its size is unknown");
    }
    let above: Vec<_> = BUDGETS
        .iter()
        .filter(|budget| verdict(budget, &sizes) == Verdict::Above)
        .collect();
    if let Some(budget) = above.first() {
        bail!(
            "`{}` is above its budget: make it smaller, or change the budget in `xtask/src/budgets.rs` and say why",
            budget.name
        );
    }
    Ok(())
}

/// Logical name to bytes as sent.
type Sizes = BTreeMap<String, u64>;

fn sizes(dist: &Path) -> Result<Sizes> {
    let manifest = manifest::read(dist)?;
    let mut sizes: Sizes = manifest
        .into_iter()
        .map(|(name, entry)| (name, entry.brotli))
        .collect();
    for fixed in ["widget.js", "desk/index.html", "desk/preview.html"] {
        if let Ok(compressed) = fs::metadata(dist.join(format!("{fixed}.br"))) {
            sizes.insert(fixed.to_owned(), compressed.len());
        }
    }
    Ok(sizes)
}

fn total(budget: &Budget, sizes: &Sizes) -> u64 {
    budget
        .parts
        .iter()
        .filter_map(|part| sizes.get(*part))
        .sum()
}

fn verdict(budget: &Budget, sizes: &Sizes) -> Verdict {
    budget.verdict(total(budget, sizes))
}

/// Bytes as kilobytes of 1000.
fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn table(sizes: &Sizes) -> String {
    let mut rows = vec![
        String::new(),
        "  kB, brotli      size    gate  stretch".to_owned(),
    ];
    for budget in &BUDGETS {
        rows.push(row(budget, total(budget, sizes)));
        if budget.name != "whole chat" && budget.parts.len() > 1 {
            rows.extend(
                budget
                    .parts
                    .iter()
                    .map(|part| detail(part, sizes.get(*part))),
            );
        }
    }
    rows.join("\n")
}

fn row(budget: &Budget, total: u64) -> String {
    let [size, gate, stretch] = [total, budget.gate, budget.stretch].map(kilobytes);
    let word = match budget.verdict(total) {
        Verdict::Stretch => "within stretch",
        Verdict::Within => "within gate",
        Verdict::Above => "ABOVE GATE",
    };
    format!(
        "  {:<11} {size:>8} {gate:>7} {stretch:>8}   {word}",
        budget.name
    )
}

fn detail(part: &str, size: Option<&u64>) -> String {
    let size = size.map_or_else(|| "–".to_owned(), |bytes| kilobytes(*bytes));
    format!("    {part:<15} {size:>6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilobyte_is_a_thousand_bytes() {
        assert_eq!(kilobytes(0), "0.0");
        assert_eq!(kilobytes(1_949), "1.9");
        assert_eq!(kilobytes(1_950), "2.0");
        assert_eq!(kilobytes(115_000), "115.0");
    }

    #[test]
    fn the_table_says_what_is_above_its_budget() {
        let sizes = Sizes::from([
            ("widget.js".to_owned(), 3_001),
            ("runtime.wasm".to_owned(), 20_000),
        ]);
        let table = table(&sizes);
        assert!(
            table.contains("loader           3.0     3.0      2.0   ABOVE GATE"),
            "{table}"
        );
        assert!(
            table.contains("runtime         20.0    24.0     16.0   within gate"),
            "{table}"
        );
        assert!(table.contains("    runtime.wasm      20.0"), "{table}");
    }
}
