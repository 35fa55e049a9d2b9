//! The first step of a start: everything that keeps something is opened.

use std::net::SocketAddr;

use super::neighbours::KnownNeighbours;
use super::{StartError, nodes, stores};
use crate::config::Config;
use crate::live_settings::LiveSettings;
use metrics::Metrics;
use replication::Hub;
use store::accounts::Accounts;
use store::assets::Assets;
use store::records::Records;
use store::storage::{Database, OpenError};

/// The stores of a server; cheap to clone.
#[derive(Clone)]
pub(super) struct OpenStores {
    pub(super) database: Database,
    pub(super) accounts: Accounts,
    pub(super) assets: Assets,
    pub(super) records: Records,
    pub(super) settings: LiveSettings,
    pub(super) neighbours: KnownNeighbours,
}

impl OpenStores {
    /// Opens them, and the way to the other nodes, whose secret and database have to be the same.
    pub(super) async fn open(
        config: &Config,
        address: SocketAddr,
        metrics: &Metrics,
    ) -> Result<(Self, Hub), StartError> {
        let database = stores::open_database(config).await?;
        let opened = Self::open_on(&database, config, address, metrics).await;
        opened.map_err(|error| match error {
            StartError::Store(error) => OpenError::store(database.file(), error).into(),
            error => error,
        })
    }

    async fn open_on(
        database: &Database,
        config: &Config,
        address: SocketAddr,
        metrics: &Metrics,
    ) -> Result<(Self, Hub), StartError> {
        let neighbours = KnownNeighbours::meet(config, database).await?;
        let tokens = stores::tokens(config)?;
        let link = nodes::link(config, address, &tokens, database, metrics).await?;
        let neighbours = neighbours
            .compare(link.as_ref(), database, &config.replication)
            .await?;
        let hub = nodes::hub(config, link);
        let accounts = Accounts::open(database.clone(), tokens).await?;
        let mut accounts = accounts.with_wrong_pins(config.rates.wrong_pins_per_day);
        if let Some(token) = &config.security.local_host {
            accounts = accounts.with_local_host(token.clone());
        }
        let stores = Self {
            assets: Assets::open(database.clone()).await?,
            records: Records::open(database).await?,
            settings: LiveSettings::open(config.clone(), database.clone()).await?,
            accounts,
            neighbours,
            database: database.clone(),
        };
        Ok((stores, hub))
    }

    /// The token that makes its first user the host, when there is no host.
    pub(super) async fn setup_token(&self, config: &Config) -> Result<Option<String>, StartError> {
        let has_host =
            config.security.local_host.is_some() || self.accounts.users().count_hosts().await? > 0;
        if has_host {
            return Ok(None);
        }
        Ok(Some(self.accounts.open_setup().await?))
    }

    /// Whether what is written is kept.
    pub(super) fn is_degraded(&self) -> bool {
        self.database.is_degraded() || self.accounts.archive().is_degraded()
    }
}
