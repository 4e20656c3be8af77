//! By what visitors notice that an answer has come.

use leptos::prelude::*;

use crate::settings::input::Tick;
use crate::state::use_desk;
use crate::texts::text;

/// The choice of what there is.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let settings = use_desk().settings;
    let notice = move |path: &'static str, label: String| {
        let on = Memo::new(move |_| settings.raw(path).as_deref() == Some("true"));
        let turn = move |on: bool| settings.put(path, if on { "true" } else { "false" });
        view! { <Tick on turn label/> }
    };
    view! {
        <fieldset class="settings-part">
            <legend class="settings-part-title">{text("look.notices")}</legend>
            {notice("notices.badge", text("look.notices_badge"))}
            {notice("notices.title", text("look.notices_title"))}
            {notice("notices.sound", text("look.notices_sound"))}
            <p class="field-hint">{text("look.notices_hint")}</p>
        </fieldset>
    }
}
