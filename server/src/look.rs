//! What is said about the colour that an owner chose.

use saluda_protocol::color::{self, READABLE};
use saluda_protocol::settings::Contrast;
use saluda_protocol::site::Corner;
use saluda_protocol::studio::Warning;

/// How well the owner's colour can be read, and what is done about it where it
/// cannot.
pub(crate) fn contrast(accent: &str) -> (Contrast, Vec<Warning>) {
    let contrast = color::contrast(accent);
    let look = color::look(accent, Corner::default());
    let mut warnings = Vec::new();
    let mut warn = |kind: &str, message: String| {
        warnings.push(Warning {
            path: "accent".to_owned(),
            kind: kind.to_owned(),
            message,
        });
    };
    if color::is_darkened(accent) {
        let message = format!(
            "`{}` is too bright to be read on a white page: its contrast is {} to 1, and text \
             needs {READABLE}. Pages get the nearest colour that is dark enough, `{}`",
            accent.to_ascii_lowercase(),
            contrast.chosen,
            look.accent,
        );
        warn("darkened", message);
    }
    if color::vanishes_in_the_dark(accent) {
        let message = format!(
            "`{}` can hardly be seen on dark surfaces. Visitors who prefer them get `{}` instead",
            look.accent, look.accent_dark,
        );
        warn("hard_to_see", message);
    }
    (contrast, warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let given = color::look("#ffe600", Corner::End).accent;
        assert!(warnings[0].message.contains(&given));
    }
}
