//! The owner's server says who a visitor is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use saluda_protocol::visitor::Credentials;
use saluda_protocol::{
    AgentFrame, AgentUpdate, Contact, ErrorCode, Person, Slice, Summary, VisitorFrame,
    VisitorUpdate,
};
use serde_json::json;
use sha2::Sha256;

use crate::client::{Desk, Page, texts};
use crate::server::Server;

/// What an owner's server signs with.
struct Owner(String);

impl Owner {
    fn of(server: &Server) -> Self {
        let (made, secret) = server.command("site secret make shop");
        assert!(made, "{secret}");
        Self(secret.trim().to_owned())
    }

    fn sign(&self, user: &str, id: &str) -> String {
        let seconds = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs();
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = json!({
            "sub": user, "jti": id, "exp": seconds + 300, "email": "ines@cafelargo.pt",
            "name": "Inês Nogueira", "attributes": { "plan": "pro" },
        });
        let signed = [part(json!({ "alg": "HS256", "typ": "JWT" })), part(claims)].join(".");
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).unwrap();
        mac.update(signed.as_bytes());
        format!(
            "{signed}.{}",
            URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
        )
    }
}

type Welcome = (Option<Credentials>, Slice, Contact);

impl Page {
    async fn identify(&mut self, token: String) -> Result<Welcome, ErrorCode> {
        self.socket.send(&VisitorFrame::Identify { token }).await;
        self.socket
            .until("an answer", |update| match update {
                VisitorUpdate::Welcome {
                    credentials,
                    slice,
                    contact,
                    ..
                } => Some(Ok((credentials, slice, contact))),
                VisitorUpdate::Refused { id: None, error } => Some(Err(error.code)),
                _ => None,
            })
            .await
    }
}

#[tokio::test]
async fn what_was_said_anonymously_is_found_again_in_another_browser() {
    let server = Server::start();
    let owner = Owner::of(&server);
    let mut desk = Desk::new(&server, "lucia@alba.example", "shop").await;
    let mut phone = Page::new(&server).await;
    phone.post(1, "asked before signing in").await;
    let conversation = desk.shown("asked before signing in").await;
    let (credentials, slice, contact) = phone.identify(owner.sign("u-42", "one")).await.unwrap();
    let on_phone = credentials.unwrap();
    assert_ne!(on_phone, phone.credentials);
    assert_eq!(texts(&slice), ["asked before signing in"]);
    assert_eq!(contact.name.as_deref(), Some("Inês Nogueira"));
    let summary: Summary = desk
        .socket
        .until("who it is", |update| match update {
            AgentUpdate::Changed { summary, .. } => summary.verified.then_some(*summary),
            _ => None,
        })
        .await;
    assert_eq!(summary.conversation, conversation);

    // At the laptop they wrote too, before they signed in there.
    let mut laptop = Page::new(&server).await;
    laptop.post(2, "asked at the laptop").await;
    let other = desk.shown("asked at the laptop").await;
    let (credentials, slice, _) = laptop.identify(owner.sign("u-42", "two")).await.unwrap();
    let on_laptop = credentials.unwrap();
    assert_eq!(on_laptop.id, on_phone.id);
    assert_eq!(
        texts(&slice),
        ["asked before signing in", "asked at the laptop"]
    );
    let moved = desk
        .socket
        .until("the move", |update| match update {
            AgentUpdate::Changed { summary, .. } if summary.conversation == other => summary.moved,
            _ => None,
        })
        .await;
    assert_eq!(moved, conversation);
    // The phone hears of it, and both browsers are known from now on.
    let heard = phone
        .socket
        .until("what was said at the laptop", |update| match update {
            VisitorUpdate::Slice(slice) => Some(slice),
            _ => None,
        })
        .await;
    assert_eq!(texts(&heard), ["asked at the laptop"]);
    for (credentials, known) in [
        (&on_phone, true),
        (&on_laptop, true),
        (&phone.credentials, false),
        (&laptop.credentials, false),
    ] {
        let page = Page::again(&server, credentials, None).await;
        assert_eq!(!page.slice.events.is_empty(), known);
        assert_eq!(page.credentials == *credentials, known);
    }
    let open = AgentFrame::Open {
        conversation,
        resume: None,
    };
    desk.socket.send(&open).await;
    let person: Person = desk
        .socket
        .until("the person", |update| match update {
            AgentUpdate::Opened { person, .. } => Some(*person),
            _ => None,
        })
        .await;
    let identity = person.identity.unwrap();
    assert_eq!(
        (identity.user.as_str(), identity.attributes["plan"].as_str()),
        ("u-42", "pro")
    );
}

#[tokio::test]
async fn another_tab_of_whom_they_were_comes_back_as_whom_they_are() {
    let server = Server::start();
    let owner = Owner::of(&server);
    let mut known = Page::new(&server).await;
    known.identify(owner.sign("u-42", "one")).await.unwrap();
    let mut tab = Page::new(&server).await;
    tab.post(1, "before").await;
    let second = Page::again(&server, &tab.credentials, None).await;
    tab.identify(owner.sign("u-42", "two")).await.unwrap();
    assert_eq!(second.socket.close_code().await, 1012);
}

#[tokio::test]
async fn what_is_not_the_owners_word_changes_nothing() {
    let server = Server::start();
    let mut page = Page::new(&server).await;
    let forged = Owner("saluda_identity_guess".to_owned());
    let refused = page.identify(forged.sign("u-42", "one")).await;
    assert_eq!(
        refused,
        Err(ErrorCode::IdentityInvalid),
        "there is no secret"
    );
    let owner = Owner::of(&server);
    let refused = page.identify(forged.sign("u-42", "one")).await;
    assert_eq!(refused, Err(ErrorCode::IdentityInvalid));

    let token = owner.sign("u-42", "one");
    let (first, _, _) = page.identify(token.clone()).await.unwrap();
    let mut thief = Page::new(&server).await;
    assert_eq!(thief.identify(token).await, Err(ErrorCode::IdentityUsed));
    // Nobody was written down for it.
    let again = Page::again(&server, &thief.credentials, None).await;
    assert_ne!(again.credentials, thief.credentials);

    // Two secrets are good while one takes the other's place.
    let next = Owner::of(&server);
    for (owner, id) in [(&owner, "two"), (&next, "three")] {
        let (credentials, ..) = page.identify(owner.sign("u-42", id)).await.unwrap();
        assert_eq!(credentials.unwrap().id, first.as_ref().unwrap().id);
    }
    let (_, listed) = server.command("site secret list shop");
    let oldest = listed.lines().last().unwrap().split('\t').next().unwrap();
    let (done, said) = server.command(&format!("site secret revoke shop {oldest}"));
    assert!(done, "{said}");
    let refused = page.identify(owner.sign("u-42", "four")).await;
    assert_eq!(refused, Err(ErrorCode::IdentityInvalid));
    assert!(page.identify(next.sign("u-42", "five")).await.is_ok());
}
