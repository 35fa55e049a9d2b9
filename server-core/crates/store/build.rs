//! Lists the migrations for [`storage::migrations`](src/storage/migrations.rs), which embeds them.
//!
//! `sqlx::migrate!` would do the same, but its crate of macros compiles sqlx and both database drivers,
//! SQLite's C included, a second time: for the compiler's own use, in every cold build.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const MIGRATIONS: &str = "../../migrations";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={MIGRATIONS}");
    let migrations = fs::canonicalize(MIGRATIONS)?;
    let mut source = String::new();
    for (name, database) in [("SQLITE", "sqlite"), ("POSTGRES", "postgres")] {
        writeln!(source, "pub(super) const {name}: &[Embedded] = &[")?;
        for file in files(&migrations.join(database))? {
            source.push_str(&embedded(&file)?);
        }
        source.push_str("];\n");
    }
    let target = PathBuf::from(env::var("OUT_DIR")?).join("migrations.rs");
    fs::write(target, source)?;
    Ok(())
}

/// The files of `directory`, in the order of their numbers.
fn files(directory: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        files.push(entry?.path());
    }
    files.sort();
    Ok(files)
}

/// The line of a migration `<version>_<words>.sql`.
fn embedded(file: &Path) -> Result<String, Box<dyn Error>> {
    let wrong = || format!("{} is not named <version>_<words>.sql", file.display());
    let stem = file.file_name().and_then(|name| name.to_str());
    let stem = stem
        .and_then(|name| name.strip_suffix(".sql"))
        .ok_or_else(wrong)?;
    let (version, words) = stem.split_once('_').ok_or_else(wrong)?;
    let version: i64 = version.parse().map_err(|_error| wrong())?;
    Ok(format!(
        "    Embedded {{ version: {version}, description: {:?}, sql: include_str!({file:?}) }},\n",
        words.replace('_', " "),
    ))
}
