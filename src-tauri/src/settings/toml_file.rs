//! One settings file: read, changed key by key so that a person's own comments stay, written in one
//! step so that it is never half there.

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::Local;
use toml_edit::{DocumentMut, Item, Value};

/// Reads the file; a missing one is empty. Lines that are no TOML are left out, and told.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read(path: &Path) -> io::Result<(DocumentMut, Vec<Broken>)> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    let text = decoded(&bytes);
    let mut lines: Vec<&str> = text.lines().collect();
    let mut broken = Vec::new();
    for (index, line) in lines.iter_mut().enumerate() {
        if line.contains(char::REPLACEMENT_CHARACTER) {
            broken.push(Broken::line(index, line, "the text is not in UTF-8"));
            *line = "";
        }
    }
    loop {
        let text = lines
            .iter()
            .flat_map(|line| [*line, "\n"])
            .collect::<String>();
        let error: toml_edit::TomlError = match text.parse() {
            Ok(document) => return Ok((document, broken)),
            Err(error) => error,
        };
        let offset = error.span().map_or(text.len(), |span| span.start);
        let at = text
            .bytes()
            .take(offset)
            .filter(|byte| *byte == b'\n')
            .count();
        // A quote or bracket that is never closed is noticed behind its line.
        let at = at.min(lines.len().saturating_sub(1));
        let Some(index) = (0..=at)
            .rev()
            .find(|index| !lines[*index].trim().is_empty())
        else {
            return Ok((DocumentMut::new(), broken));
        };
        broken.push(Broken::line(index, lines[index], error.message()));
        lines[index] = "";
    }
}

/// The text of a file. Some editors write UTF-16, and say so by the mark at its beginning.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        Cow::Owned(String::from_utf16_lossy(&pairs.collect::<Vec<_>>()))
    };
    match bytes {
        [0xFF, 0xFE, text @ ..] => wide(text, u16::from_le_bytes),
        [0xFE, 0xFF, text @ ..] => wide(text, u16::from_be_bytes),
        text => String::from_utf8_lossy(text),
    }
}

/// Writes a file that is in UTF-16 anew in UTF-8, which others who read it expect. One in which a letter
/// is broken stays as it is.
///
/// # Errors
/// When it cannot be read or written.
pub(crate) fn in_utf_8(path: &Path) -> io::Result<()> {
    let bytes = std::fs::read(path)?;
    let is_wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let text = decoded(&bytes);
    match is_wide && !text.contains(char::REPLACEMENT_CHARACTER) {
        true => write(path, &text),
        false => Ok(()),
    }
}

/// Something in a file that is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    /// The key, as far as it can be told.
    pub(crate) key: String,
    /// What is wrong, a whole sentence that repeats no value.
    pub(crate) why: String,
    /// What stands there, to judge what it was meant to be; never told.
    text: String,
}

impl Broken {
    /// `text` is what stands at a key that cannot be used.
    pub(crate) fn new(key: &str, why: String, text: String) -> Self {
        Self {
            key: key.to_owned(),
            why,
            text,
        }
    }

    fn line(index: usize, line: &str, message: &str) -> Self {
        let message = message.lines().next().unwrap_or_default();
        let why = format!("Line {} is not valid TOML: {message}.", index + 1);
        Self::new(key_of(line), why, line.to_owned())
    }

    /// Whether it may have been meant to say where something lies: it speaks of a folder of data in
    /// some spelling, or what it speaks of cannot be read.
    pub(crate) fn may_name_folder(&self) -> bool {
        let key = self.text.split('=').next().unwrap_or_default();
        let unreadable = [char::REPLACEMENT_CHARACTER, '\0'];
        let letters = self.text.chars().filter(char::is_ascii_alphabetic);
        let letters: String = letters.map(|it| it.to_ascii_lowercase()).collect();
        key.contains(unreadable)
            || letters.contains("data") && ["dir", "folder"].iter().any(|it| letters.contains(it))
    }
}

/// What stands before the `=` of a line, without quotes.
fn key_of(line: &str) -> &str {
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    key.trim_matches(['"', '\''])
}

/// Takes out of the file what is broken and the keys named, after keeping a copy aside; says where the
/// copy lies.
///
/// # Errors
/// When the folder cannot be written; then the file is as it was.
pub(crate) fn mend(path: &Path, broken: &[Broken]) -> io::Result<PathBuf> {
    let (mut document, _) = read(path)?;
    for it in broken {
        document.remove(&it.key);
    }
    let aside = copy_aside(path)?;
    write(path, &document.to_string())?;
    Ok(aside)
}

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

/// Writes `text` beside the file and moves it there; readable by its owner only, for it may hold
/// secrets.
///
/// # Errors
/// When the folder cannot be made or written.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    draft.write_all(text.as_bytes())?;
    draft.as_file().sync_all()?;
    draft.persist(path).map_err(|refused| refused.error)?;
    Ok(())
}

/// Copies a file that is not used as it is aside, so that nothing in it is lost; says where the copy
/// is.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn copy_aside(path: &Path) -> io::Result<PathBuf> {
    let stamp = Local::now().format("%Y%m%d-%H%M%S");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut aside = path.with_file_name(format!("{name}.broken-{stamp}"));
    let mut count = 1;
    while aside.exists() {
        count += 1;
        aside = path.with_file_name(format!("{name}.broken-{stamp}-{count}"));
    }
    std::fs::copy(path, &aside)?;
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
        let (mut document, _) = read(&path).unwrap();
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
    fn a_missing_file_is_empty() {
        let dir = tempfile::tempdir().unwrap();
        let (document, broken) = read(&dir.path().join("a.toml")).unwrap();
        assert!(document.is_empty() && broken.is_empty());
    }

    #[test]
    fn a_broken_line_costs_that_line_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.toml");
        let check = |text: &[u8], keys: &[&str]| {
            std::fs::write(&path, text).unwrap();
            let (document, broken) = read(&path).unwrap();
            let found: Vec<_> = broken.iter().map(|it| it.key.as_str()).collect();
            assert_eq!(found, keys, "{broken:?}");
            assert_eq!(document["kept"].as_integer(), Some(1), "{document}");
            assert_eq!(document["also"].as_integer(), Some(2), "{document}");
        };
        check(b"kept = 1\nport = = 1\nalso = 2\n", &["port"]);
        check(b"port =\nkept = 1\nalso = 2", &["port"]);
        check(b"kept = 1\nalso = 2\nname = \"open\n", &["name"]);
        check(b"kept = 1\nplace = \"D:\\worlds\"\nalso = 2\n", &["place"]);
        check(b"kept = 1\nname = \"\xff\"\nalso = 2\n", &["name"]);
        check(b"kept = 1\nkept = 3\nalso = 2\n", &["kept"]);
        check(b"nonsense\nkept = 1\nalso = 2\n", &[""]);
    }

    #[test]
    fn utf_16_with_its_mark_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.toml");
        let text = "kept = 1\r\nname = \"Caf\u{e9}\"\r\n";
        let units = || text.encode_utf16();
        let little = [0xFF, 0xFE]
            .into_iter()
            .chain(units().flat_map(u16::to_le_bytes));
        let big = [0xFE, 0xFF]
            .into_iter()
            .chain(units().flat_map(u16::to_be_bytes));
        for bytes in [little.collect::<Vec<u8>>(), big.collect()] {
            std::fs::write(&path, bytes).unwrap();
            let (document, broken) = read(&path).unwrap();
            assert!(broken.is_empty(), "{broken:?}");
            assert_eq!(document["name"].as_str(), Some("Caf\u{e9}"));
        }
    }

    #[test]
    fn mending_keeps_a_copy_and_everything_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.toml");
        let text = "# mine\nkept = 1 # so\nodd = 2\nport = = 1\n";
        std::fs::write(&path, text).unwrap();
        let odd = Broken::new("odd", String::new(), String::new());
        for _ in 0..2 {
            let aside = mend(&path, std::slice::from_ref(&odd)).unwrap();
            assert_ne!(aside, path);
            let mended = std::fs::read_to_string(&path).unwrap();
            assert_eq!(mended.trim_end(), "# mine\nkept = 1 # so");
        }
        let copies = std::fs::read_dir(dir.path()).unwrap();
        let texts = copies.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        assert_eq!(texts.filter(|it| it == text).count(), 1);
    }
}
