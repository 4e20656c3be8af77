//! What the tester knows: the visit, the instant that is looked at, and what the
//! engine says of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_client::socket::Timeout;
use saluda_protocol::Millis;
use saluda_protocol::trigger::{Rule, language};

use super::super::editor::state::Editor;
use super::super::requests::Trouble;
use super::super::requests::trying::Tried;
use super::answer::{Failed, Said, Went};
use super::event::Kind;
use super::visit::{Step, Visit, path_in};
use crate::form_text;
use crate::intl;
use crate::memory;
use crate::texts::locale;

/// Whoever types quickly asks once.
const TYPING_MS: u32 = 300;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// The instant that is looked at first, and how far one can look at least.
const FIRST_MS: u64 = 20_000;
const LEAST_MS: u64 = 60_000;
/// How much is seen of the time after the last thing that matters.
const AFTER_MS: u64 = 10_000;
/// An instant beyond is reached by typing it.
const FAR_MS: u64 = 60 * 60 * 1000;
/// Most visits that are kept to come back to.
const RECENT: usize = 6;

/// What the tester knows.
#[derive(Clone, Copy)]
pub(super) struct Testing {
    pub(super) editor: Editor,
    pub(super) visit: RwSignal<Visit>,
    /// The instant that is looked at, since the start.
    pub(super) at_ms: RwSignal<u64>,
    /// Whether the other triggers that are live are left out.
    pub(super) alone: RwSignal<bool>,
    /// What the engine would decide by, and for which form.
    pub(super) tried: RwSignal<Option<Attempt>>,
    /// What came of the visit.
    pub(super) went: RwSignal<Option<Result<Went, Failed>>>,
    /// Whether something that was typed is not in there yet.
    pub(super) behind: RwSignal<bool>,
    /// Rises with every question: older answers are passed over.
    asked: StoredValue<u32>,
    soon: StoredValue<Option<Timeout>, LocalStorage>,
}

/// A form, and what the server made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) form: String,
    pub(super) result: Result<Tried, Trouble>,
}

impl Testing {
    pub(super) fn new(editor: Editor) -> Self {
        let visit = first_visit(editor);
        let this = Self {
            editor,
            visit: RwSignal::new(visit),
            at_ms: RwSignal::new(FIRST_MS),
            alone: RwSignal::new(false),
            tried: RwSignal::new(None),
            went: RwSignal::new(None),
            behind: RwSignal::new(true),
            asked: StoredValue::new(0),
            soon: StoredValue::new_local(None),
        };
        this.follow_form();
        this.follow_visit();
        this
    }

    /// Asks the server what the form would do, whenever that may be otherwise.
    fn follow_form(self) {
        let day = Memo::new(move |_| self.visit.with(|visit| visit.at_ms) / DAY_MS);
        Effect::new(move |before: Option<()>| {
            let form = self.editor.text.get();
            day.track();
            self.behind.set(true);
            let ask = move || self.attempt(form);
            match before {
                Some(()) => self.soon.set_value(Some(Timeout::new(TYPING_MS, ask))),
                None => ask(),
            }
        });
    }

    /// Asks the server once more.
    pub(super) fn try_again(self) {
        self.went.set(None);
        self.tried.set(None);
        self.attempt(self.editor.text.get_untracked());
    }

    fn attempt(self, form: String) {
        if form_text::value(&form, "").is_none() {
            // It says so itself; what is known stays.
            return;
        }
        let Some(remote) = self.editor.desk.remote() else {
            return;
        };
        let at_ms = self.visit.with_untracked(|visit| visit.at_ms);
        let id = self.editor.id.get_value();
        spawn_local(async move {
            let result = remote.attempt(id.as_ref(), at_ms, form.clone()).await;
            if self.tried.is_disposed() || self.editor.text.get_untracked() != form {
                return;
            }
            self.behind.set(false);
            self.tried.set(Some(Attempt { form, result }));
        });
    }

    /// Asks the engine whenever visit, instant or form are others.
    fn follow_visit(self) {
        let question = Memo::new(move |_| {
            let visit = self.visit.with(Visit::trace);
            let (at_ms, alone) = (self.at_ms.get(), self.alone.get());
            self.tried.with(|tried| {
                let tried = tried.as_ref()?.result.as_ref().ok()?;
                Some(question(tried, &visit, at_ms, alone))
            })
        });
        Effect::new(move |_| {
            let Some(question) = question.get() else {
                return;
            };
            spawn_local(async move {
                if let Some(answer) = self.ask(question).await {
                    self.went.try_set(Some(answer));
                }
            });
        });
    }

    /// Asks the engine. Nothing if it was asked something else meanwhile.
    async fn ask(self, question: String) -> Option<Result<Went, Failed>> {
        let number = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        })?;
        let answer = self.engine(number, &question).await;
        (self.asked.try_get_value()? == number).then_some(answer)
    }

    async fn engine(self, number: u32, question: &str) -> Result<Went, Failed> {
        let tester = self.editor.desk.tester.get_value();
        let said = tester(format!("\"number\":{number},{question}")).await;
        Said::read(&said.unwrap_or_default())
    }

    /// What comes of the visit until now if the trigger is alone on its site.
    pub(super) async fn went_alone(self) -> Option<Went> {
        let visit = self.visit.with_untracked(Visit::trace);
        let at_ms = self.at_ms.get_untracked();
        let question = self.tried.with_untracked(|tried| {
            let tried = tried.as_ref()?.result.as_ref().ok()?;
            Some(question(tried, &visit, at_ms, true))
        })?;
        // A number that no question of the screen has.
        self.engine(0, &question).await.ok()
    }

    /// The rule that was tried.
    pub(super) fn rule(self) -> Option<Rule> {
        self.tried
            .with(|tried| form_text::read_rule(&tried.as_ref()?.form))
    }

    /// Whether the server could make nothing of the form.
    pub(super) fn is_mistaken(self) -> bool {
        self.tried
            .with(|tried| tried.as_ref().is_some_and(|tried| tried.result.is_err()))
    }

    /// The id of the trigger that is tried.
    pub(super) fn id(self) -> String {
        self.tried.with(|tried| {
            let tried = tried.as_ref().and_then(|tried| tried.result.as_ref().ok());
            tried.map_or_else(String::new, |tried| tried.id.to_string())
        })
    }

    /// How far one can look: a little beyond whatever matters.
    pub(super) fn reach_ms(self) -> u64 {
        let lasts_ms = self.visit.with(Visit::lasts_ms);
        let earliest_ms = self.went.with(|went| {
            let went = went.as_ref()?.as_ref().ok()?;
            Some(went.earliest?.saturating_sub(went.began_at))
        });
        let earliest_ms = earliest_ms.filter(|it| *it <= FAR_MS).unwrap_or_default();
        let matters_ms = lasts_ms.max(earliest_ms).saturating_add(AFTER_MS);
        matters_ms.max(LEAST_MS).max(self.at_ms.get())
    }

    /// Changes the visit.
    pub(super) fn change(self, change: impl FnOnce(&mut Visit)) {
        self.visit.update(change);
    }

    /// Adds something that happens at the instant that is looked at.
    pub(super) fn add(self, kind: Kind) {
        let at_ms = self.at_ms.get_untracked();
        let id = untrack(|| self.id());
        let typed = match kind {
            Kind::Page => self.visit.with_untracked(Visit::url),
            kind => kind.begins().to_owned(),
        };
        let event = kind.write(&typed, &id, "");
        self.change(|visit| visit.add(Step { at_ms, event }));
    }

    /// Keeps the visit to come back to in this session.
    pub(super) fn keep(self) {
        let Some(visit) = self.visit.try_get_untracked() else {
            return;
        };
        self.editor.desk.studio.visits.update(|visits| {
            visits.retain(|kept| *kept != visit);
            visits.insert(0, visit);
            visits.truncate(RECENT);
        });
    }

    /// Goes to another visit. The one that is here is kept.
    pub(super) fn turn_to(self, visit: Visit) {
        self.keep();
        self.at_ms.set(visit.lasts_ms().max(FIRST_MS));
        self.visit.set(visit);
    }
}

/// The fields of a question, without its number.
fn question(tried: &Tried, visit: &str, at_ms: u64, alone: bool) -> String {
    format!(
        r#""trigger":{},"at":{at_ms},"visit":{},"pack":{}"#,
        form_text::quote(tried.id.as_str()),
        form_text::quote(visit),
        tried.pack(alone),
    )
}

/// Someone who comes now, for the first time, to a page that the rule asks for.
fn first_visit(editor: Editor) -> Visit {
    let recent = editor.desk.studio.visits;
    if let Some(visit) = recent.with_untracked(|visits| visits.first().cloned()) {
        return visit;
    }
    let form = editor.text.get_untracked();
    let page = memory::page().unwrap_or_default();
    // Of an address, what comes before its path.
    let host = page.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let host = if host.starts_with("http") {
        host
    } else {
        "https://www.example.com".to_owned()
    };
    let path = form_text::read_rule(&form).and_then(|rule| path_in(&rule));
    let url = format!("{host}{}", path.unwrap_or_else(|| "/".to_owned()));
    let texts = form_text::value(&form, "greeting.text").unwrap_or("{}");
    let tags: Vec<_> = form_text::fields(texts)
        .into_iter()
        .map(|(tag, _)| tag)
        .collect();
    let spoken = language::choose(tags.iter().map(String::as_str), &locale());
    let Millis(now) = editor.desk.now();
    let timezone = intl::own_zone().unwrap_or_else(|| "UTC".to_owned());
    Visit {
        at_ms: now / 60_000 * 60_000,
        language: spoken.map_or_else(locale, str::to_owned),
        offset_minutes: intl::ahead_minutes(&timezone, now).unwrap_or_default(),
        timezone,
        device: "desktop".to_owned(),
        number: 1,
        known: false,
        conversation: false,
        online: true,
        attributes: String::new(),
        tags: String::new(),
        memory: None,
        steps: vec![Step {
            at_ms: 0,
            event: Kind::Page.write(&url, "", ""),
        }],
    }
}
