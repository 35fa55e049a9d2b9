//! Databases to tell the same story on.

use services::Postgres;

use super::Database;

/// On an empty SQLite file.
pub(crate) async fn on_sqlite(story: impl AsyncFnOnce(Database)) {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}?mode=rwc", dir.path().join("db").display());
    story(Database::open(&url).await.unwrap()).await;
}

/// On an empty PostgreSQL of its own, where one is installed.
pub(crate) async fn on_postgres(story: impl AsyncFnOnce(Database)) {
    if let Some(postgres) = Postgres::start().await {
        story(Database::open(&postgres.url()).await.unwrap()).await;
    }
}
