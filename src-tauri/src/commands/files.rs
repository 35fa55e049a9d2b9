//! Files, the clipboard and links: what a page in a browser would do by itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, Manager as _, State};
use url::Url;

use super::{CommandRefusal, saved, waiting};
use crate::desktop::Desktop;
use crate::dialogs::FileKind;

/// Header with the suggested name, percent-encoded.
const NAME: &str = "x-file-name";
/// Larger files than this are none of ours.
const MAX_PICKED_BYTES: u64 = 32 * 1024 * 1024;

/// A file that was picked.
#[derive(Serialize)]
pub(crate) struct Picked {
    name: String,
    /// Base64.
    content: String,
}

/// Saves the body of the call where the person says. `false`: they changed their mind.
#[tauri::command]
pub(crate) async fn file_save(
    app: AppHandle,
    request: Request<'_>,
) -> Result<bool, CommandRefusal> {
    let InvokeBody::Raw(content) = request.body() else {
        return Err("There is nothing to save.".to_owned());
    };
    let name = request.headers().get(NAME);
    let name = file_name(name.and_then(|name| name.to_str().ok()).unwrap_or_default());
    let content = content.clone();
    waiting(move || {
        let desktop = app.state::<Desktop>();
        let Some(path) = desktop.dialogs.save(desktop.words().save, &name) else {
            return Ok(false);
        };
        saved::save(&desktop, &path, &content)?;
        Ok(true)
    })
    .await
}

/// Lets the person pick a file; `accept` as in `<input accept>`.
#[tauri::command]
pub(crate) async fn file_pick(
    desktop: State<'_, Desktop>,
    accept: String,
) -> Result<Option<Picked>, CommandRefusal> {
    let words = desktop.words();
    let kind = match accept.contains("image") || accept.contains(".png") {
        true => FileKind {
            name: words.pictures,
            endings: &["png"],
        },
        false => FileKind {
            name: words.any_file,
            endings: &[],
        },
    };
    let (dialogs, title) = (desktop.dialogs.clone(), words.open_file);
    waiting(move || {
        let Some(path) = dialogs.open(title, kind) else {
            return Ok(None);
        };
        let unreadable = |error| format!("{} could not be read: {error}.", path.display());
        let size = std::fs::metadata(&path).map_err(unreadable)?.len();
        if size > MAX_PICKED_BYTES {
            return Err(format!("{} is too large.", path.display()));
        }
        let content = std::fs::read(&path).map_err(unreadable)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Some(Picked {
            name: name.into_owned(),
            content: STANDARD.encode(content),
        }))
    })
    .await
}

/// Whether the text is on the clipboard now.
#[tauri::command]
pub(crate) fn clipboard_write(desktop: State<'_, Desktop>, text: String) -> bool {
    desktop.copy(&text)
}

/// Opens a web address in the person's browser.
#[tauri::command]
pub(crate) async fn link_open(url: String) -> Result<(), CommandRefusal> {
    let url = web_address(&url).ok_or("Only web addresses are opened in the browser.")?;
    waiting(move || {
        open::that_detached(url.as_str())
            .map_err(|error| format!("The browser could not be started: {error}."))
    })
    .await
}

fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// The last part of a percent-encoded name, without what file systems refuse.
fn file_name(encoded: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(encoded).decode_utf8_lossy();
    let name: String = decoded
        .chars()
        .map(|c| {
            if c.is_control() || "/\\:*?\"<>|".contains(c) {
                '-'
            } else {
                c
            }
        })
        .collect();
    match name.trim_matches(['.', ' ']) {
        "" => "comutiny".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggested_names_are_plain_names() {
        assert_eq!(file_name("chat%20de%20hoy.csv"), "chat de hoy.csv");
        assert_eq!(file_name("..%2F..%2Fetc%2Fpasswd"), "-..-etc-passwd");
        assert_eq!(file_name("%00"), "-");
        assert_eq!(file_name(""), "comutiny");
    }

    #[test]
    fn only_web_addresses_are_opened() {
        assert!(web_address("http://192.168.1.20:4000/").is_some());
        assert!(web_address("https://example.org").is_some());
        for refused in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://x",
            "/bin/sh",
            "",
        ] {
            assert!(web_address(refused).is_none(), "{refused}");
        }
    }
}
