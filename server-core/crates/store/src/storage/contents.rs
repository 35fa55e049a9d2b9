//! What is inside a world's database, for people who save, move or restore it.

use std::fmt;
use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::StoreError;

/// How much a database holds. `Display` says it: "12 accounts, 340 messages".
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Contents {
    /// People with an account.
    pub accounts: u64,
    /// Lines of chat, removed ones included.
    pub messages: u64,
}

impl Contents {
    /// Counts what is in a SQLite file that nobody writes to.
    ///
    /// # Errors
    /// When the file is no database of this program.
    pub async fn of(file: &Path) -> Result<Self, StoreError> {
        let mut connection = open_at_rest(file).await?;
        let contents = Self::read(&mut connection).await;
        connection.close().await?;
        contents
    }

    pub(super) async fn read(connection: &mut SqliteConnection) -> Result<Self, StoreError> {
        let accounts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users")
            .fetch_one(&mut *connection)
            .await?;
        let messages: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM chat_messages")
            .fetch_one(&mut *connection)
            .await?;
        Ok(Self {
            accounts: accounts.unsigned_abs(),
            messages: messages.unsigned_abs(),
        })
    }
}

/// Immutable: a copy of a database in WAL mode opens without companions of its own.
pub(super) async fn open_at_rest(file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(true);
    options.connect().await
}

impl fmt::Display for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: u64, one: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {one}s"),
        };
        let accounts = counted(self.accounts, "account");
        write!(f, "{accounts}, {}", counted(self.messages, "message"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_said_in_words() {
        let check = |accounts, messages, expected: &str| {
            assert_eq!(Contents { accounts, messages }.to_string(), expected);
        };
        check(12, 340, "12 accounts, 340 messages");
        check(1, 1, "1 account, 1 message");
        check(0, 2, "0 accounts, 2 messages");
    }
}
