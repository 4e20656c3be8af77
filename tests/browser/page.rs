//! What a visitor does.

use serde_json::json;

use crate::browser::Browser;

impl Browser {
    /// Opens the chat from its launcher.
    pub(crate) async fn open_chat(&self) {
        self.click("button", "Open chat").await;
        self.find("textbox", "Message").await;
    }

    /// Writes a message and sends it.
    pub(crate) async fn say(&self, text: &str) {
        self.write("Message", text).await;
        self.click("button", "Send").await;
    }

    /// Lets the pages that follow require consent before anything is stored.
    pub(crate) async fn requires_consent(&self) {
        self.before_each_page(
            "new MutationObserver(() => {
               const script = document.querySelector('script[data-site]');
               if (script) script.dataset.consent = 'required';
             }).observe(document, { childList: true, subtree: true });",
        )
        .await;
    }

    /// The value of a cookie, if there is one.
    pub(crate) async fn cookie(&self, name: &str) -> Option<String> {
        let script = "return document.cookie.split('; ').map(one => one.split('='))
            .find(one => one[0] === arguments[0])?.[1] ?? null;";
        let value = self.run(script, vec![json!(name)]).await;
        value.as_str().map(str::to_owned)
    }

    /// What the page has asked of the chat's server since it was loaded, by what
    /// it is for.
    pub(crate) async fn asked(&self) -> Vec<String> {
        let script = "return performance.getEntriesByType('resource')
            .filter(({ name }) => name.includes('/api/') || name.includes('/ws/'))
            .map(({ name }) => new URL(name).pathname)";
        serde_json::from_value(self.run(script, vec![]).await).unwrap()
    }
}
