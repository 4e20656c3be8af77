//! Says something. The one way a message comes into the world.

use saluda_protocol::message::InvalidText;
use saluda_protocol::{
    AgentId, Author, Body, ConversationId, Message, MessageId, VisitorId, limits,
};
use saluda_store::{Greeting, Post, Recorded, StoreError, To, Unposted, With};

use super::{announce, fresh_conversation};
use crate::app::App;
use crate::door::{Limit, TooMany};
use crate::secret::{self, NoRandomness};

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
    /// A greeting that a visitor takes up, in their conversation.
    Greeting {
        visitor: VisitorId,
        author: Author,
        greeting: Box<Greeting>,
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
    /// It is of a kind that whoever posts cannot send.
    #[error("only text and files can be sent here")]
    WrongKind,
    /// The conversation or the visitor is gone.
    #[error("there is no such conversation")]
    NotFound,
    /// What is tapped is no quick reply of the conversation.
    #[error("there is no such quick reply")]
    NoSuchReply,
    /// Another quick reply of that message was tapped, or the same in another
    /// tab.
    #[error("this question was answered before")]
    TappedAlready,
    /// The file is another's, was sent before or was removed meanwhile.
    #[error("there is no such file any more; choose it again")]
    NoSuchFile,
    /// It takes a greeting up that was never published.
    #[error("there is no such greeting")]
    NoSuchGreeting,
    /// The visitor sends more than one may.
    #[error(transparent)]
    TooMany(#[from] TooMany),
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

impl From<Unposted> for PostError {
    fn from(why: Unposted) -> Self {
        match why {
            Unposted::Nowhere => Self::NotFound,
            Unposted::NoSuchReply => Self::NoSuchReply,
            Unposted::TappedAlready => Self::TappedAlready,
            Unposted::NoSuchFile => Self::NoSuchFile,
        }
    }
}

impl By {
    /// What it is counted as.
    fn side(&self) -> &'static str {
        match self {
            Self::Visitor(_) => "visitor",
            Self::Agent { .. } => "agent",
            Self::Greeting { .. } => "greeting",
        }
    }

    /// The body as it is written down, and what it brings with it.
    fn read(&self, body: &Body) -> Result<(Body, With), PostError> {
        let limit = match self {
            // It is the server's own text.
            Self::Greeting { greeting, .. } => {
                return Ok((body.clone(), With::Greeting(greeting.clone())));
            }
            Self::Visitor(_) => limits::VISITOR_TEXT_CHARS,
            Self::Agent { text_chars, .. } => *text_chars,
        };
        match (self, body) {
            (_, Body::Text(text)) => Ok((Body::text(text, limit)?, With::Nothing)),
            (_, Body::File(file)) => Ok((body.clone(), With::File(file.id))),
            (Self::Visitor(_), Body::Tap { .. }) => {
                let answer = MessageId::from_random(secret::random()?);
                Ok((body.clone(), With::Answer(answer)))
            }
            _ => Err(PostError::WrongKind),
        }
    }
}

/// Writes a message down and tells everyone concerned.
///
/// Returns once it is on disk, with what follows it by itself. A message that
/// was written down before keeps its first number, and nobody is told again.
pub(crate) async fn post(
    app: &App,
    by: By,
    id: MessageId,
    body: &Body,
) -> Result<Recorded, PostError> {
    let side = by.side();
    if let By::Visitor(visitor) | By::Greeting { visitor, .. } = by {
        app.door.pass(Limit::Posts, visitor, app.now())?;
    }
    let (body, with) = by.read(body)?;
    let here = |visitor| {
        let fresh = fresh_conversation(app)?;
        Ok::<_, NoRandomness>(To::Visitor { visitor, fresh })
    };
    let (to, author) = match by {
        By::Visitor(visitor) => (here(visitor)?, Author::Visitor),
        By::Agent {
            id,
            name,
            conversation,
            ..
        } => (To::Conversation(conversation), Author::Agent { id, name }),
        By::Greeting {
            visitor, author, ..
        } => (here(visitor)?, author),
    };
    let post = Post {
        to,
        message: Message { id, author, body },
        with,
        at: app.now(),
    };
    let mut recorded = app.store.post(post).await??;
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

    #[tokio::test]
    async fn only_greetings_have_buttons() {
        let scene = Scene::new().await;
        let visitor = scene.visitor().await;
        let begun = scene.says(visitor, "hello").await;
        let agent = By::Agent {
            id: AgentId::from_random([1; 16]),
            name: "Lucía".into(),
            conversation: begun.conversation,
            text_chars: 512,
        };
        let id = MessageId::from_random([200; 16]);
        let tap = Body::Tap {
            message: id,
            button: 0,
            label: "Yes".into(),
        };
        let replies = Body::QuickReplies {
            text: "Well?".into(),
            replies: vec!["Yes".into()],
        };
        for (by, body) in [
            (By::Visitor(visitor), &replies),
            (agent.clone(), &replies),
            (agent, &tap),
        ] {
            let refused = post(&scene.app, by, id, body).await.unwrap_err();
            assert!(matches!(refused, PostError::WrongKind), "{refused}");
        }
        let refused = post(&scene.app, By::Visitor(visitor), id, &tap).await;
        assert!(matches!(refused, Err(PostError::NoSuchReply)));
    }
}
