//! Turns an error into one sentence that says what to do.

use store::storage::{OpenError, StoreError};

/// A whole sentence, or several, ending with a full stop or a question mark.
pub(super) fn sentence(error: &anyhow::Error) -> String {
    let store = match error.downcast_ref::<OpenError>() {
        Some(OpenError::Store(error)) => Some(error),
        _ => error.downcast_ref::<StoreError>(),
    };
    let text = match store {
        Some(error) if error.is_damage() => format!(
            "{error}. The database is damaged: restore a backup with comutiny-server restore FILE"
        ),
        Some(error) => format!(
            "{error}. Check --data-dir or DATABASE_URL, and that the database can be reached and written"
        ),
        None => error.to_string(),
    };
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let text: String = first.chain(letters).collect();
    match text.ends_with(['.', '?', '!']) {
        true => text,
        false => format!("{text}."),
    }
}

/// A sentence for collectors of logs. It is no event of the log, whose level might leave it out and
/// which may not have begun.
pub(super) fn event(sentence: &str) -> String {
    let event = serde_json::json!({
        "timestamp": chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        "level": "ERROR",
        "target": "comutiny_server",
        "message": sentence,
    });
    event.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: &'static str, expected: &str) {
        assert_eq!(sentence(&anyhow::anyhow!(error)), expected);
    }

    #[test]
    fn errors_are_sentences() {
        check(
            "the database is in use; stop the server first",
            "The database is in use; stop the server first.",
        );
        check("Did you mean it?", "Did you mean it?");
    }

    #[tokio::test]
    async fn a_database_that_cannot_be_opened_says_which_and_why() {
        let missing = store::storage::Database::open("sqlite:/dev/null/world.sqlite").await;
        let text = sentence(&missing.unwrap_err().into());
        let start = "The file /dev/null/world.sqlite cannot be read and written: ";
        assert!(text.starts_with(start), "{text}");
        let unreachable = StoreError(sqlx::Error::PoolTimedOut);
        let text = sentence(&unreachable.into());
        assert!(text.ends_with("Check --data-dir or DATABASE_URL, and that the database can be reached and written."), "{text}");
    }
}
