//! The part of the desk that is loaded when it is first looked at.

use serde_json::json;

use crate::browser::Browser;
use crate::stage::Stage;
use crate::studio::LUCIA;

impl Browser {
    /// Lets nothing through to addresses like these, or everything again.
    async fn blocks(&self, addresses: &[&str]) {
        let cdp = self.driver().cdp();
        cdp.send_raw("Network.enable", json!({})).await.unwrap();
        let blocked = json!({ "urls": addresses });
        cdp.send_raw("Network.setBlockedURLs", blocked)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn what_could_not_be_loaded_is_said_and_can_be_tried_again() {
    let stage = Stage::with_triggers(&[]).await;
    let desk = stage.browser().await;
    desk.blocks(&["*/assets/studio.*"]).await;
    // The inbox needs nothing of it.
    desk.sign_in(&stage, LUCIA).await;
    desk.click("link", "Triggers").await;
    desk.sees("This part could not be loaded").await;
    desk.blocks(&[]).await;
    desk.click("button", "Try again").await;
    desk.row_says("Pricing help", "Paused").await;
    desk.click("link", "Settings").await;
    desk.sees("Embed").await;
}
