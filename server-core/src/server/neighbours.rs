//! The other servers of this server's database: nodes of its world, or servers that know nothing of it.
//!
//! What is done on one of two strangers (a ban, a removed line) does not hold on the other. Over
//! SQLite the second one does not start. Postgres may keep the lock of a machine that is gone for
//! hours, so there it starts, and log and `/health` say it; so they do where the link to Redis came
//! only after the start.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::StartError;
use crate::config::Config;
use replication::{RedisHub, ReplicationConfig};
use store::storage::{Company, Database, Neighbours, OpenError, StoreError};

/// What this server knows of the others; cheap to clone.
#[derive(Clone, Default)]
pub(super) struct KnownNeighbours {
    /// The group of this node; `None` without a Redis.
    hub: Option<Arc<RedisHub>>,
    strange: Arc<AtomicBool>,
}

impl KnownNeighbours {
    /// Takes the place of a server of this database.
    pub(super) async fn meet(config: &Config, database: &Database) -> Result<Self, StartError> {
        let company = match config.replication.redis_url {
            Some(_) => Company::Nodes,
            None => Company::Alone,
        };
        let neighbours = database.serve(company).await?;
        let known = Self::default();
        if neighbours == Neighbours::Strangers {
            tracing::error!(
                "another server uses this database and knows nothing of this one: a ban on one does \
                 not hold on the other. Stop one of them, or give both the same REDIS_URL and \
                 REDIS_PREFIX"
            );
            known.strange.store(true, Ordering::Relaxed);
        }
        Ok(known)
    }

    /// Compares the group that Redis told with the one of the database, if it has told any.
    pub(super) async fn compare(
        mut self,
        link: Option<&Arc<RedisHub>>,
        database: &Database,
        replication: &ReplicationConfig,
    ) -> Result<Self, StartError> {
        let Some(hub) = link else {
            return Ok(self);
        };
        self.hub = Some(hub.clone());
        let deadline = Instant::now() + replication.answer_timeout * 2;
        while self.look(hub, database).await? == Neighbours::Strangers {
            if Instant::now() < deadline {
                // A Redis that has just lost its memory hears its id from the nodes that know it.
                sleep(replication.beat_interval).await;
                let _ = hub.check().await;
                continue;
            }
            if let Some(file) = database.file() {
                return Err(OpenError::ServedElsewhere(file.to_owned()).into());
            }
            self.note(Neighbours::Strangers);
            break;
        }
        Ok(self)
    }

    /// Whether there are servers that know nothing of this one.
    pub(super) fn are_strange(&self) -> bool {
        self.strange.load(Ordering::Relaxed)
    }

    /// Compares again with every new link, and now and then: a server that began while this one had no
    /// link, or no lock in the database any more, was not noticed.
    pub(super) async fn keep_comparing(
        self,
        database: Database,
        every: Duration,
        stop: CancellationToken,
    ) {
        let Some(hub) = &self.hub else { return };
        let mut group = hub.group();
        let changed =
            async |group: &mut watch::Receiver<_>| drop(timeout(every, group.changed()).await);
        while stop
            .run_until_cancelled(changed(&mut group))
            .await
            .is_some()
        {
            match self.look(hub, &database).await {
                Ok(neighbours) => self.note(neighbours),
                Err(error) => tracing::debug!(%error, "the group of this node is compared later"),
            }
        }
    }

    async fn look(&self, hub: &RedisHub, database: &Database) -> Result<Neighbours, StoreError> {
        let group = hub.group().borrow().clone();
        let Some(group) = group else {
            return Ok(Neighbours::Expected);
        };
        let neighbours = database.meet(&group).await?;
        if neighbours == Neighbours::Expected {
            hub.group_is_known();
        }
        Ok(neighbours)
    }

    fn note(&self, neighbours: Neighbours) {
        let strange = neighbours == Neighbours::Strangers;
        if self.strange.swap(strange, Ordering::Relaxed) || !strange {
            return;
        }
        tracing::error!(
            "another server uses this database and is linked with another Redis than this one: a ban on \
             one does not hold on the other. Give both the same REDIS_URL and REDIS_PREFIX. If they have \
             the same, Redis was emptied meanwhile: stop all servers of this database, then start them \
             again"
        );
    }
}
