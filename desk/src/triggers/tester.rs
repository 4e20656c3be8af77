//! *Try a visit*: whether the trigger would show to someone, when, and why not,
//! by the engine that decides in pages. It follows what is typed in the form.

mod answer;
mod clock;
mod event;
mod findings;
mod open;
mod save;
mod state;
mod steps;
mod timeline;
pub(crate) mod visit;
mod who;
mod words;
pub(crate) mod worker;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::editor::state::use_editor;
use super::remark::Remark;
use super::requests::Trouble;
use crate::form_text;
use crate::keys;
use crate::texts::{text, text_count, text_with};
use findings::Findings;
use save::Save;
use state::Testing;
use steps::Steps;
use timeline::Timeline;
use visit::Visit;
use who::Who;

pub use worker::Tester;

/// Tries the trigger on a visit. Nothing is loaded for it before it is opened.
#[component]
pub(super) fn TesterCard() -> impl IntoView {
    let open = RwSignal::new(false);
    let begin = move |_| {
        open.set(true);
        request_animation_frame(|| {
            keys::focus(".tester-url");
        });
    };
    view! {
        <section class="card" aria-labelledby="tester-title">
            <div class="card-head">
                <h2 class="card-title" id="tester-title">{text("tester.title")}</h2>
                {move || open.get().then(|| view! {
                    <button class="link tester-close" on:click=move |_| {
                        open.set(false);
                        request_animation_frame(|| {
                            keys::focus(".tester-open");
                        });
                    }>
                        {text("action.close")}
                    </button>
                })}
            </div>
            {move || if open.get() {
                view! { <Open/> }.into_any()
            } else {
                view! {
                    <p class="card-words">{text("tester.words")}</p>
                    <button class="button tester-open" on:click=begin>{text("tester.begin")}</button>
                }
                .into_any()
            }}
        </section>
    }
}

/// The tester, at work.
#[component]
fn Open() -> impl IntoView {
    let testing = Testing::new(use_editor());
    provide_context(testing);
    on_cleanup(move || testing.keep());
    view! {
        <div class="tester" class:behind=move || testing.behind.get()>
            <PageField/>
            <Timeline/>
            <Trouble/>
            <Findings/>
            <details class="tester-part">
                <summary>{text("tester.steps")}</summary>
                <Steps/>
            </details>
            <details class="tester-part">
                <summary>{text("tester.who")}</summary>
                <Who/>
            </details>
            <Others/>
            <Save/>
            <p class="tester-live">
                {text("tester.live")} " "
                <button class="link" on:click=|_| try_on_site()>{text("trial.do")}</button>
            </p>
        </div>
    }
}

/// The page that the visit begins on.
#[component]
fn PageField() -> impl IntoView {
    let testing = use_testing();
    let url = Memo::new(move |_| testing.visit.with(Visit::url));
    view! {
        <label class="field">
            <span class="field-label">{text("tester.page")}</span>
            <input
                class="input tester-url"
                type="url"
                autocapitalize="off"
                spellcheck="false"
                dir="ltr"
                prop:value=url
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    testing.change(|visit| visit.first_page(visit::PageField::Url, &typed));
                }
            />
        </label>
    }
}

/// Why the engine cannot be asked.
#[component]
fn Trouble() -> impl IntoView {
    let testing = use_testing();
    let editor = testing.editor;
    let broken = Memo::new(move |_| {
        editor
            .text
            .with(|text| form_text::value(text, "").is_none())
    });
    let trouble = Memo::new(move |_| {
        testing
            .tried
            .with(|tried| tried.as_ref()?.result.as_ref().err().cloned())
    });
    let failed = Memo::new(move |_| {
        testing
            .went
            .with(|went| went.as_ref()?.as_ref().err().cloned())
    });
    let again = move || {
        view! {
            <button class="button" on:click=move |_| testing.try_again()>
                {text("action.try_again")}
            </button>
        }
    };
    move || {
        if broken.get() {
            return view! { <p class="tester-trouble" role="status">{text("tester.behind")}</p> }
                .into_any();
        }
        match (trouble.get(), failed.get()) {
            (Some(Trouble::Mistakes(mistakes)), _) => {
                let count = u64::try_from(mistakes.len()).unwrap_or_default();
                let one = move |mistake: saluda_protocol::studio::Mistake| {
                    let path = mistake.path.clone();
                    view! {
                        <li>
                            <button class="mistake" on:click=move |_| editor.point_to(&path)>
                                {editor.text.with_untracked(|form| Remark::from(mistake).view(form))}
                            </button>
                        </li>
                    }
                };
                view! {
                    <div class="tester-trouble" role="status">
                        <p>{text_count("tester.mistakes", count)}</p>
                        <ul class="mistakes">{mistakes.into_iter().map(one).collect_view()}</ul>
                    </div>
                }
                .into_any()
            }
            (Some(trouble), _) => view! {
                <div class="tester-trouble" role="alert">
                    <p>{trouble.sentence()}</p>
                    {again()}
                </div>
            }
            .into_any(),
            (None, Some(failed)) if failed.line > 0 => {
                let line = failed.line.to_string();
                let words = text_with("tester.line", &[("line", &line), ("why", &failed.message)]);
                view! { <p class="tester-trouble" role="alert">{words}</p> }.into_any()
            }
            (None, Some(_)) => view! {
                <div class="tester-trouble" role="alert">
                    <p>{text("tester.no_engine")}</p>
                    {again()}
                </div>
            }
            .into_any(),
            (None, None) => ().into_any(),
        }
    }
}

/// Whether the other triggers that are live are at work too.
#[component]
fn Others() -> impl IntoView {
    let testing = use_testing();
    let count = Memo::new(move |_| {
        testing.tried.with(|tried| {
            let tried = tried.as_ref()?.result.as_ref().ok()?;
            u64::try_from(tried.others().len()).ok()
        })
    });
    move || {
        count.get().filter(|count| *count > 0).map(|count| {
            view! {
                <label class="tester-check">
                    <input
                        type="checkbox"
                        prop:checked=move || !testing.alone.get()
                        on:change=move |event| testing.alone.set(!event_target_checked(&event))
                    />
                    <span>{text_count("tester.others", count)}</span>
                </label>
            }
        })
    }
}

/// The same on pages of the site, with the link that the head makes.
fn try_on_site() {
    let opener = document()
        .query_selector("[data-opens=trial]")
        .ok()
        .flatten();
    if let Some(opener) = opener.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        opener.click();
    }
}

fn use_testing() -> Testing {
    expect_context()
}
