//! Colours that can be read.
//!
//! An owner gives one colour. What stands on it, and its sister for dark
//! surfaces, follow from it, so that no choice makes the widget unreadable
//! (WCAG 2.2, 1.4.3: 4.5 to 1).

use saluda_protocol::settings::Contrast;
use saluda_protocol::site::{Corner, Look};
use saluda_protocol::studio::Warning;

/// Contrast that text needs.
const READABLE: f64 = 4.5;
/// Less than this, and two colours look alike.
const VISIBLE: f64 = 1.5;
/// The widget's dark surface.
const DARK_SURFACE: Color = Color([0x14, 0x1b, 0x1f]);
const WHITE: Color = Color([255; 3]);
/// Ink for bright colours.
const INK: Color = Color([0x10, 0x18, 0x1c]);

/// A colour of red, green and blue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Color([u8; 3]);

impl Color {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
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
                ((part + 0.055) / 1.055).powf(2.4)
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

/// Whether a text is a colour an owner may choose: `#rrggbb`.
pub(crate) fn is_color(text: &str) -> bool {
    Color::parse(text).is_some()
}

fn chosen(accent: &str) -> Color {
    Color::parse(accent).unwrap_or(Color([0x0b, 0x6e, 0x76]))
}

/// How well the owner's colour can be read, and what is done about it where it
/// cannot.
pub(crate) fn contrast(accent: &str) -> (Contrast, Vec<Warning>) {
    let chosen = chosen(accent);
    let light = chosen.readable_on(WHITE);
    let dark = light.readable_on(DARK_SURFACE);
    let mut warnings = Vec::new();
    let mut warn = |kind: &str, message: String| {
        warnings.push(Warning {
            path: "accent".to_owned(),
            kind: kind.to_owned(),
            message,
        });
    };
    if light != chosen {
        let message = format!(
            "`{}` is too bright to be read on a white page: its contrast is {} to 1, and text \
             needs {READABLE}. Pages get the nearest colour that is dark enough, `{}`",
            chosen.to_text(),
            told(chosen.contrast(WHITE)),
            light.to_text(),
        );
        warn("darkened", message);
    }
    if light.contrast(DARK_SURFACE) < VISIBLE {
        let message = format!(
            "`{}` can hardly be seen on dark surfaces. Visitors who prefer them get `{}` instead",
            light.to_text(),
            dark.to_text(),
        );
        warn("hard_to_see", message);
    }
    let contrast = Contrast {
        chosen: told(chosen.contrast(WHITE)),
        text: told(light.contrast(light.text_on())),
        text_dark: told(dark.contrast(dark.text_on())),
    };
    (contrast, warnings)
}

/// To the hundredth, and never more than it is: 4.499 is not enough.
fn told(ratio: f64) -> f64 {
    (ratio * 100.0).floor() / 100.0
}

/// How a site's widget looks, from the owner's colour.
pub(crate) fn look(accent: &str, corner: Corner) -> Look {
    let accent = chosen(accent).readable_on(WHITE);
    let dark = accent.readable_on(DARK_SURFACE);
    Look {
        accent: accent.to_text(),
        on_accent: accent.text_on().to_text(),
        accent_dark: dark.to_text(),
        on_accent_dark: dark.text_on().to_text(),
        corner,
    }
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
    }

    #[test]
    fn what_is_done_about_a_colour_is_said() {
        let said = |accent: &str| {
            let (contrast, warnings) = contrast(accent);
            let kinds: Vec<String> = warnings.into_iter().map(|one| one.kind).collect();
            (contrast, kinds)
        };
        let (fine, none) = said("#0b6e76");
        assert!(none.is_empty(), "{none:?}");
        assert!((5.98..5.99).contains(&fine.chosen) && (5.98..5.99).contains(&fine.text));
        let (pale, kinds) = said("#ffe600");
        assert_eq!(kinds, ["darkened"]);
        assert!(pale.chosen < 1.5 && pale.text >= READABLE && pale.text_dark >= READABLE);
        let (night, kinds) = said("#101820");
        assert_eq!(kinds, ["hard_to_see"]);
        assert!(night.chosen > 15.0 && night.text_dark >= READABLE);
        let (_, warnings) = contrast("#FFE600");
        assert!(
            warnings[0]
                .message
                .contains(&look("#ffe600", Corner::End).accent)
        );
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert!(is_color("#0B6e76"));
        for bad in ["", "red", "#fff", "#0b6e7g", "0b6e76", "#0b6e76;", "#ééé"] {
            assert!(!is_color(bad), "{bad}");
        }
    }
}
