//! Dates, names of languages and plurals, as the browser knows them.
//!
//! Every call goes through `Reflect`, because the constructors throw for a
//! time zone or a language the browser has not heard of, and both come from
//! the visitor's page.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// Formatters are slow to make and quick to use.
    static MADE: RefCell<HashMap<&'static str, JsValue>> = RefCell::new(HashMap::new());
}

/// A format for instants, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// `14:05`
    Clock,
    /// `Fri`
    Weekday,
    /// `14 Oct`
    Date,
    /// `14 Oct 2025`
    DateAndYear,
    /// `Friday, 14 November`
    Day,
    /// `14 Oct 2025, 14:05`
    Full,
    /// `Friday`, of a wall clock that is written as if it were in UTC.
    WallDay,
    /// `Fri, 14 Nov`, the same.
    WallDate,
    /// `14:05`, the same.
    WallClock,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Weekday => "weekday",
            Self::Date => "date",
            Self::DateAndYear => "date-and-year",
            Self::Day => "day",
            Self::Full => "full",
            Self::WallDay => "wall-day",
            Self::WallDate => "wall-date",
            Self::WallClock => "wall-clock",
        }
    }

    fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Clock => &[("hour", "2-digit"), ("minute", "2-digit")],
            Self::Weekday => &[("weekday", "short")],
            Self::Date => &[("day", "numeric"), ("month", "short")],
            Self::DateAndYear => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
            Self::Day => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
            Self::Full => &[("dateStyle", "medium"), ("timeStyle", "short")],
            Self::WallDay => &[("weekday", "long"), ("timeZone", "UTC")],
            Self::WallDate => &[
                ("weekday", "short"),
                ("day", "numeric"),
                ("month", "short"),
                ("timeZone", "UTC"),
            ],
            Self::WallClock => &[
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("timeZone", "UTC"),
            ],
        }
    }
}

/// Forgets every formatter: the language is another one now.
pub(crate) fn forget() {
    MADE.with_borrow_mut(HashMap::clear);
}

/// An instant in the agent's own time zone.
pub(crate) fn instant(format: Format, locale: &str, at_ms: f64) -> String {
    let formatter = made(format.name(), || {
        construct("DateTimeFormat", locale, format.options())
    });
    formatter
        .and_then(|it| format_date(&it, at_ms))
        .unwrap_or_default()
}

/// The time of day somewhere else; nothing when the zone is unknown here.
pub(crate) fn clock_in(zone: &str, locale: &str, at_ms: f64) -> Option<String> {
    let options = [
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZone", zone),
    ];
    format_date(&construct("DateTimeFormat", locale, &options)?, at_ms)
}

/// The time zones that the browser knows by name.
pub(crate) fn zones() -> Vec<String> {
    let list = Reflect::get(&js_sys::global(), &"Intl".into())
        .ok()
        .and_then(|intl| call(&intl, "supportedValuesOf", &["timeZone".into()]));
    let list = list.and_then(|list| list.dyn_into::<Array>().ok());
    list.map_or_else(Vec::new, |list| {
        list.iter().filter_map(|zone| zone.as_string()).collect()
    })
}

/// The time zone of this browser.
pub(crate) fn own_zone() -> Option<String> {
    let formatter = construct("DateTimeFormat", "en", &[])?;
    let options = call(&formatter, "resolvedOptions", &[])?;
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// How many minutes the clocks of a zone are ahead of UTC at an instant; nothing
/// when the zone is unknown here.
pub(crate) fn ahead_minutes(zone: &str, at_ms: u64) -> Option<i32> {
    let options = [("timeZone", zone), ("timeZoneName", "longOffset")];
    #[expect(clippy::cast_precision_loss, reason = "an instant, exact below 2^53")]
    let shown = format_date(
        &construct("DateTimeFormat", "en-US", &options)?,
        at_ms as f64,
    )?;
    minutes_in(&shown)
}

/// The minutes in `11/27/2026, GMT-03:30`.
fn minutes_in(shown: &str) -> Option<i32> {
    let (_, offset) = shown.rsplit_once("GMT")?;
    let Some((hours, minutes)) = offset.split_once(':') else {
        return offset.is_empty().then_some(0);
    };
    let sign = if hours.starts_with('-') { -1 } else { 1 };
    let hours: i32 = hours.trim_start_matches(['+', '-']).parse().ok()?;
    Some(sign * (hours * 60 + minutes.parse::<i32>().ok()?))
}

/// `amount` units from now, in words; negative amounts are in the past.
pub(crate) fn relative(locale: &str, amount: f64, unit: &str) -> String {
    let formatter = made("relative", || {
        construct("RelativeTimeFormat", locale, &[("numeric", "auto")])
    });
    formatter
        .and_then(|it| call(&it, "format", &[amount.into(), unit.into()]))
        .and_then(|words| words.as_string())
        .unwrap_or_default()
}

/// How a language is called, such as `Portuguese` for `pt`.
pub(crate) fn language_name(locale: &str, tag: &str) -> Option<String> {
    let names = made("languages", || {
        construct("DisplayNames", locale, &[("type", "language")])
    })?;
    call(&names, "of", &[tag.into()])?.as_string()
}

/// How many characters a text has, as people count them. A browser that cannot
/// tell counts those of Unicode.
pub(crate) fn graphemes(locale: &str, text: &str) -> usize {
    let segments = made("graphemes", || construct("Segmenter", locale, &[]))
        .and_then(|it| call(&it, "segment", &[text.into()]));
    match segments {
        Some(segments) => Array::from(&segments).length() as usize,
        None => text.chars().count(),
    }
}

/// A number with the separators of the language.
pub(crate) fn number(locale: &str, number: f64) -> String {
    let formatter = made("number", || construct("NumberFormat", locale, &[]));
    formatter
        .and_then(|it| call(&it, "format", &[number.into()])?.as_string())
        .unwrap_or_else(|| number.to_string())
}

/// How large something is, such as `1.3 MB`.
pub(crate) fn size(locale: &str, bytes: f64) -> String {
    let (name, number, unit, digits) = match bytes {
        ..1e3 => ("bytes", bytes, "byte", "0"),
        1e3..1e6 => ("kilobytes", bytes / 1e3, "kilobyte", "0"),
        _ => ("megabytes", bytes / 1e6, "megabyte", "1"),
    };
    let options = [
        ("style", "unit"),
        ("unit", unit),
        ("maximumFractionDigits", digits),
    ];
    let formatter = made(name, || construct("NumberFormat", locale, &options));
    formatter
        .and_then(|it| call(&it, "format", &[number.into()])?.as_string())
        .unwrap_or_default()
}

/// A share of one in percent, without parts.
pub(crate) fn percent(locale: &str, share: f64) -> String {
    let formatter = made("percent", || {
        construct("NumberFormat", locale, &[("style", "percent")])
    });
    formatter
        .and_then(|it| call(&it, "format", &[share.into()])?.as_string())
        .unwrap_or_default()
}

/// A share of one in percent, with one digit behind the point.
pub(crate) fn percent_exactly(locale: &str, share: f64) -> String {
    percent_as(locale, "percent-exactly", "auto", share)
}

/// A difference of shares: `+3.5%`, `-1.2%`.
pub(crate) fn percent_signed(locale: &str, share: f64) -> String {
    percent_as(locale, "percent-signed", "exceptZero", share)
}

fn percent_as(locale: &str, name: &'static str, sign: &str, share: f64) -> String {
    let options = [
        ("style", "percent"),
        ("maximumFractionDigits", "1"),
        ("signDisplay", sign),
    ];
    let formatter = made(name, || construct("NumberFormat", locale, &options));
    formatter
        .and_then(|it| call(&it, "format", &[share.into()])?.as_string())
        .unwrap_or_default()
}

/// `14 Oct`, of the midnight in UTC at which a day of a calendar begins.
pub(crate) fn day_of_calendar(locale: &str, at_ms: f64) -> String {
    let options = [("day", "numeric"), ("month", "short"), ("timeZone", "UTC")];
    let formatter = made("day-of-calendar", || {
        construct("DateTimeFormat", locale, &options)
    });
    formatter
        .and_then(|it| format_date(&it, at_ms))
        .unwrap_or_default()
}

/// The plural category of a number: `one`, `other`, …
#[cfg(target_arch = "wasm32")]
pub(crate) fn plural(locale: &str, count: f64) -> Option<String> {
    let rules = made("plural", || construct("PluralRules", locale, &[]))?;
    call(&rules, "select", &[count.into()])?.as_string()
}

fn made(name: &'static str, make: impl FnOnce() -> Option<JsValue>) -> Option<JsValue> {
    if let Some(it) = MADE.with_borrow(|made| made.get(name).cloned()) {
        return Some(it);
    }
    let it = make()?;
    MADE.with_borrow_mut(|made| made.insert(name, it.clone()));
    Some(it)
}

fn construct(class: &str, locale: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    let settings = Object::new();
    for (name, value) in options {
        Reflect::set(&settings, &(*name).into(), &(*value).into()).ok()?;
    }
    Reflect::construct(&class, &Array::of2(&locale.into(), &settings)).ok()
}

fn format_date(formatter: &JsValue, at_ms: f64) -> Option<String> {
    call(formatter, "format", &[at_ms.into()])?.as_string()
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    Reflect::apply(&method, object, &arguments.iter().collect::<Array>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_ahead_or_behind() {
        assert_eq!(minutes_in("11/27/2026, GMT"), Some(0));
        assert_eq!(minutes_in("11/27/2026, GMT+05:45"), Some(345));
        assert_eq!(minutes_in("11/27/2026, GMT-03:30"), Some(-210));
        assert_eq!(minutes_in("11/27/2026"), None);
    }
}
