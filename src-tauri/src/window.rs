//! The one window: making it, showing it, and what closing it means.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use tauri::window::Color;
use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::desktop::Desktop;
use crate::pages::PAGE;
use crate::settings::{AppSettings, Theme};
use crate::{quit, tray};

/// Label of the window, which the capability names.
pub(crate) const MAIN: &str = "main";

/// Page backgrounds, so that the window does not flash before its page is drawn.
const NIGHT: Color = Color(0x0A, 0x11, 0x18, 0xFF);
const FOG: Color = Color(0xF2, 0xF5, 0xF6, 0xFF);

/// Under the locale "C", WebKit calls the page's language "C", which no formatter of the page takes.
const SPEAKABLE: &str = r#"
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en" });
  Object.defineProperty(navigator, "languages", { value: ["en"] });
}
"#;

/// Makes the window; hidden when it should start in the tray.
pub(crate) fn open(
    app: &AppHandle,
    settings: &AppSettings,
    cache: &Path,
    hidden: bool,
) -> tauri::Result<WebviewWindow> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(PAGE.into()))
        .title("CoMutiNy")
        .inner_size(1280.0, 800.0)
        .min_inner_size(480.0, 480.0)
        .center()
        .visible(!hidden)
        .theme(native_theme(settings.theme))
        .background_color(if settings.theme == Theme::Light {
            FOG
        } else {
            NIGHT
        })
        .data_directory(cache.to_owned())
        // The page itself takes dropped pictures.
        .disable_drag_drop_handler()
        .initialization_script(SPEAKABLE)
        .on_navigation(is_own_page)
        .build()?;
    let handle = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            close(&handle);
        }
    });
    Ok(window)
}

/// The window stays on pages of this program; anything else would be a page from elsewhere beside
/// commands of ours.
fn is_own_page(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

/// Whether a call comes from a page of this program in its own window.
pub(crate) fn is_ours(label: &str, url: &Url) -> bool {
    label == MAIN && is_own_page(url)
}

/// Light or dark for the window's frame and, through it, for the page.
pub(crate) fn native_theme(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// Brings the window to the front from wherever it is.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    for step in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = step {
            tracing::debug!(%error, "the window could not be brought to the front");
        }
    }
}

/// A tray that can be reached, so that a hidden window comes back.
#[derive(Debug, Default)]
pub(crate) struct TrayThere(pub(crate) AtomicBool);

/// The window's close button: into the tray, without one to the task bar, or the end.
fn close(app: &AppHandle) {
    let settings = app.state::<Desktop>().settings.app();
    if !settings.close_to_tray {
        quit::ask(app);
        return;
    }
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let there = app.state::<TrayThere>().0.load(Ordering::Acquire) && tray::is_reachable();
    let done = if there {
        window.hide()
    } else {
        window.minimize()
    };
    if let Err(error) = done {
        tracing::warn!(%error, "the window could not be put away");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_program_in_its_own_window_may_call_commands() {
        let check = |label: &str, url: &str, expected: bool| {
            assert_eq!(
                is_ours(label, &url.parse().unwrap()),
                expected,
                "{label} {url}"
            );
        };
        check("main", "tauri://localhost/admin/index.html#/players", true);
        check("main", "http://tauri.localhost/admin/index.html", true);
        check("other", "tauri://localhost/", false);
        check("main", "http://localhost:4000/admin/", false);
        check("main", "http://127.0.0.1:4000/", false);
        check("main", "https://tauri.localhost.evil.example/", false);
        check("main", "tauri://evil.example/", false);
        check("main", "data:text/html,x", false);
    }
}
