//! A card of fields that folds to one line.

use leptos::children::ChildrenFn;
use leptos::prelude::*;

use super::super::editor::state::use_editor;
use super::{Part, use_forms};
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::texts::{text, text_with};

/// A card of fields. Folded, it says what is chosen in it.
#[component]
pub(super) fn Card(
    part: Part,
    title: String,
    #[prop(into)] summary: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let editor = use_editor();
    let forms = use_forms();
    let open = forms.is_open(part);
    let readable = forms.read(move |document| document.takes_fields(part.objects()));
    let id = part.id();
    let body = format!("{id}-body");
    let place = match part {
        Part::Greeting => "greeting",
        Part::When => "frequency",
        Part::Outcome => "experiment",
    };
    let children = StoredValue::new(children);
    view! {
        <section class="card" aria-labelledby=id>
            <h2 class="card-head">
                <button
                    class="card-fold"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=body.clone()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <span class="card-title" id=id>{title}</span>
                    <span class="card-summary">
                        {move || (!open.get() && readable.get()).then(|| summary.get())}
                    </span>
                    <Icon of=Symbol::Fold/>
                </button>
            </h2>
            <div id=body>
                {move || match (open.get(), readable.get()) {
                    (false, _) => ().into_any(),
                    (true, false) => view! {
                        <p class="card-words">{text("fields.unreadable")}</p>
                    }
                    .into_any(),
                    (true, true) => view! {
                        <div class="fields" inert=move || !editor.desk.may_write()>
                            {children.with_value(|children| children())}
                        </div>
                        <div class="fields-foot">
                            <Taken part/>
                            <button class="link" on:click=move |_| editor.point_to(place)>
                                {text("fields.in_form")}
                            </button>
                        </div>
                    }
                    .into_any(),
                }}
            </div>
        </section>
    }
    .into_any()
}

/// What was taken out a moment ago, and the way to bring it back.
#[component]
fn Taken(part: Part) -> impl IntoView {
    let forms = use_forms();
    let taken = Memo::new(move |_| forms.taken_from(part));
    let back = move |_| {
        if let Some(taken) = taken.get_untracked() {
            forms.editor.typed(taken.before);
            forms.taken.set(None);
            keys::focus(&format!("[aria-controls='{}-body']", part.id()));
        }
    };
    view! {
        <span class="fields-taken" role="status">
            {move || taken.get().map(|taken| view! {
                {text_with("fields.taken", &[("what", &taken.what)])}
                " "
                <button class="link" on:click=back>{text("fields.undo")}</button>
            })}
        </span>
    }
}
