//! Where log lines go: the terminal, the ring that the log view reads, and files that rotate by size:
//! in the world's folder, or in the window's while that one cannot be used.

use std::io;
use std::path::{Path, PathBuf};

use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};
use server_core::config::LogConfig;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

use crate::places::IDENTIFIER;
use crate::private;

/// A file that has grown to this many bytes is put aside.
const FILE_BYTES: usize = 2 * 1024 * 1024;
/// How many older files are kept.
const OLDER_FILES: usize = 5;
/// What of the end of the log goes into diagnostics, in bytes.
const TAIL_BYTES: u64 = 256 * 1024;

/// The folder of the log files of a world.
pub(crate) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("logs")
}

fn file(data_dir: &Path) -> PathBuf {
    folder(data_dir).join("comutiny.log")
}

/// What [`start`] has begun.
pub(crate) struct Started {
    /// Lines reach the file as long as it lives.
    pub(crate) lines: Option<WorkerGuard>,
    /// The folder above [`folder`].
    pub(crate) home: PathBuf,
}

/// Starts logging for the whole process, into the first of `homes` where files can be written; the
/// last one counts where none can, and the terminal alone gets the lines.
pub(crate) fn start(homes: &[PathBuf], config: &LogConfig) -> Started {
    let filter = EnvFilter::try_new(config.directives()).unwrap_or_else(|_| EnvFilter::new("info"));
    let terminal = fmt::layer().with_writer(io::stderr).with_ansi(false);
    let mut started = Started {
        lines: None,
        home: PathBuf::new(),
    };
    let (mut to_file, mut troubles) = (None, Vec::new());
    for home in homes {
        started.home.clone_from(home);
        match writer(&file(home)) {
            Ok(files) => {
                let (writer, guard) = tracing_appender::non_blocking(files);
                to_file = Some(fmt::layer().with_writer(writer).with_ansi(false).boxed());
                started.lines = Some(guard);
                break;
            }
            Err(error) => troubles.push(format!("{}: {error}", home.display())),
        }
    }
    let begun = tracing_subscriber::registry()
        .with(filter)
        .with(terminal)
        .with(to_file)
        .with(server_core::logs::layer())
        .try_init();
    if begun.is_ok() {
        for trouble in troubles {
            tracing::warn!("log files cannot be written: {trouble}");
        }
    }
    started
}

fn writer(path: &Path) -> io::Result<FileRotate<AppendCount>> {
    if let Some(folder) = path.parent() {
        private::create_folder(folder)?;
        // The world's usual folder is this program's own; one that a person chose has rights of its own.
        let world = folder.parent().filter(|it| it.ends_with(IDENTIFIER));
        if let Some(world) = world {
            private::close(world, 0o700);
        }
    }
    // The rotating writer panics where it cannot open its file, so this is tried first.
    private::appending().open(path)?;
    private::close(path, 0o600);
    Ok(FileRotate::new(
        path,
        AppendCount::new(OLDER_FILES),
        ContentLimit::BytesSurpassed(FILE_BYTES),
        Compression::None,
        Some(private::appending()),
    ))
}

/// The last lines of the newest log file; empty when there is none.
pub(crate) fn tail(data_dir: &Path) -> String {
    read_tail(&file(data_dir)).unwrap_or_default()
}

fn read_tail(path: &Path) -> io::Result<String> {
    use std::io::{Read as _, Seek as _, SeekFrom};

    let mut file = std::fs::File::open(path)?;
    let length = file.metadata()?.len();
    let start = length.saturating_sub(TAIL_BYTES);
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(TAIL_BYTES).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(match (start, text.split_once('\n')) {
        (0, _) | (_, None) => text,
        // The first line begins somewhere in its middle.
        (_, Some((_, whole))) => whole.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn files_rotate_and_the_oldest_goes() {
        let dir = tempfile::tempdir().unwrap();
        let mut files = writer(&file(dir.path())).unwrap();
        let line = format!("{}\n", "x".repeat(FILE_BYTES));
        for _ in 0..OLDER_FILES + 3 {
            files.write_all(line.as_bytes()).unwrap();
        }
        let kept = std::fs::read_dir(folder(dir.path())).unwrap().count();
        assert_eq!(kept, OLDER_FILES + 1);
    }

    #[test]
    fn the_tail_begins_with_a_whole_line() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(tail(dir.path()), "");
        std::fs::create_dir_all(folder(dir.path())).unwrap();
        std::fs::write(file(dir.path()), "first\nsecond\n").unwrap();
        assert_eq!(tail(dir.path()), "first\nsecond\n");
        let line = format!("{}\n", "y".repeat(999));
        std::fs::write(file(dir.path()), line.repeat(1000)).unwrap();
        let end = tail(dir.path());
        assert!(end.len() as u64 <= TAIL_BYTES);
        assert!(end.lines().all(|line| line.len() == 999));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_reason_to_fail() {
        let dir = tempfile::tempdir().unwrap();
        let blocked = dir.path().join("a file");
        std::fs::write(&blocked, "").unwrap();
        assert!(writer(&file(&blocked)).is_err());
    }
}
