//! Settings in force: what the server started with, and on top what hosts changed since, which lies
//! in the table `settings`.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::RwLock;
use sqlx::Row;

use crate::config::{Config, Overrides, StorageConfig, WorldConfig, editable};
use crate::storage::{Database, StoreError};
use contract::WorldInfo;
use contract::admin::setting::SettingView;

/// See the module; cheap to clone.
#[derive(Debug, Clone)]
pub struct LiveSettings {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    base: Config,
    database: Database,
    // Held to copy a pointer.
    current: RwLock<Arc<InForce>>,
}

/// The settings that can change while the server runs, as they are now.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// About the world.
    pub world: WorldConfig,
    /// How long what is kept.
    pub storage: StorageConfig,
    overrides: Overrides,
}

impl InForce {
    /// What the world says about itself.
    #[must_use]
    pub fn world_info(&self) -> WorldInfo {
        WorldInfo {
            id: self.world.id.clone(),
            name: self.world.name.clone(),
            description: self.world.description.clone(),
            players_online: None,
        }
    }
}

impl LiveSettings {
    /// The settings the server starts with and what the database says on top.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(base: Config, database: Database) -> Result<Self, StoreError> {
        let settings = Self {
            inner: Arc::new(Inner {
                base,
                database,
                current: RwLock::default(),
            }),
        };
        settings.reload().await?;
        Ok(settings)
    }

    /// As they are now.
    #[must_use]
    pub fn now(&self) -> Arc<InForce> {
        self.inner.current.read().clone()
    }

    /// Every setting for a page.
    #[must_use]
    pub fn views(&self) -> Vec<SettingView> {
        self.inner.base.views(&self.now().overrides)
    }

    /// Reads the database again: at start, and after another node changed something.
    ///
    /// # Errors
    /// When the database fails; the settings stay as they are.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let rows = sqlx::query("SELECT key, value FROM settings")
            .fetch_all(self.inner.database.pool())
            .await?;
        let mut overrides = Overrides::new();
        for row in &rows {
            let key: String = row.try_get("key")?;
            if editable(&key).is_some() {
                overrides.insert(key, row.try_get("value")?);
            }
        }
        let config = self.inner.base.with(&overrides);
        *self.inner.current.write() = Arc::new(InForce {
            world: config.world,
            storage: config.storage,
            overrides,
        });
        Ok(())
    }

    /// Stores checked values by key; `None` gives a setting back to what the server started with.
    ///
    /// # Errors
    /// When the database fails; then nothing changed.
    pub async fn change(
        &self,
        values: &BTreeMap<String, Option<String>>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.inner.database.pool().begin().await?;
        for (key, value) in values {
            let query = match value {
                None => sqlx::query("DELETE FROM settings WHERE key = $1").bind(key.clone()),
                Some(value) => sqlx::query(
                    "INSERT INTO settings (key, value) VALUES ($1, $2) \
                     ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                )
                .bind(key.clone())
                .bind(value.clone()),
            };
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        self.reload().await
    }
}
