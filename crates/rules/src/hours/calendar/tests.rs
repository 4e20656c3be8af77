use std::collections::HashMap;

use jiff::civil::DateTime;
use proptest::prelude::*;
use saluda_protocol::trigger::HoursSpec;

use super::*;

fn hours(zone: &str, weekly: &[(&str, &[&str])], dates: &[(&str, &[&str])]) -> Hours {
    let days = |days: &[(&str, &[&str])]| {
        let days = days.iter().map(|(day, windows)| {
            let windows = windows.iter().map(|window| (*window).to_owned());
            ((*day).to_owned(), windows.collect())
        });
        days.collect()
    };
    let spec = HoursSpec {
        zone: zone.to_owned(),
        weekly: days(weekly),
        dates: days(dates),
    };
    Hours::read(&spec).unwrap()
}

/// The same windows on every day.
fn daily(zone: &str, windows: &[&str]) -> Hours {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    hours(zone, &days.map(|day| (day, windows)), &[])
}

/// What is known at a time: whether it is open, when it closes, when it opens.
#[track_caller]
fn check(hours: &Hours, at: &str, expected: &str) {
    let opening = hours.at(hours.instant_of(at).unwrap());
    let time = |at: Option<Millis>| at.map_or_else(|| "never".to_owned(), |at| hours.written(at));
    let told = if opening.open {
        format!(
            "open until {}, then {}",
            time(opening.closes_at),
            time(opening.next_opening)
        )
    } else {
        assert_eq!(opening.closes_at, None);
        format!("closed until {}", time(opening.next_opening))
    };
    assert_eq!(told, expected, "at {at}");
}

/// The example of the format, in a zone without daylight saving.
fn example() -> Hours {
    let weekly: &[(&str, &[&str])] = &[
        ("mon", &["09:00-13:00", "14:00-18:00"]),
        ("thu", &["09:00-18:00"]),
        ("fri", &["21:00-02:00"]),
    ];
    let dates: &[(&str, &[&str])] = &[("2026-12-25", &[]), ("2026-12-31", &["09:00-12:00"])];
    hours("America/Sao_Paulo", weekly, dates)
}

#[test]
fn several_windows_a_day_open_with_their_first_instant_and_close_with_their_last() {
    let hours = example();
    for (at, expected) in [
        (
            "2026-12-07T08:59:59",
            "closed until 2026-12-07T09:00:00-03:00",
        ),
        (
            "2026-12-07T09:00",
            "open until 2026-12-07T13:00:00-03:00, then 2026-12-07T14:00:00-03:00",
        ),
        (
            "2026-12-07T12:59:59",
            "open until 2026-12-07T13:00:00-03:00, then 2026-12-07T14:00:00-03:00",
        ),
        ("2026-12-07T13:00", "closed until 2026-12-07T14:00:00-03:00"),
        (
            "2026-12-07T17:59",
            "open until 2026-12-07T18:00:00-03:00, then 2026-12-10T09:00:00-03:00",
        ),
        ("2026-12-07T18:00", "closed until 2026-12-10T09:00:00-03:00"),
        // The same instant, told from elsewhere.
        (
            "2026-12-07T21:00:00Z",
            "closed until 2026-12-10T09:00:00-03:00",
        ),
        (
            "2026-12-08T06:00:00+09:00",
            "closed until 2026-12-10T09:00:00-03:00",
        ),
    ] {
        check(&hours, at, expected);
    }
}

#[test]
fn a_window_past_midnight_belongs_to_the_day_it_begins_on() {
    let hours = example();
    let until = "open until 2026-12-05T02:00:00-03:00, then 2026-12-07T09:00:00-03:00";
    check(&hours, "2026-12-04T21:00", until);
    check(&hours, "2026-12-05T01:59", until);
    check(
        &hours,
        "2026-12-05T02:00",
        "closed until 2026-12-07T09:00:00-03:00",
    );
    // The 25th is a Friday that does not open; the 31st a Thursday that closes
    // early; what began on New Year's Day is not of the 2nd.
    check(
        &hours,
        "2026-12-25T22:00",
        "closed until 2026-12-28T09:00:00-03:00",
    );
    check(
        &hours,
        "2026-12-31T12:00",
        "closed until 2027-01-01T21:00:00-03:00",
    );
}

#[test]
fn a_date_replaces_only_what_begins_on_it() {
    let night: &[(&str, &[&str])] = &[("thu", &["21:00-02:00"])];
    let hours = hours("Europe/Madrid", night, &[("2026-12-25", &[])]);
    let expected = "open until 2026-12-25T02:00:00+01:00, then 2026-12-31T21:00:00+01:00";
    check(&hours, "2026-12-25T01:00", expected);
}

#[test]
fn windows_that_overlap_or_touch_join() {
    let hours = daily(
        "Asia/Kathmandu",
        &[
            "09:00-12:00",
            "11:00-13:00",
            "13:00-15:00",
            "22:00-24:00",
            "00:00-01:00",
        ],
    );
    check(
        &hours,
        "2026-05-05T09:30",
        "open until 2026-05-05T15:00:00+05:45, then 2026-05-05T22:00:00+05:45",
    );
    check(
        &hours,
        "2026-05-05T23:00",
        "open until 2026-05-06T01:00:00+05:45, then 2026-05-06T09:00:00+05:45",
    );
    check(
        &hours,
        "2026-05-06T00:00",
        "open until 2026-05-06T01:00:00+05:45, then 2026-05-06T09:00:00+05:45",
    );
}

#[test]
fn always_open_never_closes_and_never_open_never_opens() {
    for windows in [&["00:00-24:00"], &["09:00-09:00"], &["00:00-00:00"]] {
        check(
            &daily("Europe/Lisbon", windows),
            "2026-03-29T03:00",
            "open until never, then never",
        );
    }
    check(
        &hours("Europe/Lisbon", &[], &[]),
        "2026-03-29T03:00",
        "closed until never",
    );
}

#[test]
fn one_opening_far_ahead_is_found_up_to_the_bound() {
    let hours = hours("Europe/Lisbon", &[], &[("2027-06-01", &["10:00-11:00"])]);
    check(
        &hours,
        "2026-05-01T00:00",
        "closed until 2027-06-01T10:00:00+01:00",
    );
    check(&hours, "2026-04-01T00:00", "closed until never");
    check(
        &hours,
        "2027-06-01T10:00",
        "open until 2027-06-01T11:00:00+01:00, then never",
    );
}

#[test]
fn a_time_in_the_gap_moves_forward() {
    // 02:00 to 03:00 on 29 March 2026 does not exist.
    for (windows, expected) in [
        ("02:15-02:45", "03:15:00+02:00 03:45:00+02:00"),
        ("02:30-05:00", "03:30:00+02:00 05:00:00+02:00"),
        ("01:00-02:30", "01:00:00+01:00 03:30:00+02:00"),
        ("01:00-05:00", "01:00:00+01:00 05:00:00+02:00"),
        // These would end before they begin, or right then.
        ("02:00-03:00", ""),
        ("02:45-03:15", ""),
    ] {
        assert_eq!(
            on("Europe/Madrid", "2026-03-29", windows),
            expected,
            "{windows}"
        );
    }
    // Midnight itself is left out.
    assert_eq!(
        on("America/Santiago", "2026-09-06", "00:00-02:00"),
        "01:00:00-03:00 02:00:00-03:00"
    );
    assert_eq!(
        on("America/Sao_Paulo", "2018-11-04", "00:30-03:00"),
        "01:30:00-02:00 03:00:00-02:00"
    );
}

#[test]
fn of_a_time_that_exists_twice_the_first_counts() {
    // 02:00 to 03:00 on 25 October 2026 happens twice.
    for (windows, expected) in [
        ("02:15-02:45", "02:15:00+02:00 02:45:00+02:00"),
        ("02:30-05:00", "02:30:00+02:00 05:00:00+01:00"),
        ("01:00-02:30", "01:00:00+02:00 02:30:00+02:00"),
        ("01:00-03:00", "01:00:00+02:00 03:00:00+01:00"),
    ] {
        assert_eq!(
            on("Europe/Madrid", "2026-10-25", windows),
            expected,
            "{windows}"
        );
    }
    assert_eq!(
        on("America/Santiago", "2026-04-04", "23:30-00:30"),
        "23:30:00-03:00 00:30:00-04:00"
    );
}

/// The interval of a window on one day, without the date.
fn on(zone: &str, date: &str, window: &str) -> String {
    let hours = hours(zone, &[], &[(date, &[window])]);
    let noon = hours.instant_of(&format!("{date}T12:00")).unwrap();
    let from = Millis(noon.0 - 2 * DAY_MS);
    let times = hours
        .intervals(from, noon.plus(2 * DAY_MS))
        .into_iter()
        .flat_map(|interval| {
            [interval.opens_at, interval.closes_at].map(|at| hours.written(at)[11..].to_owned())
        });
    times.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_day_that_a_zone_skipped_moves_forward_by_a_day() {
    // After 29 December 2011 came the 31st.
    let hours = hours(
        "Pacific/Apia",
        &[],
        &[
            ("2011-12-29", &["22:00-02:00"]),
            ("2011-12-30", &["09:00-10:00"]),
        ],
    );
    check(
        &hours,
        "2011-12-29T22:00",
        "open until 2011-12-31T02:00:00+14:00, then 2011-12-31T09:00:00+14:00",
    );
    check(
        &hours,
        "2011-12-31T09:30",
        "open until 2011-12-31T10:00:00+14:00, then never",
    );
}

#[test]
fn intervals_are_cut_to_what_was_asked_for() {
    let hours = daily("UTC", &["00:00-24:00"]);
    assert_eq!(
        hours.intervals(Millis(5_000), Millis(9_000)),
        [Interval::from((Millis(5_000), Millis(9_000)))]
    );
    assert_eq!(hours.intervals(Millis(9_000), Millis(5_000)), []);
    let all = hours.intervals(Millis(0), Millis(u64::MAX));
    assert_eq!(all, [Interval::from((Millis(0), Millis(400 * DAY_MS)))]);
    assert_eq!(hours.intervals(Millis(u64::MAX), Millis(u64::MAX)), []);
    assert!(hours.at(Millis(u64::MAX)).open);
}

#[test]
fn what_is_written_for_a_day_is_told() {
    let hours = example();
    let day = |at: &str| hours.day(hours.instant_of(at).unwrap());
    assert_eq!(day("2026-12-04T12:00").windows, ["21:00-02:00"]);
    assert!(day("2026-12-25T12:00").dated);
    assert_eq!(
        daily("UTC", &["00:00-24:00"]).day(Millis(0)).windows,
        ["00:00-24:00"]
    );
}

#[test]
fn a_time_is_read_as_an_instant_or_by_the_wall() {
    let hours = example();
    for text in [
        "2026-12-25T10:00:00-03:00",
        "2026-12-25T13:00:00Z",
        "2026-12-25T10:00",
        "2026-12-25 10:00:00",
    ] {
        let at = hours.instant_of(text).unwrap();
        assert_eq!(hours.written(at), "2026-12-25T10:00:00-03:00", "{text}");
    }
    for text in ["", "now", "25.12.2026", "2026-02-30T00:00"] {
        assert_eq!(hours.instant_of(text), None, "{text}");
    }
}

/// A few days, minute by minute: what the wall clock shows, and the first minute
/// at which it does.
struct Scan {
    minutes: Vec<(Millis, DateTime)>,
    first: HashMap<DateTime, Millis>,
}

impl Scan {
    fn new(zone: &TimeZone, from: Millis, days: u64) -> Self {
        let minutes: Vec<_> = (0..days * 24 * 60)
            .map(|minute| {
                let at = from.plus(minute * 60_000);
                let timestamp = Timestamp::from_millisecond(at.0.cast_signed()).unwrap();
                (at, zone.to_datetime(timestamp))
            })
            .collect();
        let mut first = HashMap::new();
        for (at, shown) in &minutes {
            first.entry(*shown).or_insert(*at);
        }
        Self { minutes, first }
    }

    /// When the clock shows a time. If it never does, when it shows the time
    /// that is later by as much as it jumped over.
    fn instant(&self, time: DateTime) -> Millis {
        if let Some(at) = self.first.get(&time) {
            return *at;
        }
        let pairs = self.minutes.windows(2);
        let jumped = pairs.map(|pair| (pair[0].1, pair[1].1));
        let (before, after) = jumped
            .into_iter()
            .find(|(before, after)| *before < time && time < *after)
            .unwrap();
        let jump = after - before;
        self.first[&(time + jump - 1.minutes())]
    }
}

fn clock() -> impl Strategy<Value = u32> {
    prop_oneof![
        0u32..24 * 60,
        (0u32..24 * 4).prop_map(|quarter| quarter * 15)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn it_agrees_with_a_look_at_every_minute(
        place in prop::sample::select(vec![
            ("Europe/Madrid", "2026-03-27"),
            ("Europe/Lisbon", "2026-10-23"),
            ("America/Santiago", "2026-09-04"),
            ("America/Santiago", "2026-04-03"),
            ("America/Sao_Paulo", "2018-11-02"),
            ("America/Sao_Paulo", "2019-02-15"),
            ("Asia/Kathmandu", "2026-05-05"),
            ("Australia/Lord_Howe", "2026-10-02"),
            ("Pacific/Apia", "2011-12-28"),
        ]),
        windows in prop::collection::vec((0usize..5, clock(), clock()), 0..6),
    ) {
        let (zone, first) = place;
        let first: Date = first.parse().unwrap();
        let mut dates: BTreeMap<Date, Vec<Window>> = BTreeMap::new();
        for (day, opens, closes) in windows {
            let closes = if closes > opens { closes } else { closes + 24 * 60 };
            let date = first + i32::try_from(day).unwrap().days();
            dates.entry(date).or_default().push(Window { opens, closes });
        }
        let zone = TimeZone::get(zone).unwrap();
        let hours = Hours { zone: zone.clone(), weekly: Default::default(), dates };
        let from = Millis(zone::instant(&zone, first.to_datetime(Time::midnight())).0 - DAY_MS);
        let scan = Scan::new(&zone, from, 10);
        let wall = |date: Date, minutes: u32| {
            scan.instant(date.to_datetime(Time::midnight()) + i64::from(minutes).minutes())
        };
        let ends: Vec<(Millis, Millis)> = hours
            .dates
            .iter()
            .flat_map(|(date, windows)| windows.iter().map(|window| (*date, *window)))
            .map(|(date, window)| (wall(date, window.opens), wall(date, window.closes)))
            .collect();
        let open = |at: Millis| ends.iter().any(|(opens, closes)| *opens <= at && at < *closes);

        let until = from.plus(10 * DAY_MS);
        let mut expected: Vec<Interval> = Vec::new();
        for (at, _) in &scan.minutes {
            match expected.last_mut() {
                Some(last) if open(*at) && last.closes_at == *at => last.closes_at = at.plus(60_000),
                _ if open(*at) => expected.push(Interval { opens_at: *at, closes_at: at.plus(60_000) }),
                _ => {}
            }
        }
        prop_assert_eq!(&hours.intervals(from, until), &expected);
        for (at, _) in scan.minutes.iter().step_by(97) {
            prop_assert_eq!(hours.at(*at), super::super::at(&expected, *at));
        }
    }
}
