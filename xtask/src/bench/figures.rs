//! What was measured, before it is put into words.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;

/// What the native program tells. Times are nanoseconds.
#[derive(Debug, Deserialize)]
pub(crate) struct Native {
    pub(crate) passes: Vec<Pass>,
    pub(crate) many: Vec<Many>,
    pub(crate) explain: Explain,
}

/// One decision at the end of a visit.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_field_names, reason = "a measure carries its unit")]
pub(crate) struct Pass {
    pub(crate) scratch_ns: f64,
    pub(crate) attribute_ns: f64,
    pub(crate) track_ns: f64,
    pub(crate) rest_ns: f64,
}

/// A site with so many triggers.
#[derive(Debug, Deserialize)]
pub(crate) struct Many {
    pub(crate) triggers: u32,
    pub(crate) lay_ns: f64,
    pub(crate) scratch_ns: f64,
}

/// All visits replayed with every trigger explained.
#[derive(Debug, Deserialize)]
pub(crate) struct Explain {
    pub(crate) replay_ns: f64,
    pub(crate) explained: u32,
}

/// One engine in the browser.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    /// Nanoseconds of a pass.
    pub(crate) pass_ns: f64,
    /// Milliseconds of the first one in a fresh page.
    pub(crate) first_ms: f64,
}

/// Passes within our module.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "a measure carries its unit")]
pub(crate) struct Inside {
    pub(crate) scratch_ns: f64,
    pub(crate) attribute_ns: f64,
    pub(crate) track_ns: f64,
}

/// Calls of our module.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "a measure carries its unit")]
pub(crate) struct Through {
    pub(crate) page_ns: f64,
    pub(crate) attribute_ns: f64,
    pub(crate) rest_ns: f64,
}

/// Everything.
#[derive(Debug)]
pub(crate) struct Figures {
    /// One for each round.
    pub(crate) natives: Vec<Native>,
    pub(crate) inside: Inside,
    pub(crate) through: Through,
    pub(crate) first_ms: f64,
    /// The same where the browser has compiled the module before.
    pub(crate) first_compiled_ms: f64,
    pub(crate) others: Vec<Engine>,
}

impl Figures {
    /// Something that was measured natively, in the median round.
    pub(crate) fn native(&self, figure: impl Fn(&Native) -> f64) -> f64 {
        median(self.natives.iter().map(figure).collect())
    }

    /// The mean of a figure over all visits, natively.
    pub(crate) fn native_ns(&self, figure: impl Fn(&Pass) -> f64) -> f64 {
        let of_visits = |native: &Native| native.passes.iter().map(&figure).collect::<Vec<_>>();
        self.native(|native| mean(&of_visits(native)))
    }

    /// Sites with more and more triggers, in the median round.
    pub(crate) fn many(&self) -> Vec<Many> {
        let Some(first) = self.natives.first() else {
            return Vec::new();
        };
        let sites = first.many.iter().enumerate();
        sites
            .map(|(at, site)| Many {
                triggers: site.triggers,
                lay_ns: self.native(|native| native.many[at].lay_ns),
                scratch_ns: self.native(|native| native.many[at].scratch_ns),
            })
            .collect()
    }

    /// What is compared to.
    pub(crate) fn pass_ns(&self, name: &str) -> f64 {
        let found = self.others.iter().find(|engine| engine.name == name);
        found.map_or(f64::NAN, |engine| engine.pass_ns)
    }

    /// Milliseconds of the first pass of one of the others, cold.
    pub(crate) fn first_ms_of(&self, name: &str) -> f64 {
        let found = self.others.iter().find(|engine| engine.name == name);
        found.map_or(f64::NAN, |engine| engine.first_ms)
    }
}

/// The mean of what several pages told of one thing: in each page the mean of
/// all visits, and of the pages the median.
pub(crate) fn of_pages(pages: &[Value], name: Option<&str>) -> Result<f64> {
    let means = pages.iter().map(|page| {
        let list = name.map_or(page, |name| &page[name]);
        let list: Vec<f64> = serde_json::from_value(list.clone())
            .with_context(|| format!("a page told {page} instead of figures"))?;
        Ok(mean(&list))
    });
    Ok(median(means.collect::<Result<_>>()?))
}

fn mean(numbers: &[f64]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "there are a few")]
    let count = numbers.len() as f64;
    numbers.iter().sum::<f64>() / count
}

/// The middle one; of an even number, the greater of the two.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_that_was_disturbed_does_not_count() {
        let pages = [json!([1.0, 3.0]), json!([2.0, 2.0]), json!([90.0, 10.0])];
        assert!((of_pages(&pages, None).unwrap() - 2.0).abs() < 1e-9);
        assert!(of_pages(&[json!("no figures")], None).is_err());
    }
}
