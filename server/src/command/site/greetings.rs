//! What the owner of a site chooses about its greetings.

use anyhow::{Context as _, bail};
use clap::Args;
use saluda_protocol::trigger::{HoursSpec, SenderId};
use saluda_protocol::{Span, limits};
use saluda_rules::hours::Hours;
use saluda_store::SiteSettings;

use crate::site::is_sender_id;

/// What is left out stays as it is.
#[derive(Args)]
pub(super) struct Greetings {
    /// When the site is open: a file, or `none` for always
    #[arg(long, value_name = "FILE|none")]
    hours: Option<String>,

    /// Someone who greets, by the name that triggers use; may be given several
    /// times. `ID=` takes one away
    #[arg(long = "sender", value_name = "ID=NAME", value_parser = sender)]
    senders: Vec<(SenderId, String)>,

    /// Most greetings one visitor sees in a visit
    #[arg(long = "greetings-per-visit", value_name = "COUNT|none", value_parser = most)]
    per_visit: Option<Most>,

    /// Most greetings one visitor sees in any 24 hours
    #[arg(long = "greetings-per-day", value_name = "COUNT|none", value_parser = most)]
    per_day: Option<Most>,

    /// The time between any two greetings, such as `30s`
    #[arg(long = "greeting-gap", value_name = "SPAN")]
    gap: Option<Span>,

    /// How many of a hundred visitors see no greeting at all, to compare with
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=i64::from(limits::HOLDOUT)))]
    holdout: Option<u8>,
}

/// A bound, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Most(Option<u32>);

fn most(text: &str) -> Result<Most, String> {
    match text {
        "none" => Ok(Most(None)),
        text => text
            .parse()
            .map(|count| Most(Some(count)))
            .map_err(|_| "a whole number, or `none`".to_owned()),
    }
}

fn sender(text: &str) -> Result<(SenderId, String), String> {
    let (id, name) = text
        .split_once('=')
        .ok_or("a sender is like `lucia=Lucía from Alba`")?;
    if !is_sender_id(id) {
        return Err(format!(
            "the id of a sender is 1 to {} lower-case letters, digits and hyphens",
            limits::SENDER_ID_CHARS
        ));
    }
    Ok((id.to_owned(), name.trim().to_owned()))
}

impl Greetings {
    pub(super) fn apply(self, settings: &mut SiteSettings) -> anyhow::Result<()> {
        if let Some(file) = self.hours {
            settings.hours = hours(&file)?;
        }
        for (id, name) in self.senders {
            if name.is_empty() {
                settings.senders.remove(&id);
            } else {
                settings.senders.insert(id, name);
            }
        }
        let attention = &mut settings.attention;
        if let Some(Most(count)) = self.per_visit {
            attention.per_visit = count;
        }
        if let Some(Most(count)) = self.per_day {
            attention.per_day = count;
        }
        if let Some(Span(gap_ms)) = self.gap {
            attention.gap_ms = gap_ms;
        }
        if let Some(percent) = self.holdout {
            attention.holdout = percent;
        }
        Ok(())
    }
}

fn hours(file: &str) -> anyhow::Result<Option<HoursSpec>> {
    if file == "none" {
        return Ok(None);
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("could not read `{file}`"))?;
    if let Err(mistakes) = Hours::parse(&text) {
        for mistake in &mistakes {
            eprintln!("{file}: {mistake}");
        }
        bail!("nothing was changed: `{file}` has mistakes");
    }
    let spec = serde_json::from_str(&text).with_context(|| format!("could not read `{file}`"))?;
    Ok(Some(spec))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        greetings: Greetings,
    }

    fn apply(settings: &mut SiteSettings, line: &[&str]) -> anyhow::Result<()> {
        let line = std::iter::once("set").chain(line.iter().copied());
        Line::try_parse_from(line)?.greetings.apply(settings)
    }

    #[test]
    fn what_is_left_out_stays_as_it_is() {
        let mut settings = SiteSettings::default();
        let line = [
            "--sender",
            "lucia=Lucía from Alba",
            "--greetings-per-visit",
            "none",
            "--greeting-gap",
            "2m",
            "--holdout",
            "10",
        ];
        apply(&mut settings, &line).unwrap();
        apply(&mut settings, &[]).unwrap();
        assert_eq!(settings.senders["lucia"], "Lucía from Alba");
        assert_eq!(settings.attention.per_visit, None);
        assert_eq!(settings.attention.per_day, Some(6));
        assert_eq!(settings.attention.gap_ms, 120_000);
        assert_eq!(settings.attention.holdout, 10);
        apply(&mut settings, &["--sender", "lucia="]).unwrap();
        assert!(settings.senders.is_empty());
        for bad in [
            ["--sender", "lucia"],
            ["--sender", "Lucía=x"],
            ["--holdout", "91"],
            ["--greetings-per-day", "-1"],
        ] {
            assert!(apply(&mut settings, &bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn hours_come_from_a_file_without_mistakes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hours.json");
        let path = file.to_str().unwrap();
        let mut settings = SiteSettings::default();
        std::fs::write(
            &file,
            r#"{"zone":"Europe/Lisbon","weekly":{"mon":["08:00-19:00"]}}"#,
        )
        .unwrap();
        apply(&mut settings, &["--hours", path]).unwrap();
        let kept = settings.hours.clone();
        assert_eq!(kept.as_ref().unwrap().zone, "Europe/Lisbon");
        std::fs::write(&file, r#"{"zone":"Europe/Lisboa"}"#).unwrap();
        assert!(apply(&mut settings, &["--hours", path]).is_err());
        assert_eq!(settings.hours, kept);
        apply(&mut settings, &["--hours", "none"]).unwrap();
        assert_eq!(settings.hours, None);
    }
}
