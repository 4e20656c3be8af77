//! A visitor and an agent send each other files.

use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::Key;

use crate::browser::Browser;
use crate::stage::Stage;

/// A picture of 16 by 8 pixels, all of them red.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x08, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7f, 0x14, 0xe8,
    0xc0, 0x00, 0x00, 0x00, 0x13, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8, 0xcf, 0xc0, 0x40,
    0x12, 0x62, 0x18, 0xd5, 0x40, 0x0b, 0x0d, 0x00, 0x24, 0xc6, 0x7f, 0x81, 0x31, 0x50, 0xad, 0x67,
    0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];
const OFFER: &str = "%PDF-1.4\n%\u{e9}\u{e8}\nAn offer of two bags a month.\n%%EOF\n";

impl Browser {
    /// Gives files to the one field for files that there is.
    async fn gives(&self, file: &Path) {
        let script = concat!(
            include_str!("find.js"),
            "\nreturn [...everything(document)].find((one) => one.type === 'file') ?? null;"
        );
        let field = self
            .wait("a field for files", async || {
                let found = self.driver().execute(script, vec![]).await;
                found.ok()?.element().ok()
            })
            .await;
        field.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    /// Waits until a picture with this in its address was loaded and is seen.
    async fn shows_picture(&self, within: &str) {
        let script = concat!(
            include_str!("find.js"),
            "\nreturn [...everything(document)].some((one) => one.localName === 'img'
                && one.closest(arguments[0]) && isVisible(one) && one.naturalWidth === 16);"
        );
        self.wait("the picture", async || {
            let found = self.driver().execute(script, vec![json!(within)]).await;
            found.ok()?.json().as_bool()?.then_some(())
        })
        .await;
    }

    /// Keeps what is downloaded in this folder.
    async fn downloads_to(&self, folder: &Path) {
        let how = json!({ "behavior": "allow", "downloadPath": folder });
        let cdp = self.driver().cdp();
        cdp.send_raw("Browser.setDownloadBehavior", how)
            .await
            .unwrap();
    }
}

fn put(folder: &TempDir, name: &str, content: &[u8]) -> std::path::PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[tokio::test]
async fn a_visitor_sends_a_picture_and_saves_what_an_agent_sends_back() {
    let stage = Stage::set(&[]).await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    let (sent, saved) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    page.downloads_to(saved.path()).await;
    desk.sign_in(&stage, "lucia@alba.example").await;

    // Nobody knows the visitor yet: the picture is the first that they say.
    page.go(&stage.shop("/plans.html")).await;
    page.open_chat().await;
    page.gives(&put(&sent, "grinder.png", PICTURE)).await;
    page.sees("grinder.png").await;
    page.click("button", "Send file").await;
    page.shows_picture("[role=log]").await;
    page.sees("Delivered").await;

    desk.open_conversation("grinder.png").await;
    desk.shows_picture("[role=log]").await;
    desk.click("button", "Enlarge grinder.png").await;
    desk.shows_picture("dialog").await;
    let focused = desk.driver().active_element().await.unwrap();
    focused.send_keys(Key::Escape).await.unwrap();
    desk.misses("link", "Download").await;
    desk.gives(&put(&sent, "offer.pdf", OFFER.as_bytes())).await;
    desk.answer("It fits that grinder.").await;
    page.sees("It fits that grinder.").await;
    page.click("link", "offer.pdf").await;
    let came = saved.path().join("offer.pdf");
    page.wait("the offer on the disk", async || {
        let content = std::fs::read(&came).ok()?;
        (content == OFFER.as_bytes()).then_some(())
    })
    .await;

    // Both are there when the visitor comes back.
    page.reload().await;
    page.open_chat().await;
    page.shows_picture("[role=log]").await;
    page.find("link", "offer.pdf").await;
}
