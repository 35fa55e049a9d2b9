//! One backup a day by itself, of which the last few are kept.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{NaiveDate, Utc};
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

use super::backup::DRAFT;
use super::config::StorageConfig;
use super::{BackupError, Contents, Database, Existing};

/// From the start of a server to its first look, so that a start is not slowed down by a copy.
const FIRST_LOOK: Duration = Duration::from_secs(60);
/// Time between two looks for today's backup. What failed is tried again then.
const LOOK_EVERY: Duration = Duration::from_secs(3600);
/// Unfinished copies that are older were left behind by a program that was killed.
const DRAFT_LIFE: Duration = Duration::from_secs(24 * 3600);

/// Before and behind the date in the name of a backup; what is called otherwise is a person's.
const NAME: (&str, &str) = ("automatic-", ".sqlite");

/// Keeps a backup of each day (in UTC) until `stop`, as `config` says. Nothing is kept of a database
/// that is no SQLite file.
pub async fn keep_daily_backups(
    database: Database,
    config: StorageConfig,
    stop: CancellationToken,
) {
    let kept = config.backups_kept as usize;
    if kept == 0 || database.file.is_none() {
        return;
    }
    let folder = config.backup_folder();
    let mut looks = interval_at(Instant::now() + FIRST_LOOK, LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(looks.tick()).await.is_some() {
        let today = Utc::now().date_naive();
        let made = back_up(&database, &folder, kept, today);
        match stop.run_until_cancelled(made).await {
            Some(Ok(Some(contents))) => {
                tracing::info!(folder = %folder.display(), %contents, "today's backup is made");
            }
            Some(Ok(None)) | None => {}
            Some(Err(error)) => tracing::error!(%error, "today's backup could not be made"),
        }
    }
}

/// Makes the backup of `today` if there is none yet, and removes the oldest ones beyond `kept`.
/// Of several nodes that do it at once, one makes it.
async fn back_up(
    database: &Database,
    folder: &Path,
    kept: usize,
    today: NaiveDate,
) -> Result<Option<Contents>, BackupError> {
    let path = folder.join(format!("{}{today}{}", NAME.0, NAME.1));
    if path.exists() {
        return Ok(None);
    }
    let failed = |source| BackupError::Io {
        path: path.clone(),
        source,
    };
    make_private(folder).map_err(failed)?;
    let contents = match database.backup_to(&path, Existing::Keep).await {
        Err(BackupError::Exists(_)) => return Ok(None),
        made => made?,
    };
    prune(folder, kept).map_err(failed)?;
    Ok(Some(contents))
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn prune(folder: &Path, kept: usize) -> io::Result<()> {
    let mut days: Vec<(NaiveDate, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if let Some(day) = day_of(&name) {
            days.push((day, entry.path()));
        } else if name.starts_with(DRAFT) && is_old(&entry) {
            std::fs::remove_file(entry.path())?;
        }
    }
    days.sort_unstable_by(|one, other| other.cmp(one));
    for (_, path) in days.into_iter().skip(kept) {
        std::fs::remove_file(path)?;
    }
    Ok(())
}

fn day_of(name: &str) -> Option<NaiveDate> {
    let day = name.strip_prefix(NAME.0)?.strip_suffix(NAME.1)?;
    day.parse().ok()
}

fn is_old(entry: &std::fs::DirEntry) -> bool {
    let modified = entry.metadata().and_then(|it| it.modified());
    modified.is_ok_and(|at| {
        let age = SystemTime::now().duration_since(at);
        age.is_ok_and(|age| age > DRAFT_LIFE)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let files = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 3, day).unwrap()
    }

    #[tokio::test]
    async fn one_backup_a_day_is_kept_and_the_oldest_goes() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("w.sqlite").display());
        let database = Database::open(&url).await.unwrap();
        let folder = dir.path().join("deep/backups");
        for today in 1..=4 {
            let made = back_up(&database, &folder, 3, day(today)).await.unwrap();
            assert_eq!(made.unwrap().accounts, 0);
            std::fs::write(folder.join("mine.sqlite"), "kept").unwrap();
            let again = back_up(&database, &folder, 3, day(today)).await.unwrap();
            assert_eq!(again, None);
        }
        assert_eq!(
            names(&folder),
            [
                "automatic-2025-03-02.sqlite",
                "automatic-2025-03-03.sqlite",
                "automatic-2025-03-04.sqlite",
                "mine.sqlite"
            ]
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
        }
    }

    #[tokio::test]
    async fn a_day_that_failed_leaves_the_older_ones() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("w.sqlite").display());
        let database = Database::open(&url).await.unwrap();
        let folder = dir.path().join("backups");
        back_up(&database, &folder, 1, day(1)).await.unwrap();
        database.close().await;
        back_up(&database, &folder, 1, day(2)).await.unwrap_err();
        assert_eq!(names(&folder), ["automatic-2025-03-01.sqlite"]);
    }
}
