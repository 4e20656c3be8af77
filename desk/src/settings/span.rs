//! A span of time: a number and its unit.

use leptos::prelude::*;

use super::field::{Wrong, described, id_of, is_wrong};
use crate::form_text::quote;
use crate::state::use_desk;
use crate::texts::text;

/// A unit, by its milliseconds, from the largest.
const UNITS: [(u64, &str); 4] = [
    (86_400_000, "days"),
    (3_600_000, "hours"),
    (60_000, "minutes"),
    (1_000, "seconds"),
];

/// A span of milliseconds at a path, in the unit that suits it.
#[component]
pub(super) fn Span(
    #[prop(into)] path: String,
    /// What it is called; its label stands before it if it is shown.
    label: String,
    #[prop(optional)] unseen: bool,
) -> impl IntoView {
    let settings = use_desk().settings;
    let of = StoredValue::new(path.clone());
    let raw = Memo::new(move |_| of.with_value(|path| settings.raw(path)));
    // Of what is typed, the unit that was chosen; else the largest that fits.
    let chosen = RwSignal::new(None::<u64>);
    let unit = Memo::new(move |_| {
        let span = raw.get().and_then(|raw| raw.parse().ok());
        chosen
            .get()
            .filter(|unit| fits(span, *unit))
            .unwrap_or_else(|| unit_of(span))
    });
    let value = move || match raw.get() {
        Some(raw) => raw.parse::<u64>().map_or_else(
            |_| serde_json::from_str(&raw).unwrap_or_default(),
            |span| (span / unit.get()).to_string(),
        ),
        None => String::new(),
    };
    let put = move |typed: &str, unit: u64| {
        let span = typed.trim().parse::<u64>().ok();
        let json = span.map_or_else(
            || quote(typed),
            |count| count.saturating_mul(unit).to_string(),
        );
        of.with_value(|path| settings.put(path, &json));
    };
    let typed = move |event| {
        // While it is typed, its unit stays.
        let unit = unit.get_untracked();
        chosen.set(Some(unit));
        put(&event_target_value(&event), unit);
    };
    let turned = move |event| {
        let Ok(to) = event_target_value(&event).parse::<u64>() else {
            return;
        };
        let typed = untrack(value);
        chosen.set(Some(to));
        put(&typed, to);
    };
    let id = id_of(&path);
    let unit_label = format!("{label}: {}", text("span.unit"));
    view! {
        <div class="field">
            <label class="field-label" class:unseen=unseen for=id.clone()>{label}</label>
            <div class="field-row">
                <input
                    class="field-input field-number"
                    id=id
                    type="number"
                    inputmode="numeric"
                    min="0"
                    step="1"
                    autocomplete="off"
                    prop:value=value
                    aria-invalid=is_wrong(&path)
                    aria-describedby=described(&path)
                    on:input=typed
                />
                <select class="select field-select" aria-label=unit_label on:change=turned>
                    {UNITS.map(|(ms, name)| view! {
                        <option value=ms.to_string() selected=move || unit.get() == ms>
                            {unit_name(name)}
                        </option>
                    })}
                </select>
            </div>
            <Wrong path/>
        </div>
    }
}

fn fits(span: Option<u64>, unit: u64) -> bool {
    span.is_none_or(|span| span.is_multiple_of(unit))
}

fn unit_of(span: Option<u64>) -> u64 {
    let span = span.unwrap_or_default();
    // Nothing at all is best said in the smallest.
    let units = UNITS.into_iter().filter(|_| span > 0);
    let mut units = units.map(|(ms, _)| ms);
    units.find(|ms| span.is_multiple_of(*ms)).unwrap_or(1_000)
}

fn unit_name(unit: &str) -> String {
    match unit {
        "days" => text("span.days"),
        "hours" => text("span.hours"),
        "minutes" => text("span.minutes"),
        _ => text("span.seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_the_largest_unit_that_fits() {
        for (span, unit) in [
            (None, 1_000),
            (Some(0), 1_000),
            (Some(30_000), 1_000),
            (Some(120_000), 60_000),
            (Some(5_400_000), 60_000),
            (Some(7_200_000), 3_600_000),
            (Some(172_800_000), 86_400_000),
            (Some(1_500), 1_000),
        ] {
            assert_eq!(unit_of(span), unit, "{span:?}");
        }
    }
}
