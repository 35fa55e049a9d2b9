//! What the setup links of all servers of this database are made of.
//!
//! Behind a balancer the link that one node printed is opened at another one, so all of them have to know
//! it. The row lives as long as servers hold the database, like that of their group: a start after all of
//! them have ended makes another link. It says nothing to who has no key, because the link is signed.

use super::{Database, Lease, StoreError};

/// The row of `settings` that holds it.
const KEY: &str = "database.setup";

impl Database {
    /// The seed that the first server here has made.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(crate) async fn setup_seed(&self) -> Result<String, StoreError> {
        self.made_once(KEY).await
    }

    /// No server holds the database, so nobody prints a link of this seed any more.
    pub(super) async fn forget_setup_seed(&self) -> Result<(), StoreError> {
        let held = sqlx::query("SELECT 1 FROM settings WHERE key = $1")
            .bind(KEY)
            .fetch_optional(self.pool())
            .await?;
        if held.is_some() {
            sqlx::query("DELETE FROM settings WHERE key = $1")
                .bind(KEY)
                .execute(self.pool())
                .await?;
        }
        Ok(())
    }
}

/// Uses the seed up, together with what else the transaction does: its link works on no node any more.
/// `false` when it was used up or forgotten before.
pub(crate) async fn spend_setup_seed(
    connection: &mut Lease,
    seed: &str,
) -> Result<bool, StoreError> {
    let spent = sqlx::query("DELETE FROM settings WHERE key = $1 AND value = $2")
        .bind(KEY)
        .bind(seed.to_owned())
        .execute(&mut *connection)
        .await?;
    Ok(spent.rows_affected() == 1)
}
