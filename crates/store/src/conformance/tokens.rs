//! Personal tokens.

use saluda_protocol::token::Scope;
use saluda_protocol::{AgentId, Millis, TokenId, limits};

use super::{agent, bytes};
use crate::{Store, Token};

fn token(n: u16, agent: AgentId) -> Token {
    Token {
        id: TokenId::from_random(bytes(n)),
        agent,
        name: format!("token {n}"),
        secret_hash: format!("hash {n}"),
        scopes: [Scope::TriggersRead, Scope::ResultsRead].into(),
        created_at: Millis(u64::from(n)),
        expires_at: n.is_multiple_of(2).then_some(Millis(50)),
        used_at: None,
    }
}

/// See the name.
pub async fn keeps_tokens_until_they_are_revoked(store: &dyn Store) {
    let (lucia, rui) = (agent(1, "lucia@alba.example"), agent(2, "rui@alba.example"));
    for agent in [&lucia, &rui] {
        assert!(store.add_agent(agent.clone(), None).await.unwrap());
    }
    let (mut one, two) = (token(1, lucia.id), token(2, lucia.id));
    for token in [&one, &two] {
        assert!(store.add_token(token.clone(), None).await.unwrap());
    }
    let found = store.token(two.id).await.unwrap();
    assert_eq!(found, Some((two.clone(), lucia.clone())));
    let unknown = TokenId::from_random(bytes(9));
    assert_eq!(store.token(unknown).await.unwrap(), None);

    store.use_token(one.id, Millis(7)).await.unwrap();
    one.used_at = Some(Millis(7));
    let all = store.tokens(lucia.id).await.unwrap();
    assert_eq!(all, [two.clone(), one.clone()]);
    assert_eq!(store.tokens(rui.id).await.unwrap(), []);

    assert!(
        !store.revoke_token(rui.id, one.id, None).await.unwrap(),
        "not his"
    );
    assert!(store.revoke_token(lucia.id, one.id, None).await.unwrap());
    assert!(!store.revoke_token(lucia.id, one.id, None).await.unwrap());
    assert_eq!(store.token(one.id).await.unwrap(), None);
    assert_eq!(store.tokens(lucia.id).await.unwrap(), [two]);
}

/// See the name.
pub async fn bounds_how_many_tokens_an_agent_has(store: &dyn Store) {
    let (lucia, rui) = (agent(1, "lucia@alba.example"), agent(2, "rui@alba.example"));
    for agent in [&lucia, &rui] {
        assert!(store.add_agent(agent.clone(), None).await.unwrap());
    }
    let wanted = (0..).take(limits::TOKENS + 1).map(|n| token(n, lucia.id));
    let added = wanted.map(|token| store.add_token(token, None));
    let added = futures_util::future::join_all(added).await;
    let refused = added.into_iter().filter(|added| !added.as_ref().unwrap());
    assert_eq!(refused.count(), 1);
    assert_eq!(store.tokens(lucia.id).await.unwrap().len(), limits::TOKENS);
    assert!(store.add_token(token(900, rui.id), None).await.unwrap());
}
