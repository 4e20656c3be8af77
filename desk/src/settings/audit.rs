//! Who did what on the site, besides to its triggers.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::agent::Role;
use saluda_protocol::audit::{AuditEntry, AuditLog, Audited};

use super::bar::field_name;
use super::loading::Loading;
use crate::actor::who;
use crate::api::Ask;
use crate::blank::Failed;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_with};
use crate::time;
use crate::triggers::requests::{Remote, Trouble};

impl Remote {
    /// A part of the log, the latest first, before this entry.
    async fn audit(&self, before: Option<u64>) -> Result<AuditLog, Trouble> {
        let before = before.map_or_else(String::new, |number| format!("&before={number}"));
        let ask = Ask::get(self.place(&format!("audit?limit=30{before}")));
        self.read(ask).await
    }
}

/// The log, as far as it was loaded.
#[derive(Clone, Copy)]
struct Log {
    desk: Desk,
    /// Nothing while the first part is on its way.
    entries: RwSignal<Option<Vec<AuditEntry>>>,
    next: RwSignal<Option<u64>>,
    failed: RwSignal<Option<Trouble>>,
}

impl Log {
    fn load(self, before: Option<u64>) {
        let Some(remote) = self.desk.remote() else {
            return;
        };
        self.failed.set(None);
        spawn_local(async move {
            let answer = remote.audit(before).await;
            if self.entries.is_disposed() {
                return;
            }
            match answer {
                Ok(part) => {
                    self.next.set(part.next);
                    self.entries.update(|entries| {
                        entries.get_or_insert_default().extend(part.entries);
                    });
                }
                Err(trouble) => {
                    self.desk.look_at(&trouble);
                    self.failed.set(Some(trouble));
                }
            }
        });
    }
}

/// The page.
#[component]
pub(super) fn AuditPage() -> impl IntoView {
    let desk = use_desk();
    view! {
        <p class="field-hint">{text("audit.words")}</p>
        {move || if desk.may_administer() {
            view! { <Entries/> }.into_any()
        } else {
            view! { <p class="settings-note">{text("audit.not_for_you")}</p> }.into_any()
        }}
    }
}

#[component]
fn Entries() -> impl IntoView {
    let log = Log {
        desk: use_desk(),
        entries: RwSignal::new(None),
        next: RwSignal::new(None),
        failed: RwSignal::new(None),
    };
    log.load(None);
    view! {
        {move || match log.entries.get() {
            None if log.failed.with(Option::is_some) => ().into_any(),
            None => view! { <Loading/> }.into_any(),
            Some(entries) if entries.is_empty() => view! {
                <p class="field-hint">{text("history.none")}</p>
            }
            .into_any(),
            Some(entries) => view! {
                <ul class="changes audit">
                    {entries.into_iter().map(|entry| line(log.desk, entry)).collect_view()}
                </ul>
            }
            .into_any(),
        }}
        {move || log.failed.get().map(|trouble| view! {
            <Failed title=text("settings.failed") words=trouble.sentence() again=Callback::new(move |()| {
                log.load(untrack(|| log.next.get()));
            })/>
        })}
        {move || log.next.get().map(|next| view! {
            <button class="button" type="button" on:click=move |_| log.load(Some(next))>
                {text("history.older")}
            </button>
        })}
    }
}

fn line(desk: Desk, entry: AuditEntry) -> impl IntoView {
    let when = move || {
        let when = time::long_ago(entry.at, desk.minute.get());
        format!("{when} · {}", who(&entry.by, desk))
    };
    view! {
        <li class="change">
            <span class="change-what" dir="auto">{words(&entry.what)}</span>
            <span class="change-when" dir="auto" title=time::full(entry.at)>{when}</span>
        </li>
    }
}

/// What was done, as the beginning of a sentence.
fn words(what: &Audited) -> String {
    match what {
        Audited::SiteAdded => text("audit.site_added"),
        Audited::SettingsChanged { fields } => {
            let names: Vec<_> = fields.iter().map(|field| field_name(field)).collect();
            text_with("audit.settings", &[("fields", &names.join(", "))])
        }
        Audited::AgentAdded { name, .. } => text_with("audit.agent_added", &[("name", name)]),
        Audited::RoleSet { name, role, .. } => {
            let values = [("name", name.as_str()), ("role", &role_words(*role))];
            text_with("audit.role_set", &values)
        }
        Audited::TokenMade { name, .. } => text_with("audit.token_made", &[("name", name)]),
        Audited::TokenRevoked { .. } => text("audit.token_revoked"),
        Audited::SecretMade { .. } => text("audit.secret_made"),
        Audited::SecretRevoked { .. } => text("audit.secret_revoked"),
        Audited::PersonExported { visitor } => {
            text_with("audit.exported", &[("id", &visitor.to_string())])
        }
        Audited::PersonErased { visitor } => {
            text_with("audit.erased", &[("id", &visitor.to_string())])
        }
        // Something that a newer server tells of.
        _ => text("audit.unknown"),
    }
}

fn role_words(role: Role) -> String {
    match role {
        Role::Administrator => text("role.administrator"),
        Role::TriggerEditor => text("role.trigger_editor"),
        Role::Agent => text("role.agent"),
        _ => text("role.viewer"),
    }
}
