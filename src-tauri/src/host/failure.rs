//! Why the embedded server does not run, for the person in front of the window.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;

use serde::Serialize;
use server_core::StartError;
use store::storage::OpenError;

/// One sentence, and what the window can offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Failure {
    /// What happened and what to do, in English; shown where [`Self::code`] is not translated.
    pub(crate) message: String,
    /// What kind of failure it is.
    pub(crate) code: FailureCode,
    /// The port that is taken, with [`FailureCode::PortBusy`].
    pub(crate) busy_port: Option<u16>,
    /// A free port to start on instead.
    pub(crate) free_port: Option<u16>,
    /// The world's folder, where it is to blame.
    pub(crate) folder: Option<PathBuf>,
}

/// The kinds of failure the window tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FailureCode {
    /// Another program listens on the port.
    PortBusy,
    /// The port needs rights this program does not have.
    PortForbidden,
    /// The settings cannot be used.
    Settings,
    /// The world's folder is not there: perhaps its disk is away.
    FolderMissing,
    /// The world's folder holds no world.
    FolderEmpty,
    /// The world's folder cannot be read or written.
    FolderUnusable,
    /// The settings do not say where the world lies.
    FolderUnknown,
    /// The server ended by itself.
    Crashed,
    /// The start took too long.
    TooSlow,
    /// Anything else; the message says what.
    Other,
}

impl Failure {
    /// A failure that carries only its sentence.
    pub(crate) fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code,
            busy_port: None,
            free_port: None,
            folder: None,
        }
    }

    /// The world's folder is to blame.
    pub(crate) fn of_folder(code: FailureCode, folder: PathBuf, message: String) -> Self {
        Self {
            folder: Some(folder),
            ..Self::new(code, message)
        }
    }

    /// The server's thread ended although nobody asked for it.
    pub(crate) fn crashed() -> Self {
        Self::new(
            FailureCode::Crashed,
            "The server ended unexpectedly. Start it again; if that happens twice, save the \
             diagnostics and look at the log.",
        )
    }

    /// The start did not come to an end.
    pub(crate) fn start_takes_too_long() -> Self {
        Self::new(
            FailureCode::TooSlow,
            "The server did not start within 30 seconds. Check that its database and Redis can be \
             reached, then start it again.",
        )
    }

    /// What a failed start means. `next_free` finds a free port above the one it is given.
    pub(crate) fn of_start(error: &StartError, next_free: impl Fn(u16) -> Option<u16>) -> Self {
        let (address, source) = match error {
            StartError::Bind { address, source } => (address, source),
            StartError::Open(OpenError::Served(_) | OpenError::ServedElsewhere(_)) => {
                return Self::new(FailureCode::Other, whole_sentence(error));
            }
            StartError::DataDir { .. } | StartError::Open(_) | StartError::SecretFile(_) => {
                return Self::new(FailureCode::FolderUnusable, whole_sentence(error));
            }
            _ => return Self::new(FailureCode::Other, whole_sentence(error)),
        };
        let port = address.port();
        match source.kind() {
            io::ErrorKind::AddrInUse => Self {
                message: format!("Port {port} is taken by another program."),
                code: FailureCode::PortBusy,
                busy_port: Some(port),
                free_port: next_free(port),
                folder: None,
            },
            io::ErrorKind::PermissionDenied => Self {
                message: format!("Port {port} may not be used by programs without more rights."),
                code: FailureCode::PortForbidden,
                busy_port: None,
                free_port: next_free(port.max(1023)),
                folder: None,
            },
            _ => Self::new(FailureCode::Other, whole_sentence(error)),
        }
    }
}

/// The error's own text, ended like a sentence, with its cause where that says more.
fn whole_sentence(error: &StartError) -> String {
    let mut text = error.to_string();
    if let Some(cause) = error.source().map(ToString::to_string)
        // A sentence made of its cause begins with a capital.
        && !text.to_lowercase().contains(&cause.to_lowercase())
    {
        text = format!("{}: {cause}", text.trim_end_matches('.'));
    }
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(kind: io::ErrorKind) -> StartError {
        StartError::Bind {
            address: "0.0.0.0:4000".parse().unwrap(),
            source: kind.into(),
        }
    }

    #[test]
    fn a_busy_port_is_named_and_the_next_free_one_offered() {
        let error = bind(io::ErrorKind::AddrInUse);
        let failure = Failure::of_start(&error, |busy| busy.checked_add(2));
        assert_eq!(failure.message, "Port 4000 is taken by another program.");
        assert_eq!(failure.code, FailureCode::PortBusy);
        assert_eq!(
            (failure.busy_port, failure.free_port),
            (Some(4000), Some(4002))
        );
    }

    #[test]
    fn a_port_that_needs_rights_offers_one_that_does_not() {
        let error = StartError::Bind {
            address: "0.0.0.0:80".parse().unwrap(),
            source: io::ErrorKind::PermissionDenied.into(),
        };
        let failure = Failure::of_start(&error, |above| above.checked_add(1));
        assert_eq!(failure.free_port, Some(1024));
    }

    #[test]
    fn a_folder_that_cannot_be_used_is_one_of_its_own() {
        let error = StartError::DataDir {
            path: "/mnt/disk/world".into(),
            source: io::ErrorKind::ReadOnlyFilesystem.into(),
        };
        let failure = Failure::of_start(&error, |_| None);
        assert_eq!(failure.code, FailureCode::FolderUnusable);
        assert!(failure.message.contains("/mnt/disk/world"));
        let served = StartError::Open(OpenError::Served("w.sqlite".into()));
        assert_eq!(
            Failure::of_start(&served, |_| None).code,
            FailureCode::Other
        );
    }

    #[test]
    fn a_reason_is_told_once() {
        let told = |error: OpenError| Failure::of_start(&error.into(), |_| None).message;
        let message = told(OpenError::Served("/w/comutiny.sqlite".into()));
        assert_eq!(
            message.matches("/w/comutiny.sqlite").count(),
            1,
            "{message}"
        );
        let message = told(OpenError::File {
            path: "/w/comutiny.sqlite.lock".into(),
            source: io::ErrorKind::ReadOnlyFilesystem.into(),
        });
        assert_eq!(message.matches("read-only").count(), 1, "{message}");
    }

    #[test]
    fn other_failures_are_whole_sentences() {
        let failure = Failure::of_start(&bind(io::ErrorKind::AddrNotAvailable), |_| None);
        assert_eq!(failure.code, FailureCode::Other);
        assert!(failure.message.ends_with('.'), "{}", failure.message);
    }
}
