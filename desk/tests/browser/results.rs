//! The page of what a trigger achieved.

use saluda_desk::Answer;
use saluda_protocol::studio::{
    Arm, Estimate, ExperimentResults, People, SampleRatio, Slice, TriggerResults, TriggerStatus,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, change, focused, until};
use crate::server::Server;
use crate::studio::{answered, listed, refused, row};

fn people(sent: u64, opened: u64) -> People {
    People {
        sent,
        opened,
        ..People::default()
    }
}

fn slice(of: &str, people: People) -> Slice {
    Slice {
        of: of.to_owned(),
        people,
    }
}

/// Four weeks in which someone came on two days.
fn found() -> TriggerResults {
    let days = (1..=28).map(|day| {
        let people = match day {
            9 => people(40, 10),
            10 => people(8, 2),
            _ => People::default(),
        };
        slice(&format!("2026-11-{day:02}"), people)
    });
    TriggerResults {
        zone: "Europe/Lisbon".into(),
        from: "2026-11-01".into(),
        to: "2026-11-28".into(),
        people: people(44, 12),
        results: Vec::new(),
        days: days.collect(),
        pages: vec![slice("/pricing", people(30, 9)), slice("/", people(14, 3))],
        devices: vec![slice("phone", people(44, 12))],
        experiment: None,
    }
}

fn experiment(suspicious: bool, low: f64) -> ExperimentResults {
    let arm = |variant: Option<&str>, held, people| Arm {
        variant: variant.map(str::to_owned),
        held,
        expected: 0.45,
        people,
        opened: (!held).then_some(Estimate {
            value: 0.25,
            low: 0.125,
            high: 0.5,
        }),
        replied: None,
        goal: None,
    };
    ExperimentResults {
        version: 2,
        arms: vec![
            arm(None, false, 20),
            arm(Some("shorter"), false, 24),
            arm(None, true, 5),
        ],
        sample_ratio: Some(SampleRatio { p: 0.4, suspicious }),
        lift: Some(Estimate {
            value: 0.1,
            low,
            high: 0.2,
        }),
    }
}

fn answer(found: &TriggerResults) -> Answer {
    answered(200, &serde_json::to_string(found).unwrap())
}

async fn results_of(server: &Server, found: TriggerResults) -> Page {
    server.answer(move |ask| {
        Some(if ask.path.contains("/results") {
            answer(&found)
        } else {
            listed(&[row("help", TriggerStatus::Live)], None)
        })
    });
    let page = Page::at(server, "/desk/triggers/help/results");
    server.welcome();
    until("the results are there", || page.root_says("Europe/Lisbon")).await;
    page
}

/// The cells of a table's row that begins like this.
fn cells(page: &Page, first: &str) -> Vec<String> {
    let rows = page.all("tbody tr");
    let row = rows.iter().find(|row| {
        let text = row.text_content().unwrap_or_default();
        text.starts_with(first)
    });
    let row = row.unwrap_or_else(|| panic!("no row {first}"));
    let cells = row.query_selector_all("td").unwrap();
    (0..cells.length())
        .filter_map(|at| cells.item(at)?.text_content())
        .collect()
}

#[wasm_bindgen_test]
async fn numbers_are_drawn_by_day_and_said_in_words() {
    let server = Server::new();
    let page = results_of(&server, found()).await;
    until("its name has the focus", || focused() == "help").await;
    assert!(page.says(
        "status",
        "Sent 44, Opened 12, Replied 0, Dismissed 0, Goal 0"
    ));
    assert!(page.has(
        "img",
        "Opened day by day; most on Nov 9: 10. The table has every day."
    ));
    let heights: Vec<_> = page
        .all(".chart-sent:not(.none)")
        .iter()
        .map(|bar| bar.style().get_property_value("block-size").unwrap())
        .collect();
    assert_eq!(heights, ["100%", "20%"], "the scale ends at 40");
    // Another measure is another part of each bar.
    let goal = page.all(".tile input").remove(4);
    goal.click();
    until("it is drawn", || {
        page.has("img", "Goal day by day: none in these days.")
    })
    .await;
    page.find("button", "As a table").click();
    until("the table is there", || page.all(".chart").is_empty()).await;
    assert_eq!(cells(&page, "Nov 9")[..2], ["40", "1025%"]);
    assert_eq!(cells(&page, "/pricing")[..2], ["30", "930%"]);
    assert_eq!(cells(&page, "Phone")[0], "44");
}

#[wasm_bindgen_test]
async fn other_days_are_counted_back_from_the_sites_own_today() {
    let server = Server::new();
    let page = results_of(&server, found()).await;
    page.find("button", "7 days").click();
    let asked = || server.asked().last().cloned().unwrap();
    let path = "GET /api/sites/demo/triggers/help/results";
    until("a week was asked for", || {
        asked() == format!("{path}?from=2026-11-22&to=2026-11-28")
    })
    .await;
    let from = page.all("input[type=date]").remove(0);
    change(&from, "2026-11-30");
    change(&from, "2026-10-01");
    until("the days were asked for", || {
        asked() == format!("{path}?from=2026-10-01&to=2026-11-28")
    })
    .await;
    let table = page.all("a[download]").remove(1).get_attribute("href");
    assert_eq!(
        table.unwrap(),
        "/api/sites/demo/triggers/help/results.csv?from=2026-11-01&to=2026-11-28&by=page"
    );
}

#[wasm_bindgen_test]
async fn an_experiment_is_shown_with_what_is_known_and_what_is_not() {
    let server = Server::new();
    let with = |suspicious, low| TriggerResults {
        experiment: Some(experiment(suspicious, low)),
        ..found()
    };
    let page = results_of(&server, with(false, -0.01)).await;
    assert!(page.root_says("Experiment of version 2"));
    assert!(page.root_says("People were dealt as they should have been."));
    assert_eq!(cells(&page, "shorter"), ["45%", "24"]);
    assert_eq!(cells(&page, "Saw none"), ["45%", "5"]);
    assert!(page.root_says("25% (12.5% to 50%)"));
    assert!(page.root_says("It is not clear yet whether the greeting makes a difference."));
    assert!(page.root_says("+10% (-1% to +20%)"));
    drop(page);

    let server = Server::new();
    let page = results_of(&server, with(true, 0.01)).await;
    assert!(page.says("alert", "Do not trust these results."));
    assert!(page.root_says("The greeting brings people to the goal."));
}

#[wasm_bindgen_test]
async fn nobody_and_no_answer_have_words_of_their_own() {
    let server = Server::new();
    server.answer(|_| Some(refused(500, "internal")));
    let page = Page::at(&server, "/desk/triggers/help/results");
    server.welcome();
    until("it says so", || page.has("button", "Try again")).await;
    assert!(page.says("alert", "The results could not be loaded"));
    server.answer(|_| {
        Some(answer(&TriggerResults {
            people: People::default(),
            ..found()
        }))
    });
    page.find("button", "Try again").click();
    until("nobody came", || page.root_says("Nobody has seen it yet.")).await;
    assert!(page.has("button", "90 days"), "other days may be chosen");
}
