//! The one window: making it and showing it. What its close button means is in [`closing`](crate::closing).

use std::path::Path;
use tauri::window::Color;
use tauri::{AppHandle, Manager, Monitor, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::pages::{ORIGIN, PAGE};
use crate::settings::{AppSettings, Theme};

/// Label of the window, which the capability names.
pub(crate) const MAIN: &str = "main";

/// The window at first, in logical pixels.
const WIDTH: f64 = 1280.0;
const HEIGHT: f64 = 800.0;
/// The least it can be made, either way.
const LEAST: f64 = 480.0;
/// What a title bar takes of the height.
const FRAME: f64 = 40.0;

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
    let (width, height) = first_size(app.primary_monitor().ok().flatten().as_ref());
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(PAGE.into()))
        .title("CoMutiNy")
        .inner_size(width, height)
        .min_inner_size(LEAST, LEAST)
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
        .build()
}

/// The size of a window that was never moved, in logical pixels: on a small screen it leaves room for
/// its own frame.
fn first_size(monitor: Option<&Monitor>) -> (f64, f64) {
    let Some(monitor) = monitor else {
        return (WIDTH, HEIGHT);
    };
    let room = monitor.work_area().size.to_logical(monitor.scale_factor());
    fitting(room.width, room.height)
}

fn fitting(width: f64, height: f64) -> (f64, f64) {
    let fit = |wanted: f64, room: f64, frame: f64| wanted.min((room - frame).max(LEAST));
    (fit(WIDTH, width, 0.0), fit(HEIGHT, height, FRAME))
}

/// The window stays on pages of this program; anything else would be a page from elsewhere beside
/// commands of ours.
fn is_own_page(url: &Url) -> bool {
    let origin = ORIGIN.split_once("://");
    origin == url.host_str().map(|host| (url.scheme(), host))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_window_fits_the_screen() {
        assert_eq!(fitting(1920.0, 1080.0), (1280.0, 800.0));
        assert_eq!(fitting(1366.0, 740.0), (1280.0, 700.0));
        assert_eq!(fitting(1024.0, 600.0), (1024.0, 560.0));
        assert_eq!(fitting(320.0, 240.0), (480.0, 480.0));
    }

    #[test]
    fn only_pages_of_this_program_in_its_own_window_may_call_commands() {
        let check = |label: &str, url: &str, expected: bool| {
            assert_eq!(
                is_ours(label, &url.parse().unwrap()),
                expected,
                "{label} {url}"
            );
        };
        let here = |path: &str| format!("{ORIGIN}{path}");
        check("main", &here("/admin/index.html#/players"), true);
        check("other", &here("/"), false);
        check("main", "tauri://localhost/admin/", cfg!(not(windows)));
        check("main", "http://tauri.localhost/admin/", cfg!(windows));
        check("main", "https://tauri.localhost/admin/", false);
        check("main", "http://localhost:4000/admin/", false);
        check("main", "http://127.0.0.1:4000/", false);
        check("main", "https://tauri.localhost.evil.example/", false);
        check("main", "tauri://evil.example/", false);
        check("main", "data:text/html,x", false);
    }
}
