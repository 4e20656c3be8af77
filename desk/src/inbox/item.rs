//! One conversation in the list: who, when, what was said last, and whether it
//! waits (S1.4), is done (S4.19) or has its visitor on the site (S4.9).

use leptos::prelude::*;
use saluda_protocol::{Author, ConversationId, Preview, Status, Summary};

use crate::avatar::{Avatar, Who};
use crate::icons::{Icon, Symbol};
use crate::names;
use crate::route;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_with};
use crate::time;

/// One conversation in the list.
#[component]
pub(crate) fn Item(
    id: ConversationId,
    stop: Memo<Option<ConversationId>>,
    last_focused: RwSignal<Option<ConversationId>>,
) -> impl IntoView {
    let desk = use_desk();
    let summary = Memo::new(move |_| desk.inbox.with(|inbox| inbox.summary(id).cloned()));
    let who = Memo::new(move |_| summary.with(|summary| summary.as_ref().map(Who::from)));
    let name = move || {
        who.with(|who| {
            who.as_ref()
                .map(|who| names::name_of(&who.contact, who.visitor))
        })
    };
    let open = Memo::new(move |_| desk.threads.with(|threads| threads.open_id() == Some(id)));
    let unread = Memo::new(move |_| summary.with(|it| it.as_ref().is_some_and(Summary::unread)));
    let closed = Memo::new(move |_| {
        summary.with(|it| it.as_ref().is_some_and(|it| it.status == Status::Closed))
    });
    let online = Memo::new(move |_| who.with(|who| who.as_ref().is_some_and(|who| who.online)));
    let written_at = Memo::new(move |_| summary.with(|it| it.as_ref().map(|it| it.written_at)));
    let preview = Memo::new(move |_| preview(desk, &summary.get()?));

    view! {
        <li>
            <a
                class="item"
                class:selected=open
                class:unread=unread
                href=route::fragment(Some(id))
                aria-current=move || open.get().then_some("true")
                tabindex=move || if stop.get() == Some(id) { "0" } else { "-1" }
                data-conversation=id.to_string()
                on:focus=move |_| last_focused.set(Some(id))
            >
                <Avatar who/>
                <span class="item-name" dir="auto">{name}</span>
                <span class="unseen">
                    ", "
                    {move || online.get().then(|| text("item.online"))}
                    {move || unread.get().then(|| text("item.unread"))}
                    {move || closed.get().then(|| text("item.closed"))}
                </span>
                <time class="item-time" title=move || written_at.get().map(time::full)>
                    {move || written_at.get().map(|at| time::short_ago(at, desk.minute.get()))}
                </time>
                <span class="item-preview" dir="auto">{preview}</span>
                <span class="item-mark" aria-hidden="true">
                    {move || match (unread.get(), closed.get()) {
                        (true, _) => view! { <span class="dot unread"></span> }.into_any(),
                        (false, true) => view! {
                            <span class="dot closed"><Icon of=Symbol::Check/></span>
                        }
                        .into_any(),
                        (false, false) => ().into_any(),
                    }}
                </span>
            </a>
        </li>
    }
}

/// What was said last, after the name of who said it.
fn preview(desk: Desk, summary: &Summary) -> Option<String> {
    let Preview { author, text: said } = summary.preview.as_ref()?;
    let me = desk.me.with(|me| me.as_ref().map(|me| me.id));
    Some(match author {
        Author::Agent { id, .. } if Some(*id) == me => text_with("item.you", &[("text", said)]),
        Author::Agent { name, .. } => text_with("item.agent", &[("name", name), ("text", said)]),
        _ => said.clone(),
    })
}

impl From<&Summary> for Who {
    fn from(summary: &Summary) -> Self {
        Self {
            visitor: summary.visitor,
            contact: summary.contact.clone(),
            online: summary.online,
        }
    }
}
