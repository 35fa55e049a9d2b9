//! Why a database cannot be opened or does not answer.

use super::postgres::PostgresError;

/// The database could not do what was asked. The text is for the log, never for a client.
#[derive(Debug, thiserror::Error)]
#[error("the database failed: {0}")]
pub struct StoreError(#[from] pub sqlx::Error);

/// The database cannot be opened. `Display` says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A Postgres database cannot be reached.
    #[error(transparent)]
    Postgres(#[from] PostgresError),
    /// Anything else.
    #[error(transparent)]
    Store(#[from] StoreError),
}
