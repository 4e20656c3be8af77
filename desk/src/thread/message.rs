//! One message of the log: what was said, by whom (S1.16), and how far it has
//! come (S1.15).

use leptos::prelude::*;
use saluda_client::links::{self, Piece};
use saluda_client::{Delivery, Standing};
use saluda_protocol::{Author, Body, ConversationId, ErrorBody, MessageId};

use super::file::Attached;
use super::row::Said;
use crate::icons::{Icon, Symbol, Ticks};
use crate::refusal;
use crate::state::{Desk, Line, use_desk};
use crate::texts::{text, text_with};
use crate::time;

/// One message.
#[component]
pub(super) fn Bubble(
    conversation: ConversationId,
    said: Said,
    standing: Memo<Option<Standing>>,
) -> impl IntoView {
    let desk = use_desk();
    let Said {
        id,
        author,
        body,
        standing: at_first,
    } = said;
    let ours = at_first.delivery.is_some();
    let at_edge = move |edge: fn(&Standing) -> bool| {
        Memo::new(move |_| standing.with(|it| it.as_ref().is_some_and(edge)))
    };
    let first = at_edge(|standing| standing.first);
    let last = at_edge(|standing| standing.last);
    let failed = at_edge(|standing| matches!(standing.delivery, Some(Delivery::Failed(_))));
    let waiting = at_edge(|standing| standing.delivery == Some(Delivery::Waiting));
    let delivery = Memo::new(move |_| standing.with(|it| it.as_ref()?.delivery.clone()));
    let at = Memo::new(move |_| standing.with(|it| it.as_ref().map(|it| it.at)));
    let refused = Memo::new(move |_| match delivery.get() {
        Some(Delivery::Failed(error)) => Some(error),
        _ => None,
    });
    // Beside a bubble in the middle of a group a tick is enough; under the last
    // one there is room for words.
    let worded = Memo::new(move |_| last.get() && !failed.get());
    let by = Memo::new(move |_| {
        standing.with(|standing| {
            let on_its_way = matches!(
                standing.as_ref().and_then(|it| it.delivery.as_ref()),
                Some(Delivery::Waiting | Delivery::Failed(_))
            );
            by(desk, &author, on_its_way)
        })
    });
    view! {
        <div
            class="message"
            class:us=ours
            class:first=first
            class:last=last
            class:failed=failed
            class:waiting=waiting
        >
            <div class="message-row">
                {move || (ours && !last.get() && !failed.get()).then(|| view! {
                    <Mark delivery worded=false/>
                })}
                <span class="unseen">{by} ": "</span>
                <p class="bubble" dir="auto" title=move || at.get().map(time::full)>
                    {words(&body)}
                </p>
            </div>
            {choices(&body, standing)}
            {move || refused.get().map(|error| view! { <Failed conversation id error/> })}
            {move || worded.get().then(|| view! {
                <p class="meta">
                    {ours.then(|| view! { <span aria-hidden="true">{by}</span> " · " })}
                    {move || at.get().map(time::clock)}
                    {ours.then(|| view! { " · " <Mark delivery worded=true/> })}
                </p>
            })}
        </div>
    }
    .into_any()
}

/// How far a message has come: ticks, and words beside them or for those who
/// do not see them.
#[component]
fn Mark(delivery: Memo<Option<Delivery>>, worded: bool) -> impl IntoView {
    let desk = use_desk();
    let words = move || match delivery.get() {
        Some(Delivery::Waiting) if desk.line.get() == Line::Down => text("mark.no_connection"),
        Some(Delivery::Waiting) => text("mark.waiting"),
        Some(Delivery::Sent) => text("mark.sent"),
        Some(Delivery::Delivered) => text("mark.delivered"),
        Some(Delivery::Read) => text("mark.read"),
        Some(Delivery::Failed(_)) | None => String::new(),
    };
    let ticks = Memo::new(move |_| {
        matches!(
            delivery.get(),
            Some(Delivery::Sent | Delivery::Delivered | Delivery::Read)
        )
    });
    let double =
        Memo::new(move |_| matches!(delivery.get(), Some(Delivery::Delivered | Delivery::Read)));
    let read = Memo::new(move |_| delivery.get() == Some(Delivery::Read));
    view! {
        <span class="mark" class:read=read title=words>
            {move || ticks.get().then(|| view! { <Ticks double/> })}
            <span class:unseen=!worded>{words}</span>
        </span>
    }
}

/// A message the server turned away: why, and the two ways on.
#[component]
fn Failed(conversation: ConversationId, id: MessageId, error: ErrorBody) -> impl IntoView {
    let desk = use_desk();
    view! {
        <p class="meta failure" role="alert">
            <Icon of=Symbol::Alert/>
            <span>{text("mark.failed")} " " {refusal::sentence(&error)}</span>
            <button class="link" on:click=move |_| desk.try_again(conversation, id)>
                {text("action.try_again")}
            </button>
            <button class="link" on:click=move |_| desk.discard(conversation, id)>
                {text("action.discard")}
            </button>
        </p>
    }
}

/// Who said it, as this agent calls them (S1.16). What is on its way was written
/// at this desk.
fn by(desk: Desk, author: &Author, on_its_way: bool) -> String {
    let me = desk.me.with(|me| me.as_ref().map(|me| me.id));
    match author {
        _ if on_its_way => text("mark.you"),
        Author::Agent { id, .. } if Some(*id) == me => text("mark.you"),
        Author::Agent { name, .. } => name.clone(),
        Author::Greeting { trigger, .. } => {
            text_with("mark.greeting", &[("trigger", trigger.as_str())])
        }
        _ => text("mark.visitor"),
    }
}

/// The text, with what can be followed, or the file. Nothing of it is ever markup.
fn words(body: &Body) -> AnyView {
    if let Body::File(file) = body {
        let file = file.clone();
        return view! { <Attached file/> }.into_any();
    }
    links::pieces(body.as_text(), links::any_address)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text.to_owned().into_any(),
            Piece::Link { address, shown } => view! {
                <a href=address target="_blank" rel="noopener noreferrer nofollow">{shown.to_owned()}</a>
            }
            .into_any(),
        })
        .collect_view()
        .into_any()
}

/// The buttons the visitor has under a message: here they are only read, and
/// the one that was tapped stands out.
fn choices(body: &Body, standing: Memo<Option<Standing>>) -> Option<impl IntoView + use<>> {
    let labels: Vec<String> = match body {
        Body::QuickReplies { replies, .. } => replies.clone(),
        Body::Actions { actions, .. } => actions
            .iter()
            .map(|action| format!("{} ↗", action.label))
            .collect(),
        _ => return None,
    };
    let tapped = Memo::new(move |_| standing.with(|it| it.as_ref()?.tapped));
    let choices = labels.into_iter().enumerate().map(|(button, label)| {
        let chosen = move || {
            tapped
                .get()
                .is_some_and(|tapped| usize::from(tapped) == button)
        };
        view! { <li class="choice" class:chosen=chosen dir="auto">{label}</li> }
    });
    Some(view! {
        <ul class="choices" aria-label=text("mark.buttons")>{choices.collect_view()}</ul>
    })
}
