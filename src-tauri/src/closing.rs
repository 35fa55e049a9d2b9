//! What the window's close button means.

use tauri::{AppHandle, Manager as _, WebviewWindow, WindowEvent};

use crate::desktop::Desktop;
use crate::window::MAIN;
use crate::{quit, tray};

/// Takes the close button of this window over.
pub(crate) fn heed(window: &WebviewWindow) {
    let app = window.app_handle().clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            close(&app);
        }
    });
}

/// Into the tray, without one to the task bar, or the end.
fn close(app: &AppHandle) {
    let settings = app.state::<Desktop>().settings.app();
    if !settings.close_to_tray {
        quit::ask(app, quit::Wish::Quit);
        return;
    }
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let done = if tray::is_there(app) {
        window.hide()
    } else {
        window.minimize()
    };
    if let Err(error) = done {
        tracing::warn!(%error, "the window could not be put away");
    }
}
