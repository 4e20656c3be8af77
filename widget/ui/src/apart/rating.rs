//! The question how the conversation was, once an agent has closed it.

use leptos::prelude::*;
use saluda_protocol::{Rating, limits, rating::SCORES};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::form::said;
use crate::{
    built::{Built, Parts, built},
    chat::Chat,
    controls::{button, note},
    live::{does, holds, says},
    wire::form as wire,
};

/// The faces of the scores, from the worst to the best.
const FACES: [&str; 5] = ["😞", "🙁", "😐", "🙂", "😀"];

/// The question. It is there while it can be answered.
pub(crate) fn rating(chat: Chat) -> Built {
    let question = chat.core().and_then(|core| {
        let question = wire::question(core.link.config());
        said(chat, &question)
    });
    let question = question.unwrap_or_else(|| chat.say("rate"));
    // What was chosen and not sent; 0 while nothing was.
    let chosen = RwSignal::new(0);
    let changing = RwSignal::new(false);
    let given = move || chat.follow(|shown| shown.rates.as_ref().and_then(|it| it.given));
    let may_change = move || chat.follow(|shown| shown.rates.as_ref().is_some_and(|it| it.open));
    let asks = move || given().is_none() || (changing.get() && may_change());
    let scores = SCORES.zip(FACES);
    let scores = scores.map(|(score, face)| choice(chat, score, face, chosen));
    let scores = scores.collect();
    let word = says(move || name(chat, chosen.get()));
    let thanks = says(move || {
        let face = given().and_then(|score| FACES.get(usize::from(score).checked_sub(1)?));
        let thanks = chat.say("rate_thanks");
        face.map_or_else(String::new, |face| [face, " ", &thanks].concat())
    });
    let send = move || {
        let comment = chat.element::<HtmlTextAreaElement>("rating-comment");
        let comment = comment.map(|it| it.value());
        let closed = chat.now(|shown| shown.rates.as_ref().map(|it| it.closed));
        let score = chosen.get_untracked();
        if let (Some(closed), true) = (closed, SCORES.contains(&score)) {
            let rating = Rating {
                closed,
                score,
                comment,
            };
            if let Ok(rating) = rating.read() {
                changing.set(false);
                chat.rate(score, wire::rated(&rating));
            }
        }
    };
    let change = does(move || {
        changing.set(true);
        chat.soon(move || {
            let given = chat.now(|shown| shown.rates.as_ref().and_then(|it| it.given));
            let given = given.unwrap_or(*SCORES.end());
            chosen.set(given);
            let field = chat.element::<HtmlInputElement>(&id_of(given));
            if let Some(field) = field {
                field.set_checked(true);
                let _ = field.focus();
            }
        });
    });
    built(view! {
        <div class="sheet rating">
            <form
                novalidate
                hidden=holds(move || !asks())
                on:submit=move |event| {
                    event.prevent_default();
                    send();
                }
            >
                <fieldset class="scores">
                    <legend class="sheet-title">{question}</legend>
                    {Parts(scores)}
                </fieldset>
                <p class="why" aria-hidden="true">
                    {word}
                </p>
                <div hidden=holds(move || chosen.get() == 0)>
                    <textarea
                        id="rating-comment"
                        class="field long"
                        rows="2"
                        dir="auto"
                        maxlength=limits::RATING_COMMENT_CHARS.to_string()
                        aria-label=chat.say("rate_comment")
                        placeholder=chat.say("rate_comment")
                    ></textarea>
                    <button id="rating-send" type="submit" class="primary">
                        {chat.say("send")}
                    </button>
                </div>
            </form>
            <div role="status" hidden=holds(asks)>
                {Parts(vec![
                    note("thanks", thanks),
                    button("quiet", chat.say("rate_change"), holds(move || !may_change()), change),
                ])}
            </div>
        </div>
    })
}

fn choice(chat: Chat, score: u8, face: &'static str, chosen: RwSignal<u8>) -> Built {
    built(view! {
        <label class="score" title=name(chat, score)>
            <input
                id=id_of(score)
                type="radio"
                name="score"
                class="away"
                aria-label=name(chat, score)
                on:change=move |_| chosen.set(score)
            />
            <span aria-hidden="true">{face}</span>
        </label>
    })
}

fn id_of(score: u8) -> String {
    ["score-", &score.to_string()].concat()
}

fn name(chat: Chat, score: u8) -> String {
    chat.say(match score {
        1 => "rate_1",
        2 => "rate_2",
        3 => "rate_3",
        4 => "rate_4",
        5 => "rate_5",
        _ => return String::new(),
    })
}
