//! The migrations of both databases, embedded.

use std::sync::LazyLock;

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// A file of `server-core/migrations`.
struct Embedded {
    /// The number before the first underscore; migrations run in its order.
    version: i64,
    /// The words behind it, as sqlx writes them into `_sqlx_migrations`.
    description: &'static str,
    sql: &'static str,
}

/// The lists that `build.rs` wrote.
mod listed {
    use super::Embedded;

    include!(concat!(env!("OUT_DIR"), "/migrations.rs"));
}

/// The tables of SQLite, in order; also what tells a database of ours from any other.
pub(super) static SQLITE: LazyLock<Migrator> = LazyLock::new(|| migrator(listed::SQLITE));

/// The same tables for Postgres.
pub(super) static POSTGRES: LazyLock<Migrator> = LazyLock::new(|| migrator(listed::POSTGRES));

fn migrator(files: &[Embedded]) -> Migrator {
    let migrations = files.iter().map(|file| {
        Migration::new(
            file.version,
            file.description.into(),
            MigrationType::Simple,
            file.sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}

#[cfg(test)]
mod tests {
    use super::{POSTGRES, SQLITE};

    /// A database keeps each migration's checksum, and refuses to open when one differs.
    #[test]
    fn the_first_migration_is_that_of_every_database_out_there() {
        for (migrator, expected) in [
            (
                &SQLITE,
                "775e3612d8c2ac6651ec65e28d3977775908beae897a047e031ac23bb0c9a0e8bae0e987b9738db07c3a70dace942590",
            ),
            (
                &POSTGRES,
                "25f692f5a76edeb42661030e356ab04e5f3115c02a1a576b3f2f20b0a0921c149f23ccc34e490845c5bff286ce0640e8",
            ),
        ] {
            let first = migrator.iter().next().expect("there are migrations");
            let checksum: String =
                (first.checksum.iter().map(|byte| format!("{byte:02x}"))).collect();
            assert_eq!(first.version, 1);
            assert_eq!(first.description, "accounts");
            assert_eq!(checksum, expected);
        }
    }

    #[test]
    fn migrations_of_both_databases_are_numbered_alike_and_upwards() {
        let of = |migrator: &sqlx::migrate::Migrator| -> Vec<(i64, String)> {
            let named = migrator
                .iter()
                .map(|one| (one.version, one.description.to_string()));
            named.collect()
        };
        let sqlite = of(&SQLITE);
        assert!(
            sqlite.is_sorted_by(|one, next| one.0 < next.0),
            "{sqlite:?}"
        );
        assert_eq!(sqlite, of(&POSTGRES));
    }
}
