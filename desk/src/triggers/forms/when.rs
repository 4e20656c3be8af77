//! When a trigger may show, and how often, whatever its conditions say.

use leptos::prelude::*;
use saluda_protocol::Span;

use super::card::Card;
use super::field::{Amount, Check, Choice, Labelled, Length, WallTime};
use super::{Part, use_forms};
use crate::sentence;
use crate::texts::{capitalised, text, text_with};

const HOURS: &str = "schedule.hours";
const DISMISS: &str = "after_dismiss";

/// The length of time that a dismissal begins with.
const SOME_TIME: &str = "7d";

/// What the choice calls a length of time.
const FOR: &str = "for";

/// When it may show.
#[component]
pub(crate) fn WhenCard() -> impl IntoView {
    let forms = use_forms();
    let summary = Memo::new(move |_| {
        let spec = forms.editor.spec();
        spec.map_or_else(String::new, |spec| capitalised(&sentence::when(&spec)))
    });
    view! {
        <Card part=Part::When title=text("when.title") summary>
            <Schedule/>
            <div class="form-row">
                <Choice
                    path="frequency"
                    label=text("when.frequency")
                    options=options([
                        ("once", text("sentence.once")),
                        ("visit", text("sentence.visit")),
                        ("always", text("sentence.always")),
                    ])
                    otherwise="once"
                />
                <Amount
                    path="limits.times"
                    label=text("when.times")
                    least=1
                    most=1000
                    placeholder=text("when.no_limit")
                />
                <Length path="limits.gap" label=text("when.gap") unit='d' placeholder=text("when.no_limit")/>
            </div>
            <Once/>
            <Dismissal/>
            <Check path="with_open_conversation" label=text("when.in_conversation")/>
        </Card>
    }
    .into_any()
}

fn options<const N: usize>(all: [(&str, String); N]) -> Signal<Vec<(String, String)>> {
    let all = all.map(|(word, name)| (word.to_owned(), capitalised(&name)));
    Signal::stored(Vec::from(all))
}

/// At which hours, from when and until when.
#[component]
fn Schedule() -> impl IntoView {
    let forms = use_forms();
    let about = forms.editor.desk.studio.about;
    let hours = forms.text_at(HOURS);
    // Known, and without any.
    let no_hours =
        Memo::new(move |_| about.with(|about| about.as_ref().is_some_and(|it| it.zone.is_none())));
    let asks = Memo::new(move |_| {
        hours.with(|hours| hours.as_deref().is_some_and(|hours| hours != "any"))
    });
    let zone = Memo::new(move |_| about.with(|about| about.as_ref()?.zone.clone()));
    view! {
        <div class="form-row">
            <Choice
                path=HOURS
                label=text("when.hours")
                options=options([
                    ("any", text("sentence.hours_any")),
                    ("during", text("sentence.hours_during")),
                    ("outside", text("sentence.hours_outside")),
                ])
                otherwise="any"
            />
            <WallTime path="schedule.from" label=text("when.from")/>
            <WallTime path="schedule.until" label=text("when.until")/>
        </div>
        <p class="form-note">
            {move || zone.get().map_or_else(
                || text("when.zone_unknown"),
                |zone| text_with("when.zone", &[("zone", &zone)]),
            )}
        </p>
        <p class="form-note warned" role="status">
            {move || (asks.get() && no_hours.get()).then(|| text("when.no_hours"))}
        </p>
    }
    .into_any()
}

/// Says that nothing narrows what happens once.
#[component]
fn Once() -> impl IntoView {
    let forms = use_forms();
    let idle = forms.read(|document| {
        let once = document.string("frequency").is_none_or(|it| it == "once");
        let limited = ["limits.times", "limits.gap"]
            .iter()
            .any(|path| document.raw(path).is_some());
        once && limited
    });
    view! {
        <p class="form-note" role="status">{move || idle.get().then(|| text("when.once"))}</p>
    }
}

/// How long it stays away once a visitor has closed it.
#[component]
fn Dismissal() -> impl IntoView {
    let forms = use_forms();
    let written = forms.text_at(DISMISS);
    let is_span = Memo::new(move |_| {
        written.with(|written| {
            written
                .as_deref()
                .is_some_and(|it| it.parse::<Span>().is_ok())
        })
    });
    let now = Memo::new(move |_| {
        if is_span.get() {
            FOR.to_owned()
        } else {
            written.get().unwrap_or_else(|| "visit".to_owned())
        }
    });
    let known = ["none", "visit", FOR, "forever"];
    let strange = Memo::new(move |_| Some(now.get()).filter(|now| !known.contains(&now.as_str())));
    let choose = move |event| {
        let word = event_target_value(&event);
        forms.put(DISMISS, if word == FOR { SOME_TIME } else { &word });
    };
    let option = move |word: &'static str, name: String| {
        view! {
            <option value=word prop:selected=move || now.get() == word>{capitalised(&name)}</option>
        }
    };
    view! {
        <div class="form-row">
            <Labelled label=text("when.dismiss")>
                // Of a length of time, the number has the focus.
                <select
                    class="select"
                    data-path=move || (!is_span.get()).then_some(DISMISS)
                    on:change=choose
                >
                    {option("none", text("when.dismiss_none"))}
                    {option("visit", text("sentence.dismiss_visit"))}
                    {option(FOR, text("when.dismiss_for"))}
                    {option("forever", text("sentence.dismiss_forever"))}
                    {move || strange.get().map(|word| view! {
                        <option value=word.clone() prop:selected=true>{word.clone()}</option>
                    })}
                </select>
            </Labelled>
            {move || is_span.get().then(|| view! {
                <Length path=DISMISS label=text("when.dismiss_span") unit='d'/>
            })}
        </div>
    }
    .into_any()
}
