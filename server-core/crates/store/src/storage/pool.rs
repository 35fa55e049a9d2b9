//! The connections to the database, and the only ways to use one.
//!
//! A connection goes back to the others only when it is known that nothing it was asked for is still
//! open: its statement ended, its transaction was committed or rolled back and the database said so.
//! Any other one is thrown away. Asking it again would be no help: SQLite ends a transaction by itself
//! when the disk is full, on an I/O error and without memory (see "Response To Errors Within A
//! Transaction" in its documentation), the driver goes on counting it as open, and what later callers
//! commit on that connection would be part of a transaction that nobody ever ends.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, TryFutureExt as _};
use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use sqlx::any::{
    AnyConnectOptions, AnyPoolOptions, AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo,
};
use sqlx::pool::PoolConnection;
use sqlx::{
    Any, AnyConnection, AnyPool, Connection as _, Either, Error, Execute, Executor, SqlStr,
};

use super::health::{StoreHealth, is_answer};

/// How long a query waits for a free connection before the store counts as unavailable. Opening the
/// first one counts too, which takes seconds on a machine that is busy building.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// What every SQLite connection is told first. `synchronous=FULL` makes a commit wait for the disk, so
/// that what was answered is there after a power cut; in WAL mode `NORMAL` promises that only for a
/// program that ends ("PRAGMA synchronous").
const SQLITE_SETUP: &str = "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=2000; \
     PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;";

/// A cheap handle on the connections. As an [`Executor`] it carries out single statements, each a
/// transaction of its own that has ended when its answer is there.
#[derive(Debug, Clone)]
pub struct Pool {
    connections: AnyPool,
    health: Arc<StoreHealth>,
    sqlite: bool,
}

impl Pool {
    pub(super) async fn connect(url: &str, sqlite: bool) -> Result<Self, Error> {
        let connections = AnyPoolOptions::new()
            .max_connections(if sqlite { 4 } else { 10 })
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if sqlite {
                        connection.execute(SQLITE_SETUP).await?;
                    }
                    Ok(())
                })
            })
            .after_release(move |connection, _| Box::pin(is_idle(connection, sqlite)))
            .before_acquire(move |connection, _| Box::pin(is_idle(connection, sqlite)))
            .connect_with(url.parse::<AnyConnectOptions>()?)
            .await?;
        Ok(Self {
            connections,
            health: Arc::default(),
            sqlite,
        })
    }

    /// Begins a transaction. On SQLite it has the write lock from its beginning: a transaction that
    /// reads first and writes later is refused at once when somebody else wrote in between, however
    /// long it may wait.
    ///
    /// # Errors
    /// When the database fails, or the lock is not free in time.
    pub async fn begin(&self) -> Result<Change, Error> {
        let mut lease = self.acquire().await?;
        let begin = if self.sqlite {
            "BEGIN IMMEDIATE"
        } else {
            "BEGIN"
        };
        lease.execute(begin).await?;
        Ok(Change {
            lease,
            sqlite: self.sqlite,
        })
    }

    /// A connection for several questions. It goes back with [`Lease::give_back`]; one that is dropped
    /// is thrown away.
    ///
    /// # Errors
    /// No connection is free or can be made in time.
    pub async fn acquire(&self) -> Result<Lease, Error> {
        let connection = self.connections.acquire().await;
        if let Err(error) = &connection {
            self.health.note(error);
        }
        Ok(Lease {
            connection: connection?,
            health: self.health.clone(),
            settled: false,
        })
    }

    /// Closes every connection, whoever holds one.
    pub async fn close(&self) {
        self.connections.close().await;
    }

    /// Whether this is SQLite, in a file or in memory.
    pub(super) fn is_sqlite(&self) -> bool {
        self.sqlite
    }

    pub(super) fn health(&self) -> &StoreHealth {
        &self.health
    }

    /// The driver's own pool, for migrations.
    pub(super) fn connections(&self) -> &AnyPool {
        &self.connections
    }

    /// Carries out one statement to its end. Its commit is the last thing a database answers, so a
    /// single row is not taken before the rest was heard.
    async fn run<'q>(
        &self,
        query: impl Execute<'q, Any> + 'q,
    ) -> Result<Vec<Either<AnyQueryResult, AnyRow>>, Error> {
        let mut lease = self.acquire().await?;
        let answer: Result<Vec<_>, _> = lease.fetch_many(query).try_collect().await;
        if answer.as_ref().err().is_none_or(is_answer) {
            lease.give_back();
        }
        answer
    }
}

/// Whether a connection has no transaction open, neither by the driver's count nor by SQLite's own
/// word (`BEGIN` inside of one is an error, and takes no lock outside).
async fn is_idle(connection: &mut AnyConnection, sqlite: bool) -> Result<bool, Error> {
    if connection.is_in_transaction() {
        return Ok(false);
    }
    if sqlite {
        connection.execute("BEGIN; ROLLBACK").await?;
    }
    Ok(true)
}

/// A connection that is thrown away unless it is given back. What fails on it counts against the
/// database before its caller hears of it.
#[derive(Debug)]
pub struct Lease {
    connection: PoolConnection<Any>,
    health: Arc<StoreHealth>,
    settled: bool,
}

impl Lease {
    fn parts(&mut self) -> (&mut AnyConnection, &StoreHealth) {
        (&mut self.connection, &self.health)
    }

    /// Gives it back after everything it was asked for has ended well.
    pub fn give_back(mut self) {
        self.settled = true;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.settled {
            self.connection.close_on_drop();
            self.health.doubt();
        }
    }
}

/// A transaction. Whatever ends it but [`Change::commit`] or [`Change::rollback`] undoes it together
/// with its connection: an error on the way, a caller that goes away.
#[derive(Debug)]
pub struct Change {
    lease: Lease,
    sqlite: bool,
}

impl Change {
    /// Makes the change last. Only then may anybody be told of it.
    ///
    /// # Errors
    /// When the database fails. The change is then undone, unless the connection broke while the
    /// answer was on its way: nobody can tell then.
    pub async fn commit(mut self) -> Result<(), Error> {
        // Postgres answers the COMMIT of a transaction in which a statement failed with a ROLLBACK and
        // calls that a success. Any other statement fails in such a transaction, and ends the batch.
        let commit = if self.sqlite {
            "COMMIT"
        } else {
            "SELECT 1; COMMIT"
        };
        self.lease.execute(commit).await?;
        self.lease.give_back();
        Ok(())
    }

    /// Takes the change back, where it turns out not to be wanted: the connection can be used again.
    ///
    /// # Errors
    /// When the database fails; the change is undone all the same.
    pub async fn rollback(mut self) -> Result<(), Error> {
        self.lease.execute("ROLLBACK").await?;
        self.lease.give_back();
        Ok(())
    }
}

impl Deref for Change {
    type Target = Lease;

    fn deref(&self) -> &Lease {
        &self.lease
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Lease {
        &mut self.lease
    }
}

impl<'l> Executor<'l> for &'l mut Lease {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, Result<Either<AnyQueryResult, AnyRow>, Error>>
    where
        'l: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let (connection, health) = self.parts();
        let answer = connection.fetch_many(query);
        answer.inspect_err(move |error| health.note(error)).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'l: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let (connection, health) = self.parts();
        let answer = connection.fetch_optional(query);
        Box::pin(answer.inspect_err(move |error| health.note(error)))
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, Result<AnyStatement, Error>>
    where
        'l: 'e,
    {
        self.parts().0.prepare_with(sql, parameters)
    }
}

impl<'p> Executor<'p> for &'p Pool {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, Result<Either<AnyQueryResult, AnyRow>, Error>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let answer = async move {
            match self.run(query).await {
                Ok(parts) => stream::iter(parts).map(Ok).boxed(),
                Err(error) => stream::iter([Err(error)]).boxed(),
            }
        };
        stream::once(answer).flatten().boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        Box::pin(async move {
            let parts = self.run(query).await?;
            Ok(parts.into_iter().find_map(Either::right))
        })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, Result<AnyStatement, Error>>
    where
        'p: 'e,
    {
        self.connections.prepare_with(sql, parameters)
    }
}
