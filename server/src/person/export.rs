//! What a person is handed out as. The form is described in `docs/api.md`.

use saluda_protocol::inbox::Origin;
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    Answer, Contact, ConversationId, Event, File, Identity, Millis, Rating, Status, VisitorId,
};
use saluda_store::Person;
use serde::Serialize;

/// Everything that is kept of a visitor.
#[derive(Debug, Serialize)]
pub(crate) struct Export {
    id: VisitorId,
    /// Whom they were before it turned out who they are.
    also: Vec<VisitorId>,
    first_seen: Millis,
    last_seen: Millis,
    /// What they said of themselves.
    contact: Contact,
    /// What the site's owner said of them.
    identity: Option<Identity>,
    /// Where they were last, and what their browser said.
    place: Place,
    /// Since when further browsers know them.
    browsers: Vec<Millis>,
    answers: Vec<Answer>,
    conversation: Option<Said>,
    files: Vec<Sent>,
}

#[derive(Debug, Serialize)]
struct Said {
    id: ConversationId,
    created_at: Millis,
    status: Status,
    tags: Vec<String>,
    /// The greeting with which it began.
    origin: Option<Origin>,
    events: Vec<Event>,
    ratings: Vec<Rated>,
}

#[derive(Debug, Serialize)]
struct Rated {
    at: Millis,
    #[serde(flatten)]
    rating: Rating,
}

#[derive(Debug, Serialize)]
struct Sent {
    at: Millis,
    /// Whether an agent sent it to them.
    by_agent: bool,
    #[serde(flatten)]
    file: File,
}

impl From<Person> for Export {
    fn from(person: Person) -> Self {
        let visitor = person.visitor;
        let ratings = person.ratings.into_iter();
        let ratings = ratings.map(|(rating, at)| Rated { at, rating }).collect();
        let events = person.events;
        Self {
            id: visitor.id,
            also: person.also,
            first_seen: visitor.first_seen,
            last_seen: visitor.last_seen,
            contact: visitor.contact,
            identity: visitor.identity,
            place: visitor.place,
            browsers: person.browsers,
            answers: person.attributes.into_iter().map(|it| it.answer).collect(),
            conversation: person.conversation.map(|kept| Said {
                id: kept.id,
                created_at: kept.created_at,
                status: kept.status,
                tags: kept.tags,
                origin: kept.origin,
                events,
                ratings,
            }),
            files: person
                .files
                .into_iter()
                .map(|kept| Sent {
                    at: kept.at,
                    by_agent: kept.agent.is_some(),
                    file: kept.file,
                })
                .collect(),
        }
    }
}
