//! Folders and files that other people of this computer cannot read: the log names who was here, and
//! the world holds their accounts. Windows and its folders of a user keep others out by themselves.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder and those above it that are missing. One that is there already is closed to others.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    close(folder, 0o700);
    Ok(())
}

/// How a file is opened to be added to; a new one belongs to this user alone.
pub(crate) fn appending() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes the rights of others away from what is there already. On a disk without rights, or where it
/// belongs to somebody else, it stays as it is.
pub(crate) fn close(path: &Path, mode: u32) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;

        let rights = std::fs::Permissions::from_mode(mode);
        if let Err(error) = std::fs::set_permissions(path, rights) {
            tracing::debug!(%error, path = %path.display(), "others may read it");
        }
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn nobody_else_reads_what_is_new_or_was_open_to_all() {
        let dir = tempfile::tempdir().unwrap();
        let (world, logs) = (dir.path().join("world"), dir.path().join("world/logs"));
        create_folder(&logs).unwrap();
        assert_eq!((mode(&world), mode(&logs)), (0o700, 0o700));
        let file = logs.join("comutiny.log");
        appending().open(&file).unwrap();
        assert_eq!(mode(&file), 0o600);

        std::fs::set_permissions(&logs, Permissions::from_mode(0o755)).unwrap();
        create_folder(&logs).unwrap();
        assert_eq!(mode(&logs), 0o700);
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        close(&file, 0o600);
        assert_eq!(mode(&file), 0o600);
    }
}
