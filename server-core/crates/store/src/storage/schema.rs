//! Tells whether a database has the tables this program makes, and nothing that would act on them.

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};

use super::migrations;

/// The table of applied migrations; the library that keeps it also makes it.
const APPLIED: &str = "_sqlx_migrations";

/// Something in a schema, as `sqlite_schema` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// `table`, `index`, `trigger` or `view`.
    kind: String,
    name: String,
    table: String,
    /// What made it, in single spaces.
    sql: String,
}

/// What is wrong with a database to which the migrations `applied` were applied; `None` when it is as
/// they made it. Tables that are none of ours do nothing and may stay; a trigger, a view, or an index
/// on a table of ours acts on every statement.
pub(super) async fn difference(
    connection: &mut SqliteConnection,
    applied: &[i64],
) -> Result<Option<String>, sqlx::Error> {
    let ours = made_by(applied).await?;
    let theirs = parts(connection).await?;
    for part in &ours {
        match theirs.iter().find(|it| it.name == part.name) {
            None => return Ok(Some(format!("it lacks the {} `{}`", part.kind, part.name))),
            Some(it) if it != part => {
                let (kind, name) = (&part.kind, &part.name);
                return Ok(Some(format!("its {kind} `{name}` is another one")));
            }
            Some(_) => {}
        }
    }
    let is_ours = |name: &str| ours.iter().any(|part| part.name == name);
    let acts = |it: &&Part| match it.kind.as_str() {
        "table" => false,
        "index" => is_ours(&it.table),
        _ => true,
    };
    let foreign = theirs.iter().filter(|it| !is_ours(&it.name)).find(acts);
    Ok(foreign.map(|it| format!("it has a foreign {} `{}`", it.kind, it.name)))
}

/// The schema that these migrations make in an empty database.
async fn made_by(applied: &[i64]) -> Result<Vec<Part>, sqlx::Error> {
    let options = SqliteConnectOptions::new().in_memory(true);
    let mut connection = options.connect().await?;
    for migration in migrations::SQLITE.iter() {
        if applied.contains(&migration.version) {
            sqlx::raw_sql(migration.sql.clone())
                .execute(&mut connection)
                .await?;
        }
    }
    let parts = parts(&mut connection).await;
    connection.close().await?;
    parts
}

async fn parts(connection: &mut SqliteConnection) -> Result<Vec<Part>, sqlx::Error> {
    // What SQLite makes by itself (`sqlite_%`) follows from the rest or is statistics.
    let rows = sqlx::query(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema \
         WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> $1",
    )
    .bind(APPLIED)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let sql: Option<String> = row.try_get("sql")?;
            let words: Vec<_> = sql
                .as_deref()
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            Ok(Part {
                kind: row.try_get("type")?,
                name: row.try_get("name")?,
                table: row.try_get("tbl_name")?,
                sql: words.join(" "),
            })
        })
        .collect()
}
