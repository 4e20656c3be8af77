//! Where the agent writes. What is typed stays with its conversation until it
//! is sent, also when another one is looked into meanwhile.

pub(crate) mod tray;

use js_sys::Reflect;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Textarea;
use leptos::prelude::*;
use saluda_protocol::{AgentFrame, ConversationId, Millis, limits};

use crate::icons::{Icon, Symbol};
use crate::names;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_count, text_with};
use crate::thread::who::who;
use tray::{Clip, Tray, files_of};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, File, FileList};

/// The counter is there when fewer characters than this are left.
const SHOWN_LEFT: usize = 100;

/// Where the agent writes.
#[component]
pub(crate) fn Composer(id: ConversationId) -> impl IntoView {
    let desk = use_desk();
    let kept = desk.drafts.with_value(|drafts| drafts.get(&id).cloned());
    let typed = RwSignal::new(kept.unwrap_or_default());
    let input = NodeRef::<Textarea>::new();
    let said_typing = StoredValue::new(Millis::default());
    let limit = Memo::new(move |_| desk.text_limit());
    let chars = Memo::new(move |_| typed.with(|typed| typed.trim().chars().count()));
    let too_long = Memo::new(move |_| chars.get() > limit.get());
    let chosen = Memo::new(move |_| desk.chosen(id));
    let sendable = Memo::new(move |_| (chars.get() > 0 || chosen.get() > 0) && !too_long.get());

    let write = move |text: String| {
        desk.drafts.update_value(|drafts| {
            if text.is_empty() {
                drafts.remove(&id);
            } else {
                drafts.insert(id, text.clone());
            }
        });
        typed.set(text);
    };
    let on_input = move |event| {
        write(event_target_value(&event));
        let now = desk.now();
        if typed.with_untracked(|typed| !typed.trim().is_empty())
            && now.since(said_typing.get_value()) >= limits::TYPING_EVERY_MS
            && desk.send(&AgentFrame::Typing { conversation: id })
        {
            said_typing.set_value(now);
        }
    };
    let send = move || {
        if !sendable.get_untracked() {
            return;
        }
        let says = chars.get_untracked() > 0;
        if !says || desk.post(id, &typed.get_untracked()).is_ok() {
            if says {
                write(String::new());
                said_typing.set_value(Millis::default());
            }
            desk.send_chosen(id);
            // Who has answered wants to see the answer, wherever they had read.
            desk.at_end.set(true);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
        if let Some(input) = input.get_untracked() {
            // Fails only for an element that is gone.
            let _ = input.focus();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        // Some browsers end a composition before the Enter that ended it; that
        // key says 229 then.
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && !event.shift_key() && !event.alt_key() && !composing {
            event.prevent_default();
            send();
        }
    };
    Effect::new(move |_| {
        typed.track();
        if let Some(input) = input.get() {
            fit(&input);
        }
    });

    let placeholder = move || match who(desk, id) {
        Some(who) if who.contact.name.is_some() => text_with(
            "composer.write_to",
            &[("name", &names::name_of(&who.contact, who.visitor))],
        ),
        _ => text("composer.write"),
    };
    view! {
        <form
            class="composer"
            aria-label=text("composer.label")
            on:submit=submit
            on:paste=move |event| paste(desk, id, &event)
        >
            <Tray id/>
            <div class="composer-box" class:over=too_long>
                <textarea
                    class="composer-input"
                    rows="2"
                    dir="auto"
                    enterkeyhint="send"
                    aria-label=text("composer.reply")
                    aria-describedby="composer-hint composer-left"
                    aria-invalid=move || too_long.get().to_string()
                    placeholder=placeholder
                    prop:value=typed
                    node_ref=input
                    on:input=on_input
                    on:keydown=on_key
                ></textarea>
                <Foot id chars limit sendable/>
            </div>
        </form>
    }
}

/// Under the field: how to send, how much is left, and the button.
#[component]
fn Foot(
    id: ConversationId,
    chars: Memo<usize>,
    limit: Memo<usize>,
    sendable: Memo<bool>,
) -> impl IntoView {
    let left = move || {
        let (chars, limit) = (chars.get(), limit.get());
        if chars > limit {
            Some(text_count("composer.over", as_count(chars - limit)))
        } else {
            let left = limit - chars;
            (left < SHOWN_LEFT).then(|| text_count("composer.left", as_count(left)))
        }
    };
    view! {
        <div class="composer-foot">
            <Clip id/>
            <span class="composer-hint" id="composer-hint">{text("composer.hint")}</span>
            <span class="composer-left" id="composer-left" role="status">{left}</span>
            <button
                class="button primary"
                type="submit"
                aria-disabled=move || (!sendable.get()).to_string()
            >
                <Icon of=Symbol::Send/>
                {text("composer.send")}
            </button>
        </div>
    }
}

/// Takes the files that are pasted.
fn paste(desk: Desk, id: ConversationId, event: &Event) {
    if let Some(files) = pasted(event) {
        event.prevent_default();
        desk.attach(id, files);
    }
}

/// The files that are pasted, if it is files that are. What is copied in a
/// spreadsheet is text, with a picture of it.
fn pasted(event: &JsValue) -> Option<Vec<File>> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let clipboard = get(event, "clipboardData")?;
    let first = get(&get(&clipboard, "types")?, "0")?;
    let list: FileList = get(&clipboard, "files")?.dyn_into().ok()?;
    let is_text = first.as_string().as_deref() == Some("text/plain");
    (!is_text && list.length() > 0).then(|| files_of(&list))
}

/// Makes the field as high as what is in it; the style sheet says how far.
fn fit(input: &web_sys::HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(input);
    // Refused only for values that are no lengths.
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", input.scroll_height()));
}

fn as_count(chars: usize) -> u64 {
    u64::try_from(chars).unwrap_or(u64::MAX)
}
