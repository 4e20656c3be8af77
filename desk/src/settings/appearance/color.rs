//! The owner's colour, and what becomes of it where it cannot be read.

use leptos::prelude::*;
use saluda_protocol::color::{self, READABLE};
use saluda_protocol::site::Corner;

use super::super::field::{Wrong, id_of};
use super::super::input::Line;
use crate::form_text::{quote, values};
use crate::icons::{Icon, Symbol};
use crate::state::{Desk, use_desk};
use crate::texts::{locale, text, text_with};

const PATH: &str = "accent";

/// The colour as it is typed, if it is one.
pub(super) fn accent(desk: Desk) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let typed = desk.settings.text.with(|text| values::words(text, PATH))?;
        color::is_color(&typed).then_some(typed)
    })
}

/// Choosing the colour.
#[component]
pub(super) fn Accent() -> impl IntoView {
    let desk = use_desk();
    let settings = desk.settings;
    let typed = Memo::new(move |_| {
        let words = settings.text.with(|text| values::words(text, PATH));
        words.unwrap_or_default()
    });
    let accent = accent(desk);
    let put = move |typed: String| settings.put(PATH, &quote(typed.trim()));
    view! {
        <section class="settings-part" aria-labelledby="look-color">
            <h3 class="settings-part-title" id="look-color">{text("look.color")}</h3>
            <div class="field-row">
                <input
                    class="color-pick"
                    type="color"
                    aria-label=text("look.color_pick")
                    prop:value=move || accent.get().unwrap_or_default()
                    on:input=move |event| put(event_target_value(&event))
                />
                <Line
                    id=id_of(PATH)
                    path=PATH
                    label=text("look.color_code")
                    class="field-input field-short"
                    code=true
                    value=typed
                    typed=Callback::new(put)
                />
            </div>
            <Wrong path=PATH/>
            {move || match accent.get() {
                Some(accent) => view! { <Readable accent/> }.into_any(),
                None => view! { <p class="field-hint">{text("look.no_color")}</p> }.into_any(),
            }}
        </section>
    }
}

/// How well it can be read, and what pages get.
#[component]
fn Readable(accent: String) -> impl IntoView {
    let contrast = color::contrast(&accent);
    let look = color::look(&accent, Corner::default());
    let darkened = color::is_darkened(&accent);
    let lightened = look.accent_dark != look.accent;
    let row = |fine: bool, words: String| {
        let sign = if fine { Symbol::Check } else { Symbol::Alert };
        view! { <li class="contrast" class:strange=!fine><Icon of=sign/><span>{words}</span></li> }
    };
    let ratio = |it: f64| crate::intl::number(&locale(), it);
    let (chosen, needed) = (ratio(contrast.chosen), ratio(READABLE));
    let on_white = if darkened {
        text_with(
            "look.too_bright",
            &[
                ("ratio", &chosen),
                ("needed", &needed),
                ("color", &look.accent),
            ],
        )
    } else {
        text_with("look.on_white", &[("ratio", &chosen)])
    };
    let (on_it, in_dark) = (ratio(contrast.text), ratio(contrast.text_dark));
    let values = [
        ("ratio", in_dark.as_str()),
        ("color", look.accent_dark.as_str()),
    ];
    let dark = if lightened {
        text_with("look.in_dark_other", &values)
    } else {
        text_with("look.in_dark", &values)
    };
    view! {
        <ul class="contrasts" aria-label=text("look.contrast")>
            {row(!darkened, on_white)}
            {row(true, text_with("look.on_it", &[("ratio", &on_it)]))}
            {row(true, dark)}
        </ul>
    }
}
