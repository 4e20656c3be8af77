//! Says something. The one way a message comes into the world.

use saluda_protocol::message::InvalidText;
use saluda_protocol::{
    AgentId, Author, Body, ConversationId, Message, MessageId, VisitorId, limits,
};
use saluda_store::{Post, Recorded, StoreError, To};

use super::{announce, fresh_conversation};
use crate::app::App;
use crate::secret::NoRandomness;

/// Who posts, and with what right.
#[derive(Debug, Clone)]
pub(crate) enum By {
    /// A visitor, in their own conversation.
    Visitor(VisitorId),
    /// An agent who may answer in this conversation.
    Agent {
        id: AgentId,
        name: String,
        conversation: ConversationId,
        /// Most characters of one answer on that site.
        text_chars: usize,
    },
}

/// Why a message was not written down.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PostError {
    /// It holds nothing.
    #[error("the message is empty")]
    Empty,
    /// It is too long.
    #[error("the message has {chars} characters, {limit} are allowed")]
    TooLong { chars: usize, limit: usize },
    /// The conversation or the visitor is gone.
    #[error("there is no such conversation")]
    NotFound,
    /// The database failed. It may be sent again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No id could be made.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

impl From<InvalidText> for PostError {
    fn from(invalid: InvalidText) -> Self {
        match invalid {
            InvalidText::Empty => Self::Empty,
            InvalidText::TooLong { chars, limit } => Self::TooLong { chars, limit },
        }
    }
}

/// Writes a message down and tells everyone concerned.
///
/// Returns once it is on disk. A message that was written down before keeps its
/// first number, and nobody is told again.
pub(crate) async fn post(
    app: &App,
    by: By,
    id: MessageId,
    body: &Body,
) -> Result<Recorded, PostError> {
    let (to, author, limit) = match by {
        By::Visitor(visitor) => (
            To::Visitor {
                visitor,
                fresh: fresh_conversation(app)?,
            },
            Author::Visitor,
            limits::VISITOR_TEXT_CHARS,
        ),
        By::Agent {
            id,
            name,
            conversation,
            text_chars,
        } => (
            To::Conversation(conversation),
            Author::Agent { id, name },
            text_chars,
        ),
    };
    let side = if author.is_visitor() {
        "visitor"
    } else {
        "agent"
    };
    let post = Post {
        to,
        message: Message {
            id,
            author,
            body: body.checked(limit)?,
        },
        at: app.now(),
    };
    let mut recorded = app.store.post(post).await?.ok_or(PostError::NotFound)?;
    if let Some(change) = &mut recorded.change {
        metrics::counter!("saluda_messages_total", "side" => side).increment(1);
        announce(app, change.clone());
    }
    Ok(recorded)
}

#[cfg(test)]
mod tests {
    use saluda_protocol::Number;

    use super::*;
    use crate::bus::{Heard, Notice, Topic};
    use crate::testing::Scene;

    fn text(text: &str) -> Body {
        Body::Text(text.to_owned())
    }

    #[tokio::test]
    async fn tells_the_visitor_and_the_site_once() {
        let scene = Scene::new().await;
        let visitor = scene.visitor().await;
        let mut desk = scene.app.bus.subscribe(Topic::Site(scene.site.id));
        let mut page = scene.app.bus.subscribe(Topic::Visitor(visitor));
        let id = MessageId::from_random([1; 16]);
        for _ in 0..2 {
            let recorded = post(&scene.app, By::Visitor(visitor), id, &text("hello"))
                .await
                .unwrap();
            assert_eq!(recorded.number, Number(1));
        }
        let second = MessageId::from_random([2; 16]);
        post(&scene.app, By::Visitor(visitor), second, &text("there"))
            .await
            .unwrap();
        for listener in [&mut desk, &mut page] {
            for number in [1, 2] {
                let Heard::Notice(notice) = listener.next().await else {
                    panic!("missed a notice");
                };
                let Notice::Changed { events, .. } = &*notice else {
                    panic!("heard {notice:?}");
                };
                assert_eq!(events[0].number, Number(number));
            }
        }
    }

    #[tokio::test]
    async fn keeps_each_side_within_its_limit() {
        let scene = Scene::new().await;
        let visitor = scene.visitor().await;
        let id = MessageId::from_random([1; 16]);
        let long = text(&"x".repeat(600));
        let begun = post(&scene.app, By::Visitor(visitor), id, &long)
            .await
            .unwrap();
        let by = By::Agent {
            id: AgentId::from_random([1; 16]),
            name: "Lucía".into(),
            conversation: begun.conversation,
            text_chars: 512,
        };
        let refused = post(&scene.app, by.clone(), id, &long).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the message has 600 characters, 512 are allowed"
        );
        let refused = post(&scene.app, by, id, &text(" \n")).await.unwrap_err();
        assert!(matches!(refused, PostError::Empty));
    }
}
