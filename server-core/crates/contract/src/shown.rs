//! What of a text is shown, by the properties of Unicode.

use icu_properties::props::{
    CanonicalCombiningClass, DefaultIgnorableCodePoint, Emoji, EmojiModifier, ExtendedPictographic,
    GeneralCategory, JoiningType, PrependedConcatenationMark,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Symbols that are drawn as nothing: the empty Braille pattern and the null notehead.
const BLANK: [char; 2] = ['\u{2800}', '\u{1D159}'];
/// Stands for something that a text cannot hold, and is drawn as nothing.
const OBJECT: char = '\u{FFFC}';
/// Begins the flags that are written with tags.
const BLACK_FLAG: char = '\u{1F3F4}';

/// Whether a character may never be part of an id: it cannot be seen, or it changes how others look.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || (is_ignorable(c) && !is_presentation(c))
}

/// Whether a character alone leaves something on the screen.
#[must_use]
pub fn is_seen(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_graphic();
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let hidden = matches!(
        category,
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark | GeneralCategory::Format
    );
    !(hidden || c.is_whitespace() || c.is_control() || is_ignorable(c) || BLANK.contains(&c))
}

/// A text without what is not shown.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut base = None;
    let mut joiner = None;
    for c in text.chars().filter_map(visible) {
        if is_joiner(c) {
            // The scripts that write with a virama join what follows, or nothing, by it.
            match base.is_some_and(is_virama) {
                true => shown.push(c),
                false => joiner = Some(c),
            }
        } else if is_ignorable(c) {
            if base.is_some_and(|base| takes_selector(base, c)) {
                shown.push(c);
            }
        } else {
            if let (Some(joiner), Some(base)) = (joiner.take(), base)
                && joins(base, joiner, c)
            {
                shown.push(joiner);
            }
            shown.push(c);
            base = Some(c);
        }
    }
    shown
}

fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() || is_bidi_control(c) => None,
        c => Some(c),
    }
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Not shown by itself: what Unicode says so of, and characters of format that it forgot to name there
/// (annotation marks, the joiners of hieroglyphs). Signs that are written around digits are seen.
fn is_ignorable(c: char) -> bool {
    let of_format = || {
        CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::Format
            && !CodePointSetData::new::<PrependedConcatenationMark>().contains(c)
    };
    !c.is_ascii()
        && (c == OBJECT
            || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
            || of_format())
}

/// ZWNJ and ZWJ.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Chooses between a symbol and a picture.
fn is_presentation(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}')
}

fn is_virama(c: char) -> bool {
    let class = CodePointMapData::<CanonicalCombiningClass>::new().get(c);
    class == CanonicalCombiningClass::Virama
}

fn is_picture(c: char) -> bool {
    CodePointSetData::new::<ExtendedPictographic>().contains(c)
        || CodePointSetData::new::<EmojiModifier>().contains(c)
}

/// Whether a joiner between two characters is part of how they are written.
fn joins(before: char, joiner: char, after: char) -> bool {
    let joining = |c| CodePointMapData::<JoiningType>::new().get(c);
    let picture = joiner == '\u{200D}' && is_picture(before) && is_picture(after);
    let cursive = joining(before) != JoiningType::NonJoining
        && !matches!(
            joining(after),
            JoiningType::NonJoining | JoiningType::Transparent
        );
    picture || cursive || is_virama(after)
}

/// Whether a selector or tag is part of how its base is written.
fn takes_selector(base: char, selector: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(base);
    match selector {
        '\u{FE0E}' | '\u{FE0F}' => CodePointSetData::new::<Emoji>().contains(base),
        '\u{FE00}'..='\u{FE0D}'
        | '\u{180B}'..='\u{180D}'
        | '\u{180F}'
        | '\u{E0100}'..='\u{E01EF}' => {
            category == GeneralCategory::OtherLetter || category == GeneralCategory::MathSymbol
        }
        '\u{E0020}'..='\u{E007F}' => base == BLACK_FLAG,
        _ => false,
    }
}
