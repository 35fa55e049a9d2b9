//! One settings file: read, changed key by key so that a person's own comments stay, written in one
//! step so that it is never half there.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::Local;
use toml_edit::{DocumentMut, Item, Value};

/// Reads the file; a missing one is empty.
///
/// # Errors
/// [`Broken`] with what is wrong, when it is no TOML or cannot be read.
pub(crate) fn read(path: &Path) -> Result<DocumentMut, Broken> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Broken(error.to_string())),
    };
    text.parse()
        .map_err(|error: toml_edit::TomlError| Broken(error.message().to_owned()))
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) String);

/// Sets a key of a document or, with `None`, removes it; comments stay.
pub(crate) fn set(document: &mut DocumentMut, key: &str, value: Option<Value>) {
    match value {
        None => {
            document.remove(key);
        }
        // In place: a comment above the key belongs to the key, one beside it to the value.
        Some(mut value) => match document.get_mut(key) {
            Some(item) => {
                if let Some(old) = item.as_value() {
                    *value.decor_mut() = old.decor().clone();
                }
                *item = Item::Value(value);
            }
            None => {
                document.insert(key, Item::Value(value));
            }
        },
    }
}

/// Writes `text` beside the file and moves it there.
///
/// # Errors
/// When the folder cannot be made or written.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let beside = path.with_extension("toml.new");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}

/// Moves a file that cannot be used aside, so that nothing in it is lost; says where it is now.
///
/// # Errors
/// When it cannot be moved.
pub(crate) fn keep_aside(path: &Path) -> io::Result<PathBuf> {
    let stamp = Local::now().format("%Y%m%d-%H%M%S");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut aside = path.with_file_name(format!("{name}.broken-{stamp}"));
    let mut count = 1;
    while aside.exists() {
        count += 1;
        aside = path.with_file_name(format!("{name}.broken-{stamp}-{count}"));
    }
    std::fs::rename(path, &aside)?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_a_person_survive_a_change() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/a.toml");
        write(
            &path,
            "# mine\nserver_port = 4000 # the usual\nlog = \"info\"\n",
        )
        .unwrap();
        let mut document = read(&path).unwrap();
        set(&mut document, "server_port", Some(Value::from(4001)));
        set(&mut document, "log", None);
        set(&mut document, "world_name", Some(Value::from("Ria \"x\"")));
        write(&path, &document.to_string()).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "# mine\nserver_port = 4001 # the usual\nworld_name = 'Ria \"x\"'\n"
        );
    }

    #[test]
    fn a_missing_file_is_empty_and_a_broken_one_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.toml");
        assert!(read(&path).unwrap().is_empty());
        for _ in 0..2 {
            std::fs::write(&path, "port = = 1").unwrap();
            assert!(read(&path).is_err());
            let aside = keep_aside(&path).unwrap();
            assert_eq!(std::fs::read_to_string(aside).unwrap(), "port = = 1");
            assert!(!path.exists());
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
