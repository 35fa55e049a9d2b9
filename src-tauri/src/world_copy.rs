//! Copies a world that rests from one folder into another, all or nothing.

use std::io;
use std::path::{Path, PathBuf};

use server_core::config::StorageConfig;
use store::storage::{Contents, Database, Existing, Location, inspect};

/// What belongs to a world beside its database: what signs logins, and the settings of its server.
const FILES: [&str; 2] = ["jwt_secret", "comutiny.toml"];

/// What was copied.
#[derive(Debug)]
pub(crate) struct Copied {
    /// What the database holds; `None` where a setting says where it lies, and it stays there.
    pub(crate) contents: Option<Contents>,
    /// The new files.
    pub(crate) files: Vec<PathBuf>,
}

/// Copies the world in `from`, whose server does not run, into the folder `to`, and looks whether
/// everything arrived. Nothing in `to` is replaced, and the old world stays as it is.
///
/// # Errors
/// A sentence; `to` is as it was then.
pub(crate) async fn copy_world(
    storage: &StorageConfig,
    from: &Path,
    to: &Path,
) -> Result<Copied, String> {
    let mut copied = Copied {
        contents: None,
        files: Vec::new(),
    };
    match copy_all(storage, from, to, &mut copied).await {
        Ok(()) => Ok(copied),
        Err(why) => {
            remove(copied.files);
            Err(format!("The world was not moved: {why}."))
        }
    }
}

/// Takes back what was copied.
pub(crate) fn remove(files: Vec<PathBuf>) {
    for file in files {
        if let Err(error) = std::fs::remove_file(&file) {
            tracing::warn!(file = %file.display(), %error, "a copy could not be removed");
        }
    }
}

async fn copy_all(
    storage: &StorageConfig,
    from: &Path,
    to: &Path,
    copied: &mut Copied,
) -> Result<(), String> {
    for name in FILES {
        let (file, target) = (from.join(name), to.join(name));
        if file.exists() {
            copy_file(&file, &target)
                .map_err(|error| format!("{} cannot be written: {error}", target.display()))?;
            copied.files.push(target);
        }
    }
    if storage.database_url.is_some() {
        // A setting says where it lies; the copied settings say the same.
        return Ok(());
    }
    let location = Location::of(storage).map_err(|error| error.to_string())?;
    let name = location.file().and_then(Path::file_name);
    let target = to.join(name.unwrap_or_default());
    let opened = Database::open(location.url()).await;
    let database = opened.map_err(|error| error.to_string())?;
    let made = database.backup_to(&target, Existing::Keep).await;
    database.close().await;
    let sent = made.map_err(|error| error.to_string())?;
    copied.files.push(target.clone());
    let arrived = inspect(&target).await.map_err(|error| error.to_string())?;
    if sent != arrived {
        return Err(format!("{sent} were sent and {arrived} arrived"));
    }
    copied.contents = Some(arrived);
    Ok(())
}

/// With the rights of the original, under its name once it is whole.
fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().unwrap_or(Path::new("."));
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    io::copy(&mut std::fs::File::open(from)?, draft.as_file_mut())?;
    let rights = std::fs::metadata(from)?.permissions();
    draft.as_file().set_permissions(rights)?;
    draft.as_file().sync_all()?;
    draft
        .persist_noclobber(to)
        .map_err(|refused| refused.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn world(folder: &Path) -> StorageConfig {
        let storage = StorageConfig {
            data_dir: folder.to_owned(),
            ..StorageConfig::default()
        };
        let location = Location::of(&storage).unwrap();
        let database = Database::open(location.url()).await.unwrap();
        database.close().await;
        std::fs::write(folder.join("jwt_secret"), "hush").unwrap();
        storage
    }

    fn names(folder: &Path) -> Vec<String> {
        let files = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_world_arrives_whole_and_stays_where_it_was() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let storage = world(from.path()).await;
        let before = names(from.path());
        let copied = copy_world(&storage, from.path(), to.path()).await.unwrap();
        assert_eq!(copied.contents.unwrap().accounts, 0);
        assert_eq!(names(to.path()), ["comutiny.sqlite", "jwt_secret"]);
        assert_eq!(names(from.path()), before);
    }

    #[tokio::test]
    async fn a_copy_that_fails_leaves_the_target_as_it_was() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let storage = world(from.path()).await;
        std::fs::write(to.path().join("comutiny.sqlite"), "somebody else's").unwrap();
        let refused = copy_world(&storage, from.path(), to.path()).await;
        assert!(refused.unwrap_err().contains("exists already"));
        assert_eq!(names(to.path()), ["comutiny.sqlite"]);
    }
}
