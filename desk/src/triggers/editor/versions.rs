//! What was published, by whom, and what each version changed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::AgentId;

use super::super::differences::Differences;
use super::super::requests::{self, Trouble};
use super::history::History;
use super::rollback::{GoBack, Question};
use super::state::{Known, use_editor};
use crate::diff;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_with};
use crate::time;

/// How many are loaded at once.
const AT_ONCE: u32 = 20;

/// The versions, as far as they were loaded.
#[derive(Debug, Clone, Default, PartialEq)]
struct Loaded {
    versions: Vec<requests::Version>,
    next: Option<u32>,
    failed: Option<Trouble>,
    /// The first answer is here.
    there: bool,
}

/// What was published.
#[component]
pub(super) fn Versions() -> impl IntoView {
    let editor = use_editor();
    let loaded = RwSignal::new(Loaded::default());
    let load = move |before: Option<u32>| {
        let (Some(id), Some(remote)) = (editor.id.get_value(), editor.desk.remote()) else {
            loaded.update(|loaded| loaded.there = true);
            return;
        };
        spawn_local(async move {
            let answer = remote.versions(&id, before, AT_ONCE).await;
            loaded.update(|loaded| loaded.take(before, answer));
        });
    };
    Effect::new(move |_| {
        editor.published.track();
        load(None);
    });
    let nothing = Memo::new(move |_| {
        loaded.with(|it| it.there && it.versions.is_empty() && it.failed.is_none())
    });
    let numbers = Memo::new(move |_| {
        loaded.with(|it| {
            it.versions
                .iter()
                .map(|it| it.published.version)
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="card" aria-labelledby="versions-title">
            <div class="card-head">
                <h2 class="card-title" id="versions-title">{text("versions.title")}</h2>
            </div>
            <Edited loaded/>
            {move || nothing.get().then(|| view! { <p class="card-words">{text("versions.none")}</p> })}
            <ul class="versions">
                <For each=move || numbers.get() key=|version| *version let:version>
                    <Version version loaded/>
                </For>
            </ul>
            {move || loaded.with(|it| it.failed.clone()).map(|trouble| view! {
                <p class="card-words" role="alert">
                    {trouble.sentence()} " "
                    <button class="link" on:click=move |_| load(None)>{text("action.try_again")}</button>
                </p>
            })}
            {move || loaded.with(|it| it.next).map(|next| view! {
                <button class="button quiet" on:click=move |_| load(Some(next))>
                    {text("versions.older")}
                </button>
            })}
        </section>
    }
}

impl Loaded {
    fn take(&mut self, before: Option<u32>, answer: Result<requests::Versions, Trouble>) {
        self.there = true;
        match answer {
            Ok(page) => {
                if before.is_none() {
                    self.versions.clear();
                }
                self.versions.extend(page.versions);
                self.next = page.next;
                self.failed = None;
            }
            Err(trouble) => self.failed = Some(trouble),
        }
    }

    fn text_of(&self, version: u32) -> Option<String> {
        let found = self
            .versions
            .iter()
            .find(|it| it.published.version == version)?;
        Some(found.form.clone())
    }
}

/// What was edited since the last publication.
#[component]
fn Edited(loaded: RwSignal<Loaded>) -> impl IntoView {
    let editor = use_editor();
    let edited = Memo::new(move |_| {
        editor.known.with(|known| match known {
            Known::Saved(it) if it.row.edited => Some((it.row.version?, it.form.clone())),
            _ => None,
        })
    });
    move || {
        let (version, after) = edited.get()?;
        let before = loaded.with(|loaded| loaded.text_of(version))?;
        Some(view! {
            <details class="version">
                <summary class="version-head">
                    <span class="version-name">{text("versions.edited")}</span>
                    <span class="version-when">
                        {text_with("versions.since", &[("version", &version.to_string())])}
                    </span>
                </summary>
                <Differences lines=diff::between(&before, &after)/>
            </details>
        })
    }
}

#[component]
fn Version(version: u32, loaded: RwSignal<Loaded>) -> impl IntoView {
    let desk = use_desk();
    let editor = use_editor();
    let history: History = expect_context();
    let published = loaded.with_untracked(|loaded| {
        let found = loaded
            .versions
            .iter()
            .find(|it| it.published.version == version)?;
        Some((found.published.at, found.published.by))
    });
    let (at, by) = published?;
    let open = RwSignal::new(false);
    let asks = RwSignal::new(false);
    let take = move |_| {
        if let Some(text) = loaded.with_untracked(|loaded| loaded.text_of(version)) {
            editor.replace(text);
            editor.point_to("name");
        }
    };
    let number = version.to_string();
    let opened = move |event: web_sys::Event| {
        let details = event_target::<web_sys::Element>(&event);
        open.set(details.has_attribute("open"));
    };
    Some(view! {
        <li>
            <details class="version" on:toggle=opened>
                <summary class="version-head">
                    <span class="version-name">
                        {text_with("results.version", &[("version", &number)])}
                    </span>
                    <span class="version-when" title=time::full(at)>
                        {move || time::long_ago(at, desk.minute.get())}
                        {move || by_words(by, history.publisher(version, desk), desk)}
                    </span>
                </summary>
                {move || open.get().then(|| {
                    let after = loaded.with(|loaded| loaded.text_of(version)).unwrap_or_default();
                    let earlier = version.checked_sub(1).filter(|earlier| *earlier > 0);
                    let before = earlier.map(|earlier| loaded.with(|loaded| loaded.text_of(earlier)));
                    match before.flatten() {
                        Some(before) => view! {
                            <Differences lines=diff::between(&before, &after)/>
                        }
                        .into_any(),
                        // Nothing came before it, or nothing that was loaded.
                        None => view! { <div class="diff whole" tabindex="0">{after}</div> }.into_any(),
                    }
                })}
                <button class="link version-take" on:click=take>{text("versions.take")}</button>
                <GoBack version asks/>
            </details>
            // Not inside, where it would be hidden with the version.
            {move || asks.get().then(|| view! { <Question version asks/> })}
        </li>
    })
}

/// ` · you`, ` · Rui Costa`; ` · a colleague` until their name is known.
fn by_words(by: Option<AgentId>, name: Option<String>, desk: Desk) -> String {
    let me = desk.me.with(|me| me.as_ref().map(|me| me.id));
    let by = name.unwrap_or_else(|| match by {
        None => text("versions.by_command"),
        Some(by) if Some(by) == me => text("versions.by_me"),
        Some(_) => text("versions.by_other"),
    });
    format!(" · {by}")
}
