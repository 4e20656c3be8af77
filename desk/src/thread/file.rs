//! A file of the log: a picture, which can be opened large, or its name and size.

use leptos::html::Button;
use leptos::prelude::*;
use saluda_protocol::{File, Picture};

use crate::icons::{Icon, Symbol};
use crate::intl;
use crate::texts::{self, text, text_with};
use crate::triggers::dialog::Dialog;

/// The most room that a picture takes in the log, in pixels.
const ROOM: (f64, f64) = (320.0, 320.0);

/// A file as it stands in a bubble.
#[component]
pub(super) fn Attached(file: File) -> impl IntoView {
    let Some(size) = file.picture else {
        return view! { <Saved file/> }.into_any();
    };
    let broken = RwSignal::new(false);
    let shown = move || {
        let file = file.clone();
        if broken.get() {
            view! { <Saved file/> }.into_any()
        } else {
            view! { <Shown file size broken/> }.into_any()
        }
    };
    shown.into_any()
}

/// Where it is.
fn address(file: &File) -> String {
    format!("/api/files/{}", file.id)
}

/// A link that saves it.
#[component]
fn Saved(file: File) -> impl IntoView {
    #[expect(clippy::cast_precision_loss, reason = "no file is beyond 2^53")]
    let bytes = file.bytes as f64;
    view! {
        <a class="file" href=address(&file) target="_blank" rel="noopener noreferrer">
            <Icon of=Symbol::Import/>
            <bdi class="file-name">{file.name.clone()}</bdi>
            " "
            <span class="file-size">{intl::size(&texts::locale(), bytes)}</span>
        </a>
    }
}

/// A picture, in the room that it will take once it is loaded.
#[component]
fn Shown(file: File, size: Picture, broken: RwSignal<bool>) -> impl IntoView {
    let opener = NodeRef::<Button>::new();
    let open = RwSignal::new(false);
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let scale = 1_f64.min(ROOM.0 / width).min(ROOM.1 / height);
    let enlarged = file.clone();
    let close = Callback::new(move |()| {
        open.set(false);
        if let Some(opener) = opener.get_untracked() {
            // Fails only for an element that is gone.
            let _ = opener.focus();
        }
    });
    view! {
        <button
            class="picture"
            type="button"
            aria-label=text_with("file.enlarge", &[("name", &file.name)])
            node_ref=opener
            on:click=move |_| open.set(true)
        >
            <img
                src=format!("{}?preview", address(&file))
                alt=""
                loading="lazy"
                style:width=format!("{}px", width * scale)
                style:aspect-ratio=format!("{width} / {height}")
                on:error=move |_| broken.set(true)
            />
        </button>
        {move || open.get().then(|| view! { <Enlarged file=enlarged.clone() close/> })}
    }
}

#[component]
fn Enlarged(file: File, close: Callback<()>) -> impl IntoView {
    view! {
        <Dialog labelled="enlarged-name" close>
            <div class="enlarged">
                <p class="enlarged-head">
                    <bdi class="file-name" id="enlarged-name">{file.name.clone()}</bdi>
                    <a class="link" href=address(&file) download=file.name.clone()>
                        {text("file.save")}
                    </a>
                    <button class="button" type="button" on:click=move |_| close.run(())>
                        {text("file.close")}
                    </button>
                </p>
                <img src=address(&file) alt=file.name.clone()/>
            </div>
        </Dialog>
    }
}
