//! Settings from the window.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use tauri::{AppHandle, Manager as _, State};

use super::CommandRefusal;
use crate::desktop::Desktop;
use crate::settings::{AppSettings, Problem, ServerSetting};
use crate::window::{MAIN, native_theme};
use crate::{autostart, tray};

/// Everything the settings page shows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettingsView {
    app: AppSettings,
    autostart: bool,
    /// Whether this desktop has a tray to hide in.
    tray: bool,
    /// The server's settings in force at the next start; empty when they cannot be read.
    server: Vec<ServerSetting>,
    /// Why they cannot be read.
    server_problem: Option<String>,
    /// Whether the running server has other settings than these.
    restart_needed: bool,
    problems: Vec<Problem>,
    app_file: PathBuf,
    server_file: PathBuf,
    data_dir: PathBuf,
    /// Whether `DATA_DIR` decides where the world lies.
    data_dir_fixed: bool,
}

#[tauri::command]
pub(crate) fn settings_read(app: AppHandle, desktop: State<'_, Desktop>) -> SettingsView {
    let settings = &desktop.settings;
    let server = settings.server();
    let (list, server_problem) = match settings.load_server() {
        Ok(loaded) => (server.list(&loaded), None),
        Err(failure) => (Vec::new(), Some(failure.message)),
    };
    SettingsView {
        app: settings.app(),
        autostart: autostart::is_on(),
        tray: tray::is_there(&app),
        server: list,
        server_problem,
        restart_needed: settings.restart_needed(),
        problems: settings.problems(),
        app_file: settings.places().app_file.clone(),
        server_file: server.path(),
        data_dir: settings.data_dir(),
        data_dir_fixed: settings.places().fixed_data_dir.is_some(),
    }
}

/// Replaces the settings of the window; language and theme count at once.
#[tauri::command]
pub(crate) fn app_settings_set(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    settings: AppSettings,
    autostart: bool,
) -> Result<(), CommandRefusal> {
    let theme = settings.theme;
    desktop.settings.set_app(settings).map_err(|error| {
        let file = desktop.settings.places().app_file.display().to_string();
        format!("The settings could not be written to {file}: {error}.")
    })?;
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.set_theme(native_theme(theme))
    {
        tracing::debug!(%error, "the theme could not be changed");
    }
    autostart::set(autostart)
}

/// Changes settings of the server, all or none; a sentence by key for what is not accepted.
#[tauri::command]
pub(crate) fn server_settings_set(
    desktop: State<'_, Desktop>,
    changes: BTreeMap<String, Option<String>>,
) -> Result<(), BTreeMap<String, String>> {
    if let Some(missing) = desktop.settings.missing_world() {
        // A settings file there would make a folder in the place of one that is away.
        return Err(BTreeMap::from([(String::new(), missing.message)]));
    }
    desktop.settings.server().change(&changes)?;
    desktop.settings.need_restart();
    if changes.contains_key("server_port") {
        desktop.host.use_port_of_settings();
    }
    Ok(())
}

#[tauri::command]
pub(crate) fn settings_dismiss_problems(desktop: State<'_, Desktop>) {
    desktop.settings.dismiss_problems();
}
