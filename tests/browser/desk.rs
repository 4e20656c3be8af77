//! What an agent does.

use crate::browser::Browser;
use crate::stage::Stage;

impl Browser {
    /// Opens the desk and signs in as one of the demo's agents.
    pub(crate) async fn sign_in(&self, stage: &Stage, email: &str) {
        self.go(&stage.desk()).await;
        self.write("E-mail", email).await;
        self.write("Password", "saluda-demo").await;
        self.click("button", "Sign in").await;
        self.find("tab", "Open").await;
    }

    /// Opens the conversation whose last message shows this text in the list.
    pub(crate) async fn open_conversation(&self, text: &str) {
        let item = self
            .wait(&format!("`{text}` in the inbox"), async || {
                let script = concat!(
                    include_str!("find.js"),
                    "\nreturn [...everything(document)].find((one) =>
                        ['listitem', 'option', 'link', 'button', 'row'].includes(roleOf(one))
                        && isVisible(one) && one.innerText.includes(arguments[0])) ?? null;"
                );
                let found = self
                    .driver()
                    .execute(script, vec![serde_json::json!(text)])
                    .await;
                found.ok()?.element().ok()
            })
            .await;
        item.click().await.unwrap();
    }

    /// Writes an answer and sends it.
    pub(crate) async fn answer(&self, text: &str) {
        self.write("Your reply", text).await;
        self.click("button", "Send").await;
    }
}
