//! The server from the window: its state, start, stop, restart, and the proof that this window is
//! the host.

use serde::Serialize;
use server_core::Closing;
use tauri::{AppHandle, Emitter as _, Manager as _, State};

use crate::desktop::Desktop;
use crate::host::HostState;
use crate::quit::{self, Wish};
use crate::settings::{Language, Problem, Theme};
use crate::updates::{NewerVersion, UpdateNotice};
use crate::window::MAIN;

/// Event that carries every new [`HostState`], as [`HostReport`].
const STATE: &str = "host:state";

/// What the page needs before it can show anything.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Opened {
    #[serde(flatten)]
    report: HostReport,
    language: Language,
    theme: Theme,
    /// Settings files that could not be used.
    problems: Vec<Problem>,
    version: &'static str,
    /// A newer one, where that is asked for.
    update: Option<UpdateNotice>,
}

/// How the server is, and what makes the page its host.
#[derive(Clone, Serialize)]
pub(crate) struct HostReport {
    state: HostState,
    /// Sent to the server as bearer token and in the handshake.
    token: String,
}

fn report(desktop: &Desktop, state: HostState) -> HostReport {
    HostReport {
        state,
        token: desktop.token.now(),
    }
}

/// Tells the page about a change.
pub(crate) fn emit_state(app: &AppHandle, state: &HostState) {
    let report = report(&app.state::<Desktop>(), state.clone());
    if let Err(error) = app.emit_to(MAIN, STATE, report) {
        tracing::debug!(%error, "the window could not be told");
    }
}

/// See [`Opened`].
#[tauri::command]
pub(crate) fn desktop_open(
    desktop: State<'_, Desktop>,
    updates: State<'_, NewerVersion>,
) -> Opened {
    let settings = desktop.settings.app();
    Opened {
        report: report(&desktop, desktop.host.state()),
        language: settings.language,
        theme: settings.theme,
        problems: desktop.settings.problems(),
        version: env!("CARGO_PKG_VERSION"),
        update: updates.now(),
    }
}

#[tauri::command]
pub(crate) fn host_state(desktop: State<'_, Desktop>) -> HostState {
    desktop.host.state()
}

/// Starts the server, on `port` instead of the one in the settings if one is named.
#[tauri::command]
pub(crate) fn host_start(desktop: State<'_, Desktop>, port: Option<u16>) {
    desktop.host.start(port);
}

#[tauri::command]
pub(crate) fn host_stop(desktop: State<'_, Desktop>) {
    desktop.host.stop(Closing::Stop);
}

#[tauri::command]
pub(crate) fn host_restart(desktop: State<'_, Desktop>) {
    desktop.host.restart();
}

/// Asks first when players are in the world.
#[tauri::command]
pub(crate) fn quit(app: AppHandle) {
    quit::ask(&app, Wish::Quit);
}
