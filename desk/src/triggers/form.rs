//! One trigger, to look at.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::TriggerId;
use saluda_protocol::studio::TriggerDetail;

use super::actions::{status_class, status_name};
use super::list::Failed;
use super::requests::Trouble;
use super::verbs::focus_title;
use crate::icons::{Icon, Symbol};
use crate::route::Place;
use crate::state::use_desk;
use crate::texts::text;

/// One trigger, to look at.
#[component]
pub(crate) fn Form(id: TriggerId) -> impl IntoView {
    let desk = use_desk();
    let found = RwSignal::new(None::<Result<TriggerDetail, Trouble>>);
    desk.studio.left.set_value(Some(id.clone()));
    let load = move || {
        let Some(remote) = desk.remote() else { return };
        let id = id.clone();
        spawn_local(async move {
            let answer = remote.one(&id).await;
            if let Err(trouble) = &answer {
                desk.look_at(trouble);
            }
            found.try_set(Some(answer));
            focus_title();
        });
    };
    let again = load.clone();
    let site = Memo::new(move |_| Some(desk.membership()?.key));
    Effect::new(move |_| {
        if site.get().is_some() {
            load();
        }
    });
    move || {
        match found.get() {
        None => view! { <p class="unseen" role="status">{text("triggers.loading")}</p> }.into_any(),
        Some(Err(trouble)) => {
            let again = again.clone();
            view! { <Failed words=trouble.sentence() again=Callback::new(move |()| again())/> }.into_any()
        }
        Some(Ok(detail)) => view! {
            <header class="studio-head">
                <a class="icon-button" href=Place::Triggers.address() aria-label=text("triggers.back")>
                    <Icon of=Symbol::Back/>
                </a>
                <h1 class="studio-title" tabindex="-1" dir="auto">{detail.row.name.clone()}</h1>
                <span class=status_class(detail.row.status)>{status_name(detail.row.status)}</span>
            </header>
            <pre class="form-json" tabindex="0" aria-label=text("triggers.json")>
                {serde_json::to_string_pretty(&detail.spec).unwrap_or_default()}
            </pre>
        }
        .into_any(),
    }
    }
}
