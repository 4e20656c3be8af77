//! How much of a text the bubble of a greeting shows.
//!
//! The server warns of texts that are longer once they are saved; whoever writes
//! one is told before. A test holds the two equal.

use saluda_protocol::limits::{BUBBLE_LINE, BUBBLE_LINES};
use saluda_protocol::trigger::gaps::{Piece, pieces};

/// What a row of buttons takes away: its height and the space above it.
const LINES_FOR_BUTTONS: usize = 3;

/// What each further row takes away.
const LINES_FOR_ROW: usize = 2;

/// What stands around the label of a button, in letters.
const AROUND_LABEL: usize = 5;

/// How many lines of text a bubble shows above buttons with these words on
/// them.
pub(crate) fn room(labels: &[String]) -> usize {
    let (mut rows, mut left) = (0, 0);
    for label in labels {
        let needed = width(label) + AROUND_LABEL;
        if rows == 0 || needed > left {
            rows += 1;
            left = BUBBLE_LINE;
        }
        left = left.saturating_sub(needed + 1);
    }
    match rows {
        0 => BUBBLE_LINES,
        rows => BUBBLE_LINES.saturating_sub(LINES_FOR_BUTTONS + (rows - 1) * LINES_FOR_ROW),
    }
}

/// How many lines a text takes, as it stands for someone of whom nothing is
/// known.
pub(crate) fn lines(text: &str) -> usize {
    let piece = |piece| match piece {
        Piece::Text(text) | Piece::Broken(text) => text,
        Piece::Gap { fallback, .. } => fallback,
    };
    let filled: String = pieces(text).map(piece).collect();
    filled.split('\n').map(lines_of_paragraph).sum()
}

fn lines_of_paragraph(text: &str) -> usize {
    let (mut lines, mut taken) = (1, 0);
    for word in text.split_inclusive(' ') {
        let bare = word.strip_suffix(' ').unwrap_or(word);
        // Wide scripts are written without spaces, and break anywhere.
        let parts: Vec<usize> = if bare.chars().any(|c| width_of(c) == 2) {
            bare.chars().map(width_of).collect()
        } else {
            vec![width(bare)]
        };
        for mut part in parts {
            if taken > 0 && taken + part > BUBBLE_LINE {
                lines += 1;
                taken = 0;
            }
            while part > BUBBLE_LINE {
                lines += 1;
                part -= BUBBLE_LINE;
            }
            taken += part;
        }
        taken += word.len() - bare.len();
    }
    lines
}

/// How wide a text is, in letters.
fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// Letters of China, Japan and Korea, and emoji, take the room of two; what
/// belongs to the letter before it takes none.
fn width_of(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200D | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn what_is_too_long_is_what_the_server_warns_of() {
        use super::{lines, room};
        use saluda_protocol::TriggerSpec;
        use saluda_rules::lint::{Around, WarningKind, lint};

        let is_warned_of = |text: &str, labels: &[String]| {
            let buttons: Vec<_> = labels
                .iter()
                .map(|label| serde_json::json!({ "label": { "en": label } }))
                .collect();
            let form = serde_json::json!({
                "name": "x", "rule": { "all": [] },
                "greeting": { "text": { "en": text }, "buttons": buttons },
            });
            let spec: TriggerSpec = serde_json::from_value(form).unwrap();
            lint(&spec, &Around::default())
                .iter()
                .any(|warning| warning.kind == WarningKind::LongerThanBubble)
        };
        let labels = ["Yes", "No, thanks", "Call me back, please"].map(str::to_owned);
        let mut beyond = 0;
        for sample in [
            "word ",
            "a",
            "字",
            "👋 ",
            "a\n",
            "Hi {{visitor.attr.name|there}} ",
            "e\u{301}t",
            "one two-three, four. ",
        ] {
            for count in [1, 5, 12, 13, 14, 20, 60, 120, 240, 241, 290] {
                let text: String = sample.repeat(count).chars().take(300).collect();
                for few in 0..=labels.len() {
                    let too_long = lines(&text) > room(&labels[..few]);
                    let theirs = is_warned_of(&text, &labels[..few]);
                    assert_eq!(too_long, theirs, "{few} buttons, {text:?}");
                    beyond += usize::from(too_long);
                }
            }
        }
        assert!(beyond > 20, "{beyond}");
    }
}
