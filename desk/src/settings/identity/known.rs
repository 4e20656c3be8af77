//! What is known of secrets, and what can be asked about them.

use crate::api::Ask;
use crate::form_text::{self, values};
use crate::triggers::requests::{Remote, Trouble};

/// A secret without what makes it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Secret {
    pub(super) id: String,
    pub(super) created_at: u64,
}

impl Remote {
    pub(super) async fn secrets(&self) -> Result<Vec<Secret>, Trouble> {
        let answer = self.done(Ask::get(self.place("secrets"))).await?;
        Ok(secrets_in(&answer.body))
    }

    /// Makes a secret. It is in this answer alone.
    pub(super) async fn make_secret(&self) -> Result<String, Trouble> {
        let answer = self.done(Ask::to("POST", self.place("secrets"))).await?;
        Ok(values::words(&answer.body, "secret").unwrap_or_default())
    }

    pub(super) async fn revoke_secret(&self, id: &str) -> Result<(), Trouble> {
        let ask = Ask::to("DELETE", self.place(&format!("secrets/{id}")));
        self.done(ask).await.map(drop)
    }
}

/// The secrets in an answer, the latest first.
fn secrets_in(body: &str) -> Vec<Secret> {
    let all = form_text::items(body, "secrets").into_iter();
    all.map(|one| Secret {
        id: values::words(one, "id").unwrap_or_default(),
        created_at: values::whole(one, "created_at").unwrap_or_default(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use saluda_protocol::identity::{SecretList, SecretRow};
    use saluda_protocol::{Millis, SecretId};

    #[test]
    fn secrets_are_read_as_the_server_writes_them() {
        let id = SecretId::from_random([7; 16]);
        let row = SecretRow {
            id,
            created_at: Millis(5),
        };
        let list = SecretList { secrets: vec![row] };
        let read = secrets_in(&serde_json::to_string(&list).unwrap());
        let wanted = Secret {
            id: id.to_string(),
            created_at: 5,
        };
        assert_eq!(read, [wanted]);
    }
}
