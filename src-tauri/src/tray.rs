//! The tray: open, copy link, start or stop, quit. Where the system has none, the window does it all.

use std::panic::catch_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager as _, Wry};

use crate::desktop::Desktop;
use crate::host::HostState;
use crate::quit::{self, Wish};
use crate::text::Words;
use crate::window;

const OPEN: &str = "open";
const COPY: &str = "copy";
const SWITCH: &str = "switch";
const QUIT: &str = "quit";

const RUNNING: Image<'_> = tauri::include_image!("../icons/tray-running.png");
const STOPPED: Image<'_> = tauri::include_image!("../icons/tray-stopped.png");

/// The tray's icon and what of its menu changes.
pub(crate) struct Tray {
    icon: TrayIcon,
    /// How the world stands. Linux shows no words at the icon itself.
    now: MenuItem<Wry>,
    open: MenuItem<Wry>,
    copy: MenuItem<Wry>,
    switch: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// Whether there is an icon that brings a hidden window back. `TrayThere` is managed from the start.
pub(crate) fn is_there(app: &AppHandle) -> bool {
    app.state::<TrayThere>().0.load(Ordering::Acquire) && is_reachable()
}

/// Whether the icon was made.
#[derive(Debug, Default)]
pub(crate) struct TrayThere(AtomicBool);

/// Makes the icon, if there is none yet and the desktop shows icons by now: at log-in the program may
/// be there before the tray. Call it on the thread that draws. Whether there is one now.
pub(crate) fn appear(app: &AppHandle, folder: &Path) -> bool {
    if app.try_state::<Tray>().is_some() {
        return true;
    }
    let Some(tray) = build(app, folder) else {
        return false;
    };
    app.manage(tray);
    app.state::<TrayThere>().0.store(true, Ordering::Release);
    true
}

/// Puts the icon into the tray; `None` where that is not possible. On Linux it is shown from a file in
/// `folder`, because the usual place is shared by all people of the machine.
fn build(app: &AppHandle, folder: &Path) -> Option<Tray> {
    if !is_reachable() {
        tracing::debug!("this desktop has no tray");
        return None;
    }
    // The library behind the tray on Linux is loaded when it is first used, and panics when it is
    // not installed.
    let app = std::panic::AssertUnwindSafe(app);
    match catch_unwind(|| try_build(&app, folder)) {
        Ok(Ok(tray)) => Some(tray),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the tray cannot be used");
            None
        }
        Err(_) => {
            tracing::warn!("the tray cannot be used: libayatana-appindicator3 is not installed");
            None
        }
    }
}

/// Whether the desktop shows trays now. On Linux somebody must collect the icons.
pub(crate) fn is_reachable() -> bool {
    #[cfg(target_os = "linux")]
    {
        let owned = || -> zbus::Result<bool> {
            let bus = zbus::blocking::Connection::session()?;
            let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
            Ok(names.name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?)
        };
        owned().unwrap_or(false)
    }
    #[cfg(not(target_os = "linux"))]
    {
        true
    }
}

fn try_build(app: &AppHandle, folder: &Path) -> tauri::Result<Tray> {
    let words = app.state::<Desktop>().words();
    let item = |id: &str, text: &str| MenuItem::with_id(app, id, text, true, None::<&str>);
    let now = MenuItem::new(app, "CoMutiNy", false, None::<&str>)?;
    let open = item(OPEN, words.open)?;
    let copy = item(COPY, words.copy_link)?;
    let switch = item(SWITCH, words.start)?;
    let quit = item(QUIT, words.quit)?;
    let line = || PredefinedMenuItem::separator(app);
    let menu = Menu::with_items(
        app,
        &[
            &now,
            &line()?,
            &open,
            &copy,
            &line()?,
            &switch,
            &line()?,
            &quit,
        ],
    )?;
    let icon = TrayIconBuilder::with_id("comutiny")
        .icon(STOPPED)
        .tooltip("CoMutiNy")
        .temp_dir_path(folder)
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| chosen(app, event.id.as_ref()))
        .on_tray_icon_event(|icon, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                window::show(icon.app_handle());
            }
        })
        .build(app)?;
    Ok(Tray {
        icon,
        now,
        open,
        copy,
        switch,
        quit,
    })
}

fn chosen(app: &AppHandle, id: &str) {
    let desktop = app.state::<Desktop>();
    match id {
        OPEN => window::show(app),
        COPY => {
            if let Some(link) = desktop.link() {
                desktop.copy(&link);
            }
        }
        SWITCH => match desktop.host.state() {
            HostState::Running { .. } | HostState::Starting => quit::ask(app, Wish::Close),
            HostState::Stopped | HostState::Failed(_) | HostState::Stopping => {
                desktop.host.start(None);
            }
        },
        QUIT => quit::ask(app, Wish::Quit),
        _ => {}
    }
}

impl Tray {
    /// Shows what the server does. Call it on the thread that draws.
    pub(crate) fn show(&self, words: &Words, state: &HostState, players: u64) {
        let shown = || -> tauri::Result<()> {
            let running = matches!(state, HostState::Running { .. });
            self.open.set_text(words.open)?;
            self.copy.set_text(words.copy_link)?;
            self.copy.set_enabled(running)?;
            self.switch
                .set_text(if running { words.stop } else { words.start })?;
            self.quit.set_text(words.quit)?;
            self.icon
                .set_icon(Some(if running { RUNNING } else { STOPPED }))?;
            let now = tooltip(words, state, players);
            self.now.set_text(&now)?;
            self.icon.set_tooltip(Some(now))
        };
        if let Err(error) = shown() {
            tracing::debug!(%error, "the tray could not be changed");
        }
    }
}

fn tooltip(words: &Words, state: &HostState, players: u64) -> String {
    let now = match state {
        HostState::Running { .. } => format!("{}, {}", words.running, words.players(players)),
        HostState::Stopped => words.stopped.to_owned(),
        HostState::Starting | HostState::Stopping => words.busy.to_owned(),
        HostState::Failed(_) => words.failed.to_owned(),
    };
    format!("CoMutiNy: {now}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Language;

    #[test]
    fn the_tooltip_says_how_it_stands() {
        let words = Words::of(Language::try_from("en".to_owned()).unwrap());
        let running = HostState::Running {
            port: 4000,
            started_at: chrono::Utc::now(),
            gateway: String::new(),
        };
        assert_eq!(tooltip(words, &running, 1), "CoMutiNy: Running, 1 player");
        assert_eq!(tooltip(words, &HostState::Stopped, 0), "CoMutiNy: Stopped");
    }
}
