//! Files of triggers on their way in: what they would change is shown first, in
//! the lines that differ, and saved when that is what was meant.

mod files;
mod plan;
mod source;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::remark::Remark;
use super::requests::Trouble;
use super::verbs::focus_title;
use crate::form_text::{quote, values};
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::sites::Sites;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_count};
use files::Picked;
use plan::{Plan, PlanView};
use source::Source;

/// What is being imported.
#[derive(Clone, Copy)]
struct Import {
    desk: Desk,
    /// The files that were chosen.
    files: RwSignal<Vec<Picked>>,
    /// What was pasted.
    pasted: RwSignal<String>,
    /// Whose form it is in; empty to recognise it.
    from: RwSignal<String>,
    /// The language of another product's texts.
    language: RwSignal<String>,
    /// What it would change.
    plan: RwSignal<Option<Plan>>,
    trouble: RwSignal<Option<Trouble>>,
    /// A file that could not be read.
    unread: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Import {
    fn new(desk: Desk) -> Self {
        Self {
            desk,
            files: RwSignal::new(Vec::new()),
            pasted: RwSignal::new(String::new()),
            from: RwSignal::new(String::new()),
            language: RwSignal::new("en".to_owned()),
            plan: RwSignal::new(None),
            trouble: RwSignal::new(None),
            unread: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// What was chosen is another thing now: what is known of it is void.
    fn changed(self) {
        self.plan.set(None);
        self.trouble.set(None);
        self.unread.set(None);
    }

    /// The request's body; nothing if there is nothing to import.
    fn body(self) -> Option<String> {
        let mut files = self.files.get_untracked();
        let pasted = self.pasted.get_untracked();
        if !pasted.trim().is_empty() {
            files.push(Picked {
                name: text("import.pasted_name"),
                text: pasted,
            });
        }
        if files.is_empty() {
            return None;
        }
        let files = files.iter().map(|file| {
            let fields = [("name", quote(&file.name)), ("text", quote(&file.text))];
            values::object_of(fields)
        });
        let files = format!("[{}]", files.collect::<Vec<_>>().join(","));
        let mut fields = vec![("files", files)];
        let from = self.from.get_untracked();
        if !from.is_empty() {
            fields.push(("from", quote(&from)));
        }
        let language = self.language.get_untracked();
        if !language.trim().is_empty() {
            fields.push(("language", quote(language.trim())));
        }
        Some(values::object_of(fields))
    }

    /// Asks what would change, or lets it change.
    fn run(self, only_look: bool) {
        let (Some(remote), Some(body)) = (self.desk.remote(), self.body()) else {
            return;
        };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let answer = remote.import(body, only_look).await;
            if self.busy.is_disposed() {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(body) => {
                    let plan = Plan::read(&body);
                    if plan.saved {
                        let saved = u64::try_from(plan.changes()).unwrap_or_default();
                        self.desk.studio.told.set(text_count("import.told", saved));
                        self.files.set(Vec::new());
                        self.pasted.set(String::new());
                        self.desk.load_triggers();
                    }
                    self.plan.set(Some(plan));
                }
                Err(trouble) => {
                    self.desk.look_at(&trouble);
                    if !only_look {
                        // What was looked at is behind what is there now.
                        self.plan.set(None);
                    }
                    self.trouble.set(Some(trouble));
                }
            }
            request_animation_frame(|| {
                keys::focus(".import-outcome");
            });
        });
    }
}

/// The page.
#[component]
pub(crate) fn ImportPage() -> impl IntoView {
    let desk = use_desk();
    let import = Import::new(desk);
    let may_write = Memo::new(move |_| desk.may_write());
    let there = Memo::new(move |_| desk.membership().is_some());
    focus_title();
    view! {
        <header class="studio-head import-head">
            <a class="icon-button" href=desk.list_address() aria-label=text("triggers.back")>
                <Icon of=Symbol::Back/>
            </a>
            <h1 class="studio-title" tabindex="-1">{text("import.title")}</h1>
            <Sites/>
            {move || desk.membership().map(|it| view! {
                <a
                    class="button export-way"
                    download=""
                    href=format!("/api/sites/{}/export", it.key)
                >
                    {text("import.export")}
                </a>
            })}
        </header>
        <div class="import">
            {move || match (there.get(), may_write.get()) {
                (false, _) => ().into_any(),
                (true, false) => view! { <p class="settings-note">{text("triggers.read_only")}</p> }.into_any(),
                (true, true) => view! { <Steps import/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Steps(import: Import) -> impl IntoView {
    let nothing = Memo::new(move |_| {
        import.files.with(Vec::is_empty) && import.pasted.with(|it| it.trim().is_empty())
    });
    let looked = Memo::new(move |_| import.plan.with(Option::is_some));
    view! {
        <p class="field-hint">{text("import.words")}</p>
        <Source import/>
        <button
            class="button"
            class:primary=move || !looked.get()
            type="button"
            aria-disabled=move || (nothing.get() || import.busy.get()).to_string()
            on:click=move |_| if !nothing.get_untracked() { import.run(true) }
        >
            {text("import.look")}
        </button>
        {move || import.trouble.get().map(|trouble| view! { <Wrong trouble/> })}
        {move || import.plan.get().map(|plan| {
            let apply = Callback::new(move |()| import.run(false));
            view! { <PlanView plan busy=import.busy apply/> }
        })}
    }
}

/// Why nothing was imported.
#[component]
fn Wrong(trouble: Trouble) -> impl IntoView {
    let sentence = match &trouble {
        Trouble::Mistakes(_) => text("import.mistakes"),
        Trouble::Stale => text("import.stale"),
        other => other.sentence(),
    };
    let mistakes = match trouble {
        Trouble::Mistakes(mistakes) => mistakes,
        _ => Vec::new(),
    };
    view! {
        <section class="import-outcome import-wrong" role="alert" tabindex="-1">
            <p class="settings-mistakes-title">{sentence}</p>
            <ul class="mistakes">
                {mistakes.into_iter().map(|mistake| view! {
                    <li class="mistake">{Remark::from(mistake).view("")}</li>
                }).collect_view()}
            </ul>
        </section>
    }
}
