//! A visitor takes a greeting up.
//!
//! The page says which one it was. What it says is taken from our own copy of
//! that version, so that nobody can put words into the site's mouth; only what
//! stood in the gaps of the text is the page's word.

use saluda_protocol::inbox::Origin;
use saluda_protocol::message::Action;
use saluda_protocol::trigger::language::text_in;
use saluda_protocol::trigger::{Asked, Button, Reply, Texts, gaps};
use saluda_protocol::visitor::Greeted;
use saluda_protocol::{
    Author, Body, Contact, Message, MessageId, SiteId, TriggerSpec, VisitorId, limits,
};
use saluda_store::{FollowUp, Greeting};

use super::post::{By, PostError};
use crate::app::App;
use crate::secret;

/// What is posted when this greeting is taken up.
///
/// # Errors
///
/// When it was never published on this site.
pub(crate) async fn read(
    app: &App,
    site: SiteId,
    visitor: VisitorId,
    greeted: &Greeted,
) -> Result<(By, Body), PostError> {
    let published = app
        .store
        .trigger_version(site, &greeted.trigger, greeted.version)
        .await?
        .ok_or(PostError::NoSuchGreeting)?;
    let spec = published.spec;
    let (text, buttons) =
        shown(&spec, greeted.variant.as_deref()).ok_or(PostError::NoSuchGreeting)?;
    let language: String = greeted
        .language
        .chars()
        .take(limits::LOCALE_CHARS)
        .collect();
    let site = app.store.site(site).await?;
    let site = site.ok_or(PostError::NoSuchGreeting)?;
    let sender = site.sender(&spec.greeting.sender).unwrap_or(&site.name);
    let author = Author::Greeting {
        trigger: greeted.trigger.clone(),
        name: sender.to_owned(),
    };
    let known = app.store.visitor(visitor).await?;
    let contact = known.map(|visitor| visitor.contact).unwrap_or_default();
    let greeting = Greeting {
        follow_up: follow_up(&spec, &contact, &author, &language)?,
        answers: answers(buttons, &language),
        origin: Origin {
            trigger: greeted.trigger.clone(),
            name: spec.name.clone(),
            version: greeted.version,
            variant: greeted.variant.clone(),
            language: language.clone(),
            message: greeted.id,
        },
        tags: spec.tags.clone(),
    };
    let mut values = greeted.values.iter();
    let text = gaps::fill(text_in(text, &language).unwrap_or_default(), |_| {
        values.next().cloned()
    });
    let by = By::Greeting {
        visitor,
        author,
        greeting: Box::new(greeting),
    };
    Ok((by, body(text, buttons, &language)))
}

/// Text and buttons of a variant; of the original if none is named.
fn shown<'s>(spec: &'s TriggerSpec, variant: Option<&str>) -> Option<(&'s Texts, &'s [Button])> {
    let Some(name) = variant else {
        return Some((&spec.greeting.text, &spec.greeting.buttons));
    };
    let mut variants = spec.experiment.iter().flat_map(|tried| &tried.variants);
    let variant = variants.find(|variant| variant.name == name)?;
    Some((&variant.text, &variant.buttons))
}

fn label(button: &Button, language: &str) -> String {
    text_in(&button.label, language)
        .unwrap_or_default()
        .to_owned()
}

/// Where a button leads; nowhere if it is a quick reply.
fn href(button: &Button) -> Option<String> {
    let call = || button.phone.as_ref().map(|number| format!("tel:{number}"));
    button.url.clone().or_else(call)
}

fn body(text: String, buttons: &[Button], language: &str) -> Body {
    if buttons.is_empty() {
        return Body::Text(text);
    }
    // Buttons are of one kind: a trigger that mixes them is not published.
    let actions: Vec<Action> = buttons
        .iter()
        .filter_map(|button| {
            let href = href(button)?;
            let label = label(button, language);
            Some(Action { label, href })
        })
        .collect();
    if actions.is_empty() {
        let replies = buttons.iter().map(|button| label(button, language));
        Body::QuickReplies {
            text,
            replies: replies.collect(),
        }
    } else {
        Body::Actions { text, actions }
    }
}

/// What is answered to each quick reply; nothing at all when none has an answer.
fn answers(buttons: &[Button], language: &str) -> Vec<Option<String>> {
    if buttons.iter().all(|button| button.answer.is_none()) {
        return Vec::new();
    }
    let answer = |button: &Button| text_in(button.answer.as_ref()?, language).map(str::to_owned);
    buttons.iter().map(answer).collect()
}

/// What is said once what was asked for is given. When nothing was, or all of it
/// is known already, it is said once the visitor writes.
fn follow_up(
    spec: &TriggerSpec,
    contact: &Contact,
    author: &Author,
    language: &str,
) -> Result<Option<FollowUp>, PostError> {
    let Reply::Agent(reply) = &spec.greeting.reply else {
        return Ok(None);
    };
    let text = reply
        .follow_up
        .as_ref()
        .and_then(|texts| text_in(texts, language));
    let Some(text) = text else {
        return Ok(None);
    };
    let message = Message {
        id: MessageId::from_random(secret::random()?),
        author: author.clone(),
        body: Body::Text(text.to_owned()),
    };
    let lacks = |asked: &Asked| match asked {
        Asked::Name => contact.name.is_none(),
        Asked::Email => contact.email.is_none(),
        Asked::Phone => contact.phone.is_none(),
    };
    Ok(Some(if reply.ask.iter().any(lacks) {
        FollowUp::OnContact(message)
    } else {
        FollowUp::OnWords(message)
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::Scene;

    fn spec() -> serde_json::Value {
        json!({
            "name": "Pricing help",
            "rule": { "all": [] },
            "greeting": {
                "sender": "lucia",
                "text": {
                    "en": "Hi {{visitor.attr.name|there}}, questions?",
                    "es": "Hola {{visitor.attr.name|}}, ¿dudas?"
                },
                "buttons": [
                    { "label": { "en": "Which one?" }, "answer": { "en": "It depends.", "es": "Depende." } },
                    { "label": { "en": "None", "es": "Ninguna" } }
                ],
                "reply": { "agent": { "ask": ["email"], "follow_up": { "en": "Thanks." } } }
            },
            "tags": ["pricing"],
            "experiment": { "seed": "a", "variants": [{
                "name": "b", "share": 50, "text": { "en": "Call us?" },
                "buttons": [
                    { "label": { "en": "Call" }, "phone": "+351220000000" },
                    { "label": { "en": "Plans" }, "url": "https://shop.example/plans" }
                ]
            }] }
        })
    }

    fn greeted(language: &str, variant: Option<&str>, values: &[&str]) -> Greeted {
        Greeted {
            id: MessageId::from_random([40; 16]),
            trigger: "pricing-help".parse().unwrap(),
            version: 1,
            variant: variant.map(str::to_owned),
            language: language.to_owned(),
            values: values.iter().map(|&value| value.to_owned()).collect(),
        }
    }

    async fn taken(
        scene: &Scene,
        greeted: &Greeted,
    ) -> Result<(Greeting, Author, Body), PostError> {
        let visitor = scene.visitor().await;
        let (by, body) = read(&scene.app, scene.site.id, visitor, greeted).await?;
        match by {
            By::Greeting {
                greeting, author, ..
            } => Ok((*greeting, author, body)),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn it_says_what_was_published_in_the_language_it_was_shown_in() {
        let scene = Scene::new().await;
        scene.publish(spec()).await;
        let (greeting, author, body) = taken(&scene, &greeted("es-MX", None, &["Inês\u{7}"]))
            .await
            .unwrap();
        assert_eq!(
            body,
            Body::QuickReplies {
                text: "Hola Inês, ¿dudas?".into(),
                replies: vec!["Which one?".into(), "Ninguna".into()],
            }
        );
        assert_eq!(greeting.answers, [Some("Depende.".to_owned()), None]);
        assert_eq!(greeting.tags, ["pricing"]);
        assert_eq!(greeting.origin.name, "Pricing help");
        assert!(matches!(greeting.follow_up, Some(FollowUp::OnContact(_))));
        // The sender is gone since: it is the site then.
        let site = Author::Greeting {
            trigger: "pricing-help".parse().unwrap(),
            name: "Alba Coffee".into(),
        };
        assert_eq!(author, site);
        let (_, _, body) = taken(&scene, &greeted("fr", None, &[])).await.unwrap();
        assert_eq!(body.as_text(), "Hi there, questions?");
    }

    #[tokio::test]
    async fn calls_to_action_lead_where_the_owner_said() {
        let scene = Scene::new().await;
        scene.publish(spec()).await;
        let (_, _, body) = taken(&scene, &greeted("en", Some("b"), &[])).await.unwrap();
        let Body::Actions { actions, .. } = body else {
            panic!("{body:?}");
        };
        let hrefs: Vec<_> = actions.iter().map(|action| action.href.as_str()).collect();
        assert_eq!(hrefs, ["tel:+351220000000", "https://shop.example/plans"]);
    }

    #[tokio::test]
    async fn what_was_never_published_is_refused() {
        let scene = Scene::new().await;
        scene.publish(spec()).await;
        let right = greeted("en", None, &[]);
        for wrong in [
            Greeted {
                trigger: "other".parse().unwrap(),
                ..right.clone()
            },
            Greeted {
                version: 2,
                ..right.clone()
            },
            greeted("en", Some("c"), &[]),
            greeted("en", Some(""), &[]),
        ] {
            let refused = taken(&scene, &wrong).await.unwrap_err();
            assert!(matches!(refused, PostError::NoSuchGreeting), "{wrong:?}");
        }
    }
}
