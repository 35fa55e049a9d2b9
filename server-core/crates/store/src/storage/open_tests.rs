//! What keeps a database from being opened, said with its name; and who may use it at once.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::*;

async fn open(file: &Path) -> Result<Database, OpenError> {
    Database::open(&format!("sqlite:{}", file.display())).await
}

async fn check_refused(file: &Path, sentence: &str) {
    let error = open(file).await.unwrap_err().to_string();
    let name = file.display().to_string();
    assert_eq!(error.replace(&name, "FILE"), sentence);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let letter = dir.path().join("comutiny.sqlite");
    std::fs::write(&letter, "Dear Ana, here is no database.".repeat(100)).unwrap();
    check_refused(
        &letter,
        "the file FILE is not a database; move it away, or restore a backup",
    )
    .await;
    assert!(std::fs::read(&letter).unwrap().starts_with(b"Dear"));
}

/// Writes over a part of a database's file.
fn damage(file: &Path, from: u64, with: &[u8]) {
    let mut opened = std::fs::OpenOptions::new().write(true).open(file).unwrap();
    opened.seek(SeekFrom::Start(from)).unwrap();
    opened.write_all(with).unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_named_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("w.sqlite");
    open(&file).await.unwrap().close().await;
    // The page with the declarations of all tables, behind the file's head.
    damage(&file, 100, &[0xA5; 3000]);
    let sentence = "the database FILE is damaged; restore a backup: comutiny-server restore FILE";
    let error = open(&file).await.unwrap_err();
    assert!(matches!(&error, OpenError::Damaged(path) if *path == file));
    let name = file.display().to_string();
    assert_eq!(error.to_string().replace(&name, "FILE"), sentence);
}

#[tokio::test]
async fn a_newer_database_and_a_strange_one_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("w.sqlite");
    for (change, sentence) in [
        (
            "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1",
            "the database FILE was made by something else than a release of CoMutiNy (its step 1 \
             differs); restore a backup, or start with another one",
        ),
        (
            "INSERT INTO _sqlx_migrations SELECT 9999, 'tomorrow', installed_on, TRUE, checksum, 0 \
             FROM _sqlx_migrations WHERE version = 1",
            "the database FILE was used by a newer version of CoMutiNy; start that one, or restore a \
             backup from before",
        ),
    ] {
        let database = open(&file).await.unwrap();
        let changed = sqlx::query(change)
            .execute(database.pool().connections())
            .await;
        changed.unwrap();
        database.close().await;
        check_refused(&file, sentence).await;
        std::fs::remove_file(&file).unwrap();
    }
}

#[tokio::test]
async fn a_place_that_cannot_be_used_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let inside = dir.path().join("w.sqlite");
    std::fs::create_dir(&inside).unwrap();
    let error = open(&inside).await.unwrap_err();
    let OpenError::File { path, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(path, inside);
}

#[tokio::test]
async fn two_servers_share_a_database_only_as_nodes_of_one_world() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("w.sqlite");
    let (one, two) = (open(&file).await.unwrap(), open(&file).await.unwrap());
    one.serve(Company::Alone).await.unwrap();
    for company in [Company::Alone, Company::Nodes] {
        let refused = two.serve(company).await.unwrap_err();
        assert!(matches!(refused, OpenError::Served(path) if path == file));
    }
    // Who only manages accounts or makes a backup is no server.
    open(&file).await.unwrap().close().await;
    one.close().await;

    two.serve(Company::Nodes).await.unwrap();
    let three = open(&file).await.unwrap();
    three.serve(Company::Nodes).await.unwrap();
    let alone = open(&file).await.unwrap();
    assert!(alone.serve(Company::Alone).await.is_err());
    two.close().await;
    drop(three);
    alone.serve(Company::Alone).await.unwrap();
}

fn url_of(database: &Database) -> String {
    let options = database.pool().connections().connect_options();
    options.database_url.to_string()
}

#[tokio::test]
async fn a_second_server_on_a_postgres_database_is_noticed() {
    stories::on_postgres(async |one| {
        let url = url_of(&one);
        let two = Database::open(&url).await.unwrap();
        let serve = async |database: &Database, company| database.serve(company).await.unwrap();
        assert_eq!(serve(&one, Company::Alone).await, Neighbours::Expected);
        assert_eq!(serve(&two, Company::Alone).await, Neighbours::Strangers);
        assert_eq!(serve(&two, Company::Nodes).await, Neighbours::Strangers);
        one.close().await;
        assert_eq!(serve(&two, Company::Nodes).await, Neighbours::Expected);
    })
    .await;
}

#[tokio::test]
async fn servers_of_one_database_find_out_whether_they_are_linked() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("w.sqlite");
    let serve = async || {
        let database = open(&file).await.unwrap();
        database.serve(Company::Nodes).await.unwrap();
        database
    };
    let one = serve().await;
    assert_eq!(one.meet("a").await.unwrap(), Neighbours::Expected);
    let two = serve().await;
    assert_eq!(two.meet("b").await.unwrap(), Neighbours::Strangers);
    assert_eq!(two.meet("a").await.unwrap(), Neighbours::Expected);
    // As long as one of them is there, another group is a stranger; then it is the only one.
    one.close().await;
    let three = serve().await;
    assert_eq!(three.meet("b").await.unwrap(), Neighbours::Strangers);
    two.close().await;
    three.close().await;
    let four = serve().await;
    assert_eq!(four.meet("b").await.unwrap(), Neighbours::Expected);
}

#[tokio::test]
async fn servers_of_a_postgres_database_find_out_whether_they_are_linked() {
    stories::on_postgres(async |one| {
        let url = url_of(&one);
        let two = Database::open(&url).await.unwrap();
        for database in [&one, &two] {
            let served = database.serve(Company::Nodes).await.unwrap();
            assert_eq!(served, Neighbours::Expected);
        }
        assert_eq!(one.meet("a").await.unwrap(), Neighbours::Expected);
        assert_eq!(two.meet("b").await.unwrap(), Neighbours::Strangers);
        one.close().await;
        two.close().await;
        let three = Database::open(&url).await.unwrap();
        three.serve(Company::Nodes).await.unwrap();
        assert_eq!(three.meet("b").await.unwrap(), Neighbours::Expected);
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_open_the_files_of_the_locks() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("w.sqlite");
    let locks = ["w.sqlite.lock", "w.sqlite.server"].map(|name| dir.path().join(name));
    for _ in 0..2 {
        let database = open(&file).await.unwrap();
        database.serve(Company::Alone).await.unwrap();
        for lock in &locks {
            let mode = std::fs::metadata(lock).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", lock.display());
            // As an earlier version made them.
            std::fs::set_permissions(lock, Permissions::from_mode(0o644)).unwrap();
        }
        database.close().await;
    }
}
