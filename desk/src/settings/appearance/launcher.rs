//! What visitors press to open the chat: an icon, an icon with words, or
//! something of the page's own.

use leptos::prelude::*;

use crate::settings::input::Tick;
use crate::state::use_desk;
use crate::texts::text;

/// Where the style stands in the form.
const STYLE: &str = "launcher.style";

/// The choice of its style.
#[component]
pub(super) fn Launcher() -> impl IntoView {
    let settings = use_desk().settings;
    let style = style();
    let choice = move |json: &'static str, label: String| {
        let on = Signal::derive(move || style.with(|style| style == json));
        view! { <Tick group="launcher" on turn=move |_| settings.put(STYLE, json) label/> }
    };
    let hidden = Memo::new(move |_| style.with(|style| style == "\"hidden\""));
    view! {
        <fieldset class="settings-part">
            <legend class="settings-part-title">{text("look.launcher")}</legend>
            {choice("\"icon\"", text("look.launcher_icon"))}
            {choice("\"label\"", text("look.launcher_label"))}
            {choice("\"hidden\"", text("look.launcher_hidden"))}
            {move || hidden.get().then(|| view! {
                <p class="field-hint">
                    {text("look.launcher_hidden_hint")}" "<code>"Saluda('open')"</code>
                </p>
            })}
        </fieldset>
    }
}

/// The style, as it is written.
pub(super) fn style() -> Memo<String> {
    let settings = use_desk().settings;
    Memo::new(move |_| settings.raw(STYLE).unwrap_or_default())
}
