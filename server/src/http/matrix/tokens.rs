//! Every endpoint with every scope.

use saluda_protocol::agent::Role;
use saluda_protocol::token::Scope;

use super::{Cast, OWN, ROWS, Token, name};
use crate::http::testing::send;

#[tokio::test]
async fn a_token_is_good_for_what_its_scope_says_and_for_nothing_else() {
    let cast = Cast::new().await;
    let (_, administrator) = cast.insiders[3];
    for row in ROWS {
        let asked = format!("{} {}", name(row.method), row.path);
        for scope in Scope::ALL {
            let expected = match row.token {
                // Nobody is signed in, whatever the token is for.
                Token::Refused if row.method == super::Method::Get => 401,
                // Pages of this server say where they come from.
                Token::Unseen if row.path == "/api/session" => 403,
                Token::Unseen => row.administrator,
                Token::Needs(needed) if needed == scope => row.administrator,
                Token::Refused | Token::Forbidden | Token::Needs(_) => 403,
            };
            let status = cast.with_token(row, administrator, &[scope]).await;
            assert_eq!(status, expected, "{asked}: {scope}");
        }
    }
}

#[tokio::test]
async fn a_token_never_allows_more_than_its_agents_role() {
    let cast = Cast::new().await;
    for row in ROWS
        .iter()
        .filter(|row| matches!(row.token, Token::Needs(_)))
    {
        let asked = format!("{} {}", name(row.method), row.path);
        let expected = [row.viewer, row.agent, row.editor, row.administrator];
        for ((role, agent), expected) in cast.insiders.iter().zip(expected) {
            let status = cast.with_token(row, *agent, &Scope::ALL).await;
            assert_eq!(status, expected, "{asked}: {role:?}");
        }
        let status = cast.with_token(row, cast.outsider, &Scope::ALL).await;
        assert_eq!(status, row.outsider, "{asked}: outsider");
    }
}

#[tokio::test]
async fn a_token_does_nothing_that_is_done_at_the_desk_even_beside_its_cookie() {
    let cast = Cast::new().await;
    let (_, administrator) = cast.insiders[3];
    let cookie = cast.scene.sign_in(administrator).await;
    for row in ROWS.iter().filter(|row| row.token == Token::Refused) {
        let headers = [
            OWN,
            ("cookie", &cookie),
            ("authorization", "Bearer saluda_x"),
        ];
        let status = cast.status(row, &headers).await;
        assert_eq!(status, 401, "{} {}", name(row.method), row.path);
    }
}

#[tokio::test]
async fn a_bad_token_is_unknown_whatever_is_wrong_with_it() {
    let cast = Cast::new().await;
    let (role, agent) = cast.insiders[3];
    assert_eq!(role, Role::Administrator);
    let cookie = cast.scene.sign_in(agent).await;
    let path = "/api/sites/shop/triggers";
    let mut answers = Vec::new();
    for bad in [
        "Bearer saluda_",
        "bearer saluda_x",
        "BEARER  saluda_0123456789",
        "Bearer saluda_00000000000000000000000000000000x",
    ] {
        // The cookie beside it does not help: whoever sends a token means it.
        let headers = [("authorization", bad), ("cookie", cookie.as_str())];
        let refused = send(&cast.scene, "GET", path, &headers, "").await;
        assert_eq!(refused.status, 401, "{bad}");
        assert_eq!(refused.header("www-authenticate"), "Bearer");
        answers.push(refused.body);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    let two = [
        ("authorization", "Bearer saluda_a"),
        ("authorization", "Bearer saluda_b"),
    ];
    assert_eq!(send(&cast.scene, "GET", path, &two, "").await.status, 401);
    // What a proxy before the server asks for is none of ours, and lets nobody in.
    for foreign in ["Basic c2VjcmV0", "Bearer eyJhbGciOiJub25lIn0", "Bearer"] {
        let alone = [("authorization", foreign)];
        assert_eq!(send(&cast.scene, "GET", path, &alone, "").await.status, 401);
        let beside = [("authorization", foreign), ("cookie", cookie.as_str())];
        assert_eq!(
            send(&cast.scene, "GET", path, &beside, "").await.status,
            200
        );
        let publish = "/api/sites/shop/triggers/help/publish";
        let refused = send(&cast.scene, "POST", publish, &beside, "").await;
        assert_eq!(refused.status, 403, "it says not where it comes from");
    }
}
