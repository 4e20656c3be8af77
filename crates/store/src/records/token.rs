//! Personal tokens.

use std::collections::BTreeSet;

use saluda_protocol::token::{Scope, TokenRow};
use saluda_protocol::{AgentId, Millis, TokenId};

/// What an agent's tools call the API with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// Whose it is.
    pub agent: AgentId,
    /// What they call it.
    pub name: String,
    /// SHA-256 of its secret, in hexadecimal.
    pub secret_hash: String,
    /// What it is for.
    pub scopes: BTreeSet<Scope>,
    /// When it was made.
    pub created_at: Millis,
    /// From when on it is good for nothing, if ever.
    pub expires_at: Option<Millis>,
    /// In which hour it was used last.
    pub used_at: Option<Millis>,
}

impl Token {
    /// As its agent sees it.
    #[must_use]
    pub fn row(self) -> TokenRow {
        TokenRow {
            id: self.id,
            name: self.name,
            scopes: self.scopes,
            created_at: self.created_at,
            expires_at: self.expires_at,
            used_at: self.used_at,
        }
    }
}
