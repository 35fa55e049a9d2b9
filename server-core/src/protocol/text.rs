//! Cleaning of text that people will read.
//!
//! Names and chat lose what could break or forge a line on somebody's screen: C0 and C1 controls,
//! bidirectional controls, and the invisible U+200B, U+2060 and U+FEFF. Newlines and tabs become
//! spaces. ZWJ and ZWNJ stay, because emoji sequences and Persian need them.

use unicode_segmentation::UnicodeSegmentation;

/// Cleans `text`, trims it and cuts it to at most `max_chars` characters without splitting a
/// grapheme (unless the first one alone is longer than the limit).
#[must_use]
pub fn clean(text: &str, max_chars: usize) -> String {
    let visible: String = text.chars().filter_map(visible).collect();
    cut(visible.trim(), max_chars).trim_end().to_owned()
}

/// Cuts `text` to at most `max_chars` characters at a grapheme boundary.
#[must_use]
pub fn cut(text: &str, max_chars: usize) -> &str {
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

/// Whether a character may never be part of an id: it cannot be seen, or it changes how others look.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || is_bidi_control(c)
        || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}')
}

fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' => None,
        c if c.is_control() || is_bidi_control(c) => None,
        c => Some(c),
    }
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn cuts_at_a_grapheme() {
        check("abcdef", 3, "abc");
        check("ab👩\u{200D}🚀", 4, "ab");
        check("ab👩\u{200D}🚀", 5, "ab👩\u{200D}🚀");
        check("abc def", 4, "abc");
        check("éé", 1, "é");
        // One grapheme longer than the limit is cut inside rather than lost.
        check("e\u{301}\u{301}\u{301}", 2, "e\u{301}");
    }
}
