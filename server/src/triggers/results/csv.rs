//! Results as a table for spreadsheets.
//!
//! A page may report any path, and a spreadsheet takes a cell that begins with
//! `=` for a formula and runs it. So such a cell is written as a text.

use saluda_protocol::report::Kind;
use saluda_protocol::studio::{People, TriggerResults};
use serde::Deserialize;

/// What a row of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rows {
    /// A day.
    #[default]
    Day,
    /// A page.
    Page,
    /// A device.
    Device,
    /// A version with one of its variants.
    Variant,
}

impl Rows {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Page => "page",
            Self::Device => "device",
            Self::Variant => "variant",
        }
    }
}

/// The table, with a line of names first (RFC 4180).
pub(crate) fn table(results: &TriggerResults, rows: Rows) -> Result<Vec<u8>, csv::Error> {
    let kinds = Kind::ALL.map(Kind::as_str);
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let slices = match rows {
        Rows::Day => &results.days,
        Rows::Page => &results.pages,
        Rows::Device => &results.devices,
        Rows::Variant => {
            table.write_record(["version", "variant"].into_iter().chain(kinds))?;
            for one in &results.results {
                let variant = cell(one.variant.as_deref().unwrap_or_default());
                let names = [one.version.to_string(), variant];
                table.write_record(names.into_iter().chain(numbers(one.people)))?;
            }
            return finished(table);
        }
    };
    table.write_record([rows.as_str()].into_iter().chain(kinds))?;
    for slice in slices {
        let name = std::iter::once(cell(&slice.of));
        table.write_record(name.chain(numbers(slice.people)))?;
    }
    finished(table)
}

fn finished(table: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}

fn numbers(mut people: People) -> impl Iterator<Item = String> {
    let kinds = Kind::ALL.into_iter();
    kinds.map(move |kind| people.of_mut(kind).to_string())
}

/// A cell that no spreadsheet takes for more than a text.
fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let mark = if runs { "'" } else { "" };
    format!("{mark}{text}")
}

#[cfg(test)]
mod tests {
    use saluda_protocol::studio::{Slice, TriggerResult};

    use super::*;

    fn results() -> TriggerResults {
        let people = People {
            sent: 5,
            opened: 2,
            ..People::default()
        };
        let slice = |of: &str| Slice {
            of: of.to_owned(),
            people,
        };
        TriggerResults {
            zone: "UTC".to_owned(),
            from: "2026-11-01".to_owned(),
            to: "2026-11-01".to_owned(),
            people,
            results: vec![TriggerResult {
                version: 2,
                variant: Some("@SUM(A1)".to_owned()),
                people,
            }],
            days: vec![slice("2026-11-01")],
            pages: vec![slice("=HYPERLINK(\"http://evil\",\"x\")"), slice("/a,b")],
            devices: vec![slice("phone")],
            experiment: None,
        }
    }

    fn lines(rows: Rows) -> String {
        String::from_utf8(table(&results(), rows).unwrap()).unwrap()
    }

    #[test]
    fn a_table_has_names_and_a_line_for_each() {
        assert_eq!(
            lines(Rows::Day),
            "day,sent,held,opened,dismissed,replied,clicked,goal\r\n2026-11-01,5,0,2,0,0,0,0\r\n"
        );
        assert!(lines(Rows::Device).contains("\r\nphone,5,0,2"));
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert!(lines(Rows::Page).contains("\r\n\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\",5"));
        assert!(lines(Rows::Page).contains("\r\n\"/a,b\",5"));
        assert!(lines(Rows::Variant).contains("\r\n2,'@SUM(A1),5"));
        for text in ["=1", "+1", "-1", "@a", "\ta", "\r=1", "\n=1", "＝1"] {
            assert!(cell(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(cell("/plans"), "/plans");
        assert_eq!(cell(""), "");
    }
}
