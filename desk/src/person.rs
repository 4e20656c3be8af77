//! The person pane: whom the agent talks to (S1.35, S1.37).
//!
//! What is here is what the visitor or their browser said, and nobody has verified
//! it; save what the site's own server says of them, which is marked so.

use leptos::prelude::*;
use saluda_client::links;
use saluda_protocol::{Answer, ConversationId, EmailAddress, Identity, Person, inbox::Origin};

use crate::answers;
use crate::avatar::Avatar;
use crate::icons::{Icon, Symbol};
use crate::intl;
use crate::keys;
use crate::names;
use crate::state::{Desk, use_desk};
use crate::texts::{locale, text, text_count};
use crate::thread::who::who;
use crate::time;

/// The person pane; empty while no conversation is open.
#[component]
pub(crate) fn PersonPane(open: Memo<Option<ConversationId>>) -> impl IntoView {
    let desk = use_desk();
    let there = Memo::new(move |_| {
        desk.threads
            .with(|threads| threads.current().is_some_and(|it| it.refused.is_none()))
    });
    let hide = move |_| {
        desk.person_shown.set(false);
        keys::focus("[data-opens=person]");
    };
    Effect::new(move |_| {
        if desk.person_shown.get() {
            request_animation_frame(|| {
                keys::focus(".person-hide");
            });
        }
    });
    view! {
        <div class="person-shade" aria-hidden="true" on:click=hide></div>
        <aside class="person" id="person" aria-label=text("person.label")>
            <div class="person-bar only-drawer">
                <button class="icon-button person-hide" aria-label=text("person.hide") on:click=hide>
                    <span class="only-narrow"><Icon of=Symbol::Back/></span>
                    <span class="only-tablet"><Icon of=Symbol::Close/></span>
                </button>
                <span class="person-bar-title">{text("person.label")}</span>
            </div>
            {move || open.get().filter(|_| there.get()).map(|id| view! { <Card id/> })}
        </aside>
    }
}

#[component]
fn Card(id: ConversationId) -> impl IntoView {
    let desk = use_desk();
    let person = Memo::new(move |_| desk.threads.with(|threads| threads.get(id)?.person.clone()));
    let who = Memo::new(move |_| who(desk, id));
    let name = move || {
        who.with(|who| {
            who.as_ref()
                .map(|who| names::name_of(&who.contact, who.visitor))
        })
    };
    let there = Memo::new(move |_| person.with(|person| there(person.as_ref()?, desk)));
    view! {
        <div class="person-top">
            <Avatar who large=true/>
            <div class="person-who">
                <h2 class="person-name" dir="auto">{name}</h2>
                <p class="person-there">{there}</p>
            </div>
        </div>
        {move || match person.get() {
            Some(person) => view! { <Facts person/> }.into_any(),
            None => view! { <Skeleton/> }.into_any(),
        }}
    }
}

#[component]
fn Facts(person: Person) -> impl IntoView {
    let desk = use_desk();
    let Person {
        contact,
        identity,
        place,
        first_seen,
        last_seen,
        online,
        origin,
        tags,
        attributes,
        ..
    } = person;
    let known = identity.clone().unwrap_or_default();
    let phone = contact.phone.map(|phone| {
        let mark = mark(known.phone.as_ref() == Some(&phone));
        view! { <dt>{text("person.phone")}</dt><dd><span dir="ltr">{phone}</span>{mark}</dd> }
    });
    let email = contact.email.map_or_else(
        || view! { <span class="unknown">{text("person.not_given")}</span> }.into_any(),
        |email| {
            let mark = mark(known.email.as_ref().map(EmailAddress::as_str) == Some(email.as_str()));
            view! {
                <a href=format!("mailto:{}", email.as_str())>{email.as_str().to_owned()}</a>
                {mark}
            }
            .into_any()
        },
    );
    let name = contact.name.map_or_else(
        || view! { <span class="unknown">{text("person.not_given")}</span> }.into_any(),
        |name| {
            let mark = mark(known.name.as_ref() == Some(&name));
            view! { <span dir="auto">{name}</span>{mark} }.into_any()
        },
    );
    let last = move || {
        if online {
            text("person.now")
        } else {
            time::long_ago(last_seen, desk.minute.get())
        }
    };
    let visits = (place.visits > 0).then(|| text_count("person.visits", place.visits.into()));
    let page = (!place.url.is_empty()).then(|| view! {
        <dt>{if online { text("person.page") } else { text("person.last_page") }}</dt>
        <dd>
            {(!place.title.is_empty()).then(|| view! { <span class="page-title" dir="auto">{place.title}</span> })}
            <Address address=place.url/>
        </dd>
    });
    let referrer = (!place.referrer.is_empty()).then(|| {
        view! {
            <dt>{text("person.referrer")}</dt>
            <dd><Address address=place.referrer/></dd>
        }
    });
    let visit = (page.is_some() || referrer.is_some()).then(|| {
        view! {
            <section class="person-part" aria-labelledby="person-visit">
                <h3 class="person-heading" id="person-visit">{text("person.visit")}</h3>
                <dl class="facts stacked">{page}{referrer}</dl>
            </section>
        }
    });
    view! {
        <section class="person-part" aria-labelledby="person-contact">
            <h3 class="person-heading" id="person-contact">{text("person.contact")}</h3>
            <dl class="facts">
                <dt>{text("person.email")}</dt>
                <dd>{email}</dd>
                <dt>{text("person.name")}</dt>
                <dd>{name}</dd>
                <dt>{text("person.first_seen")}</dt>
                <dd title=time::full(first_seen)>{move || time::date(first_seen, desk.minute.get())}</dd>
                <dt>{text("person.last_seen")}</dt>
                <dd title=time::full(last_seen)>{last}</dd>
                {phone}
                {visits.map(|visits| view! { <dt>{text("person.visits")}</dt><dd>{visits}</dd> })}
            </dl>
        </section>
        {identity.map(account)}
        {filled_in(&attributes)}
        {visit}
        {beginning(origin, tags)}
    }
}

/// Beside what is told of a person: who says so.
fn mark(verified: bool) -> impl IntoView {
    if verified {
        view! {
            <span class="verified" title=text("person.verified_title")>
                <Icon of=Symbol::Check/>
                {text("person.verified")}
            </span>
        }
        .into_any()
    } else {
        view! {
            <span class="unverified" title=text("person.unverified_title")>
                {text("person.unverified")}
            </span>
        }
        .into_any()
    }
}

/// What the site's own server says of the person besides.
fn account(identity: Identity) -> impl IntoView {
    let attributes = identity.attributes.into_iter().map(|(name, value)| {
        view! { <dt dir="auto">{name}</dt><dd dir="auto">{value}</dd> }
    });
    view! {
        <section class="person-part" aria-labelledby="person-account">
            <h3 class="person-heading" id="person-account">{text("person.account")}</h3>
            <dl class="facts">
                <dt>{text("person.user")}</dt>
                <dd><span dir="auto">{identity.user}</span>{mark(true)}</dd>
                {attributes.collect_view()}
            </dl>
        </section>
    }
}

/// What the visitor filled in.
fn filled_in(answers: &[Answer]) -> Option<impl IntoView + use<>> {
    let each = answers.iter().map(|answer| {
        view! {
            <dt dir="auto">{answers::question(answer)}</dt>
            <dd class="answer" dir="auto">{answers::words(answer)}</dd>
        }
    });
    let each = each.collect_view();
    (!answers.is_empty()).then(|| {
        view! {
            <section class="person-part" aria-labelledby="person-answers">
                <h3 class="person-heading" id="person-answers">{text("person.answers")}</h3>
                <dl class="facts stacked">{each}</dl>
            </section>
        }
    })
}

/// The greeting it began with, and what greetings tagged it with (S2.6).
fn beginning(origin: Option<Origin>, tags: Vec<String>) -> Option<impl IntoView> {
    if origin.is_none() && tags.is_empty() {
        return None;
    }
    let origin = origin.map(|origin| {
        let name = match origin.variant {
            Some(variant) => format!("{} · {variant}", origin.name),
            None => origin.name,
        };
        view! { <dt>{text("person.greeting")}</dt><dd dir="auto">{name}</dd> }
    });
    let tags = (!tags.is_empty()).then(|| {
        let tags = tags.into_iter();
        let tags = tags.map(|tag| view! { <li class="tag" dir="auto">{tag}</li> });
        view! {
            <dt>{text("person.tags")}</dt>
            <dd><ul class="tags">{tags.collect_view()}</ul></dd>
        }
    });
    Some(view! {
        <section class="person-part" aria-labelledby="person-beginning">
            <h3 class="person-heading" id="person-beginning">{text("person.beginning")}</h3>
            <dl class="facts">{origin}{tags}</dl>
        </section>
    })
}

/// An address a browser reported. Only one of the web can be followed.
#[component]
fn Address(address: String) -> impl IntoView {
    if links::is_web_address(&address) {
        let shown = shown(&address);
        view! {
            <a class="address" href=address target="_blank" rel="noopener noreferrer nofollow">{shown}</a>
        }
        .into_any()
    } else {
        view! { <span class="address">{address}</span> }.into_any()
    }
}

/// An address without the parts that are the same in all of them.
fn shown(address: &str) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    bare.strip_suffix('/').unwrap_or(bare).to_owned()
}

/// `12:31 in Lisbon · Portuguese`, as far as the browser told.
fn there(person: &Person, desk: Desk) -> Option<String> {
    let clock = time::clock_in(&person.place.timezone, desk.minute.get());
    let language = Some(person.place.language.as_str())
        .filter(|tag| !tag.is_empty())
        .and_then(|tag| intl::language_name(&locale(), tag.split('-').next().unwrap_or(tag)));
    let told: Vec<String> = clock.into_iter().chain(language).collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeletons" aria-hidden="true">
            <span class="skeleton line"></span>
            <span class="skeleton line long"></span>
            <span class="skeleton line"></span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_scheme() {
        assert_eq!(shown("https://alba.example/"), "alba.example");
        assert_eq!(shown("http://a.example/b?c=1"), "a.example/b?c=1");
        assert_eq!(shown("about:blank"), "about:blank");
    }
}
