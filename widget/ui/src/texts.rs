//! The sentences a visitor reads, in one language, and its dates.

use js_sys::{Array, Date, Intl, JSON, Object, Reflect};
use saluda_protocol::{Contact, EmailAddress, Millis, form};
use wasm_bindgen::{JsCast as _, prelude::*};

const MINUTE_MS: u64 = 60 * 1000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
/// A day in milliseconds.
pub(crate) const DAY_MS: u64 = 24 * HOUR_MS;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Intl, js_name = getCanonicalLocales)]
    fn canonical_locales(tag: &str) -> Result<Array, JsValue>;
}

/// The sentences by their key.
pub(crate) struct Texts {
    locale: String,
    sentences: JsValue,
    plural: Intl::PluralRules,
    hours: JsValue,
    moments: JsValue,
    days: JsValue,
    days_and_years: JsValue,
}

impl Texts {
    /// Takes the sentences that were fetched, for a page in this language. What
    /// the owner says otherwise takes their place.
    pub(crate) fn new(sentences: JsValue, words: &JsValue, locale: &str) -> Self {
        Object::assign(
            sentences.unchecked_ref::<Object>(),
            words.unchecked_ref::<Object>(),
        );
        // A page may say anything of its language; what is no tag would throw
        // at every use.
        let locale = if canonical_locales(locale).is_ok() {
            locale.to_owned()
        } else {
            locale.chars().take(2).collect()
        };
        let options = |text| JSON::parse(text).unwrap_or_default();
        let locales = Array::of1(&JsValue::from_str(&locale));
        Self {
            plural: Intl::PluralRules::new(&locales, &Object::new()),
            hours: options(r#"{"hour":"numeric","minute":"2-digit"}"#),
            moments: options(r#"{"weekday":"long","hour":"numeric","minute":"2-digit"}"#),
            days: options(r#"{"weekday":"long","day":"numeric","month":"long"}"#),
            days_and_years: options(r#"{"day":"numeric","month":"long","year":"numeric"}"#),
            sentences,
            locale,
        }
    }

    /// The language, for the `lang` attribute.
    pub(crate) fn locale(&self) -> &str {
        &self.locale
    }

    /// The sentence under `key`.
    pub(crate) fn say(&self, key: &str) -> String {
        Reflect::get(&self.sentences, &JsValue::from_str(key))
            .ok()
            .and_then(|sentence| sentence.as_string())
            .unwrap_or_default()
    }

    /// The sentence under `key`, with a value in place of its `{slot}`. A
    /// sentence has one at most.
    pub(crate) fn fill(&self, key: &str, value: &str) -> String {
        let sentence = self.say(key);
        let slot = sentence
            .split_once('{')
            .and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
        match slot {
            Some((before, after)) => [before, value, after].concat(),
            None => sentence,
        }
    }

    /// The sentence for this many, from `key` and the plural form that the
    /// language has for the number.
    pub(crate) fn count(&self, key: &str, number: usize) -> String {
        #[expect(
            clippy::cast_precision_loss,
            reason = "we count messages and characters"
        )]
        let form = self.plural.select(number as f64);
        let form: JsValue = form.into();
        let value = number.to_string();
        let exact = form
            .as_string()
            .map(|form| self.fill(&[key, "_", &form].concat(), &value))
            .filter(|sentence| !sentence.is_empty());
        exact.unwrap_or_else(|| self.fill(&[key, "_other"].concat(), &value))
    }

    /// How soon an answer can be expected.
    pub(crate) fn reply_within(&self, within_ms: u64) -> String {
        let (key, unit) = match within_ms {
            0..HOUR_MS => ("reply_minutes", MINUTE_MS),
            HOUR_MS..DAY_MS => ("reply_hours", HOUR_MS),
            _ => ("reply_days", DAY_MS),
        };
        let number = within_ms.div_ceil(unit).max(1);
        self.count(key, usize::try_from(number).unwrap_or(usize::MAX))
    }

    /// What a visitor told of themselves.
    pub(crate) fn contact(&self, contact: &Contact) -> String {
        let email = contact.email.as_ref().map(EmailAddress::as_str);
        match (contact.name.as_deref(), email, contact.phone.as_deref()) {
            (None, None, None) => String::new(),
            (None, Some(email), None) => self.fill("contact", email),
            (name, email, phone) => {
                let told = [name, email, phone].into_iter().flatten();
                let told = told.fold(String::new(), |all, told| {
                    let mark = if all.is_empty() { "" } else { " · " };
                    all + mark + told
                });
                self.fill("saved", &told)
            }
        }
    }

    /// The time of day.
    pub(crate) fn hour(&self, at: Millis) -> String {
        date(at).to_locale_string(&self.locale, &self.hours).into()
    }

    /// A moment of the next days: its day, unless that is today, and its time.
    pub(crate) fn moment(&self, at: Millis, today: i64) -> String {
        let options = match local_day(at) - today {
            0 => &self.hours,
            _ => &self.moments,
        };
        date(at).to_locale_string(&self.locale, options).into()
    }

    /// A day of the calendar.
    pub(crate) fn date(&self, date: form::Date) -> String {
        let (year, month, day) = date.parts();
        let date =
            Date::new_with_year_month_day(u32::from(year), i32::from(month) - 1, i32::from(day));
        date.to_locale_string(&self.locale, &self.days_and_years)
            .into()
    }

    /// The day, as a person in `today` would say it.
    pub(crate) fn day(&self, at: Millis, today: i64) -> String {
        match today - local_day(at) {
            0 => self.say("today"),
            1 => self.say("yesterday"),
            ago => {
                let options = if (0..300).contains(&ago) {
                    &self.days
                } else {
                    &self.days_and_years
                };
                date(at).to_locale_string(&self.locale, options).into()
            }
        }
    }
}

/// Names the days of instants that follow each other. It asks the browser's
/// clock only now and then: no zone changes its day within a quarter of an hour.
pub(crate) fn days() -> impl FnMut(Millis) -> i64 {
    let mut last = None;
    move |at| {
        let quarter = at.0 / (15 * MINUTE_MS);
        match last {
            Some((then, day)) if then == quarter => day,
            _ => {
                let day = local_day(at);
                last = Some((quarter, day));
                day
            }
        }
    }
}

/// The day of an instant where the visitor is, counted from some day on.
pub(crate) fn local_day(at: Millis) -> i64 {
    let offset_minutes = date(at).get_timezone_offset();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "instants of our time are whole and below 2^53"
    )]
    let day = ((at.0 as f64 - offset_minutes * MINUTE_MS as f64) / DAY_MS as f64).floor() as i64;
    day
}

fn date(at: Millis) -> Date {
    #[expect(
        clippy::cast_precision_loss,
        reason = "instants of our time are below 2^53"
    )]
    let milliseconds = JsValue::from_f64(at.0 as f64);
    Date::new(&milliseconds)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use saluda_protocol::site::WORDS;

    type Sentences = BTreeMap<String, String>;

    fn sentences(language: &str) -> Sentences {
        let text = fs::read_to_string(format!("../texts/{language}.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    fn slots(sentence: &str) -> Vec<String> {
        sentence
            .split('{')
            .skip(1)
            .map(|rest| rest.split('}').next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn every_language_says_the_same() {
        let english = sentences("en");
        for language in ["es", "pt", "ar"] {
            let other = sentences(language);
            for (key, sentence) in &english {
                let said = other.get(key).map_or("", String::as_str);
                assert!(!said.is_empty(), "{language} {key}");
                // "Within a minute" needs no number.
                if !key.ends_with("_one") {
                    assert_eq!(slots(said), slots(sentence), "{language} {key}");
                }
                assert!(slots(sentence).len() <= 1, "{language} {key}");
            }
            for key in other.keys().filter(|key| !english.contains_key(*key)) {
                // Some languages tell more numbers apart.
                let forms = ["_zero", "_two", "_few", "_many"];
                let family = forms.iter().find_map(|form| key.strip_suffix(form));
                let family = family.map(|stem| format!("{stem}_other"));
                let known = family.is_some_and(|other| english.contains_key(&other));
                assert!(known, "{language} {key}");
            }
        }
    }

    /// The literals in the arguments of every call of this function.
    fn keys_asked_for(function: &str) -> Vec<String> {
        let mut keys = Vec::new();
        // A script says them by a function of its own.
        let folders = ["src", "src/apart", "../transcript"];
        let entries = folders.map(|folder| fs::read_dir(folder).unwrap());
        for entry in entries.into_iter().flatten() {
            let path = entry.unwrap().path();
            let call = match path.extension().and_then(|end| end.to_str()) {
                Some("rs") => format!(".{function}("),
                Some("js") => format!("{function}("),
                _ => continue,
            };
            let source = fs::read_to_string(path).unwrap();
            for rest in source.split(&call).skip(1) {
                let mut depth = 1;
                let end = rest.find(|c| {
                    depth += i32::from(c == '(') - i32::from(c == ')');
                    depth == 0
                });
                let arguments = &rest[..end.unwrap()];
                let literals = arguments.split('"').skip(1).step_by(2);
                let keys_among_them = literals.filter(|literal| !literal.starts_with('_'));
                keys.extend(keys_among_them.map(str::to_owned));
            }
        }
        keys
    }

    #[test]
    fn every_sentence_asked_for_is_there_and_every_one_there_is_asked_for() {
        let english = sentences("en");
        let mut asked: Vec<String> = ["say", "fill"]
            .into_iter()
            .flat_map(keys_asked_for)
            .collect();
        for plural in keys_asked_for("count")
            .into_iter()
            .chain(["reply_minutes", "reply_hours", "reply_days"].map(str::to_owned))
        {
            asked.extend([format!("{plural}_one"), format!("{plural}_other")]);
        }
        // What only owners say has no words of ours.
        let owners = |key: &str| WORDS.iter().any(|(word, _)| *word == key);
        for key in &asked {
            let known = english.contains_key(key) || owners(key);
            assert!(known, "`{key}` is asked for");
        }
        for key in english.keys() {
            assert!(asked.contains(key), "nobody says `{key}`");
        }
    }
}
