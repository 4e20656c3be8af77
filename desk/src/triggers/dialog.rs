//! A dialog over the desk. The browser keeps the focus in it and everything
//! else out of reach; Escape closes it.

use leptos::html::Dialog as DialogElement;
use leptos::prelude::*;
use web_sys::{Event, MouseEvent};

/// A dialog, open as long as it is there.
#[component]
pub(crate) fn Dialog(
    /// The id of its title.
    labelled: &'static str,
    /// Called when it is to go: by Escape, or by a click beside it.
    close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<DialogElement>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // Fails only for one that is open, or that is gone.
            let _ = dialog.show_modal();
        }
    });
    let cancel = move |event: Event| {
        event.prevent_default();
        close.run(());
    };
    // What is inside has a box of its own: only the veil is the dialog itself.
    let beside = move |event: MouseEvent| {
        let on_veil = dialog
            .get_untracked()
            .is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()));
        if on_veil {
            close.run(());
        }
    };
    view! {
        <dialog class="dialog" aria-labelledby=labelled node_ref=dialog on:cancel=cancel on:click=beside>
            <div class="dialog-box">{children()}</div>
        </dialog>
    }
}
