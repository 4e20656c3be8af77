//! What is sent to whom, and what is not.

use saluda_protocol::{Body, Credentials, MessageId, Millis};
use serde_json::{Value, json};

use crate::chat::{self, post::By};
use crate::http::testing::{Answer, proof, send, visitor};
use crate::testing::Scene;

const TRANSCRIPTS: &str = "/api/sites/shop/transcripts";
const PAGE: (&str, &str) = ("origin", "https://shop.example");
const STRANGE: &str = "Buy cheap watches at https://spam.example";

async fn ask(scene: &Scene, of: &Credentials, wanted: Value) -> Answer {
    let proof = proof(of);
    let headers = [PAGE, ("authorization", &proof)];
    send(scene, "POST", TRANSCRIPTS, &headers, &wanted.to_string()).await
}

/// Someone who has said something.
async fn someone(scene: &Scene) -> Credentials {
    let ines = visitor(scene).await;
    scene.says(ines.id, STRANGE).await;
    ines
}

/// The one mail that is new.
fn mail(scene: &Scene, known: &[String]) -> String {
    let mut new = scene.mails();
    new.retain(|mail| !known.contains(mail));
    let [mail] = <[String; 1]>::try_from(new).unwrap();
    // Long lines, and other scripts, travel encoded.
    mail.replace("=\r\n", "").replace("\r\n", "\n")
}

/// The code in a mail: the line that is moved in.
fn code(mail: &str) -> String {
    let line = mail.lines().find(|line| line.starts_with("    "));
    line.unwrap().trim().to_owned()
}

#[tokio::test]
async fn what_was_said_goes_to_whoever_can_read_the_address() {
    let scene = Scene::new().await;
    let lucia = scene.agent("lucia@alba.example", "secret").await;
    let ines = someone(&scene).await;
    let conversation = scene.app.store.conversation_of(ines.id).await;
    let conversation = conversation.unwrap().unwrap().id;
    let by = By::Agent {
        id: lucia,
        name: "Lucia".into(),
        conversation,
        text_chars: 100,
    };
    let answer = Body::Text("We have none.\n.\nFrom: me".into());
    let id = MessageId::from_random([200; 16]);
    chat::post(&scene.app, by, id, &answer).await.unwrap();

    let to = json!({ "email": " ines@example.com " });
    let asked = ask(&scene, &ines, to).await;
    assert_eq!(
        (asked.status, asked.json()),
        (200, json!({ "sent": "code" }))
    );
    assert_eq!(asked.header("access-control-allow-origin"), "*");
    let first = mail(&scene, &[]);
    assert!(first.contains("To: ines@example.com"), "{first}");
    assert!(!first.contains("watches"), "{first}");
    let code = code(&first);
    assert!(first.contains(&format!("Subject: {code} is your code for Alba Coffee")));

    let known = scene.mails();
    let with_code = json!({ "email": "ines@example.com", "code": code, "locale": "en" });
    let sent = ask(&scene, &ines, with_code).await;
    assert_eq!(
        (sent.status, sent.json()),
        (200, json!({ "sent": "transcript" }))
    );
    let text = mail(&scene, &known);
    let said = format!(
        "as of 1970-01-01 00:16 UTC:\n\nYou, 1970-01-01 00:16 UTC\n    {STRANGE}\n\n\
         Lucia, 1970-01-01 00:16 UTC\n    We have none.\n    .\n    From: me\n"
    );
    assert!(text.contains(&said), "{text}");
}

/// A stranger's mailbox is no place for what a visitor wrote.
#[tokio::test]
async fn nothing_that_a_visitor_wrote_goes_to_an_address_that_is_not_theirs() {
    let scene = Scene::new().await;
    let ines = someone(&scene).await;
    let victim = "victim@example.com";
    ask(&scene, &ines, json!({ "email": victim })).await;
    for code in ["", "000000", "1", "' or 1=1", STRANGE] {
        let wanted = json!({ "email": victim, "code": code, "locale": STRANGE });
        let refused = ask(&scene, &ines, wanted).await;
        assert_eq!(
            (refused.status, &refused.json()["code"]),
            (403, &json!("code_wrong"))
        );
    }
    // The code of an own address is none for another one, nor for someone else.
    let known = scene.mails();
    ask(&scene, &ines, json!({ "email": "ines@example.com" })).await;
    let own = code(&mail(&scene, &known));
    let refused = ask(&scene, &ines, json!({ "email": victim, "code": own })).await;
    assert_eq!(refused.status, 403);
    let other = someone(&scene).await;
    let refused = ask(
        &scene,
        &other,
        json!({ "email": "ines@example.com", "code": own }),
    )
    .await;
    assert_eq!(refused.status, 403);
    // Nor is it good for ever.
    scene.clock.set(Millis(1_000_000 + 30 * 60_000));
    let late = ask(
        &scene,
        &ines,
        json!({ "email": "ines@example.com", "code": own }),
    )
    .await;
    assert_eq!(late.status, 403);
    assert!(scene.mails().iter().all(|mail| !mail.contains("watches")));
    assert_eq!(scene.mails().len(), 2);
}

#[tokio::test]
async fn nobody_is_flooded_and_no_code_is_guessed() {
    let scene = Scene::new().await;
    let (mut sent, mut refused) = (0, 0);
    for _ in 0..4 {
        let ines = someone(&scene).await;
        for _ in 0..3 {
            let answer = ask(&scene, &ines, json!({ "email": "Victim@example.com" })).await;
            match answer.status {
                200 => sent += 1,
                429 => refused += 1,
                other => panic!("{other}"),
            }
        }
    }
    assert_eq!((sent, refused, scene.mails().len()), (6, 6, 6));

    let mut tried = 0;
    for _ in 0..3 {
        let ines = someone(&scene).await;
        for guess in 0..10 {
            let wanted = json!({ "email": "victim@example.com", "code": format!("{guess:06}") });
            tried += u32::from(ask(&scene, &ines, wanted).await.status == 403);
        }
    }
    assert_eq!(tried, 12);
    scene.clock.set(Millis(1_000_000 + 60 * 60_000));
    let ines = someone(&scene).await;
    let later = ask(&scene, &ines, json!({ "email": "victim@example.com" })).await;
    assert_eq!(later.status, 200);
}

#[tokio::test]
async fn whoever_may_not_ask_is_told_why() {
    let scene = Scene::new().await;
    let wanted = json!({ "email": "ines@example.com" });
    let ines = visitor(&scene).await;
    let nothing = ask(&scene, &ines, wanted.clone()).await;
    assert_eq!(
        (nothing.status, &nothing.json()["code"]),
        (404, &json!("not_found"))
    );
    let ines = someone(&scene).await;
    for bad in [
        json!({ "email": "ines" }),
        json!({ "email": "a@b.example, victim@example.com" }),
        json!({ "email": "a@b.example\r\nBcc: victim@example.com" }),
        json!({}),
        json!({ "email": "ines@example.com", "to": "x" }),
    ] {
        let refused = ask(&scene, &ines, bad).await;
        assert_eq!(
            (refused.status, &refused.json()["code"]),
            (400, &json!("malformed"))
        );
    }
    let proof = proof(&ines);
    let elsewhere = [
        ("origin", "https://evil.example"),
        ("authorization", &proof),
    ];
    let body = wanted.to_string();
    let refused = send(&scene, "POST", TRANSCRIPTS, &elsewhere, &body).await;
    assert_eq!(refused.status, 403);
    let nobody = send(&scene, "POST", TRANSCRIPTS, &[PAGE], &body).await;
    assert_eq!(nobody.status, 401);
    assert!(scene.mails().is_empty());

    let asks = [PAGE, ("access-control-request-method", "POST")];
    let may = send(&scene, "OPTIONS", TRANSCRIPTS, &asks, "").await;
    assert_eq!(may.status, 204);
    assert_eq!(
        may.header("access-control-allow-headers"),
        "authorization, content-type"
    );
}
