//! How the widget is walked through: by the ids of its elements, whichever
//! language it speaks.

use std::env;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::accessible::axe;
use crate::browser::Browser;
use crate::stage::Stage;

/// Where pictures go, if any are wanted; `cargo xtask screenshots` says it.
const FOLDER: &str = "SALUDA_SCREENSHOTS";

/// Finds one of the widget's own elements, in whichever language.
pub(super) const OURS: &str = "const root = document.querySelector('saluda-widget')?.shadowRoot;
    const ours = (id) => root?.getElementById(id);";

/// One way to look at the widget.
pub(super) struct View {
    pub(super) name: &'static str,
    pub(super) locale: &'static str,
    pub(super) scheme: &'static str,
    pub(super) size: [u32; 2],
}

/// A walk through the states.
pub(super) struct Walk {
    pub(super) page: Browser,
    view: View,
    axe: String,
    pub(super) faults: Vec<String>,
}

impl Walk {
    /// Begins with someone who looks at the widget so.
    pub(super) async fn new(stage: &Stage, view: View) -> Self {
        let page = stage.browser().await;
        page.looks(view.scheme, view.size).await;
        let locale = view.locale;
        page.before_each_page(&format!(
            "new MutationObserver(() => {{
                const script = document.querySelector('script[data-site]');
                if (script) script.dataset.locale = '{locale}';
            }}).observe(document, {{ childList: true, subtree: true }});"
        ))
        .await;
        Self {
            page,
            view,
            axe: axe(),
            faults: Vec::new(),
        }
    }

    /// Waits until one of ours is on the screen.
    pub(super) async fn sees(&self, id: &str) {
        let seen = format!("ours('{id}')?.checkVisibility() ?? false");
        self.is(&format!("#{id}"), &seen).await;
    }

    /// Waits until something is so, by a script that says whether.
    pub(super) async fn is(&self, what: &str, script: &str) {
        let script = format!("{OURS} return {script}");
        self.page
            .wait(what, async || {
                let so = self.page.run(&script, vec![]).await;
                so.as_bool()?.then_some(())
            })
            .await;
    }

    /// Opens what lies above the rest.
    pub(super) async fn pop_up(&self, opener: &str) {
        self.press(opener).await;
        self.is(
            "something above the rest",
            "!!root.querySelector('.popover')",
        )
        .await;
    }

    pub(super) async fn press(&self, id: &str) {
        self.sees(id).await;
        let script = format!("{OURS} ours(arguments[0]).click()");
        self.page.run(&script, vec![json!(id)]).await;
    }

    /// Leaves it, as someone does with the keyboard.
    pub(super) async fn escape(&self) {
        let script = format!(
            "{OURS} const escape = {{ key: 'Escape', bubbles: true }};
            root.querySelector('.popover button').dispatchEvent(new KeyboardEvent('keydown', escape));"
        );
        self.page.run(&script, vec![]).await;
        self.is("nothing above the rest", "!root.querySelector('.popover')")
            .await;
    }

    pub(super) async fn says(&self, text: &str) {
        let script = format!(
            "{OURS} const field = ours('composer');
            field.value = arguments[0];
            field.dispatchEvent(new Event('input', {{ bubbles: true }}));
            field.form.requestSubmit();"
        );
        self.page.run(&script, vec![json!(text)]).await;
    }

    /// Begins anew as someone whom nobody knows.
    pub(super) async fn begin(&self, stage: &Stage) {
        self.page.run("window.Saluda?.('reset')", vec![]).await;
        self.page.go(&stage.shop("/about.html")).await;
        self.page.is_ready().await;
    }

    pub(super) async fn open(&self) {
        self.page.run("Saluda('open')", vec![]).await;
        self.sees("panel").await;
    }

    /// Looks at what is there now.
    pub(super) async fn look(&mut self, state: &str) {
        let View { name, size, .. } = self.view;
        for fault in self.page.faults(&self.axe, Some("saluda-widget")).await {
            let fault = fault.as_str().unwrap().to_owned();
            self.faults.push(format!("{state} ({name}): {fault}"));
        }
        let script = format!(
            "{OURS} const panel = ours('panel');
            const wide = panel ? [panel, ...panel.querySelectorAll('*')].filter((one) =>
                one.checkVisibility() && getComputedStyle(one).overflowX != 'hidden'
                && !one.closest('.away') && one.scrollWidth > one.clientWidth + 1 && one.clientWidth) : [];
            return wide.map((one) => `${{one.localName}}.${{one.className}} is too narrow`)
                .concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls'] : []);"
        );
        let wide = self.page.run(&script, vec![]).await;
        for fault in wide.as_array().unwrap() {
            self.faults
                .push(format!("{state} ({name}, {size:?}): {fault}"));
        }
        if let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) {
            fs::create_dir_all(&folder).unwrap();
            let picture = self.page.driver().screenshot_as_png().await.unwrap();
            fs::write(folder.join(format!("{state}-{name}.png")), picture).unwrap();
        }
    }
}

impl Browser {
    /// Changes some of what the owner chose; the browser is signed in at the
    /// desk.
    pub(super) async fn chooses(&self, change: Value) {
        let script = "const [change, done] = arguments;
            const at = '/api/sites/demo/settings';
            (async () => {
                const { settings } = await (await fetch(at)).json();
                const answer = await fetch(at, {
                    method: 'PUT',
                    headers: { 'content-type': 'application/json' },
                    body: JSON.stringify({ ...settings, ...change }),
                });
                return answer.ok ? '' : await answer.text();
            })().then(done, (error) => done(String(error)));";
        let refused = self.run_async(script, vec![change]).await;
        assert_eq!(refused, json!(""));
    }
}
