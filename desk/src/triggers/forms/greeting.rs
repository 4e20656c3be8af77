//! What the trigger is called and shows: who says it, what it says in each language, its
//! buttons, and what happens then.

use leptos::prelude::*;
use saluda_protocol::limits::TRIGGER_NAME_CHARS;

use super::card::Card;
use super::field::Name;
use super::languages::{LanguageChanges, Languages, OtherLanguages};
use super::reply::Reply;
use super::saying::Saying;
use super::sender::{Sender, SenderNote};
use super::{Part, summary, use_forms};
use crate::texts::text;

/// The greeting.
#[component]
pub(crate) fn GreetingCard() -> impl IntoView {
    let forms = use_forms();
    let summary = forms.read(summary::greeting);
    view! {
        <Card part=Part::Greeting title=text("greeting.title") summary>
            <div class="form-row">
                <Name path="name" label=text("greeting.name") most=TRIGGER_NAME_CHARS/>
                <Sender/>
            </div>
            <SenderNote/>
            <div class="form-part">
                <div class="languages">
                    <Languages/>
                    <LanguageChanges/>
                </div>
                <OtherLanguages/>
            </div>
            <Saying base="greeting".to_owned() part=Part::Greeting/>
            <Reply/>
        </Card>
    }
    .into_any()
}
