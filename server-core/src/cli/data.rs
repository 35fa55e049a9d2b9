//! `backup` and `restore`.

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::bail;
use clap::ArgMatches;
use server_core::config::Loaded;
use store::storage::{Existing, Location, restore as restore_database};

use super::{arguments, open_database, require_place};

/// Copies the database to the file named on the command line.
pub(super) async fn backup(arguments: &ArgMatches, loaded: &Loaded) -> anyhow::Result<()> {
    let file = arguments::text(arguments, "FILE").unwrap_or_default();
    let database = open_database(loaded).await?;
    let contents = database.backup_to(Path::new(&file), Existing::Keep).await;
    database.close().await;
    writeln!(
        io::stdout(),
        "The database is saved in {file}: {}.",
        contents?
    )?;
    Ok(())
}

/// Replaces the database by the file named on the command line.
pub(super) async fn restore(arguments: &ArgMatches, loaded: &Loaded) -> anyhow::Result<()> {
    let file = arguments::text(arguments, "FILE").unwrap_or_default();
    let location = Location::of(&loaded.config.storage)?;
    let Some(database) = location.file() else {
        bail!("only a SQLite database is restored by this program; use pg_restore for Postgres");
    };
    require_place(loaded)?;
    let restored = restore_database(Path::new(&file), database, chrono::Utc::now()).await?;
    let mut out = io::stdout();
    let contents = restored.contents;
    writeln!(out, "The database is restored from {file}: {contents}.")?;
    if let Some(kept) = restored.kept {
        writeln!(out, "The replaced one is kept as {}.", kept.display())?;
    }
    Ok(())
}
