//! Users, passwords, tokens, bans, audit and the chat archive.

use crate::storage::Database;

/// Handle on everything about accounts; cheap to clone.
#[derive(Debug, Clone)]
pub struct Accounts {
    #[expect(dead_code, reason = "the queries arrive with the account routes")]
    database: Database,
}
