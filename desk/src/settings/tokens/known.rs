//! What is known of tokens, and what can be asked about them.

use crate::api::Ask;
use crate::form_text::{self, quote, values};
use crate::triggers::requests::{Remote, Trouble};

const TOKENS: &str = "/api/tokens";

/// A token without what makes it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) scopes: Vec<String>,
    /// From when on it is good for nothing.
    pub(super) expires_at: Option<u64>,
    /// The hour in which it was used last.
    pub(super) used_at: Option<u64>,
}

impl Remote {
    pub(super) async fn tokens(&self) -> Result<String, Trouble> {
        Ok(self.done(Ask::get(TOKENS)).await?.body)
    }

    /// Makes a token. What makes it one is in this answer alone.
    pub(super) async fn make_token(
        &self,
        name: &str,
        scopes: &[&str],
        lasts: Option<&str>,
    ) -> Result<String, Trouble> {
        let lasts = lasts.map(|span| format!(",\"for\":{}", quote(span)));
        let body = format!(
            "{{\"name\":{},\"scopes\":{}{}}}",
            quote(name),
            values::list_of(scopes),
            lasts.unwrap_or_default()
        );
        let ask = Ask {
            body: Some(body),
            ..Ask::to("POST", TOKENS)
        };
        let answer = self.done(ask).await?;
        Ok(values::words(&answer.body, "token").unwrap_or_default())
    }

    pub(super) async fn revoke_token(&self, id: &str) -> Result<(), Trouble> {
        let ask = Ask::to("DELETE", format!("{TOKENS}/{id}"));
        self.done(ask).await.map(drop)
    }
}

/// The tokens in an answer, the latest first.
pub(super) fn tokens_in(body: &str) -> Vec<Token> {
    let all = form_text::items(body, "tokens").into_iter();
    all.map(|one| Token {
        id: values::words(one, "id").unwrap_or_default(),
        name: values::words(one, "name").unwrap_or_default(),
        scopes: values::texts(one, "scopes"),
        expires_at: values::whole(one, "expires_at"),
        used_at: values::whole(one, "used_at"),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use saluda_protocol::token::{Scope, TokenList, TokenRow};
    use saluda_protocol::{Millis, TokenId};

    #[test]
    fn tokens_are_read_as_the_server_writes_them() {
        let row = TokenRow {
            id: TokenId::from_random([7; 16]),
            name: "Deploys".into(),
            scopes: [Scope::TriggersRead, Scope::SiteWrite].into(),
            created_at: Millis(1),
            expires_at: Some(Millis(2)),
            used_at: None,
        };
        let list = TokenList {
            tokens: vec![row.clone()],
        };
        let read = tokens_in(&serde_json::to_string(&list).unwrap());
        assert_eq!(read[0].id, row.id.to_string());
        assert_eq!(read[0].scopes, ["triggers:read", "site:write"]);
        assert_eq!((read[0].expires_at, read[0].used_at), (Some(2), None));
    }
}
