//! Figures of the relay as tables.

use super::super::target::{Target, row, two_digits};
use super::figures::{Figures, Most, Ours, Spread};

/// What the figures depend on.
pub(super) fn circumstances(figures: &Figures) -> String {
    let filled = &figures.filled;
    format!(
        "A sync of this disk takes {} (p50) and {} (p99). The database that is not empty holds \
         {} messages in {} conversations, {:.0} MB, and was written in {:.0} s.",
        ms(figures.disk.p50_ms),
        ms(figures.disk.p99_ms),
        two_digits(filled.messages),
        two_digits(filled.conversations),
        filled.bytes / 1e6,
        filled.seconds,
    )
}

/// What was to be reached.
pub(super) fn targets(figures: &Figures) -> String {
    let ours = &figures.ours;
    let crowd = &ours.crowd;
    let at_most = Target::at_most;
    let mut rows = vec![
        "| what | here | gate | stretch | |".to_owned(),
        "|---|---:|---:|---:|---|".to_owned(),
        row(
            &format!("idle visitors, still there after {:.0} s", crowd.watched_s),
            &Target::at_least(crowd.sockets - crowd.dropped, 15_000.0, 18_000.0, ""),
        ),
        row(
            "memory for each of them, who came back and lack nothing",
            &at_most(crowd.bytes_each / 1e3, 16.0, 12.0, "kB"),
        ),
        row(
            "processor for each of them, with pings",
            &at_most(crowd.cpu_us_each, 5.0, 2.2, "µs/s"),
        ),
        row(
            &format!(
                "memory for each of {}, welcomed with what was said last",
                two_digits(ours.read.sockets)
            ),
            &at_most(ours.read.bytes_each / 1e3, 16.0, 12.0, "kB"),
        ),
        row(
            "memory of the idle server",
            &at_most(ours.idle_bytes / 1e6, 40.0, 20.0, "MB"),
        ),
        row(
            "start to first answer, empty database",
            &at_most(ours.start_empty_s, 2.0, 0.5, "s"),
        ),
        row(
            "start to first answer, the other database",
            &at_most(ours.start_filled_s, 2.0, 0.5, "s"),
        ),
        row(
            "post, on disk, at the desk, one at a time, p50",
            &at_most(ours.relayed.p50_ms, 1.0, 0.4, "ms"),
        ),
        row(
            "the same, p99",
            &at_most(ours.relayed.p99_ms, 5.0, 1.5, "ms"),
        ),
    ];
    rows.extend(under_load(ours));
    rows.push(row(
        "messages on disk in a second",
        &Target::at_least(ours.most.per_second, 5_000.0, 15_000.0, ""),
    ));
    // So many seconds may the fewer and the more of them take.
    let bounds = [(3.0, 1.5), (6.0, 3.0)];
    for (back, (gate, stretch)) in ours.returns.iter().zip(bounds) {
        rows.push(row(
            &format!(
                "{} clients come back at once, each 10 messages behind",
                two_digits(back.clients)
            ),
            &at_most(back.seconds, gate, stretch, "s"),
        ));
    }
    rows.push(row(
        &format!("restart under {} clients", two_digits(ours.restart.clients)),
        &at_most(ours.restart.seconds, 10.0, 5.0, "s"),
    ));
    let all = ours.returns.iter().chain([&ours.restart]);
    let (wrong, expected) = all.fold((0.0, 0.0), |(wrong, expected), back| {
        (wrong + back.wrong, expected + back.expected)
    });
    rows.push(row(
        &format!(
            "of {} messages in these, lost, doubled or out of place",
            two_digits(expected)
        ),
        &at_most(wrong, 0.0, 0.0, ""),
    ));
    rows.push(row(
        "a client goes silent, until its place is free",
        &at_most(ours.silent_s, 35.0, 20.0, "s"),
    ));
    rows.join("\n")
}

/// What is late when many write.
fn under_load(ours: &Ours) -> Vec<String> {
    let (steady, slow) = (&ours.steady, &ours.slow);
    let at_most = Target::at_most;
    let mut rows = vec![row(
        &format!(
            "the same at {} a second of {} visitors, p99",
            two_digits(steady.per_second),
            two_digits(steady.visitors)
        ),
        &at_most(steady.relayed.p99_ms, 20.0, 5.0, "ms"),
    )];
    if let Some(steady) = &ours.steady_in_memory {
        rows.push(row(
            "the same with the database in memory, p99",
            &at_most(steady.relayed.p99_ms, 5.0, 5.0, "ms"),
        ));
    }
    rows.push(row(
        &format!(
            "the same beside {} desks that read nothing, to beside as many that read",
            two_digits(slow.desks)
        ),
        &at_most(
            slow.beside_sleepers.p99_ms / slow.beside_readers.p99_ms,
            1.2,
            1.0,
            "times",
        ),
    ));
    rows
}

/// What a full database costs.
pub(super) fn growth(figures: &Figures) -> String {
    let (ours, filled) = (&figures.ours, &figures.filled);
    let row = |name: &str, start_s: f64, post: Spread| {
        let (p50, p99) = (ms(post.p50_ms), ms(post.p99_ms));
        format!("| {name} | {} | {p50} | {p99} |", ms(start_s * 1e3))
    };
    let name = format!("{} messages", two_digits(filled.messages));
    [
        "| database | start | post, p50 | p99 |".to_owned(),
        "|---|---:|---:|---:|".to_owned(),
        row("empty", ours.start_empty_s, ours.relayed),
        row(&name, ours.start_filled_s, ours.relayed_filled),
    ]
    .join("\n")
}

/// Every server, by names with versions.
pub(super) fn others(figures: &Figures, names: &[(&str, String)]) -> String {
    let ours = &figures.ours;
    let row = |name: &str, bytes_each: f64, time: Spread, most: &Most| {
        let (p50, p99) = (ms(time.p50_ms), ms(time.p99_ms));
        let per_second = two_digits(most.per_second);
        format!(
            "| {name} | {:.1} kB | {p50} | {p99} | {per_second} | {:.0} % |",
            bytes_each / 1e3,
            most.busy * 100.0,
        )
    };
    let mut rows = vec![
        "| server | memory for a socket | one at a time, p50 | p99 | in a second | of its core |"
            .to_owned(),
        "|---|---:|---:|---:|---:|---:|".to_owned(),
        row(
            "Saluda, on disk and then acknowledged",
            ours.crowd.bytes_each,
            ours.acknowledged,
            &ours.most,
        ),
    ];
    for other in &figures.others {
        let versioned = names.iter().find(|(name, _)| *name == other.name);
        let name = versioned.map_or(other.name.as_str(), |(_, name)| name);
        rows.push(row(name, other.bytes_each, other.echoed, &other.most));
    }
    rows.push(String::new());
    rows.push(format!(
        "At {} messages a second the server takes {:.0} % of its core.",
        two_digits(ours.steady.per_second),
        ours.steady.busy * 100.0,
    ));
    rows.join("\n")
}

fn ms(ms: f64) -> String {
    format!("{} ms", two_digits(ms))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn figures(wrong: u32) -> Figures {
        let spread = json!({ "p50_ms": 0.5, "p99_ms": 6.0 });
        let most = json!({ "per_second": 7000.0, "busy": 0.97 });
        let back = json!({ "clients": 5000, "seconds": 2.0, "wrong": wrong, "expected": 50000 });
        let steady =
            json!({ "visitors": 100, "per_second": 1000.0, "relayed": spread, "busy": 0.4 });
        let crowd = json!({ "sockets": 15000, "bytes_each": 14000.0, "cpu_us_each": 3.0,
            "watched_s": 50.0, "dropped": wrong });
        let ours = json!({ "idle_bytes": 15e6, "start_empty_s": 0.01, "start_filled_s": 0.02,
            "crowd": crowd, "read": crowd, "relayed": spread, "acknowledged": spread,
            "relayed_filled": spread, "steady": steady, "steady_in_memory": null, "most": most,
            "slow": { "desks": 5, "beside_readers": spread, "beside_sleepers": spread },
            "returns": [back, back], "restart": back, "silent_s": 35.0 });
        let other = json!({ "name": "ws", "bytes_each": 11000.0, "echoed": spread, "most": most });
        let filled =
            json!({ "conversations": 15000, "messages": 1_005_000, "bytes": 5e8, "seconds": 90.0 });
        let all = json!({ "disk": spread, "filled": filled, "ours": ours, "others": [other] });
        serde_json::from_value(all).unwrap()
    }

    #[test]
    fn what_is_lost_misses_the_gate() {
        let rows = targets(&figures(1));
        for line in [
            "| of 150,000 messages in these, lost, doubled or out of place | 3.00 | 0.00 | 0.00 \
             | **misses the gate** |",
            "| the same, p99 | 6.00 ms | 5.00 ms | 1.50 ms | **misses the gate** |",
            "| a client goes silent, until its place is free | 35 s | 35 s | 20 s | within gate |",
        ] {
            assert!(rows.contains(line), "{rows}");
        }
        assert!(!targets(&figures(0)).contains("3.00 | 0.00"));
    }

    #[test]
    fn others_stand_with_their_versions() {
        let names = [("ws", "ws 8, Node 20".to_owned())];
        let rows = others(&figures(0), &names);
        assert!(rows.contains("| ws 8, Node 20 | 11.0 kB | 0.50 ms | 6.00 ms | 7000 | 97 % |"));
    }
}
