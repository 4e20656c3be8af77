//! What concerns the whole desk: a connection that is lost, an action that
//! failed. One strip at the top; what has passed is taken away.

use leptos::prelude::*;

use crate::icons::{Icon, Symbol};
use crate::state::{Line, use_desk};
use crate::texts::text;

/// The strip.
#[component]
pub(crate) fn Banner() -> impl IntoView {
    let desk = use_desk();
    let down = Memo::new(move |_| desk.line.get() == Line::Down);
    view! {
        <div class="banners">
            <div role="status">
                {move || down.get().then(|| view! {
                    <p class="banner warn"><Icon of=Symbol::Alert/>{text("line.down")}</p>
                })}
            </div>
            <div role="alert">
                {move || desk.notice.get().map(|notice| view! {
                    <p class="banner bad">
                        <Icon of=Symbol::Alert/>
                        <span>{notice}</span>
                        <button
                            class="icon-button"
                            aria-label=text("action.dismiss")
                            on:click=move |_| desk.notice.set(None)
                        >
                            <Icon of=Symbol::Close/>
                        </button>
                    </p>
                })}
            </div>
        </div>
    }
}
