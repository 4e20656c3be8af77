//! The symbols, one set: lines of one width on a grid of 24. They say nothing
//! to a screen reader; the words stand beside them or on their button.

use leptos::prelude::*;

/// A symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbol {
    Alert,
    Back,
    Check,
    Clip,
    Close,
    Down,
    Fold,
    Grip,
    Import,
    Inbox,
    More,
    Person,
    Plus,
    Reopen,
    Search,
    Send,
    Settings,
    SignOut,
    Sort,
    Talk,
    Trigger,
}

impl Symbol {
    fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 8v5M12 16.5v.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z",
            Self::Back => "M19 12H5M11 6l-6 6 6 6",
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Clip => "m19 11-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5L13 4a3 3 0 0 1 4.3 4.3l-7.6 7.6",
            Self::Close => "m6 6 12 12M18 6 6 18",
            Self::Down => "M12 5v14M6 13l6 6 6-6",
            Self::Grip => "M9 6.5v.01M15 6.5v.01M9 12v.01M15 12v.01M9 17.5v.01M15 17.5v.01",
            Self::Fold => "m6 9.5 6 6 6-6",
            Self::Import => "M12 4v11M7 10.5l5 5 5-5M4.5 15.5V19h15v-3.5",
            Self::Inbox => {
                "M3.5 13h5l1.5 3h4l1.5-3h5M6 5h12l2.5 8v5a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18v-5L6 5Z"
            }
            Self::More => {
                "M5 12a.4.4 0 1 0 .8 0 .4.4 0 0 0-.8 0M11.6 12a.4.4 0 1 0 .8 0 .4.4 0 0 0-.8 0M18.2 12a.4.4 0 1 0 .8 0 .4.4 0 0 0-.8 0"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
            Self::Sort => "m7 14.5 5 5 5-5",
            Self::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
            Self::Reopen => "M4.5 5v5h5M5 10a7.5 7.5 0 1 1-.6 4.5",
            Self::Send => "M12 19V5M6 11l6-6 6 6",
            Self::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z"
            }
            Self::SignOut => {
                "M14 4h4a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 18 20h-4M10 16l-4-4 4-4M6 12h9"
            }
            Self::Trigger => "M13 3 5 13.5h6L10.5 21 19 10h-6.5L13 3Z",
            Self::Talk => {
                "M5.5 5h13A1.5 1.5 0 0 1 20 6.5v9a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 3.5V17h-1A1.5 1.5 0 0 1 4 15.5v-9A1.5 1.5 0 0 1 5.5 5Z"
            }
        }
    }
}

/// Draws a symbol in the colour of the text around it.
#[component]
pub(crate) fn Icon(of: Symbol) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=of.path()/>
        </svg>
    }
}

/// One tick, or two.
#[component]
pub(crate) fn Ticks(#[prop(into)] double: Signal<bool>) -> impl IntoView {
    view! {
        <svg class="ticks" viewBox="0 0 20 12" aria-hidden="true" focusable="false">
            <path d=move || {
                if double.get() { "m2 6.5 3.5 3.5 7-8M9 9l1 1 7-8" } else { "m6 6.5 3.5 3.5 7-8" }
            }/>
        </svg>
    }
}

/// The product's sign.
#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect class="logo-ground" width="32" height="32" rx="9"/>
            <path
                class="logo-sign"
                d="M9 10.5A2.5 2.5 0 0 1 11.5 8h9a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5H15l-4 4v-4.1A2.5 2.5 0 0 1 9 17.5Z"
            />
        </svg>
    }
}
