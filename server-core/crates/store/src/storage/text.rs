//! The form in which texts are compared. Both databases would fold for themselves, and differently:
//! SQLite folds ASCII alone, Postgres what the locale of the database knows.
//!
//! What is searched is stored folded by Unicode's rules (`contract::text::folded`). Rows of earlier
//! versions hold it in lower case; a search looks for both, so that they are found as before.

use contract::text::folded;

/// The form in which names and e-mail addresses are unique: trimmed, lower case.
#[must_use]
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// What is stored of a text that is searched.
pub(crate) fn searched(text: &str) -> String {
    folded(text.trim())
}

/// A `LIKE` pattern for "contains", on a column of [`searched`], with `!` as the escape character.
pub(crate) fn contains(search: &str) -> String {
    format!("%{}%", literal(&searched(search)))
}

/// As [`contains`], for rows of earlier versions, and for what [`fold`] made.
pub(crate) fn contains_lower(search: &str) -> String {
    format!("%{}%", literal(&fold(search)))
}

/// A `LIKE` pattern for "begins with", on a column of [`fold`].
pub(crate) fn begins(search: &str) -> String {
    format!("{}%", literal(&fold(search)))
}

fn literal(folded: &str) -> String {
    let mut pattern = String::new();
    for character in folded.chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pattern_would_read_otherwise_is_taken_by_the_letter() {
        assert_eq!(contains(" ÄRGER "), "%ärger%");
        assert_eq!(contains("Straße"), "%strasse%");
        assert_eq!(contains_lower("Straße"), "%straße%");
        assert_eq!(contains("100%_!"), "%100!%!_!!%");
        assert_eq!(contains(""), "%%");
        assert_eq!(begins("ban."), "ban.%");
    }
}
