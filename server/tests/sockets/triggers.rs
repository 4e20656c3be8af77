//! Triggers as files, and what pages get of them.

use saluda_protocol::VisitorUpdate;

use crate::client::Page;
use crate::server::Server;

fn form(name: &str, needs: &str) -> String {
    let rule = match needs {
        "" => r#"{ "all": [] }"#.to_owned(),
        id => format!(r#"{{ "fact": "trigger.{id}.shown", "op": "gte", "value": 1 }}"#),
    };
    format!(r#"{{ "name": "{name}", "rule": {rule}, "greeting": {{ "text": {{ "en": "Hi" }} }} }}"#)
}

/// The ids that pages of the site `shop` decide by.
fn shown(server: &Server) -> Vec<String> {
    let answer = server.request("GET", "/api/sites/shop/config", "", "");
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let config: serde_json::Value = serde_json::from_str(body).unwrap();
    let triggers = config["rules"]["greetings"].as_array().unwrap();
    let id = |trigger: &serde_json::Value| trigger["id"].as_str().unwrap().to_owned();
    triggers.iter().map(id).collect()
}

#[test]
fn what_the_command_line_publishes_is_on_the_pages_of_the_running_server() {
    let server = Server::start();
    let write = |file: &str, text: &str| std::fs::write(server.folder().join(file), text).unwrap();
    write("a.json", &form("First", ""));
    write(
        "b.json",
        &format!("[{}, {}]", form("Second", "first"), form("Third", "second")),
    );
    assert_eq!(shown(&server), [""; 0]);
    let (done, said) = server.command("trigger import a.json b.json --site shop");
    assert!(done, "{said}");
    assert_eq!(shown(&server), [""; 0], "they are drafts");
    let (done, said) = server.command("trigger import b.json a.json --site shop --publish");
    assert!(done, "{said}");
    let (lines, plan) = said.split_at(said.find("same").unwrap());
    assert_eq!(lines, "first\tlive 1\nsecond\tlive 1\nthird\tlive 1\n");
    assert!(plan.ends_with("0 new, 0 changed, 3 the same\n"), "{plan}");
    assert_eq!(shown(&server), ["first", "second", "third"]);

    assert!(server.command("trigger pause second --site shop").0);
    assert_eq!(shown(&server), ["first", "third"]);
    assert!(server.command("trigger resume second --site shop").0);
    let (done, said) = server.command("trigger pause other --site shop");
    assert_eq!(
        (done, said.as_str()),
        (false, "saluda: `other`: there is no such trigger\n")
    );
    let (_, said) = server.command("trigger list --site shop");
    assert!(said.starts_with("first\tlive 1\tFirst\tsent 0"), "{said}");
}

#[test]
fn a_mistake_in_one_file_refuses_all_of_them() {
    let server = Server::start();
    let write = |file: &str, text: &str| std::fs::write(server.folder().join(file), text).unwrap();
    write("a.json", &form("First", ""));
    write(
        "b.json",
        r#"{ "name": "Second", "rule": { "fact": "page.paht", "op": "eq" } }"#,
    );
    write("c.json", &form("Third", "fourth"));
    write("d.json", &form("First", ""));
    let refused = |files: &str, why: &[&str]| {
        let (done, said) = server.command(&format!("trigger import {files} --site shop --publish"));
        assert!(!done, "{said}");
        for why in why {
            assert!(said.contains(why), "{said}");
        }
        assert_eq!(server.command("trigger list --site shop").1, "");
    };
    refused(
        "a.json b.json",
        &["b.json: rule.fact: ", "b.json: `greeting` is missing"],
    );
    refused(
        "a.json c.json",
        &["c.json: rule.fact: the site has no trigger `fourth`"],
    );
    refused("a.json d.json", &["d.json: `first` is in `a.json` too"]);
    refused("a.json e.json", &["could not read `e.json`"]);
}

#[test]
fn what_is_exported_is_imported_again_without_a_change() {
    let server = Server::start();
    std::fs::write(server.folder().join("a.json"), form("First", "")).unwrap();
    std::fs::write(server.folder().join("b.json"), form("Second", "first")).unwrap();
    assert!(
        server
            .command("trigger import a.json b.json --site shop --publish")
            .0
    );

    let (done, all) = server.command("trigger export --site shop");
    assert!(done, "{all}");
    std::fs::write(server.folder().join("all.json"), &all).unwrap();
    let (done, said) = server.command("trigger export --site shop --dir out/triggers");
    assert!(done, "{said}");
    for files in [
        "all.json",
        "out/triggers/first.json out/triggers/second.json",
    ] {
        let import = format!("trigger import {files} --site shop --publish");
        let (done, said) = server.command(&import);
        assert!(done, "{said}");
        let lines = "first\tlive 1\nsecond\tlive 1\n";
        assert!(said.starts_with(lines), "no new version: {said}");
        assert!(said.ends_with("0 new, 0 changed, 2 the same\n"), "{said}");
    }
    assert_eq!(server.command("trigger export --site shop").1, all);
    // They fit another site as they are.
    let (done, said) = server.command("trigger import all.json --site school --publish");
    assert!(done, "{said}");
}

#[test]
fn what_another_product_wrote_is_shown_first_and_comes_as_a_draft() {
    let server = Server::start();
    let write = |text: &str, message: &str| {
        let text = text.replace("MESSAGE", message);
        std::fs::write(server.folder().join("c.json"), text).unwrap();
    };
    let campaigns = r#"[
        { "title": "Help", "message": "MESSAGE", "trigger_rules": { "url": "https://shop.example/a" } },
        { "title": "Promo", "message": "Now", "campaign_type": "one_off" }
    ]"#;
    write(campaigns, "One");
    let dry = "trigger import c.json --site shop --dry-run";
    let (nothing, said) = server.command(dry);
    assert!(!nothing, "something would change");
    for part in [
        "new       help  Help\n",
        "left out  c.json: Promo\n",
        "1 new, 0 changed, 0 the same, 1 left out\n",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(server.command("trigger list --site shop").1, "");
    let (done, said) = server.command("trigger import c.json --site shop --publish");
    assert!(!done && said.contains("imported as drafts"), "{said}");
    assert_eq!(server.command("trigger list --site shop").1, "");
    let (done, said) = server.command("trigger import c.json --site shop --from chatwoot");
    assert!(done && said.starts_with("help\tdraft\n"), "{said}");

    let (_, one) = campaigns.split_once('[').unwrap();
    let (one, _) = one.split_once("},\n").unwrap();
    write(&format!("{one}}}"), "One");
    let (nothing, said) = server.command(dry);
    assert!(nothing, "{said}");
    write(&format!("{one}}}"), "Two");
    let (nothing, said) = server.command(dry);
    let lines = "    -       \"en\": \"One\"\n    +       \"en\": \"Two\"\n";
    assert!(!nothing && said.contains(lines), "{said}");
}

#[test]
fn a_sender_that_goes_stops_the_triggers_that_need_it() {
    let server = Server::start();
    let form = form("First", "").replace("\"text\"", "\"sender\": \"lucia\", \"text\"");
    std::fs::write(server.folder().join("a.json"), form).unwrap();
    let import = "trigger import a.json --site shop --publish";
    let (done, said) = server.command(import);
    assert!(!done && said.contains("greeting.sender"), "{said}");
    assert!(server.command("site set shop --sender lucia=Lucía").0);
    assert!(server.command(import).0);
    assert_eq!(shown(&server), ["first"]);
    let (_, said) = server.command("site set shop --sender lucia=");
    assert!(said.contains("`first`"), "{said}");
    assert_eq!(shown(&server), [""; 0]);
    let (_, said) = server.command("trigger list --site shop");
    assert!(
        said.contains("error 1") && said.contains("no sender `lucia`"),
        "{said}"
    );
}

#[test]
fn the_command_line_takes_a_live_trigger_back() {
    let server = Server::start();
    for text in ["One", "Two"] {
        server.publish(&form("First", "").replace("Hi", text));
    }
    let text = || {
        let answer = server.request("GET", "/api/sites/shop/config", "", "");
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let config: serde_json::Value = serde_json::from_str(body).unwrap();
        config["rules"]["greetings"][0]["text"]["en"].clone()
    };
    assert_eq!(text(), "Two");
    let (done, said) = server.command("trigger rollback first --version 1 --site shop");
    assert_eq!((done, said.as_str()), (true, "first\tlive 3\n"));
    assert_eq!(text(), "One");
    let (done, said) = server.command("trigger rollback first --version 9 --site shop");
    assert!(!done && said.contains("has no version 9"), "{said}");

    let (done, said) = server.command("trigger history first --site shop --last 2");
    assert!(done, "{said}");
    let lines: Vec<Vec<&str>> = said
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    let back = "rolled back to 1, published as 3";
    assert_eq!(lines[0][1..], ["first", back, "on the command line"]);
    assert_eq!(lines[1][2], "published as 2");
    let year = lines[0][0].split('-').next().unwrap();
    assert!(year.parse::<u16>().is_ok(), "{said}");
    assert!(!server.command("trigger history other --site shop").0);
    assert_eq!(
        server.command("trigger history --site school"),
        (true, String::new())
    );
}

#[tokio::test]
async fn pages_that_are_connected_hear_when_their_rules_have_changed() {
    let server = Server::start();
    let editor = "agent role lucia@alba.example trigger-editor";
    assert!(server.command(editor).0);
    let cookie = server.sign_in("lucia@alba.example");
    let mut page = Page::new(&server).await;
    let path = "/api/sites/shop/triggers/first";
    let ask = |method: &str, path: &str, body: &str| {
        let answer = server.request(method, path, &cookie, body);
        assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
    };
    // A draft is nobody's business, and neither is what was refused.
    ask("PUT", path, &form("First", ""));
    let refused = server.request("POST", &format!("{path}/resume"), &cookie, "");
    assert!(refused.starts_with("HTTP/1.1 409"), "{refused}");
    page.post(1, "Hello").await;
    for (method, verb) in [("POST", "/publish"), ("POST", "/pause"), ("DELETE", "")] {
        ask(method, &format!("{path}{verb}"), "");
        let told = page.socket.next().await;
        assert_eq!(told, Some(VisitorUpdate::RulesChanged), "{method} {verb}");
        assert_eq!(shown(&server).len(), usize::from(verb == "/publish"));
    }
}
