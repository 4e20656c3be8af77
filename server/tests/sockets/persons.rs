//! People's rights, while their pages and desks are open.

use saluda_protocol::{AgentUpdate, Body, Contact, VisitorFrame, VisitorUpdate, What};

use crate::client::{Desk, Page, message};
use crate::server::Server;

impl Page {
    /// Says something and tells an address.
    async fn introduces(&mut self, email: &str) {
        self.post(1, "two bags, please").await;
        let claim = saluda_protocol::Claim {
            email: Some(email.to_owned()),
            ..saluda_protocol::Claim::default()
        };
        self.socket.send(&VisitorFrame::Contact(claim)).await;
        let told = |update| matches!(update, VisitorUpdate::Contact(_)).then_some(());
        self.socket.until("the address to be kept", told).await;
    }
}

#[tokio::test]
async fn who_is_erased_goes_from_the_desk_and_comes_back_as_someone_new() {
    let server = Server::start();
    let cookie = server.sign_in("lucia@alba.example");
    let mut desk = Desk::with_cookie(&server, &cookie, "shop").await;
    let mut page = Page::new(&server).await;
    page.introduces("ines@example.com").await;
    let conversation = desk.shown("two bags, please").await;
    desk.open(conversation).await;

    // An agent may not.
    let path = format!("/api/sites/shop/people/{}", page.credentials.id);
    let refused = server.request("DELETE", &path, &cookie, "");
    assert!(refused.starts_with("HTTP/1.1 403"), "{refused}");
    let (done, said) = server.command("agent role lucia@alba.example administrator --site shop");
    assert!(done, "{said}");
    let gone = server.request("DELETE", &path, &cookie, "");
    assert!(gone.starts_with("HTTP/1.1 204"), "{gone}");

    // In the conversation, and in the inbox, which takes it out of its lists.
    let (mut told, mut listed) = (false, false);
    desk.socket
        .until("word that it is erased", |update| {
            match update {
                AgentUpdate::Event { event, .. } => told |= event.what == What::Erased,
                AgentUpdate::Changed { summary, .. } => listed |= summary.erased,
                _ => {}
            }
            (told && listed).then_some(())
        })
        .await;
    let person = desk
        .socket
        .until("an empty person", |update| match update {
            AgentUpdate::Person { person, .. } => Some(person),
            _ => None,
        })
        .await;
    assert_eq!(person.contact, Contact::default());
    // Opened again, there is nothing but that.
    let slice = desk.open(conversation).await;
    let all: Vec<_> = slice.events.iter().map(|event| &event.what).collect();
    assert_eq!(all, [&What::Erased]);

    assert_eq!(page.socket.close_code().await, 1012);
    let mut back = Page::again(&server, &page.credentials, None).await;
    assert!(back.slice.events.is_empty() && back.slice.reset);
    assert_ne!(back.credentials.id, page.credentials.id);
    assert_eq!(back.post(2, "hello").await, 1);
}

#[tokio::test]
async fn the_command_line_finds_exports_and_erases() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    page.introduces("ines@example.com").await;
    let file = page.upload(&server, "wish.txt", "a wish").unwrap();
    let body = Body::File(file.clone());
    let id = message(2);
    page.socket.send(&VisitorFrame::Post { id, body }).await;
    page.post(3, "that is all").await;
    let mut other = Page::new(&server).await;
    other.introduces("Ines@Example.com").await;

    let (_, both) = server.command("person find ines@example.com --site shop");
    assert_eq!(both.lines().count(), 2, "{both}");
    let (done, said) = server.command("person erase ines@example.com --site shop");
    assert!(!done && said.contains("2 people may be meant"), "{said}");

    let id = page.credentials.id;
    let (done, said) = server.command(&format!("person export {id} --site shop --to ines"));
    assert!(done && said.contains("1 files"), "{said}");
    let folder = server.folder().join("ines");
    let person = std::fs::read_to_string(folder.join("person.json")).unwrap();
    let person: serde_json::Value = serde_json::from_str(&person).unwrap();
    assert_eq!(person["contact"]["email"], "ines@example.com");
    let kept = std::fs::read_to_string(folder.join("files").join(file.id.to_string()));
    assert_eq!(kept.unwrap(), "a wish");

    let (done, said) = server.command(&format!("person erase {id} --site shop"));
    assert!(done && said.contains("erased"), "{said}");
    let (done, said) = server.command(&format!("person find {id} --site shop"));
    assert!(!done && said.contains("nobody"), "{said}");
    let (_, log) = server.command("audit --site shop");
    assert!(
        log.lines().next().unwrap().contains("person_erased"),
        "{log}"
    );
    assert!(
        log.contains("person_exported") && !log.contains("ines@"),
        "{log}"
    );
    let (all_well, said) = server.command("check");
    assert!(all_well, "{said}");
}
