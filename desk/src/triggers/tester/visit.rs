//! A visit that is tried: who the visitor is, and what happens. It is written as
//! the lines that `saluda trigger explain` and `test` read.

use saluda_protocol::trigger::{Condition, Operator, Rule, Value};

use super::event::{self, Kind};
use crate::form_text::{self, quote};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visit {
    /// When it begins, in milliseconds since 1970.
    pub(super) at_ms: u64,
    pub(super) language: String,
    pub(super) timezone: String,
    /// How many minutes the visitor's clock is ahead of UTC.
    pub(super) offset_minutes: i32,
    pub(super) device: String,
    /// Which visit of this browser it is, from 1.
    pub(super) number: u32,
    pub(super) known: bool,
    pub(super) conversation: bool,
    pub(super) online: bool,
    /// As they are typed: `plan=trial`, one in each line.
    pub(super) attributes: String,
    /// As they are typed, between commas.
    pub(super) tags: String,
    /// What the browser remembers, as it is written in a file that was opened.
    pub(super) memory: Option<String>,
    /// What happens, in its order.
    pub(super) steps: Vec<Step>,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Since the start.
    pub(super) at_ms: u64,
    /// As it is written; nothing if only time passes.
    pub(super) event: String,
}

/// What the page is of which a rule asks most plainly.
pub(super) fn path_in(rule: &Rule) -> Option<String> {
    match rule {
        Rule::All { all: rules } | Rule::Any { any: rules } => rules.iter().find_map(path_in),
        Rule::One(Condition::Fact { fact, op, value }) if fact == "page.path" => {
            let value = match value {
                Some(Value::List(all)) => all.first(),
                other => other.as_ref(),
            };
            let Some(Value::Text(path)) = value else {
                return None;
            };
            let fits = matches!(
                op,
                Operator::Eq | Operator::In | Operator::StartsWith | Operator::Glob
            );
            let path = path.split('*').next().unwrap_or_default();
            (fits && path.starts_with('/')).then(|| path.to_owned())
        }
        Rule::Not { .. } | Rule::One(_) => None,
    }
}

impl Visit {
    /// The steps with another one, in their order.
    pub(super) fn add(&mut self, step: Step) {
        let place = self.steps.partition_point(|one| one.at_ms <= step.at_ms);
        self.steps.insert(place, step);
    }

    /// Moves a step to another time.
    pub(super) fn move_to(&mut self, index: usize, at_ms: u64) {
        if index < self.steps.len() {
            let mut step = self.steps.remove(index);
            step.at_ms = at_ms;
            self.add(step);
        }
    }

    /// How long it lasts: until the last thing that happens.
    pub(super) fn lasts_ms(&self) -> u64 {
        self.steps.last().map_or(0, |step| step.at_ms)
    }

    /// The address that it begins on.
    pub(super) fn url(&self) -> String {
        let pages = self.steps.iter().map(|step| &step.event);
        let mut pages = pages.filter(|event| Kind::of(event) == Kind::Page);
        pages
            .next()
            .map_or_else(String::new, |event| Kind::Page.value(event))
    }

    /// Changes what the first page says: its address, title or referrer.
    pub(super) fn first_page(&mut self, field: PageField, typed: &str) {
        let pages = &mut self.steps.iter_mut();
        let page = pages.find(|step| Kind::of(&step.event) == Kind::Page);
        let Some(step) = page else {
            let event = Kind::Page.write(typed, "", "");
            self.add(Step { at_ms: 0, event });
            return;
        };
        let of = |name: &str| form_text::words(&step.event, name).unwrap_or_default();
        let (url, title, referrer) = (of("page.url"), of("page.title"), of("page.referrer"));
        step.event = match field {
            PageField::Url => event::page(typed, &title, &referrer),
            PageField::Title => event::page(&url, typed, &referrer),
            PageField::Referrer => event::page(&url, &title, typed),
        };
    }

    /// What the first page says.
    pub(super) fn page_field(&self, field: PageField) -> String {
        let pages = self.steps.iter().map(|step| &step.event);
        let mut pages = pages.filter(|event| Kind::of(event) == Kind::Page);
        let path = match field {
            PageField::Url => "page.url",
            PageField::Title => "page.title",
            PageField::Referrer => "page.referrer",
        };
        pages
            .next()
            .and_then(|event| form_text::words(event, path))
            .unwrap_or_default()
    }

    /// What a browser remembers of a visitor who was here so often.
    fn memory(&self) -> Option<String> {
        if self.memory.is_some() || self.number < 2 {
            return self.memory.clone();
        }
        let (number, at) = (self.number - 1, self.at_ms.saturating_sub(DAY_MS));
        let stay = format!(r#"{{"number":{number},"began_at":{at},"active_at":{at},"pages":1}}"#);
        Some(format!(r#"{{"stay":{stay}}}"#))
    }

    /// Its first line. `begins` is what makes it a trace or a test, `site` what
    /// holds for the site besides who is there.
    fn head(&self, begins: &str, site: &str) -> String {
        let attributes = self.attributes.lines().filter_map(|line| {
            let (name, value) = line.split_once('=')?;
            let value = event::written(value);
            (value != "null").then(|| format!("{}:{value}", quote(name.trim())))
        });
        let attributes = attributes.collect::<Vec<_>>().join(",");
        let memory = self.memory();
        let memory = memory.map_or_else(String::new, |memory| format!(r#","memory":{memory}"#));
        format!(
            r#"{{{begins},"at":{},"visitor":{{"language":{},"timezone":{},"device":{},"clock":{{"offset_minutes":{}}},"known":{},"conversation":{},"attributes":{{{attributes}}},"tags":{}}},"site":{{"online":{}{site}}}{memory}}}"#,
            self.at_ms,
            quote(&self.language),
            quote(&self.timezone),
            quote(&self.device),
            self.offset_minutes,
            self.known,
            self.conversation,
            event::tags(&self.tags),
            self.online,
        )
    }

    /// As the tester goes through it.
    pub(super) fn trace(&self) -> String {
        self.trace_on(Site::UNKNOWN)
    }

    /// As it is explained elsewhere, with what holds for the site.
    pub(super) fn trace_on(&self, site: Site<'_>) -> String {
        let head = self.head(r#""trace":1"#, &site.fields());
        format!("{head}\n{}", lines(&self.steps))
    }

    /// As a test that expects what came of it until an instant.
    pub(super) fn test(&self, test: &Test<'_>) -> String {
        let begins = format!(
            r#""test":{},"triggers":[{}]"#,
            quote(test.name),
            quote(&format!("{}.json", test.trigger))
        );
        let until = self.steps.partition_point(|step| step.at_ms <= test.at_ms);
        let because = test.because.map_or_else(String::new, |word| {
            format!(r#","because":{{{}:"{word}"}}"#, quote(test.trigger))
        });
        format!(
            "{}\n{}{{\"at\":{},\"expect\":[{}]{because}}}\n",
            self.head(&begins, &test.site.fields()),
            lines(&self.steps[..until]),
            test.at_ms,
            test.done.join(",")
        )
    }
}

/// A line for each step.
fn lines(steps: &[Step]) -> String {
    let line = |step: &Step| {
        let event = match step.event.as_str() {
            "" => String::new(),
            event => format!(r#","event":{event}"#),
        };
        format!("{{\"at\":{}{event}}}\n", step.at_ms)
    };
    steps.iter().map(line).collect()
}

/// What holds for the site, as it is written; `null` if it is not known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'t> {
    pub(super) attention: &'t str,
    pub(super) hours: &'t str,
}

impl Site<'_> {
    const UNKNOWN: Site<'static> = Site {
        attention: "null",
        hours: "null",
    };

    /// The fields of a head, each after a comma.
    fn fields(self) -> String {
        let fields = [("attention", self.attention), ("hours", self.hours)];
        let known = fields.into_iter().filter(|(_, value)| *value != "null");
        let known = known.map(|(name, value)| format!(",\"{name}\":{value}"));
        known.collect::<Vec<_>>().concat()
    }
}

/// What makes a visit a test.
pub(super) struct Test<'t> {
    pub(super) name: &'t str,
    pub(super) trigger: &'t str,
    pub(super) site: Site<'t>,
    /// Until when it goes.
    pub(super) at_ms: u64,
    /// What was done until then, as it is expected.
    pub(super) done: Vec<String>,
    /// Why it does not show then.
    pub(super) because: Option<&'t str>,
}

/// What is said of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageField {
    Url,
    Title,
    Referrer,
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn visit() -> Visit {
        Visit {
            at_ms: 1_795_000_000_000,
            language: "es-MX".to_owned(),
            timezone: "Europe/Lisbon".to_owned(),
            offset_minutes: 60,
            device: "phone".to_owned(),
            number: 3,
            known: false,
            conversation: false,
            online: true,
            attributes: "plan = trial\nseats=12\nempty=".to_owned(),
            tags: "vip".to_owned(),
            memory: None,
            steps: vec![
                Step {
                    at_ms: 0,
                    event: event::page("https://a.example/plans", "", ""),
                },
                Step {
                    at_ms: 4_000,
                    event: Kind::Track.write("compared", "", ""),
                },
            ],
        }
    }

    /// The engine's own reader finds the same visit in it.
    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn the_engine_reads_what_is_written() {
        let read = |text: &str| saluda_rules::trace::read(text).unwrap().remove(0);
        let trace = read(&visit().trace());
        assert_eq!(trace.head.at.0.0, 1_795_000_000_000);
        assert_eq!(trace.head.visitor.clock.offset_minutes, 60);
        assert_eq!(trace.head.visitor.attributes.len(), 2);
        assert_eq!(trace.head.visitor.tags, ["vip"]);
        assert_eq!(trace.head.memory.stay.unwrap().number, 2);
        assert!(trace.head.site.online);
        assert_eq!(trace.steps.len(), 2);

        let test = visit().test(&Test {
            name: "compares",
            trigger: "help",
            site: Site {
                attention: r#"{"per_visit":3,"per_day":6,"gap_ms":30000,"holdout":0}"#,
                hours: r#"{"zone":"UTC"}"#,
            },
            at_ms: 2_000,
            done: vec![r#"{"at":1000,"show":"help"}"#.to_owned()],
            because: Some("on_screen"),
        });
        let test = read(&test);
        assert_eq!(test.head.test.as_deref(), Some("compares"));
        assert_eq!(test.head.zone(), Some("UTC"));
        assert_eq!(test.steps.len(), 3, "what comes later is left out");
    }

    #[test]
    fn steps_stay_in_their_order() {
        let mut visit = visit();
        visit.add(Step {
            at_ms: 4_000,
            event: String::new(),
        });
        assert_eq!(visit.steps[2].event, "", "after what happens then already");
        visit.move_to(1, 9_000);
        assert_eq!(visit.lasts_ms(), 9_000);
        assert_eq!(Kind::of(&visit.steps[2].event), Kind::Track);
        visit.move_to(7, 0);
    }

    #[test]
    fn the_first_page_is_what_is_typed() {
        let mut visit = visit();
        visit.first_page(PageField::Referrer, "https://news.example/");
        visit.first_page(PageField::Url, "https://a.example/cart");
        assert_eq!(visit.url(), "https://a.example/cart");
        assert_eq!(
            visit.page_field(PageField::Referrer),
            "https://news.example/"
        );
        visit.steps.clear();
        visit.first_page(PageField::Url, "https://a.example/");
        assert_eq!(visit.url(), "https://a.example/");
    }

    #[test]
    fn a_rule_names_its_page() {
        let path = |rule: &str| {
            let rule = form_text::read_rule(&format!("{{\"rule\":{rule}}}"));
            path_in(&rule.unwrap())
        };
        let glob = r#"{"fact":"page.path","op":"glob","value":"/pricing/**"}"#;
        let all = format!(r#"{{"all":[{{"event":"x"}},{glob}]}}"#);
        assert_eq!(path(&all).as_deref(), Some("/pricing/"));
        let one_of = r#"{"fact":"page.path","op":"in","value":["/a","/b"]}"#;
        assert_eq!(path(one_of).as_deref(), Some("/a"));
        assert_eq!(path(&format!(r#"{{"not":{glob}}}"#)), None);
    }
}
