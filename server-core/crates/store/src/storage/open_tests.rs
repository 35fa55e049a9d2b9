//! What keeps a database from being opened, said with its name; and who may use it at once.

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

#[tokio::test]
async fn a_second_server_on_a_postgres_database_is_noticed() {
    stories::on_postgres(async |one| {
        let url = one
            .pool()
            .connections()
            .connect_options()
            .database_url
            .to_string();
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
