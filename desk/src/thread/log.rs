//! The log: what was said, with days and what else happened between.
//!
//! It stays at its end while the agent is there, and where the agent is when
//! earlier messages come in above.

use js_sys::Array;
use leptos::html::Div;
use leptos::prelude::*;
use saluda_client::Key;
use saluda_protocol::{Author, Contact, ConversationId, Number, What};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

use super::message::Bubble;
use super::row::{Laid, Row, lay};
use crate::answers;
use crate::icons::{Icon, Symbol};
use crate::names;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_with};
use crate::time;

/// This close to the end is at the end.
const END_PX: i32 = 32;
/// Earlier messages are loaded when less than this is left above.
const AHEAD_PX: i32 = 240;

/// The log.
#[component]
pub(crate) fn Log(id: ConversationId) -> impl IntoView {
    let desk = use_desk();
    let laid = Memo::new(move |_| lay(desk, id));
    let order = Memo::new(move |_| laid.with(|laid| laid.order.clone()));
    let thread = move |read: fn(&super::state::Thread) -> bool| {
        Memo::new(move |_| {
            desk.threads
                .with(|threads| threads.get(id).is_some_and(read))
        })
    };
    let known = thread(|thread| thread.person.is_some());
    let has_older = thread(|thread| thread.conversation.has_older());
    let fetching = thread(|thread| thread.fetching_older);
    let typing = thread(|thread| thread.typing);

    let scroller = NodeRef::<Div>::new();
    let content = NodeRef::<Div>::new();
    let top_before = StoredValue::new(0);
    let measure = move |_| {
        if let Some(log) = scroller.get_untracked() {
            let top = log.scroll_top();
            let left = log.scroll_height() - top - log.client_height();
            // Only who scrolls up leaves the end. What came in since the last
            // frame makes the end go away as well, but not the agent.
            if left < END_PX {
                desk.at_end.set(true);
            } else if top < top_before.get_value() {
                desk.at_end.set(false);
            }
            top_before.set_value(top);
            if top < AHEAD_PX && left >= END_PX {
                desk.show_older();
            }
        }
    };
    let to_end = move |_| {
        if let Some(log) = scroller.get_untracked() {
            log.set_scroll_top(log.scroll_height());
        }
    };
    hold_still(desk, id, scroller, content);

    view! {
        <div class="log-frame">
            <div class="log" tabindex="0" role="group" aria-label=text("log.scroller") node_ref=scroller on:scroll=measure>
                <div class="log-content" node_ref=content>
                    {move || (!known.get()).then(|| view! { <Skeleton/> })}
                    {move || has_older.get().then(|| view! {
                        <button
                            class="button quiet older"
                            aria-disabled=move || fetching.get().to_string()
                            on:click=move |_| desk.show_older()
                        >
                            {move || if fetching.get() { text("log.fetching") } else { text("log.older") }}
                        </button>
                    })}
                    <div
                        class="rows"
                        role="log"
                        aria-label=text("log.label")
                        aria-busy=move || (!known.get() || fetching.get()).to_string()
                    >
                        <For each=move || order.get() key=|key| *key let:key>
                            <OneRow id key laid/>
                        </For>
                    </div>
                    <div class="typing" role="status">
                        {move || typing.get().then(|| view! {
                            <span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>
                            {text_with("log.typing", &[("name", &visitor_name(desk, id))])}
                        })}
                    </div>
                </div>
            </div>
            {move || (!desk.at_end.get()).then(|| view! {
                <button class="to-end" on:click=to_end>
                    <Icon of=Symbol::Down/>
                    {text("log.to_end")}
                </button>
            })}
        </div>
    }
}

#[component]
fn OneRow(id: ConversationId, key: Key, laid: Memo<Laid>) -> impl IntoView {
    let desk = use_desk();
    let row = Memo::new(move |_| laid.with(|laid| laid.rows.get(&key).cloned()));
    // What a row is never changes; how a message stands does.
    match row.get_untracked() {
        Some(Row::Day(at)) => view! {
            <p class="day">{move || time::day_heading(at, desk.minute.get())}</p>
        }
        .into_any(),
        Some(Row::Message(said)) => {
            let standing = Memo::new(move |_| {
                row.with(|row| match row {
                    Some(Row::Message(said)) => Some(said.standing.clone()),
                    _ => None,
                })
            });
            view! { <Bubble conversation=id said standing/> }.into_any()
        }
        Some(Row::Line { at, what }) => view! {
            <p class="event" title=time::full(at)>
                {move || line(desk, id, &what)} " · " {time::clock(at)}
            </p>
        }
        .into_any(),
        None => ().into_any(),
    }
}

/// What happened, in words.
fn line(desk: Desk, id: ConversationId, what: &What) -> String {
    let me = desk.me.with(|me| me.as_ref().map(|me| me.id));
    match what {
        What::Closed(Author::Agent { id, .. }) if Some(*id) == me => text("line.you_closed"),
        What::Closed(Author::Agent { name, .. }) => text_with("line.closed", &[("name", name)]),
        What::Reopened(Author::Agent { id, .. }) if Some(*id) == me => text("line.you_reopened"),
        What::Reopened(Author::Agent { name, .. }) => text_with("line.reopened", &[("name", name)]),
        What::Closed(_) => text_with("line.closed", &[("name", &visitor_name(desk, id))]),
        What::Reopened(_) => text_with(
            "line.visitor_reopened",
            &[("name", &visitor_name(desk, id))],
        ),
        What::Contact(Contact {
            email: Some(email), ..
        }) => text_with("line.email", &[("email", email.as_str())]),
        What::Contact(Contact {
            name: Some(name), ..
        }) => text_with("line.name", &[("name", name)]),
        What::Contact(Contact {
            phone: Some(phone), ..
        }) => text_with("line.phone", &[("phone", phone)]),
        What::Answers(answers) => answers::line(answers),
        What::Rated(rating) => answers::rated(rating),
        What::Erased => text("line.erased"),
        _ => text("line.unknown"),
    }
}

fn visitor_name(desk: Desk, id: ConversationId) -> String {
    super::who::who(desk, id).map_or_else(
        || text("visitor.unknown"),
        |who| names::name_of(&who.contact, who.visitor),
    )
}

/// Keeps the log where it is while its size or its content changes.
///
/// The browser reports both after layout and before it paints, so nothing is
/// ever seen to jump.
fn hold_still(desk: Desk, id: ConversationId, scroller: NodeRef<Div>, content: NodeRef<Div>) {
    let first = move || {
        desk.threads.with_untracked(|threads| {
            threads
                .get(id)
                .map_or(Number(0), |thread| thread.conversation.first())
        })
    };
    let before = StoredValue::new((first(), 0));
    let hold = Closure::<dyn FnMut(Array)>::new(move |_| {
        let Some(log) = scroller.get_untracked() else {
            return;
        };
        let (first_before, height_before) = before.get_value();
        let (first_now, height_now) = (first(), log.scroll_height());
        if desk.at_end.get_untracked() {
            log.set_scroll_top(height_now);
        } else if first_now < first_before {
            log.set_scroll_top(log.scroll_top() + height_now - height_before);
        }
        before.set_value((first_now, height_now));
    });
    let Ok(observer) = ResizeObserver::new(hold.as_ref().unchecked_ref()) else {
        return;
    };
    let observer = StoredValue::new_local((observer, hold));
    Effect::new(move |_| {
        if let (Some(scroller), Some(content)) = (scroller.get(), content.get()) {
            observer.with_value(|(observer, _)| {
                observer.observe(&scroller);
                observer.observe(&content);
            });
        }
    });
    on_cleanup(move || {
        observer.try_with_value(|(observer, _)| observer.disconnect());
    });
}

#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton-log" aria-hidden="true">
            <span class="skeleton bubble"></span>
            <span class="skeleton bubble us"></span>
            <span class="skeleton bubble us short"></span>
            <span class="skeleton bubble short"></span>
        </div>
    }
}
