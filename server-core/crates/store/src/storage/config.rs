//! What a host says about the database.

use std::path::PathBuf;

use identity::Secret;

/// Where data is kept.
#[derive(Debug, Clone)]
pub struct StorageConfig {
    /// Directory for the database, the generated secret and logs (`DATA_DIR`).
    pub data_dir: PathBuf,
    /// `sqlite:PATH` or `postgres://...` (`DATABASE_URL`); a file in the data directory when unset.
    pub database_url: Option<Secret>,
    /// Where the daily backups go (`BACKUP_DIR`); `backups` in the data directory when unset.
    pub backup_dir: Option<PathBuf>,
    /// How many daily backups are kept (`BACKUPS_KEPT`); 0 makes none.
    pub backups_kept: u32,
    /// Days after which chat is deleted (`CHAT_RETENTION_DAYS`); 0 keeps it for good.
    pub chat_retention_days: u32,
    /// Days after which addresses of visitors are forgotten (`ADDRESS_RETENTION_DAYS`); 0 keeps them
    /// for good.
    pub address_retention_days: u32,
    /// Days after which visits, names people had, and what was said before an act of moderation are
    /// deleted (`RECORD_RETENTION_DAYS`); 0 keeps them for good.
    pub record_retention_days: u32,
    /// Days after which lines of the audit log are deleted (`AUDIT_RETENTION_DAYS`); 0 keeps them for
    /// good.
    pub audit_retention_days: u32,
    /// Days after which samples for the charts are deleted (`HISTORY_DAYS`).
    pub history_days: u32,
}

impl StorageConfig {
    /// Where the daily backups go.
    #[must_use]
    pub fn backup_folder(&self) -> PathBuf {
        let usual = || self.data_dir.join("backups");
        self.backup_dir.clone().unwrap_or_else(usual)
    }
}

impl Default for StorageConfig {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("data"),
            database_url: None,
            backup_dir: None,
            backups_kept: 7,
            chat_retention_days: 90,
            address_retention_days: 30,
            record_retention_days: 365,
            audit_retention_days: 0,
            history_days: 30,
        }
    }
}
