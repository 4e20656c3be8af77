//! Colours that can be read.
//!
//! An owner gives one colour. What stands on it, and its sister for dark
//! surfaces, follow from it, so that no choice makes the widget unreadable
//! (WCAG 2.2, 1.4.3: 4.5 to 1). The server hands the outcome to pages; the desk
//! shows it while the colour is being chosen.

use alloc::format;
use alloc::string::String;

use crate::settings::Contrast;
use crate::site::{Corner, Look};

/// Contrast that text needs.
pub const READABLE: f64 = 4.5;
/// Less than this, and two colours look alike.
pub const VISIBLE: f64 = 1.5;
/// The widget's dark surface.
const DARK_SURFACE: Color = Color([0x14, 0x1b, 0x1f]);
const WHITE: Color = Color([255; 3]);
/// Ink for bright colours.
const INK: Color = Color([0x10, 0x18, 0x1c]);
/// What stands in for a colour that is none.
const OUR_OWN: Color = Color([0x0b, 0x6e, 0x76]);

/// A colour of red, green and blue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Color([u8; 3]);

impl Color {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        // The parser would take a sign.
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let part = |from| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    fn to_text(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                to_the_2_4((part + 0.055) / 1.055)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio (WCAG 2.2), from 1 to 21.
    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// A step of a twentieth towards another colour.
    fn towards(self, other: Self) -> Self {
        let mut parts = self.0;
        for (part, goal) in parts.iter_mut().zip(other.0) {
            let step = (i16::from(goal) - i16::from(*part)) / 20;
            let nudge = (i16::from(goal) - i16::from(*part)).signum();
            let moved = i16::from(*part) + if step == 0 { nudge } else { step };
            *part = u8::try_from(moved).unwrap_or(*part);
        }
        Self(parts)
    }

    /// White or ink, whichever can be read better on this colour.
    fn text_on(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(INK) {
            WHITE
        } else {
            INK
        }
    }

    /// The nearest colour that can be read on `surface`.
    fn readable_on(mut self, surface: Self) -> Self {
        let goal = if surface.luminance() < 0.2 {
            WHITE
        } else {
            INK
        };
        while self.contrast(surface) < READABLE && self != goal {
            self = self.towards(goal);
        }
        self
    }
}

/// A number between 0 and 1 to the power of 2.4.
///
/// Powers that are no whole numbers need the standard library, which pages do
/// not carry: this is the square times the fifth root of the square.
fn to_the_2_4(number: f64) -> f64 {
    let square = number * number;
    // Newton's steps come down to the root from above and stay there.
    let mut root = 1.0_f64;
    for _ in 0..64 {
        let fourth = root * root * root * root;
        root -= (root * fourth - square) / (5.0 * fourth);
    }
    square * root
}

/// To the hundredth, and never more than it is: 4.499 is not enough.
fn told(ratio: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a ratio is from 1 to 21"
    )]
    let hundredths = (ratio * 100.0) as u32;
    f64::from(hundredths) / 100.0
}

/// Whether a text is a colour an owner may choose: `#rrggbb`.
#[must_use]
pub fn is_color(text: &str) -> bool {
    Color::parse(text).is_some()
}

/// How a site's widget looks, from the owner's colour. What is no colour stands
/// for our own.
#[must_use]
pub fn look(accent: &str, corner: Corner) -> Look {
    let accent = Color::parse(accent).unwrap_or(OUR_OWN).readable_on(WHITE);
    let dark = accent.readable_on(DARK_SURFACE);
    Look {
        accent: accent.to_text(),
        on_accent: accent.text_on().to_text(),
        accent_dark: dark.to_text(),
        on_accent_dark: dark.text_on().to_text(),
        corner,
    }
}

/// How well the owner's colour can be read, and what pages get in its place.
#[must_use]
pub fn contrast(accent: &str) -> Contrast {
    let chosen = Color::parse(accent).unwrap_or(OUR_OWN);
    let light = chosen.readable_on(WHITE);
    let dark = light.readable_on(DARK_SURFACE);
    Contrast {
        chosen: told(chosen.contrast(WHITE)),
        text: told(light.contrast(light.text_on())),
        text_dark: told(dark.contrast(dark.text_on())),
    }
}

/// Whether pages get another colour than the one that was chosen, because that
/// is too bright to be read on a white page.
#[must_use]
pub fn is_darkened(accent: &str) -> bool {
    Color::parse(accent).is_some_and(|chosen| chosen.readable_on(WHITE) != chosen)
}

/// Whether what pages get can hardly be seen on dark surfaces, so that these get
/// another one.
#[must_use]
pub fn vanishes_in_the_dark(accent: &str) -> bool {
    let light = Color::parse(accent).unwrap_or(OUR_OWN).readable_on(WHITE);
    light.contrast(DARK_SURFACE) < VISIBLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_becomes_readable_on_light_and_dark() {
        for accent in [
            "#000000", "#ffffff", "#ffff00", "#0b6e76", "#ff0000", "#7f7f7f", "#00ff00", "#0000ff",
        ] {
            let look = look(accent, Corner::End);
            let color = |text: &str| Color::parse(text).unwrap();
            let (light, dark) = (color(&look.accent), color(&look.accent_dark));
            assert!(light.contrast(WHITE) >= READABLE, "{accent} {look:?}");
            assert!(dark.contrast(DARK_SURFACE) >= READABLE, "{accent} {look:?}");
            assert!(
                light.contrast(color(&look.on_accent)) >= READABLE,
                "{accent} {look:?}"
            );
            assert!(
                dark.contrast(color(&look.on_accent_dark)) >= READABLE,
                "{accent} {look:?}"
            );
        }
    }

    #[test]
    fn a_readable_colour_stays_as_it_is() {
        let look = look("#0b6e76", Corner::Start);
        assert_eq!(look.accent, "#0b6e76");
        assert_eq!(look.on_accent, "#ffffff");
        assert!(!is_darkened("#0b6e76") && !vanishes_in_the_dark("#0b6e76"));
        assert!(is_darkened("#ffe600") && vanishes_in_the_dark("#101820"));
    }

    #[test]
    fn the_power_is_that_of_the_standard_library() {
        for part in 11..=255_u8 {
            let number = (f64::from(part) / 255.0 + 0.055) / 1.055;
            let difference = to_the_2_4(number) - number.powf(2.4);
            assert!(difference.abs() < 1e-14, "{part}: {difference}");
        }
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert!(is_color("#0B6e76"));
        for bad in [
            "", "red", "#fff", "#0b6e7g", "0b6e76", "#0b6e76;", "#ééé", "#+b6e76",
        ] {
            assert!(!is_color(bad), "{bad}");
        }
    }
}
