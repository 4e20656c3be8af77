//! Which language of a text a visitor gets.

use alloc::string::String;

use super::Texts;

/// The language that comes nearest to the one that is wanted: the same, the one
/// it is a kind of, a sister of that, English, or the first. None when there is
/// none.
///
/// `es-MX` finds `es-MX`, then `es`, then `es-AR`. Case makes no difference.
pub fn choose<'l>(
    languages: impl Iterator<Item = &'l str> + Clone,
    wanted: &str,
) -> Option<&'l str> {
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let find = |tag: &str| {
        languages
            .clone()
            .find(|language| language.eq_ignore_ascii_case(tag))
    };
    let mut kind_of = Some(wanted);
    while let Some(tag) = kind_of {
        if let Some(found) = find(tag) {
            return Some(found);
        }
        kind_of = tag.rsplit_once('-').map(|(shorter, _)| shorter);
    }
    let sister = |language: &&str| !wanted.is_empty() && primary(language) == primary(wanted);
    let nearest = languages.clone().find(sister).or_else(|| find("en"));
    nearest.or_else(|| languages.into_iter().next())
}

/// A text in the language that comes nearest to the one that is wanted.
#[must_use]
pub fn text_in<'t>(texts: &'t Texts, wanted: &str) -> Option<&'t str> {
    let language = choose(texts.keys().map(String::as_str), wanted)?;
    texts.get(language).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_found() {
        let choose = |languages: &[&'static str], wanted: &str| {
            choose(languages.iter().copied(), wanted).unwrap_or("none")
        };
        let all = ["de", "en", "es", "pt-BR", "zh-Hant"];
        assert_eq!(choose(&all, "ES"), "es");
        assert_eq!(choose(&all, "es-MX"), "es");
        assert_eq!(choose(&all, "zh-hant-tw"), "zh-Hant");
        assert_eq!(choose(&all, "pt-PT"), "pt-BR", "a sister is near enough");
        assert_eq!(choose(&all, "fr"), "en");
        assert_eq!(choose(&all, ""), "en");
        assert_eq!(choose(&["pt", "es"], "fr-CA"), "pt");
        assert_eq!(choose(&[], "en"), "none");
    }

    #[test]
    fn a_text_is_taken_in_that_language() {
        let texts = Texts::from([
            ("en".to_owned(), "Hello".to_owned()),
            ("es".to_owned(), "Hola".to_owned()),
        ]);
        assert_eq!(text_in(&texts, "es-AR"), Some("Hola"));
        assert_eq!(text_in(&texts, "sv"), Some("Hello"));
        assert_eq!(text_in(&Texts::new(), "en"), None);
    }
}
