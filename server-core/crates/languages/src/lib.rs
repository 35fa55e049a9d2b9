//! The languages of the program, one file each in `words`: what each calls the server and those who look
//! after a world, and what the desktop program says outside of its pages. The texts of the pages are in
//! `ui/src/languages`.
//!
//! A file is JSON with the keys of [`LanguageFile`]; its name is the language's code. Texts stand in it as
//! they are shown, without escapes. Knows nothing of who uses them.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::value::RawValue;

mod files {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}

/// The language of who wishes for one that is not here.
pub const FALLBACK: &str = "en";

/// One language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageFile {
    /// Its code, such as `es`.
    #[serde(skip)]
    pub code: &'static str,
    /// What the server is called: nobody else may be.
    #[serde(borrow)]
    pub server: Vec<&'static str>,
    /// What those who look after a world are called: no guest may be.
    #[serde(borrow)]
    pub roles: Vec<&'static str>,
    /// The words of tray, menus and dialogs, as the desktop program reads them.
    #[serde(borrow)]
    pub desktop: &'static RawValue,
}

/// All languages, in the order of their codes.
#[expect(
    clippy::expect_used,
    reason = "the files are part of the program, and a test reads each"
)]
pub fn all() -> &'static [LanguageFile] {
    static ALL: LazyLock<Vec<LanguageFile>> = LazyLock::new(|| {
        let read = |(code, text): &(&'static str, &'static str)| {
            let file = serde_json::from_str(text).expect("each file is a language");
            LanguageFile { code, ..file }
        };
        files::FILES.iter().map(read).collect()
    });
    &ALL
}

/// The code of the first language that `wish`, such as `es-MX`, names; [`FALLBACK`] where there is none.
#[must_use]
pub fn code_of(wish: &str) -> &'static str {
    let named = all().iter().find(|it| wish.get(..2) == Some(it.code));
    named.map_or(FALLBACK, |it| it.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_a_language_and_english_is_among_them() {
        let codes: Vec<_> = all().iter().map(|it| it.code).collect();
        assert!(codes.contains(&FALLBACK), "{codes:?}");
        for language in all() {
            assert_eq!(language.code.len(), 2, "a code has two letters");
            assert!(!language.server.is_empty() && !language.roles.is_empty());
        }
    }

    #[test]
    fn the_pages_have_the_same_languages() {
        let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/languages");
        let entries = std::fs::read_dir(pages).unwrap().map(Result::unwrap);
        let folders = entries.filter(|it| it.path().is_dir());
        let mut found: Vec<_> = folders
            .map(|it| it.file_name().into_string().unwrap())
            .collect();
        found.sort();
        let codes: Vec<_> = all().iter().map(|it| it.code).collect();
        assert_eq!(found, codes);
    }

    #[test]
    fn a_wish_finds_its_language() {
        assert_eq!(code_of("es-MX"), "es");
        assert_eq!(code_of("xx-XX"), FALLBACK);
        assert_eq!(code_of(""), FALLBACK);
    }
}
