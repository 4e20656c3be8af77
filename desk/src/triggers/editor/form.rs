//! The form as JSON, and what is wrong with it.

use leptos::prelude::*;
use saluda_protocol::studio::{Mistake, Warning};

use super::super::forms::use_forms;
use super::super::remark::Remark;
use super::state::{Known, use_editor};
use crate::form_text;
use crate::texts::{text, text_count, text_with};

/// The form as JSON.
#[component]
pub(super) fn Form() -> impl IntoView {
    let editor = use_editor();
    let broken = Memo::new(move |_| editor.broken());
    let tidy = move |_| {
        let laid_out = editor.text.with_untracked(|text| form_text::lay_out(text));
        editor.typed(laid_out);
    };
    let untidy = Memo::new(move |_| {
        editor
            .text
            .with(|text| form_text::lay_out(text).trim_end() != text.trim_end())
    });
    let wrong = Memo::new(move |_| {
        broken.get().is_some() || editor.mistakes.with(|mistakes| !mistakes.is_empty())
    });
    let to_break = move |_| {
        if let Some((line, column)) = broken.get_untracked() {
            let at = editor
                .text
                .with_untracked(|text| form_text::offset_of(text, line, column));
            editor.select(at, at);
        }
    };
    view! {
        <section class="card" aria-labelledby="form-title">
            <div class="card-head">
                <h2 class="card-title" id="form-title">{text("json.title")}</h2>
            </div>
            <Mistakes/>
            <Warnings/>
            <Aside/>
            <textarea
                class="form-text"
                aria-labelledby="form-title"
                aria-describedby="form-state"
                aria-invalid=move || wrong.get().to_string()
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                readonly=move || !editor.desk.may_write()
                node_ref=editor.field
                prop:value=move || editor.text.get()
                on:input=move |event| editor.typed(event_target_value(&event))
            ></textarea>
            <div class="form-foot">
                <span id="form-state" role="status">
                    {move || match broken.get() {
                        Some((line, column)) => view! {
                            <button class="link grave" on:click=to_break>
                                {text_with("form.broken", &[
                                    ("line", &line.to_string()),
                                    ("column", &column.to_string()),
                                ])}
                            </button>
                        }
                        .into_any(),
                        None => text("json.hint").into_any(),
                    }}
                </span>
                <button
                    class="button quiet"
                    aria-disabled=move || (!untidy.get()).to_string()
                    on:click=tidy
                >
                    {text("form.tidy")}
                </button>
            </div>
        </section>
    }
}

/// What the server found wrong. Each leads to its place.
#[component]
fn Mistakes() -> impl IntoView {
    let editor = use_editor();
    let forms = use_forms();
    let one = move |mistake: Mistake| {
        let path = mistake.path.clone();
        let go = move |_| match editor.broken() {
            // Without any place, it is about the text as a whole.
            Some((line, column)) => {
                let at = editor
                    .text
                    .with_untracked(|text| form_text::offset_of(text, line, column));
                editor.select(at, at);
            }
            None => forms.lead(&path),
        };
        view! {
            <li>
                <button class="mistake" on:click=go>
                    {editor.text.with_untracked(|form| Remark::from(mistake).view(form))}
                </button>
            </li>
        }
    };
    move || {
        let mistakes = editor.mistakes.get();
        let count = u64::try_from(mistakes.len()).unwrap_or_default();
        (count > 0).then(|| {
            view! {
                <div class="editor-mistakes">
                    <h3 class="editor-mistakes-title" tabindex="-1">
                        {text_count("form.mistakes", count)}
                    </h3>
                    <ul class="mistakes">{mistakes.into_iter().map(one).collect_view()}</ul>
                </div>
            }
        })
    }
}

/// What its author may not have meant, in the form as it was saved.
#[component]
fn Warnings() -> impl IntoView {
    let editor = use_editor();
    let forms = use_forms();
    let found = Memo::new(move |_| {
        editor.known.with(|known| match known {
            Known::Saved(detail) => detail.warnings.clone(),
            _ => Vec::new(),
        })
    });
    let one = move |warning: Warning| {
        let path = warning.path.clone();
        view! {
            <li>
                <button class="mistake strange" on:click=move |_| forms.lead(&path)>
                    {editor.saved.with_untracked(|saved| Remark::from(warning).view(&saved.text))}
                </button>
            </li>
        }
    };
    move || {
        let warnings = found.get();
        let count = u64::try_from(warnings.len()).unwrap_or_default();
        (count > 0).then(|| {
            view! {
                <div class="editor-mistakes">
                    <h3 class="editor-warnings-title">{text_count("form.warnings", count)}</h3>
                    <ul class="mistakes">{warnings.into_iter().map(one).collect_view()}</ul>
                </div>
            }
        })
    }
}

/// What was typed before something else took its place.
#[component]
fn Aside() -> impl IntoView {
    let editor = use_editor();
    let back = move |_| {
        if let Some(text) = editor.aside.get_untracked() {
            editor.replace(text);
        }
    };
    move || {
        editor.aside.with(Option::is_some).then(|| {
            view! {
                <p class="editor-aside" role="status">
                    {text("form.aside")}
                    " "
                    <button class="link" on:click=back>{text("form.back")}</button>
                </p>
            }
        })
    }
}
