//! The form in which texts are compared. Both databases would fold for themselves, and differently:
//! SQLite folds ASCII alone, Postgres what the locale of the database knows.

/// The form in which names and e-mail addresses are compared: trimmed, lower case.
#[must_use]
pub fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A `LIKE` pattern for "contains", on a folded column, with `!` as the escape character.
pub(crate) fn contains(search: &str) -> String {
    format!("%{}%", literal(search))
}

/// A `LIKE` pattern for "begins with", as [`contains`].
pub(crate) fn begins(search: &str) -> String {
    format!("{}%", literal(search))
}

fn literal(search: &str) -> String {
    let mut pattern = String::new();
    for character in fold(search).chars() {
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
        assert_eq!(contains("100%_!"), "%100!%!_!!%");
        assert_eq!(contains(""), "%%");
        assert_eq!(begins("ban."), "ban.%");
    }
}
