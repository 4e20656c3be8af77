//! What axe-core finds at the desk: nothing, on any page, in the light and in the
//! dark, on a desktop and on a phone.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::greetings::{always, trigger};
use crate::stage::Stage;
use crate::studio::LUCIA;

/// Looks for what WCAG 2.2 AA forbids and good practice avoids.
const LOOK: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(arguments[0] ?? document, { runOnly: tags }).then(({ violations }) => done(violations.map(
        ({ id, help, nodes }) => `${id}: ${help}\\n` + nodes.map(({ target, failureSummary }) =>
            `  ${target.join(' ')}: ${failureSummary}`).join('\\n'))));";

/// Opens whatever is folded, and goes to the end: axe takes a label that is out of
/// sight for none, and the form comes last.
const UNFOLD: &str = "
    for (const one of document.querySelectorAll('details')) one.open = true;
    for (const one of document.querySelectorAll('main [aria-expanded=false][aria-controls]')) one.click();
    document.querySelector('.card:has(.form-text)')?.scrollIntoView();";

pub(crate) fn axe() -> String {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../pkg/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!(
            "{error}: {}; `cargo xtask test browser` installs it",
            file.display()
        )
    })
}

impl Browser {
    /// Shows pages as someone sees them who chose light or dark and wants nothing
    /// to move, in a window of this width and height.
    pub(crate) async fn looks(&self, scheme: &str, [width, height]: [u32; 2]) {
        let cdp = self.driver().cdp();
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        cdp.send_raw("Emulation.setEmulatedMedia", media)
            .await
            .unwrap();
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        cdp.send_raw("Emulation.setDeviceMetricsOverride", size)
            .await
            .unwrap();
    }

    /// What axe finds on the page, or in the first of these elements.
    pub(crate) async fn faults(&self, axe: &str, within: Option<&str>) -> Vec<Value> {
        self.run(axe, vec![]).await;
        let found = self.run_async(LOOK, vec![json!(within)]).await;
        found.as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn no_page_of_the_desk_has_a_fault_that_axe_finds() {
    let more = json!({
        "greeting": {
            "text": { "en": "Hello from tour", "es": "Hola" },
            "buttons": [{ "label": { "en": "Yes" } }],
            "reply": { "agent": { "ask": ["email"], "follow_up": { "en": "Thanks." } } },
        },
        "tags": ["tour"],
        "goal": { "event": "signup", "within": "7d" },
        "experiment": { "seed": "a1", "holdout": 10, "variants": [
            { "name": "shorter", "share": 50, "text": { "en": "Hi" } } ] },
    });
    let stage = Stage::with_triggers(&[trigger("tour", &always(), &more)]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    let axe = axe();
    let mut faults = Vec::new();
    for (scheme, width) in [("light", 1280), ("dark", 1280), ("light", 360)] {
        desk.looks(scheme, [width, 3000]).await;
        for (page, shown) in [
            ("", "Alba Coffee"),
            ("/triggers", "Pricing help"),
            ("/triggers/tour", "Version 1"),
            ("/triggers/tour/results", "Nobody has seen it yet."),
            ("/triggers/pricing-help/results", "Over time"),
            ("/new-trigger", "May I help you?"),
            ("/import", "Import"),
            ("/settings/embed", "widget.js"),
            ("/settings/hours", "Europe/Lisbon"),
            ("/settings/appearance", "Lucía"),
            ("/settings/identity", "Make a secret"),
            ("/settings/site", "Alba Coffee"),
            ("/settings/audit", "Added the site"),
            ("/settings/tokens", "Tokens"),
        ] {
            desk.go(&format!("{}{page}", stage.desk())).await;
            desk.has(shown).await;
            desk.run(UNFOLD, vec![]).await;
            for fault in desk.faults(&axe, None).await {
                faults.push(format!(
                    "/desk{page} ({scheme}, {width}): {}",
                    fault.as_str().unwrap()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

impl Browser {
    /// Waits until the page says this, in words or in one of its fields.
    async fn has(&self, text: &str) {
        let look = "const fields = [...document.querySelectorAll('input, textarea, select')];
            const said = document.body.innerText + fields.map((field) => field.value).join('\\n');
            return said.includes(arguments[0]);";
        self.wait(&format!("`{text}` on the page"), async || {
            let found = self.run(look, vec![json!(text)]).await;
            found.as_bool()?.then_some(())
        })
        .await;
    }
}
