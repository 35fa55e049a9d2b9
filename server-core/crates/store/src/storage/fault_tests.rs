//! What was acknowledged is stored, and nothing else, whatever fails on the way.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use services::{Postgres, ServiceWire};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection as _, Executor, Row as _};
use tokio_util::sync::CancellationToken;

use super::*;

/// What goes wrong with one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StoreFault {
    None,
    /// SQLite ends the transaction by itself, as it does on a full disk, an I/O error or when it has
    /// no memory.
    Rollback,
    /// The statement fails, the transaction goes on.
    Abort,
    /// The statement fails halfway, the transaction goes on.
    Fail,
    /// The commit fails: SQLite then keeps the transaction open.
    Commit,
    /// Whoever asked goes away after this row.
    Dropped,
}

/// One row each, in one transaction or, when it is a single row, without one.
#[derive(Debug, Clone)]
struct Write {
    rows: Vec<StoreFault>,
    explicit: bool,
}

const TABLES: &str = "
    CREATE TABLE parents (id BIGINT PRIMARY KEY);
    CREATE TABLE rows (id BIGINT PRIMARY KEY, fault TEXT NOT NULL,
        parent BIGINT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER faults BEFORE INSERT ON rows BEGIN
        SELECT CASE NEW.fault WHEN 'rollback' THEN RAISE(ROLLBACK, 'the disk is full')
            WHEN 'abort' THEN RAISE(ABORT, 'this row is refused')
            WHEN 'fail' THEN RAISE(FAIL, 'this row is refused') END;
    END;";

async fn insert(
    connection: impl Executor<'_, Database = sqlx::Any>,
    id: i64,
    fault: StoreFault,
) -> Result<(), sqlx::Error> {
    let said = match fault {
        StoreFault::None | StoreFault::Commit | StoreFault::Dropped => "none",
        StoreFault::Rollback => "rollback",
        StoreFault::Abort => "abort",
        StoreFault::Fail => "fail",
    };
    sqlx::query("INSERT INTO rows (id, fault, parent) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(said)
        .bind((fault == StoreFault::Commit).then_some(id))
        .execute(connection)
        .await?;
    Ok(())
}

impl Write {
    /// Writes rows from `first` on, as a caller does that passes errors on.
    async fn perform(&self, database: &Database, first: i64) -> Result<(), sqlx::Error> {
        let rows = (first..).zip(self.rows.iter().copied());
        if !self.explicit {
            for (id, fault) in rows.take(1) {
                insert(database.pool(), id, fault).await?;
            }
            return Ok(());
        }
        let mut change = database.pool().begin().await?;
        for (id, fault) in rows {
            insert(&mut *change, id, fault).await?;
            if fault == StoreFault::Dropped {
                return Err(sqlx::Error::WorkerCrashed);
            }
        }
        change.commit().await
    }
}

/// The rows of a query, read by somebody else.
async fn read_beside(url: &str, query: &'static str) -> Vec<AnyRow> {
    let mut other = AnyConnection::connect(url).await.unwrap();
    let rows = sqlx::query(query).fetch_all(&mut other).await.unwrap();
    other.close().await.unwrap();
    rows
}

/// The ids in the file.
async fn stored(file: &Path) -> Vec<i64> {
    let url = format!("sqlite:{}", file.display());
    let rows = read_beside(&url, "SELECT id FROM rows ORDER BY id").await;
    rows.iter().map(|row| row.get(0)).collect()
}

/// A database that goes wrong as its rows say.
async fn with_rows(folder: &Path) -> (PathBuf, Database) {
    let file = folder.join("w.sqlite");
    let url = format!("sqlite:{}", file.display());
    let database = Database::open(&url).await.unwrap();
    database.pool().execute(TABLES).await.unwrap();
    (file, database)
}

async fn check(writes: &[Write]) {
    let dir = tempfile::tempdir().unwrap();
    let (file, database) = with_rows(dir.path()).await;
    let mut acknowledged = Vec::new();
    for (number, write) in (0..).zip(writes) {
        let first = number * 10;
        if write.perform(&database, first).await.is_ok() {
            let rows = match write.explicit {
                true => write.rows.len(),
                false => write.rows.len().min(1),
            };
            acknowledged.extend((first..).take(rows));
        }
        // At once, not only after a clean end.
        assert_eq!(stored(&file).await, acknowledged, "after {write:?}");
    }
    database.close().await;
    assert_eq!(stored(&file).await, acknowledged);
}

fn fault() -> impl Strategy<Value = StoreFault> {
    prop_oneof![
        6 => Just(StoreFault::None),
        1 => Just(StoreFault::Rollback),
        1 => Just(StoreFault::Abort),
        1 => Just(StoreFault::Fail),
        1 => Just(StoreFault::Commit),
        1 => Just(StoreFault::Dropped),
    ]
}

fn write() -> impl Strategy<Value = Write> {
    (prop::collection::vec(fault(), 1..4), any::<bool>())
        .prop_map(|(rows, explicit)| Write { rows, explicit })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_was_acknowledged_is_stored_whatever_fails(
        writes in prop::collection::vec(write(), 1..14),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(check(&writes));
    }
}

/// Waits until the database is known to work, or known not to.
async fn degraded(database: &Database, expected: bool) {
    let mut degraded = database.watch_degraded();
    degraded.wait_for(|now| *now == expected).await.unwrap();
}

/// Looks after a database for as long as it is kept.
fn keep_proving(database: &Database) -> tokio_util::sync::DropGuard {
    let stop = CancellationToken::new();
    tokio::spawn(database.clone().keep_proving(stop.clone()));
    stop.drop_guard()
}

async fn note(database: &Database, key: &'static str) -> Result<(), sqlx::Error> {
    let mut change = database.pool().begin().await?;
    sqlx::query("INSERT INTO settings (key, value) VALUES ($1, $2)")
        .bind(key)
        .bind("x".repeat(20_000))
        .execute(&mut *change)
        .await?;
    change.commit().await
}

async fn notes(url: &str) -> Vec<String> {
    let query = "SELECT key FROM settings WHERE key LIKE 'note.%' ORDER BY key";
    let rows = read_beside(url, query).await;
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_full_disk_degrades_the_store_until_a_write_was_committed() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("w.sqlite").display());
    let database = Database::open(&url).await.unwrap();
    note(&database, "note.1").await.unwrap();
    let mut leases = Vec::new();
    for _ in 0..4 {
        let mut lease = database.pool().acquire().await.unwrap();
        // Below what is there already: no page can be added any more.
        lease.execute("PRAGMA max_page_count = 1").await.unwrap();
        leases.push(lease);
    }
    leases.into_iter().for_each(Lease::give_back);
    assert!(!database.is_degraded());
    note(&database, "note.2").await.unwrap_err();
    let _proving = keep_proving(&database);
    // The connection that failed is gone, and the one in its place knows no limit.
    degraded(&database, false).await;
    for key in ["note.3", "note.4", "note.5"] {
        let written = async || note(&database, key).await.is_ok();
        while !written().await {}
    }
    assert_eq!(notes(&url).await, ["note.1", "note.3", "note.4", "note.5"]);
}

#[tokio::test]
async fn a_lock_that_somebody_else_holds_is_a_failure_that_passes() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("w.sqlite").display());
    let database = Database::open(&url).await.unwrap();
    let mut other = AnyConnection::connect(&url).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    note(&database, "note.1").await.unwrap_err();
    assert!(database.is_degraded());
    let _proving = keep_proving(&database);
    other.execute("ROLLBACK").await.unwrap();
    degraded(&database, false).await;
    note(&database, "note.2").await.unwrap();
    assert_eq!(notes(&url).await, ["note.2"]);
}

#[tokio::test]
async fn a_write_within_a_transaction_that_fails_is_known_when_its_caller_hears_of_it() {
    let story = async |database: Database| {
        let mut change = database.pool().begin().await.unwrap();
        let unknown = change.execute("INSERT INTO settings (key) VALUES ('note.1')");
        unknown.await.unwrap_err();
        change.rollback().await.unwrap();
        assert!(!database.is_degraded(), "the question was wrong");
        let mut change = database.pool().begin().await.unwrap();
        let limit = match database.pool().is_sqlite() {
            true => "PRAGMA query_only = ON",
            false => "SET TRANSACTION READ ONLY",
        };
        change.execute(limit).await.unwrap();
        let write = "INSERT INTO settings (key, value) VALUES ('note.1', '')";
        change.execute(write).await.unwrap_err();
        assert!(database.is_degraded());
    };
    stories::on_sqlite(story).await;
    stories::on_postgres(story).await;
}

#[tokio::test]
async fn a_row_is_answered_after_its_statement_was_committed() {
    let dir = tempfile::tempdir().unwrap();
    let (file, database) = with_rows(dir.path()).await;
    // Its row comes before its commit, which fails.
    let answer = sqlx::query("INSERT INTO rows (id, fault, parent) VALUES (1, '', 1) RETURNING id")
        .fetch_optional(database.pool())
        .await;
    assert!(answer.is_err());
    assert!(stored(&file).await.is_empty());
}

/// A database, and a connection to it that is not the server's.
async fn postgres_and_somebody_else() -> Option<(Postgres, Database, AnyConnection)> {
    let postgres = Postgres::start().await?;
    let url = postgres.url();
    let database = Database::open(&url).await.unwrap();
    let other = AnyConnection::connect(&url).await.unwrap();
    Some((postgres, database, other))
}

#[tokio::test]
async fn a_connection_lost_inside_a_transaction_takes_nothing_else_with_it() {
    let Some((postgres, database, mut other)) = postgres_and_somebody_else().await else {
        return;
    };
    for fatal in ["insert", "commit"] {
        let mut change = database.pool().begin().await.unwrap();
        let row = sqlx::query("SELECT pg_backend_pid()").fetch_one(&mut *change);
        let pid: i32 = row.await.unwrap().get(0);
        let statement = "INSERT INTO settings (key, value) VALUES ('note.lost', '')";
        if fatal == "commit" {
            change.execute(statement).await.unwrap();
        }
        sqlx::query("SELECT pg_terminate_backend($1, 10000)")
            .bind(pid)
            .execute(&mut other)
            .await
            .unwrap();
        match fatal {
            "insert" => drop(change.execute(statement).await.unwrap_err()),
            _ => drop(change.commit().await.unwrap_err()),
        }
    }
    note(&database, "note.1").await.unwrap();
    assert_eq!(notes(&postgres.url()).await, ["note.1"]);
}

#[tokio::test]
async fn a_commit_after_a_refused_statement_is_no_success() {
    let story = async |database: Database| {
        note(&database, "note.1").await.unwrap();
        let mut change = database.pool().begin().await.unwrap();
        let twice = "INSERT INTO settings (key, value) VALUES ('note.1', '')";
        change.execute(twice).await.unwrap_err();
        // SQLite goes on as if nothing had happened; Postgres gives the whole transaction up.
        let next = "INSERT INTO settings (key, value) VALUES ('note.2', '')";
        let added = change.execute(next).await.is_ok();
        assert_eq!(change.commit().await.is_ok(), added);
        let found = sqlx::query("SELECT 1 FROM settings WHERE key = 'note.2'")
            .fetch_optional(database.pool())
            .await;
        assert_eq!(found.unwrap().is_some(), added);
    };
    stories::on_sqlite(story).await;
    stories::on_postgres(story).await;
}

#[tokio::test]
async fn a_database_that_became_read_only_is_noticed_and_so_is_its_return() {
    let Some((postgres, database, mut other)) = postgres_and_somebody_else().await else {
        return;
    };
    let _proving = keep_proving(&database);
    let read_only = "ALTER SYSTEM SET default_transaction_read_only = on";
    for statement in [read_only, "SELECT pg_reload_conf()"] {
        other.execute(statement).await.unwrap();
    }
    while note(&database, "note.early").await.is_ok() {
        let delete = "DELETE FROM settings WHERE key = 'note.early'";
        // It may be refused by now, which ends the loop.
        let _ = database.pool().execute(delete).await;
    }
    degraded(&database, true).await;
    let reset = "ALTER SYSTEM RESET default_transaction_read_only";
    for statement in [reset, "SELECT pg_reload_conf()"] {
        other.execute(statement).await.unwrap();
    }
    degraded(&database, false).await;
    note(&database, "note.1").await.unwrap();
    assert!(notes(&postgres.url()).await.contains(&"note.1".to_owned()));
}

#[tokio::test]
async fn a_database_that_falls_silent_is_noticed_though_nobody_asks_it() {
    let Some(postgres) = Postgres::start().await else {
        return;
    };
    let wire = ServiceWire::to(postgres.address()).await;
    let database = Database::open(&Postgres::url_at(wire.address()))
        .await
        .unwrap();
    let _proving = keep_proving(&database);
    wire.fall_silent();
    degraded(&database, true).await;
    wire.speak();
    degraded(&database, false).await;
    note(&database, "note.1").await.unwrap();
}
