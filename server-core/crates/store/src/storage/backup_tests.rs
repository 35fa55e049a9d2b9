//! A backup restores what it saved, and restoring refuses everything else.

use std::path::{Path, PathBuf};

use sqlx::Row as _;

use super::*;

async fn open(file: &Path) -> Database {
    Database::open(&format!("sqlite:{}", file.display()))
        .await
        .unwrap()
}

/// A new database in `folder` and its backup.
async fn backed_up(folder: &Path) -> (PathBuf, PathBuf) {
    let (file, backup) = (folder.join("w.sqlite"), folder.join("backup"));
    let database = open(&file).await;
    database.backup_to(&backup, Existing::Keep).await.unwrap();
    (file, backup)
}

async fn execute(database: &Database, statement: &'static str) {
    sqlx::query(statement)
        .execute(database.pool())
        .await
        .unwrap();
}

async fn note(file: &Path) -> String {
    let database = open(file).await;
    let row = sqlx::query("SELECT text FROM notes")
        .fetch_one(database.pool())
        .await
        .unwrap();
    database.pool().close().await;
    row.get(0)
}

async fn restore_now(backup: &Path, database: &Path) -> Result<Restored, RestoreError> {
    restore(backup, database, chrono::DateTime::UNIX_EPOCH).await
}

async fn check_refused(backup: &Path, database: &Path, sentence: &str) {
    let error = restore_now(backup, database).await.unwrap_err().to_string();
    let name = backup.display().to_string();
    assert_eq!(error.replace(&name, "FILE"), sentence);
}

#[tokio::test]
async fn a_backup_of_an_open_database_restores_what_it_saved() {
    let dir = tempfile::tempdir().unwrap();
    let (file, backup) = (
        dir.path().join("w.sqlite"),
        dir.path().join("it's a backup"),
    );
    let database = open(&file).await;
    execute(&database, "CREATE TABLE notes (text TEXT)").await;
    execute(&database, "INSERT INTO notes VALUES ('before')").await;
    database.backup_to(&backup, Existing::Keep).await.unwrap();
    execute(&database, "UPDATE notes SET text = 'after'").await;

    let refused = database
        .backup_to(&backup, Existing::Keep)
        .await
        .unwrap_err();
    assert!(matches!(refused, BackupError::Exists(_)));
    check_refused(
        &backup,
        &file,
        "the database is in use; stop the server first",
    )
    .await;

    // Also while somebody still has a handle.
    let handle = database.clone();
    database.close().await;
    let restored = restore_now(&backup, &file).await.unwrap();
    let kept = restored.kept.unwrap();
    assert_eq!(
        kept,
        dir.path().join("w.sqlite.replaced-1970-01-01T00-00-00Z")
    );
    assert_eq!(note(&file).await, "before");
    assert_eq!(note(&kept).await, "after");
    drop(handle);
}

#[tokio::test]
async fn commits_that_wait_in_the_wal_move_aside_with_their_database() {
    let dir = tempfile::tempdir().unwrap();
    let (file, backup) = (dir.path().join("w.sqlite"), dir.path().join("backup"));
    let database = open(&file).await;
    execute(&database, "CREATE TABLE notes (text TEXT)").await;
    execute(&database, "INSERT INTO notes VALUES ('before')").await;
    database.backup_to(&backup, Existing::Keep).await.unwrap();
    execute(&database, "UPDATE notes SET text = 'after'").await;
    // What a killed server leaves behind: the database and the commits beside it.
    let crashed = dir.path().join("crashed.sqlite");
    std::fs::copy(&file, &crashed).unwrap();
    std::fs::copy(
        dir.path().join("w.sqlite-wal"),
        dir.path().join("crashed.sqlite-wal"),
    )
    .unwrap();

    check_refused(
        &crashed,
        &dir.path().join("new.sqlite"),
        "the file FILE is a database in use, not a backup; make one with `comutiny-server backup FILE`",
    )
    .await;
    let kept = restore_now(&backup, &crashed).await.unwrap().kept.unwrap();
    assert_eq!(note(&crashed).await, "before");
    assert_eq!(note(&kept).await, "after");
}

#[tokio::test]
async fn a_backup_restores_where_no_database_was() {
    let dir = tempfile::tempdir().unwrap();
    let (_, backup) = backed_up(dir.path()).await;
    let elsewhere = dir.path().join("new/world.sqlite");
    assert_eq!(restore_now(&backup, &elsewhere).await.unwrap().kept, None);
    open(&elsewhere).await;
}

#[tokio::test]
async fn only_sound_backups_of_ours_are_restored() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("target.sqlite");
    let file = |name: &str, content: &[u8]| {
        let path = dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let not_ours = "the file FILE is not a backup made by this program";
    check_refused(&file("empty", b""), &target, not_ours).await;
    check_refused(
        &file("letter", b"Dear Ana, here is no database."),
        &target,
        not_ours,
    )
    .await;

    let foreign = dir.path().join("foreign");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&foreign)
        .create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("CREATE TABLE notes (text TEXT)")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    check_refused(&foreign, &target, not_ours).await;

    let source = open(&dir.path().join("w.sqlite")).await;
    execute(
        &source,
        "INSERT INTO _sqlx_migrations VALUES (999999, 'later', '', TRUE, x'00', 1)",
    )
    .await;
    let newer = dir.path().join("newer");
    source.backup_to(&newer, Existing::Keep).await.unwrap();
    check_refused(
        &newer,
        &target,
        "the file FILE was made by a newer version of this program; install that version first",
    )
    .await;

    execute(
        &source,
        "DELETE FROM _sqlx_migrations WHERE version = 999999",
    )
    .await;
    let damaged = dir.path().join("damaged");
    source.backup_to(&damaged, Existing::Keep).await.unwrap();
    let mut bytes = std::fs::read(&damaged).unwrap();
    let middle = bytes.len() / 2;
    bytes.truncate(middle);
    std::fs::write(&damaged, bytes).unwrap();
    let error = restore_now(&damaged, &target).await.unwrap_err();
    assert!(
        matches!(error, RestoreError::Damaged(_) | RestoreError::NotOurs(_)),
        "{error}"
    );
    assert!(!target.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn databases_and_backups_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let dir = tempfile::tempdir().unwrap();
    let (file, backup) = backed_up(dir.path()).await;
    for path in [&file, &backup] {
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}

#[tokio::test]
async fn a_backup_says_what_is_inside() {
    let dir = tempfile::tempdir().unwrap();
    let database = open(&dir.path().join("w.sqlite")).await;
    execute(
        &database,
        "INSERT INTO chat_messages (id, player_id, author, author_folded, content, content_folded, \
         sent_at) VALUES ('m', 'p', 'Ana', 'ana', 'Hello', 'hello', 1)",
    )
    .await;
    let backup = dir.path().join("backup");
    let contents = database.backup_to(&backup, Existing::Keep).await.unwrap();
    assert_eq!(contents.to_string(), "0 accounts, 1 message");
    let restored = restore_now(&backup, &dir.path().join("new.sqlite"))
        .await
        .unwrap();
    assert_eq!(restored.contents, contents);
}

#[tokio::test]
async fn a_backup_onto_the_world_itself_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("w.sqlite");
    let database = open(&file).await;
    execute(&database, "CREATE TABLE notes (text TEXT)").await;
    execute(&database, "INSERT INTO notes VALUES ('kept')").await;
    for name in ["w.sqlite", "w.sqlite-wal", "w.sqlite-journal", "./w.sqlite"] {
        for existing in [Existing::Keep, Existing::Replace] {
            let refused = database.backup_to(&dir.path().join(name), existing).await;
            assert!(matches!(refused, Err(BackupError::Itself(_))), "{name}");
        }
    }
    // A start would take it for settings, and end there.
    for name in ["comutiny.toml", "jwt_secret"] {
        let path = dir.path().join(name);
        let refused = database.backup_to(&path, Existing::Keep).await;
        assert!(matches!(refused, Err(BackupError::Kept(_))), "{name}");
        assert!(!path.exists());
    }
    database.close().await;
    check_refused(
        &file,
        &file,
        "the file FILE is the world itself, not a backup of it",
    )
    .await;
    assert_eq!(note(&file).await, "kept");
}

#[tokio::test]
async fn a_newer_backup_takes_the_place_of_an_older_one_only() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let database = open(&at("w.sqlite")).await;
    execute(&database, "CREATE TABLE notes (text TEXT)").await;
    execute(&database, "INSERT INTO notes VALUES ('first')").await;
    let backup = at("backup");
    database.backup_to(&backup, Existing::Keep).await.unwrap();
    execute(&database, "UPDATE notes SET text = 'second'").await;
    let replaced = database.backup_to(&backup, Existing::Replace).await;
    replaced.unwrap();
    std::fs::write(at("letter"), "Dear Ana").unwrap();
    let refused = database.backup_to(&at("letter"), Existing::Replace).await;
    assert!(matches!(refused, Err(BackupError::NotABackup(_))));
    assert_eq!(std::fs::read(at("letter")).unwrap(), b"Dear Ana");

    let neighbour = open(&at("neighbour.sqlite")).await;
    let refused = database
        .backup_to(&at("neighbour.sqlite"), Existing::Replace)
        .await;
    assert!(matches!(refused, Err(BackupError::InUse(_))));
    neighbour.close().await;
    assert_eq!(note(&backup).await, "second");
}

#[tokio::test]
async fn a_backup_that_fails_leaves_the_older_one_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("backups");
    std::fs::create_dir(&folder).unwrap();
    let backup = folder.join("backup");
    let database = open(&dir.path().join("w.sqlite")).await;
    database.backup_to(&backup, Existing::Keep).await.unwrap();
    let before = std::fs::read(&backup).unwrap();
    // A database that fails in the middle, as on a full disk.
    database.pool().close().await;
    let failed = database.backup_to(&backup, Existing::Replace).await;
    let failed = failed.unwrap_err().to_string();
    let named = format!("the backup {} cannot be written", backup.display());
    assert!(failed.starts_with(&named), "{failed}");
    assert_eq!(std::fs::read(&backup).unwrap(), before);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[tokio::test]
async fn a_backup_that_somebody_has_changed_is_refused_with_what_was_changed() {
    let check = async |change: &'static str, what: &str| {
        let dir = tempfile::tempdir().unwrap();
        let source = open(&dir.path().join("w.sqlite")).await;
        execute(&source, change).await;
        let backup = dir.path().join("backup");
        source.backup_to(&backup, Existing::Keep).await.unwrap();
        let target = dir.path().join("target.sqlite");
        let sentence =
            format!("the file FILE was changed by another program: {what}; restore another backup");
        check_refused(&backup, &target, &sentence).await;
        assert!(!target.exists());
    };
    check(
        "CREATE TRIGGER promote AFTER INSERT ON users BEGIN UPDATE users SET role = 'host'; END",
        "it has a foreign trigger `promote`",
    )
    .await;
    check(
        "CREATE VIEW everybody AS SELECT * FROM users",
        "it has a foreign view `everybody`",
    )
    .await;
    check(
        "CREATE UNIQUE INDEX one_role ON users (role)",
        "it has a foreign index `one_role`",
    )
    .await;
    check(
        "ALTER TABLE users DROP COLUMN suspension_reason",
        "its table `users` is another one",
    )
    .await;
    check("DROP TABLE remarks", "it lacks the table `remarks`").await;
}
