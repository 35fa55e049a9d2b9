//! Starting together with the person's session.

use auto_launch::{AutoLaunch, AutoLaunchBuilder};

/// Flag of a start by the system: the window may stay hidden.
pub(crate) const FLAG: &str = "--autostart";

/// A system that keeps such entries in a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    /// A desktop entry, whose `Exec` is read as a command line.
    Freedesktop,
    /// A command line in the registry.
    Windows,
    /// A property list, which holds the path by itself.
    Macos,
}

impl System {
    const THIS: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_os = "macos") {
        Self::Macos
    } else {
        Self::Freedesktop
    };

    /// The program's path as it stands in an entry; `None` where no entry can hold it.
    fn written(self, path: &str) -> Option<String> {
        match self {
            // Desktop Entry Specification, "The Exec key": quoted, with these four escaped, and the
            // whole once more as a string of the file. A percent sign begins a field code.
            Self::Freedesktop => {
                let mut quoted = String::with_capacity(path.len() + 2);
                for sign in path.chars() {
                    match sign {
                        '\n' | '\r' => return None,
                        '"' | '`' | '$' => quoted.extend(['\\', '\\', sign]),
                        '\\' => quoted.push_str(r"\\\\"),
                        '%' => quoted.push_str("%%"),
                        sign => quoted.push(sign),
                    }
                }
                Some(format!("\"{quoted}\""))
            }
            // No file name holds a quotation mark there.
            Self::Windows => (!path.contains('"')).then(|| format!("\"{path}\"")),
            // The list is written without escapes.
            Self::Macos => (!path.contains(['&', '<', '>'])).then(|| path.to_owned()),
        }
    }
}

fn entry() -> Option<AutoLaunch> {
    let program = std::env::current_exe().ok()?;
    AutoLaunchBuilder::new()
        .set_app_name("CoMutiNy")
        .set_app_path(&System::THIS.written(program.to_str()?)?)
        .set_args(&[FLAG])
        .build()
        .ok()
}

/// Whether the program starts with the session.
pub(crate) fn is_on() -> bool {
    entry().is_some_and(|entry| entry.is_enabled().unwrap_or(false))
}

/// Starts the program with the session, or no longer.
///
/// # Errors
/// A sentence when the system refuses.
pub(crate) fn set(on: bool) -> Result<(), String> {
    if is_on() == on {
        return Ok(());
    }
    let entry =
        entry().ok_or("This program cannot be started with the session from its folder.")?;
    let done = if on { entry.enable() } else { entry.disable() };
    done.map_err(|error| format!("The start with the session could not be changed: {error}."))
}

/// Writes an entry that is there anew: the program may lie elsewhere by now, and earlier versions wrote
/// paths with spaces in a way that does not start it.
pub(crate) fn renew() {
    let Some(entry) = entry().filter(|entry| entry.is_enabled().unwrap_or(false)) else {
        return;
    };
    if let Err(error) = entry.enable() {
        tracing::warn!(%error, "the start with the session could not be renewed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(system: System, path: &str, expected: Option<&str>) {
        assert_eq!(system.written(path).as_deref(), expected);
    }

    #[test]
    fn desktop_entries_quote_what_a_command_line_would_take_apart() {
        let check = |path, expected| check(System::Freedesktop, path, expected);
        check("/usr/bin/comutiny", Some(r#""/usr/bin/comutiny""#));
        check(
            "/home/ría/My games/comutiny",
            Some(r#""/home/ría/My games/comutiny""#),
        );
        check(r#"/a"b/$HOME/`x`"#, Some(r#""/a\\"b/\\$HOME/\\`x\\`""#));
        check(r"/a\b", Some(r#""/a\\\\b""#));
        check("/100%/comutiny", Some(r#""/100%%/comutiny""#));
        check("/a\nExec=x", None);
    }

    #[test]
    fn the_registry_holds_a_quoted_path() {
        let check = |path, expected| check(System::Windows, path, expected);
        check(
            r"C:\Program Files\CoMutiNy\comutiny.exe",
            Some(r#""C:\Program Files\CoMutiNy\comutiny.exe""#),
        );
        check(r#"C:\a"b.exe"#, None);
    }

    #[test]
    fn property_lists_hold_the_path_as_it_is() {
        let check = |path, expected| check(System::Macos, path, expected);
        let path = "/Applications/My games/CoMutiNy.app/Contents/MacOS/comutiny";
        check(path, Some(path));
        check("/Applications/A & B/comutiny", None);
    }
}
