//! Cleaning of text that people will read.
//!
//! Names and chat lose what could break or forge a line on somebody's screen: C0 and C1 controls,
//! bidirectional controls, and everything that is not shown (`Default_Ignorable_Code_Point`, and format
//! characters beside it).
//! Newlines and tabs become spaces. Joiners and selectors stay where a script or an emoji is written
//! with them (UTS #51, RFC 5892 appendix A). What nothing can be seen of is empty.

use unicase::UniCase;
use unicode_segmentation::UnicodeSegmentation;

use super::shown;
pub use super::shown::{is_invisible, is_seen};

/// Cleans `text`, trims it and shortens it to at most `max_chars` characters without splitting a
/// grapheme (unless the first one alone is longer than the limit). Empty when nothing of it can be
/// seen.
#[must_use]
pub fn clean(text: &str, max_chars: usize) -> String {
    let shown = shown::shown(text);
    let short = shorten(shown.trim(), max_chars).trim_end();
    match short.chars().any(is_seen) {
        true => short.to_owned(),
        false => String::new(),
    }
}

/// The form in which a search compares texts: Unicode's full case folding (Unicode 17, section 3.13.3:
/// `ß` is `ss`, every sigma is one letter), and the letters i with and without a dot as one, which
/// full folding keeps apart: whoever types "ipek" means İpek.
///
/// Not for what has to be unique: names and e-mail addresses were stored in lower case.
#[must_use]
pub fn folded(text: &str) -> String {
    let folded = UniCase::new(text).to_folded_case();
    match folded.is_ascii() {
        true => folded,
        false => folded.replace("i\u{307}", "i").replace('ı', "i"),
    }
}

/// Shortens `text` to at most `max_chars` characters at a grapheme boundary.
#[must_use]
pub fn shorten(text: &str, max_chars: usize) -> &str {
    // A character takes at least one byte, so short texts need no counting.
    if text.len() <= max_chars {
        return text;
    }
    let mut chars = 0;
    let mut end = 0;
    for grapheme in text.graphemes(true) {
        chars += grapheme.chars().count();
        if chars > max_chars {
            break;
        }
        end += grapheme.len();
    }
    if end == 0 {
        end = text
            .char_indices()
            .nth(max_chars)
            .map_or(text.len(), |(index, _)| index);
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_compares_by_full_case_folding() {
        let check = |one, other| assert_eq!(folded(one), folded(other));
        check("STRASSE", "straße");
        check("İPEK", "ipek");
        check("Işık", "IŞIK");
        check("ΟΔΟΣ", "οδοσ");
        check("Öla ЖАН", "öLA жан");
        check("ﬁn", "FIN");
        assert_ne!(folded("émi"), folded("emi"));
    }

    #[track_caller]
    fn check(input: &str, max: usize, expected: &str) {
        assert_eq!(clean(input, max), expected);
    }

    #[test]
    fn keeps_what_people_see() {
        check("  hello\tworld \n", 50, "hello world");
        check("a\u{0}b\u{7f}c\u{9b}d", 50, "abcd");
        check("\u{202E}txt.exe\u{2066}", 50, "txt.exe");
        check("a\u{200B}\u{2060}\u{FEFF}b", 50, "ab");
        check("👩\u{200D}🚀", 50, "👩\u{200D}🚀");
        check("می\u{200C}خواهم", 50, "می\u{200C}خواهم");
        check("\u{200B}\n\t", 50, "");
    }

    #[test]
    fn what_is_not_shown_goes_and_joiners_stay_where_they_are_written() {
        check("A\u{AD}n\u{2063}a\u{34F}", 50, "Ana");
        check("A\u{200D}n\u{200C}a\u{FE0F}\u{E0041}", 50, "Ana");
        check("\u{FFF9}b\u{FFFA}o\u{FFFB}s\u{FFFC}s\u{13430}", 50, "boss");
        for kept in [
            "\u{600}١٢",
            "❤\u{FE0F}\u{200D}🔥",
            "👩🏽\u{200D}🚀",
            "1\u{FE0F}\u{20E3}",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "葛\u{E0100}",
            "क्\u{200D}ष",
            "ന്\u{200D}",
            "র\u{200D}্য",
            "نامه\u{200C}ای",
        ] {
            check(kept, 50, kept);
        }
    }

    #[test]
    fn nothing_to_see_is_empty() {
        for blank in [
            "\u{3164}",
            "\u{2800}\u{2800}",
            "\u{200D}",
            "\u{FE0F}",
            "\u{115F}\u{1160}",
            "\u{3000}\u{A0}",
            "\u{301}",
            "\u{1D159}",
        ] {
            check(blank, 50, "");
        }
        check("\u{2800}⠁", 50, "\u{2800}⠁");
    }

    #[test]
    fn shortens_at_a_grapheme() {
        check("abcdef", 3, "abc");
        check("ab👩\u{200D}🚀", 4, "ab");
        check("ab👩\u{200D}🚀", 5, "ab👩\u{200D}🚀");
        check("abc def", 4, "abc");
        check("éé", 1, "é");
        // One grapheme longer than the limit is split inside rather than lost.
        check("e\u{301}\u{301}\u{301}", 2, "e\u{301}");
    }
}
