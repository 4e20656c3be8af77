use saluda_protocol::agent::Role;
use saluda_protocol::{AgentId, Identity, VisitorId};
use saluda_store::Identification;
use serde_json::{Value, json};

use crate::bus::{Heard, Notice, Topic};
use crate::files::Name;
use crate::http::testing::{Answer, proof, send, visitor};
use crate::testing::Scene;

/// What never takes this long on any machine.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// A site with its administrator at the desk.
struct Desk {
    scene: Scene,
    rui: AgentId,
}

impl Desk {
    async fn new() -> Self {
        Self::at(Scene::new().await).await
    }

    async fn at(scene: Scene) -> Self {
        let rui = scene.member(scene.site.id, Role::Administrator).await;
        Self { scene, rui }
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let cookie = self.scene.sign_in(self.rui).await;
        let headers = [
            ("origin", "http://desk.test"),
            ("cookie", cookie.as_str()),
            ("content-type", "application/json"),
        ];
        let path = format!("/api/sites/shop/{path}");
        send(&self.scene, method, &path, &headers, body).await
    }

    /// Someone who said something and sent a file.
    async fn someone(&self, text: &str) -> VisitorId {
        let ines = visitor(&self.scene).await;
        self.scene.says(ines.id, text).await;
        let proof = proof(&ines);
        let headers = [
            ("origin", "https://shop.example"),
            ("authorization", proof.as_str()),
            ("saluda-name", "wish.txt"),
        ];
        let uploads = "/api/sites/shop/uploads";
        let sent = send(&self.scene, "POST", uploads, &headers, "a wish").await;
        assert_eq!(sent.status, 201, "{}", sent.text());
        let file = sent.json()["id"].as_str().unwrap().parse().unwrap();
        self.scene.sends(ines.id, file).await;
        ines.id
    }

    async fn audit(&self) -> Vec<Value> {
        let log = self.ask("GET", "audit", "").await.json();
        let entries = log["entries"].as_array().unwrap().iter();
        entries.map(|entry| entry["what"].clone()).collect()
    }
}

#[tokio::test]
async fn what_is_kept_of_someone_is_handed_out_and_that_is_noted() {
    let desk = Desk::new().await;
    let ines = desk.someone("two bags, please").await;
    let found = desk
        .ask("GET", &format!("people?who={ines}"), "")
        .await
        .json();
    assert_eq!(found["people"][0]["id"], json!(ines));
    let nobody = desk.ask("GET", "people?who=x@example.com", "").await;
    assert_eq!(nobody.json(), json!({ "people": [] }));
    assert_eq!(desk.ask("GET", "people", "").await.status, 400);

    let answer = desk.ask("GET", &format!("people/{ines}"), "").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let person = answer.json();
    let said = &person["conversation"]["events"][0]["what"]["message"];
    assert_eq!(said["body"]["text"], "two bags, please");
    assert_eq!(person["files"][0]["name"], "wish.txt");
    assert_eq!(person["files"][0]["by_agent"], false);
    assert!(!answer.text().contains("secret"), "{}", answer.text());
    assert_eq!(
        desk.audit().await,
        [json!({ "person_exported": { "visitor": ines } })]
    );
}

#[tokio::test]
async fn who_is_erased_is_gone_for_good_and_everyone_concerned_hears_it() {
    for scene in Scene::everywhere().await {
        let desk = Desk::at(scene).await;
        let ines = desk.someone("forget me").await;
        let rosa = desk.someone("keep me").await;
        let app = &desk.scene.app;
        let kept = app.store.person(ines).await.unwrap().unwrap();
        let (file, conversation) = (kept.files[0].file.id, kept.conversation.unwrap().id);
        assert!(desk.scene.has(Name::File(file)).await);
        let mut page = app.bus.subscribe(Topic::Visitor(ines));
        let mut inbox = app.bus.subscribe(Topic::Site(desk.scene.site.id));

        let gone = desk.ask("DELETE", &format!("people/{ines}"), "").await;
        assert_eq!(gone.status, 204);
        let Heard::Notice(notice) = page.next().await else {
            panic!("heard nothing");
        };
        assert_eq!(*notice, Notice::Erased);
        let Heard::Notice(notice) = inbox.next().await else {
            panic!("heard nothing");
        };
        assert!(matches!(
            &*notice,
            Notice::Changed { summary, .. } if summary.conversation == conversation
        ));
        assert!(!desk.scene.has(Name::File(file)).await);
        assert_eq!(app.store.file(file).await.unwrap(), None);
        let database = std::fs::read(desk.scene.database()).unwrap();
        let holds = |text: &str| {
            database
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        };
        assert!(!holds("forget me") && holds("keep me"));

        for method in ["GET", "DELETE"] {
            let again = desk.ask(method, &format!("people/{ines}"), "").await;
            assert_eq!(again.status, 404);
        }
        assert_eq!(
            desk.ask("GET", &format!("people/{rosa}"), "").await.status,
            200
        );
        let erased = json!({ "person_erased": { "visitor": ines } });
        assert_eq!(desk.audit().await[1], erased);
    }
}

#[tokio::test]
async fn people_of_another_site_are_nobody() {
    let desk = Desk::new().await;
    let ines = desk.someone("hello").await;
    let school = desk.scene.site("school").await;
    let maria = desk.scene.member(school.id, Role::Administrator).await;
    let cookie = desk.scene.sign_in(maria).await;
    let headers = [("origin", "http://desk.test"), ("cookie", cookie.as_str())];
    for method in ["GET", "DELETE"] {
        let path = format!("/api/sites/school/people/{ines}");
        let foreign = send(&desk.scene, method, &path, &headers, "").await;
        assert_eq!(foreign.status, 404);
        assert_eq!(foreign.json()["message"], "there is no such person");
    }
    assert_eq!(
        desk.ask("GET", &format!("people/{ines}"), "").await.status,
        200
    );
}

#[tokio::test]
async fn how_long_people_are_kept_is_a_setting_and_its_change_is_noted() {
    let desk = Desk::new().await;
    let mut form = desk.ask("GET", "settings", "").await.json()["settings"].clone();
    assert_eq!(form["retention_days"], 730);
    for (days, status) in [(json!(0), 422), (json!(3_651), 422), (json!(30), 200)] {
        form["retention_days"] = days;
        let saved = desk.ask("PUT", "settings", &form.to_string()).await;
        assert_eq!(saved.status, status);
    }
    let changed = json!({ "settings_changed": { "fields": ["retention_days"] } });
    assert_eq!(desk.audit().await, [changed]);
}

#[tokio::test]
async fn pages_hear_of_it_whichever_name_the_visitor_was_asked_for_by() {
    let desk = Desk::new().await;
    let (app, site) = (&desk.scene.app, desk.scene.site.id);
    let here = [desk.scene.visitor().await, desk.scene.visitor().await];
    for (n, id) in here.into_iter().enumerate() {
        let claim = Identification {
            visitor: app.store.visitor(id).await.unwrap().unwrap(),
            identity: Identity {
                user: "u-42".to_owned(),
                ..Identity::default()
            },
            fresh: VisitorId::from_random([9; 16]),
            secret_hash: n.to_string(),
            token: n.to_string(),
            expires_at: app.now().plus(1_000),
            at: app.now(),
        };
        app.store.identify(claim).await.unwrap().unwrap();
    }
    let [known, before] = here;
    let found = app.store.people(site, "u-42").await.unwrap();
    assert_eq!(found[0].id, known);
    let mut pages = app.bus.subscribe(Topic::Visitor(known));
    let gone = desk.ask("DELETE", &format!("people/{before}"), "").await;
    assert_eq!(gone.status, 204);
    let heard = tokio::time::timeout(PATIENCE, pages.next()).await;
    assert!(matches!(heard, Ok(Heard::Notice(notice)) if *notice == Notice::Erased));
}
