//! Tokens of the command line, and where none is taken.

use crate::client::connect;
use crate::server::Server;

const FORM: &str = r#"{"name":"Help","rule":{"all":[]},"greeting":{"text":{"en":"Hi"}}}"#;
const HELP: &str = "/api/sites/shop/triggers/help";

fn token(server: &Server, scopes: &str) -> String {
    let make = format!("agent token lucia@alba.example --name CI {scopes}");
    let (done, said) = server.command(&make);
    assert!(done, "{said}");
    said.trim().to_owned()
}

#[test]
fn a_tool_writes_with_a_token_until_it_is_revoked() {
    let server = Server::start();
    assert!(
        server
            .command("agent role lucia@alba.example trigger-editor")
            .0
    );
    let token = token(
        &server,
        "--scope triggers:write --scope triggers:read --for 1d",
    );
    let made = server.request_with_token("PUT", HELP, &token, FORM);
    assert!(made.starts_with("HTTP/1.1 201"), "{made}");
    let refused = server.request_with_token("POST", &format!("{HELP}/publish"), &token, "");
    assert!(refused.starts_with("HTTP/1.1 403"), "{refused}");
    assert!(refused.contains("`triggers:publish`"), "{refused}");
    let history = server.request_with_token("GET", &format!("{HELP}/history"), &token, "");
    let by = r#""name":"Lucía Marín","token":"CI"}}"#;
    assert!(history.contains(by), "{history}");

    let (_, listed) = server.command("agent tokens lucia@alba.example");
    assert!(
        listed.ends_with("\tCI\ttriggers:read triggers:write\n"),
        "{listed}"
    );
    assert!(!listed.contains(&token[39..]));
    let id = listed.split('\t').next().unwrap();
    assert!(
        !server
            .command(&format!("agent revoke rui@alba.example {id}"))
            .0
    );
    assert!(
        server
            .command(&format!("agent revoke lucia@alba.example {id}"))
            .0
    );
    let refused = server.request_with_token("GET", HELP, &token, "");
    assert!(refused.starts_with("HTTP/1.1 401"), "{refused}");
    for wrong in [
        "--name CI --scope everything",
        "--name CI",
        "--name CI --scope results:read --for 99999d",
    ] {
        let (done, said) = server.command(&format!("agent token lucia@alba.example {wrong}"));
        assert!(!done, "{wrong}: {said}");
    }
}

#[tokio::test]
async fn no_token_opens_a_socket() {
    let server = Server::start();
    let all = "--scope triggers:read --scope triggers:write --scope triggers:publish \
               --scope results:read";
    let bearer = format!("Bearer {}", token(&server, all));
    let own = format!("http://{}", server.address());
    let headers = [("origin", own.as_str()), ("authorization", bearer.as_str())];
    let socket = connect(&server, "/ws/agent", &headers).await.unwrap();
    assert_eq!(socket.close_code().await, 4401);
}
