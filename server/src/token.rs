//! Personal tokens: how they are made, written and recognised.
//!
//! A token is `saluda_`, the id of its row, and a secret of 256 bits of which
//! only the hash is kept. The row is found by the id, which is no secret, so that
//! the secret itself is compared in constant time.

use saluda_protocol::audit::Audited;
use saluda_protocol::studio::Actor;
use saluda_protocol::token::WantedToken;
use saluda_protocol::{AgentId, Millis, TokenId, limits};
use saluda_store::{Agent, AuditNote, Store, StoreError, Token};

use crate::secret::{self, NoRandomness};

/// What every token begins with, so that it is recognised where it must not be.
pub(crate) const MARK: &str = "saluda_";

/// The id of a token in hexadecimal.
const ID_CHARS: usize = 32;

/// When a token was used is known to the hour: a tool that calls all day does not
/// write all day.
const HOUR_MS: u64 = 60 * 60 * 1000;

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoToken {
    /// It would have no name to be told apart by.
    #[error("a token has a name of 1 to {} characters", limits::TOKEN_NAME_CHARS)]
    Name,
    /// It would be good for nothing.
    #[error("a token has at least one scope")]
    NoScope,
    /// It would be good for no time, or for longer than anyone remembers it.
    #[error("a token is good for at least a second and at most ten years")]
    Span,
    /// The agent has as many as they may have.
    #[error(
        "you have {} tokens, the most there may be; revoke one first",
        limits::TOKENS
    )]
    TooMany,
    /// No secret can be made.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a token of an agent. Returns its text, which is known to nobody
/// afterwards, and what is kept of it.
pub(crate) async fn make(
    store: &dyn Store,
    agent: AgentId,
    wanted: WantedToken,
    by: Actor,
    now: Millis,
) -> Result<(String, Token), NoToken> {
    let name = wanted.name.trim();
    let length = name.chars().count();
    if !(1..=limits::TOKEN_NAME_CHARS).contains(&length) || name.contains(char::is_control) {
        return Err(NoToken::Name);
    }
    if wanted.scopes.is_empty() {
        return Err(NoToken::NoScope);
    }
    let span_ms = wanted.span.map(|span| span.0);
    if span_ms.is_some_and(|span_ms| !(1_000..=limits::TOKEN_SPAN_MS).contains(&span_ms)) {
        return Err(NoToken::Span);
    }
    let secret = secret::new()?;
    let token = Token {
        id: TokenId::at(now, secret::random()?),
        agent,
        name: name.to_owned(),
        secret_hash: secret::hash(&secret),
        scopes: wanted.scopes,
        created_at: now,
        expires_at: span_ms.map(|span_ms| now.plus(span_ms)),
        used_at: None,
    };
    let note = AuditNote {
        site: None,
        by,
        what: Audited::TokenMade {
            token: token.id,
            name: token.name.clone(),
            scopes: token.scopes.clone(),
        },
        at: now,
    };
    if !store.add_token(token.clone(), Some(note)).await? {
        return Err(NoToken::TooMany);
    }
    let id = token.id.to_string().replace('-', "");
    Ok((format!("{MARK}{id}{secret}"), token))
}

/// The token that a text is, and whose it is. Nothing if it is none, is revoked
/// or has expired: whoever guesses is not told which.
pub(crate) async fn recognise(
    store: &dyn Store,
    text: &str,
    now: Millis,
) -> Result<Option<(Token, Agent)>, StoreError> {
    let parts = text
        .strip_prefix(MARK)
        .and_then(|rest| rest.split_at_checked(ID_CHARS));
    let Some((id, secret)) = parts else {
        return Ok(None);
    };
    let found = match id.parse() {
        Ok(id) => store.token(id).await?,
        Err(_) => None,
    };
    let kept = found.as_ref().map_or("", |(token, _)| &token.secret_hash);
    if !secret::matches(secret, kept) {
        return Ok(None);
    }
    let Some((token, agent)) = found else {
        return Ok(None);
    };
    if token.expires_at.is_some_and(|at| at <= now) {
        return Ok(None);
    }
    let hour = Millis(now.0 - now.0 % HOUR_MS);
    if token.used_at.is_none_or(|used_at| used_at < hour) {
        store.use_token(token.id, hour).await?;
    }
    Ok(Some((token, agent)))
}

#[cfg(test)]
mod tests {
    use saluda_protocol::Span;
    use saluda_protocol::agent::Role;
    use saluda_protocol::token::Scope;

    use super::*;
    use crate::testing::Scene;

    fn wanted(name: &str) -> WantedToken {
        WantedToken {
            name: name.to_owned(),
            scopes: [Scope::TriggersRead].into(),
            span: None,
        }
    }

    #[tokio::test]
    async fn only_the_whole_text_is_the_token() {
        let scene = Scene::new().await;
        let store = &*scene.app.store;
        let lucia = scene.member(scene.site.id, Role::Agent).await;
        let (text, token) = make(store, lucia, wanted(" CI "), Actor::CommandLine, Millis(5))
            .await
            .unwrap();
        assert_eq!(token.name, "CI");
        assert_eq!(text.len(), 7 + 32 + 43);
        assert!(!token.secret_hash.contains(&text[39..]));
        let known = async |text: &str| recognise(store, text, Millis(6)).await.unwrap();
        let (found, agent) = known(&text).await.unwrap();
        assert_eq!((found.id, agent.id), (token.id, lucia));
        let (other, _) = make(store, lucia, wanted("other"), Actor::CommandLine, Millis(5))
            .await
            .unwrap();
        for wrong in [
            "",
            "saluda_",
            &text[7..],
            &text[..text.len() - 1],
            &format!("{text}x"),
            &text.to_uppercase(),
            &format!("{}{}", &other[..39], &text[39..]),
            &format!("saluda_{}{}", "0".repeat(32), &text[39..]),
            &format!("saluda_{}{}", "ß".repeat(16), &text[39..]),
            &text[..39],
        ] {
            assert_eq!(known(wrong).await, None, "{wrong}");
        }
        assert!(store.revoke_token(lucia, token.id, None).await.unwrap());
        assert_eq!(known(&text).await, None);
    }

    #[tokio::test]
    async fn it_expires_and_its_use_is_known_to_the_hour() {
        let scene = Scene::new().await;
        let store = &*scene.app.store;
        let lucia = scene.member(scene.site.id, Role::Agent).await;
        let span = Some(Span(10 * HOUR_MS));
        let short = WantedToken {
            span,
            ..wanted("short")
        };
        let (text, token) = make(store, lucia, short, Actor::CommandLine, Millis(5))
            .await
            .unwrap();
        for (now, used_at) in [
            (HOUR_MS + 9, Some(HOUR_MS)),
            (2 * HOUR_MS - 1, Some(HOUR_MS)),
            (3 * HOUR_MS + 1, Some(3 * HOUR_MS)),
            (10 * HOUR_MS + 5, Some(3 * HOUR_MS)),
        ] {
            let found = recognise(store, &text, Millis(now)).await.unwrap();
            assert_eq!(found.is_some(), now < 10 * HOUR_MS + 5);
            let (kept, _) = store.token(token.id).await.unwrap().unwrap();
            assert_eq!(kept.used_at, used_at.map(Millis), "{now}");
        }
    }

    #[tokio::test]
    async fn one_without_a_name_a_scope_or_an_end_is_not_made() {
        let scene = Scene::new().await;
        let lucia = scene.member(scene.site.id, Role::Agent).await;
        let refused = async |wanted: WantedToken| {
            let made = make(
                &*scene.app.store,
                lucia,
                wanted,
                Actor::CommandLine,
                Millis(5),
            )
            .await;
            made.unwrap_err().to_string()
        };
        for name in ["", "  ", "a\nb", &"a".repeat(61)] {
            assert!(refused(wanted(name)).await.contains("name"), "{name}");
        }
        let scopes = WantedToken {
            scopes: [].into(),
            ..wanted("a")
        };
        assert!(refused(scopes).await.contains("scope"));
        for span in [0, limits::TOKEN_SPAN_MS + 1] {
            let span = Some(Span(span));
            let long = WantedToken {
                span,
                ..wanted("a")
            };
            assert!(refused(long).await.contains("ten years"));
        }
        for n in 0..limits::TOKENS {
            let made = make(
                &*scene.app.store,
                lucia,
                wanted(&n.to_string()),
                Actor::CommandLine,
                Millis(5),
            )
            .await;
            assert!(made.is_ok());
        }
        assert!(
            refused(wanted("one more"))
                .await
                .contains("revoke one first")
        );
    }
}
