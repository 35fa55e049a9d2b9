//! Settings in force: what the server started with, and on top what hosts changed since, which lies
//! in the table `settings`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Config, ConversationConfig, Overrides, StorageConfig, WorldConfig, editable};
use contract::WorldInfo;
use contract::admin::ReasonTemplate;
use contract::admin::setting::SettingView;
use contract::words::WordList;
use contract::world_map::Mood;
use runtime::clock::minute_of_day;
use store::settings::ChangedSettings;
use store::storage::{Database, StoreError};
use tokio::sync::watch;

/// See the module; cheap to clone.
#[derive(Debug, Clone)]
pub struct LiveSettings {
    inner: Arc<LayeredSettings>,
}

#[derive(Debug)]
struct LayeredSettings {
    base: Config,
    changed: ChangedSettings,
    current: watch::Sender<Arc<InForce>>,
}

/// The settings that can change while the server runs, as they are now.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// About the world.
    pub world: WorldConfig,
    /// What is allowed in chat.
    pub conversation: ConversationConfig,
    /// The word list of that, ready to be looked through.
    pub words: WordList,
    /// The reasons of that.
    pub reasons: Vec<ReasonTemplate>,
    /// How long what is kept.
    pub storage: StorageConfig,
    /// Whether the router is asked to let people in from outside.
    pub mapped: bool,
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
            mood: self.mood(),
            protocol: Some(contract::events::PROTOCOL),
            ..WorldInfo::default()
        }
    }

    /// The light the world is in at this minute.
    #[must_use]
    pub fn mood(&self) -> Mood {
        self.world.light.at(minute_of_day())
    }
}

impl LiveSettings {
    /// The settings the server starts with and what the database says on top.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(base: Config, database: Database) -> Result<Self, StoreError> {
        let settings = Self {
            inner: Arc::new(LayeredSettings {
                base,
                changed: ChangedSettings::new(database),
                current: watch::Sender::default(),
            }),
        };
        settings.reload().await?;
        Ok(settings)
    }

    /// As they are now.
    #[must_use]
    pub fn now(&self) -> Arc<InForce> {
        self.inner.current.borrow().clone()
    }

    /// Follows them.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<Arc<InForce>> {
        self.inner.current.subscribe()
    }

    /// Every setting for a page.
    #[must_use]
    pub fn views(&self) -> Vec<SettingView> {
        self.inner.base.views(&self.now().overrides)
    }

    /// Reads the database again: at start, and after another node changed something.
    ///
    /// # Errors
    /// See [`StoreError`]; the settings stay as they are.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let changed = self.inner.changed.all().await?.into_iter();
        let overrides: Overrides = changed.filter(|(key, _)| editable(key).is_some()).collect();
        let config = self.inner.base.with(&overrides);
        self.inner.current.send_replace(Arc::new(InForce {
            world: config.world,
            storage: config.storage,
            mapped: config.discovery.mapped,
            words: WordList::read(
                &config.conversation.word_list,
                config.conversation.word_list_folded,
            ),
            reasons: ReasonTemplate::read_all(&config.conversation.reasons),
            conversation: config.conversation,
            overrides,
        }));
        Ok(())
    }

    /// Stores checked values by key; `None` gives a setting back to what the server started with.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing changed.
    pub async fn change(
        &self,
        values: &BTreeMap<String, Option<String>>,
    ) -> Result<(), StoreError> {
        self.inner.changed.change(values).await?;
        self.reload().await
    }
}
