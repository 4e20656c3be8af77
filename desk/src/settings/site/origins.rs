//! Where the pages of the site live.

use leptos::prelude::*;
use saluda_protocol::limits;

use super::super::field::{Wrong, id_of};
use super::super::input::Line;
use crate::form_text::values;
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::state::use_desk;
use crate::texts::{text, text_with};

/// The origins, a line for each.
#[component]
pub(super) fn Origins() -> impl IntoView {
    let settings = use_desk().settings;
    let origins = Memo::new(move |_| settings.text.with(|text| values::texts(text, "origins")));
    let count = Memo::new(move |_| origins.with(Vec::len));
    let anywhere = Memo::new(move |_| origins.with(|all| all.iter().any(|one| one.trim() == "*")));
    let put = move |change: &dyn Fn(&mut Vec<String>)| {
        let mut all = origins.get_untracked();
        change(&mut all);
        settings.put("origins", &values::list_of(all));
    };
    let add = move |_| {
        put(&|all| all.push(String::new()));
        let last = count.get_untracked().saturating_sub(1);
        focus(last);
    };
    let row = move |at: usize| {
        let path = format!("origins[{at}]");
        let value = move || origins.with(|all| all.get(at).cloned().unwrap_or_default());
        let typed = move |typed: String| {
            put(&|all| {
                if let Some(one) = all.get_mut(at) {
                    one.clone_from(&typed);
                }
            });
        };
        let remove = move |_| {
            put(&|all| {
                if at < all.len() {
                    all.remove(at);
                }
            });
            focus(at.saturating_sub(1));
        };
        let number = (at + 1).to_string();
        let remove_label = move || text_with("site.origin_remove", &[("origin", &value())]);
        view! {
            <li class="field">
                <div class="field-row">
                    <Line
                        id=id_of(&path)
                        path=path.clone()
                        label=text_with("site.origin", &[("number", &number)])
                        value=Signal::derive(value)
                        placeholder="https://shop.example"
                        code=true
                        typed=Callback::new(typed)
                    />
                    <button class="icon-button" type="button" aria-label=remove_label on:click=remove>
                        <Icon of=Symbol::Close/>
                    </button>
                </div>
                <Wrong path/>
            </li>
        }
    };
    let none = Memo::new(move |_| count.get() == 0);
    view! {
        <section class="settings-part" aria-labelledby="site-origins">
            <h3 class="settings-part-title" id="site-origins">{text("site.origins")}</h3>
            <p class="field-hint">{text("site.origins_hint")}</p>
            <ul class="field-list">
                <For each=move || 0..count.get() key=|at| *at children=row/>
            </ul>
            {move || none.get().then(|| view! { <Wrong path="origins"/> })}
            {move || anywhere.get().then(|| view! {
                <p class="settings-warning">{text("site.anywhere")}</p>
            })}
            {move || (count.get() < limits::ORIGINS).then(|| view! {
                <button class="link" type="button" on:click=add>{text("site.origin_add")}</button>
            })}
        </section>
    }
}

fn focus(at: usize) {
    let id = format!("#{}", id_of(&format!("origins[{at}]")));
    request_animation_frame(move || {
        keys::focus(&id);
    });
}
