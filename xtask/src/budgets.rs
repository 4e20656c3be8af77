//! What a page may pay: the one place that holds the figures.

/// Most bytes, compressed with brotli, that one thing a page loads may have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    /// What the row is called.
    pub(crate) name: &'static str,
    /// Logical names in the manifest; `widget.js` is the loader itself.
    pub(crate) parts: &'static [&'static str],
    /// Above this the build fails.
    pub(crate) gate: u64,
    /// Where we would like to be.
    pub(crate) stretch: u64,
}

const LOADER: &str = "widget.js";

/// Every budget. One kilobyte is 1000 bytes.
pub(crate) const BUDGETS: [Budget; 13] = [
    Budget {
        name: "loader",
        parts: &[LOADER],
        gate: 3_000,
        stretch: 2_000,
    },
    Budget {
        name: "runtime",
        parts: &["runtime.js", "runtime.wasm"],
        gate: 24_000,
        stretch: 16_000,
    },
    Budget {
        name: "ui",
        parts: &["ui.js", "ui.wasm", "ui.en.json"],
        gate: 90_000,
        stretch: 70_000,
    },
    Budget {
        name: "whole chat",
        parts: &[
            LOADER,
            "runtime.js",
            "runtime.wasm",
            "ui.js",
            "ui.wasm",
            "ui.en.json",
        ],
        gate: 115_000,
        stretch: 90_000,
    },
    // When a visitor is asked something for the first time, or looks for more than
    // writing.
    Budget {
        name: "more",
        parts: &["more.wasm"],
        gate: 40_000,
        stretch: 25_000,
    },
    // Where a page says who its visitor is, or changes language or theme.
    Budget {
        name: "verbs",
        parts: &["verbs.js"],
        gate: 2_000,
        stretch: 1_500,
    },
    // Once a conversation has begun: what depends on other tabs.
    Budget {
        name: "tabs",
        parts: &["tabs.js"],
        gate: 2_000,
        stretch: 1_500,
    },
    // Where a visitor wants the conversation by e-mail.
    Budget {
        name: "transcript",
        parts: &["transcript.js"],
        gate: 2_000,
        stretch: 1_500,
    },
    // Only in the browser of an owner who opened a link for it.
    Budget {
        name: "explain",
        parts: &["explain.js", "explain.wasm"],
        gate: 60_000,
        stretch: 40_000,
    },
    Budget {
        name: "desk",
        parts: &[
            "desk/index.html",
            "desk.js",
            "desk.wasm",
            "desk.css",
            "desk.en.json",
        ],
        gate: 450_000,
        stretch: 300_000,
    },
    // When someone looks at triggers or settings for the first time.
    Budget {
        name: "studio",
        parts: &["studio.wasm"],
        gate: 450_000,
        stretch: 300_000,
    },
    // When someone tries a visit in the editor.
    Budget {
        name: "tester",
        parts: &["tester.js", "explain.wasm"],
        gate: 60_000,
        stretch: 40_000,
    },
    // Around the widget as pages have it, when a trigger is edited.
    Budget {
        name: "preview",
        parts: &["desk/preview.html", "preview.js"],
        gate: 6_000,
        stretch: 4_000,
    },
];

/// How a size stands against its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// At or below where we would like to be.
    Stretch,
    /// Within the budget.
    Within,
    /// The build fails.
    Above,
}

impl Budget {
    /// Judges a size.
    pub(crate) fn verdict(&self, bytes: u64) -> Verdict {
        if bytes > self.gate {
            Verdict::Above
        } else if bytes > self.stretch {
            Verdict::Within
        } else {
            Verdict::Stretch
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_may_be_spent_to_the_last_byte() {
        let loader = BUDGETS[0];
        assert_eq!(loader.verdict(2_000), Verdict::Stretch);
        assert_eq!(loader.verdict(2_001), Verdict::Within);
        assert_eq!(loader.verdict(3_000), Verdict::Within);
        assert_eq!(loader.verdict(3_001), Verdict::Above);
    }

    #[test]
    fn the_whole_chat_counts_every_part_once() {
        let chat = BUDGETS
            .iter()
            .find(|budget| budget.name == "whole chat")
            .unwrap();
        let parts: Vec<_> = BUDGETS[..3]
            .iter()
            .flat_map(|budget| budget.parts)
            .collect();
        assert_eq!(chat.parts.iter().collect::<Vec<_>>(), parts);
    }

    #[test]
    fn every_stretch_is_below_its_gate() {
        assert!(BUDGETS.iter().all(|budget| budget.stretch < budget.gate));
    }
}
