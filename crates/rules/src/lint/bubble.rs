//! Texts that are longer than the bubble shows.
//!
//! The bubble is so wide and so high (`widget/ui/src/apart/greeting.css`); what does
//! not fit into it scrolls. Letters are not measured here: they are counted as
//! people count them, and those of wide scripts count twice.

use saluda_protocol::TriggerSpec;
use saluda_protocol::limits::{BUBBLE_LINE, BUBBLE_LINES};
use saluda_protocol::trigger::gaps::{Piece, pieces};
use saluda_protocol::trigger::{Button, Texts, language};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Warning, WarningKind};

/// What a row of buttons takes away: its height and the space above it.
const LINES_FOR_BUTTONS: usize = 3;

/// What each further row takes away.
const LINES_FOR_ROW: usize = 2;

/// What stands around the label of a button, in letters.
const AROUND_LABEL: usize = 5;

pub(super) fn warnings(spec: &TriggerSpec) -> Vec<Warning> {
    let greeting = &spec.greeting;
    let mut warnings = Vec::new();
    look("greeting", &greeting.text, &greeting.buttons, &mut warnings);
    let tried = spec.experiment.iter().flat_map(|tried| &tried.variants);
    for (at, variant) in tried.enumerate() {
        let place = format!("experiment.variants[{at}]");
        look(&place, &variant.text, &variant.buttons, &mut warnings);
    }
    warnings
}

fn look(place: &str, texts: &Texts, buttons: &[Button], warnings: &mut Vec<Warning>) {
    for (language, text) in texts {
        let room = room(buttons, language);
        let needed = lines(&filled(text));
        if needed <= room {
            continue;
        }
        let letters = room * letters_of_a_line(text);
        let advice = if text.graphemes(true).count() > letters {
            format!("Shorten it to some {letters} characters.")
        } else {
            "Take out some of its line breaks, or shorten it.".to_owned()
        };
        let beside = match buttons.len() {
            0 => String::new(),
            1 => " beside its button".to_owned(),
            several => format!(" beside its {several} buttons"),
        };
        warnings.push(Warning {
            path: format!("{place}.text.{language}"),
            kind: WarningKind::LongerThanBubble,
            message: format!(
                "This text takes {needed} lines, and the bubble shows {room}{beside}; the rest has \
                 to be scrolled for. {advice}"
            ),
        });
    }
}

/// How many lines of text a bubble shows above such buttons.
fn room(buttons: &[Button], wanted: &str) -> usize {
    let label = |button: &Button| {
        let label = language::text_in(&button.label, wanted).unwrap_or_default();
        // A number stands beside its button.
        let number = button.phone.as_ref().map_or(0, |phone| phone.len() + 1);
        width(label) + AROUND_LABEL + number
    };
    let mut rows = 0;
    let mut left = 0;
    for button in buttons {
        let needed = label(button);
        if rows == 0 || needed > left {
            rows += 1;
            left = BUBBLE_LINE;
        }
        left = left.saturating_sub(needed + 1);
    }
    let taken = match rows {
        0 => 0,
        rows => LINES_FOR_BUTTONS + (rows - 1) * LINES_FOR_ROW,
    };
    BUBBLE_LINES - taken
}

/// The text as it stands for a stranger.
fn filled(text: &str) -> String {
    let piece = |piece| match piece {
        Piece::Text(text) | Piece::Broken(text) => text,
        Piece::Gap { fallback, .. } => fallback,
    };
    pieces(text).map(piece).collect()
}

/// How many lines a text takes.
fn lines(text: &str) -> usize {
    text.split('\n').map(lines_of_paragraph).sum()
}

fn lines_of_paragraph(text: &str) -> usize {
    let (mut lines, mut taken) = (1, 0);
    for word in text.split_inclusive(' ') {
        let (bare, space) = match word.strip_suffix(' ') {
            Some(bare) => (bare, 1),
            None => (word, 0),
        };
        // Wide scripts are written without spaces, and break anywhere.
        let parts: Vec<usize> = if bare.chars().any(is_wide) {
            bare.graphemes(true).map(width).collect()
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
        taken += space;
    }
    lines
}

/// How wide a text is, in letters.
fn width(text: &str) -> usize {
    text.graphemes(true)
        .map(|one| if one.chars().any(is_wide) { 2 } else { 1 })
        .sum()
}

/// How many characters of such a text are a line.
fn letters_of_a_line(text: &str) -> usize {
    let count = text.graphemes(true).count().max(1);
    BUBBLE_LINE * count / width(text).max(1)
}

/// Whether a character takes the room of two letters: those of China, Japan and
/// Korea, and emoji.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = include_str!("../../../../widget/ui/src/apart/greeting.css");
    const CHOICES: &str = include_str!("../../../../widget/ui/src/choices.css");

    #[test]
    fn the_bubble_is_what_the_style_says() {
        // 312 - 2 * (16 + 1) pixels of 7.5 for a letter of 15.
        for line in [
            "width: 312px;",
            "padding: 14px 16px 16px;",
            "font-size: 15px;",
        ] {
            assert!(CSS.contains(line), "{line}");
        }
        assert_eq!(BUBBLE_LINE, 278 * 2 / 15);
        // 360 - (14 + 16 + 2) for the frame, 35 for the sender and 8 below it.
        for line in [
            "min(360px,",
            "line-height: 1.45;",
            "margin-block-start: 8px;",
        ] {
            assert!(CSS.contains(line), "{line}");
        }
        assert_eq!(BUBBLE_LINES, 285 * 100 / (15 * 145));
        // A row is 12 and 36 pixels, another 8 and 36.
        assert!(CSS.contains("margin-block-start: 12px;"));
        assert!(CHOICES.contains("min-height: 36px;") && CHOICES.contains("gap: 8px;"));
        for rows in 1..=3 {
            let taken = LINES_FOR_BUTTONS + (rows - 1) * LINES_FOR_ROW;
            let pixels = 285 - 12 - 36 * rows - 8 * (rows - 1);
            assert!(BUBBLE_LINES - taken <= pixels * 100 / (15 * 145), "{rows}");
        }
    }

    #[test]
    fn words_go_to_the_next_line_as_a_whole() {
        assert_eq!(lines(""), 1);
        assert_eq!(lines(&"a".repeat(37)), 1);
        assert_eq!(lines(&"a".repeat(38)), 2);
        assert_eq!(lines(&format!("{} {}", "a".repeat(20), "b".repeat(17))), 2);
        assert_eq!(lines("one\n\nthree"), 3);
        assert_eq!(lines(&"字".repeat(19)), 2);
        assert_eq!(lines(&"word ".repeat(60)), 9);
    }

    #[test]
    fn a_gap_is_as_long_as_its_fallback() {
        assert_eq!(filled("Hi {{visitor.attr.name|there}}!"), "Hi there!");
    }
}
