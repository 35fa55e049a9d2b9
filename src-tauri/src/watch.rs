//! Looks after the running server once a second: the tray's words, notifications, and whether the
//! computer may sleep.

use std::path::Path;
use std::time::Duration;

use contract::health::HealthStatus;
use tauri::{AppHandle, Manager as _};

use crate::desktop::Desktop;
use crate::host::HostState;
use crate::settings::AppSettings;
use crate::text::Words;
use crate::tray::{self, Tray};
use crate::window::MAIN;

/// Time between two looks.
const EVERY: Duration = Duration::from_secs(1);

/// Every so many looks it is seen whether the desktop has a tray by now.
const LOOK_FOR_TRAY: u64 = 3;

/// What one look sees.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sight {
    state: HostState,
    /// People, no bots.
    players: u64,
    /// How often people joined.
    joins: u64,
    reports: u64,
    degraded: bool,
}

/// Something worth a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
enum DesktopNotice {
    FirstJoin,
    Report,
    Degraded,
    Failed(String),
}

/// Watches until the program ends. `icons`: where the tray's icon may be written.
pub(crate) fn start(app: &AppHandle, icons: &Path) -> std::io::Result<()> {
    let (app, icons) = (app.clone(), icons.to_owned());
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || run(&app, &icons))?;
    Ok(())
}

fn run(app: &AppHandle, icons: &Path) {
    let mut before: Option<Sight> = None;
    let mut awake = Awake::default();
    let mut tray = TrayHope::of(app);
    for count in 0_u64.. {
        let arrived = count.is_multiple_of(LOOK_FOR_TRAY) && tray.arrives(app, icons);
        let desktop = app.state::<Desktop>();
        let settings = desktop.settings.app();
        let words = desktop.words();
        let now = look(&desktop);
        if arrived {
            show_in_tray(app, words, &now);
        }
        if before.as_ref() != Some(&now) {
            show_in_tray(app, words, &now);
            let focused = app
                .get_webview_window(MAIN)
                .is_some_and(|window| window.is_focused().unwrap_or(false));
            if !focused && let Some(before) = &before {
                for notice in notices(before, &now, &settings) {
                    show(words, &notice);
                }
            }
        }
        awake.want(settings.keep_awake && now.players > 0);
        before = Some(now);
        std::thread::sleep(EVERY);
    }
}

/// Whether an icon may still come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TrayHope {
    /// The desktop has no tray yet.
    Waiting,
    /// It is there, or it cannot be made although there is a tray.
    Settled,
}

impl TrayHope {
    fn of(app: &AppHandle) -> Self {
        match app.try_state::<Tray>() {
            Some(_) => Self::Settled,
            None => Self::Waiting,
        }
    }

    /// Makes the icon on the thread that draws once the desktop has a tray; whether that was now.
    fn arrives(&mut self, app: &AppHandle, icons: &Path) -> bool {
        if *self == Self::Settled || !tray::is_reachable() {
            return false;
        }
        *self = Self::Settled;
        let (handle, icons) = (app.clone(), icons.to_owned());
        let (made, making) = std::sync::mpsc::channel();
        let on_main = move || {
            // Nobody waits for it when the program is ending.
            let _ = made.send(tray::appear(&handle, &icons));
        };
        let arrived = app.run_on_main_thread(on_main).is_ok() && making.recv() == Ok(true);
        if arrived {
            tracing::info!("the tray has come");
        }
        arrived
    }
}

fn look(desktop: &Desktop) -> Sight {
    let running = desktop.host.running();
    let metrics = running.as_ref().map(|running| &running.metrics);
    Sight {
        state: desktop.host.state(),
        players: desktop.host.players(),
        joins: metrics.map_or(0, |metrics| metrics.people_joins()),
        reports: metrics.map_or(0, |metrics| metrics.reports.get()),
        degraded: running
            .as_ref()
            .is_some_and(|running| running.health.body().status == HealthStatus::Degraded),
    }
}

/// What has happened between two looks, as far as the person wants to hear of it.
fn notices(before: &Sight, now: &Sight, settings: &AppSettings) -> Vec<DesktopNotice> {
    let mut notices = Vec::new();
    if settings.notify_first_join && before.joins == 0 && now.joins > 0 {
        notices.push(DesktopNotice::FirstJoin);
    }
    if settings.notify_reports && now.reports > before.reports {
        notices.push(DesktopNotice::Report);
    }
    if settings.notify_trouble {
        if now.degraded && !before.degraded {
            notices.push(DesktopNotice::Degraded);
        }
        if let HostState::Failed(failure) = &now.state
            && before.state != now.state
        {
            notices.push(DesktopNotice::Failed(failure.message.clone()));
        }
    }
    notices
}

fn show(words: &Words, notice: &DesktopNotice) {
    let (title, text) = match notice {
        DesktopNotice::FirstJoin => (words.first_join, words.first_join_text),
        DesktopNotice::Report => (words.report, words.report_text),
        DesktopNotice::Degraded => (words.degraded, words.degraded_text),
        DesktopNotice::Failed(why) => (words.trouble, why.as_str()),
    };
    let mut notification = notify_rust::Notification::new();
    notification
        .appname("CoMutiNy")
        .icon("comutiny")
        .summary(title)
        .body(text);
    // Windows and macOS show notifications of programs that they know by this name: installers make it
    // known. Without it they come from somebody else, or not at all.
    #[cfg(windows)]
    notification.app_id(crate::places::IDENTIFIER);
    let show = move || {
        #[cfg(target_os = "macos")]
        if let Err(error) = notify_rust::set_application(crate::places::IDENTIFIER) {
            // It is set already from the second time on.
            tracing::trace!(%error, "the application is known by another name");
        }
        if let Err(error) = notification.show() {
            tracing::debug!(%error, "a notification could not be shown");
        }
    };
    // A desktop that hangs, or waits for an answer, must not hold up who watches.
    let spawned = std::thread::Builder::new()
        .name("notification".to_owned())
        .spawn(show);
    if let Err(error) = spawned {
        tracing::debug!(%error, "a notification could not be shown");
    }
}

fn show_in_tray(app: &AppHandle, words: &'static Words, sight: &Sight) {
    let (handle, state, players) = (app.clone(), sight.state.clone(), sight.players);
    let on_main = move || {
        if let Some(tray) = handle.try_state::<Tray>() {
            tray.show(words, &state, players);
        }
    };
    if let Err(error) = app.run_on_main_thread(on_main) {
        tracing::debug!(%error, "the tray could not be changed");
    }
}

/// What keeps the computer from sleeping, while it is wanted; the screen may go dark.
#[derive(Default)]
struct Awake {
    wanted: bool,
    held: Option<keepawake::KeepAwake>,
}

impl Awake {
    /// Holds it or lets it go. Where the system has no such thing it is asked once a time.
    fn want(&mut self, wanted: bool) {
        if wanted == self.wanted {
            return;
        }
        self.wanted = wanted;
        self.held = None;
        if !wanted {
            return;
        }
        let made = keepawake::Builder::default()
            .idle(true)
            .app_name("CoMutiNy")
            .reason("Players are in the world")
            .app_reverse_domain(crate::places::IDENTIFIER)
            .create();
        match made {
            Ok(held) => self.held = Some(held),
            Err(error) => tracing::info!(%error, "the computer may fall asleep"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::{Failure, FailureCode};

    fn sight() -> Sight {
        Sight {
            state: HostState::Starting,
            players: 0,
            joins: 0,
            reports: 0,
            degraded: false,
        }
    }

    #[test]
    fn the_first_join_of_a_world_is_told_once() {
        let settings = AppSettings::default();
        let joined = |joins| Sight { joins, ..sight() };
        assert_eq!(
            notices(&joined(0), &joined(2), &settings),
            [DesktopNotice::FirstJoin]
        );
        assert_eq!(notices(&joined(2), &joined(3), &settings), []);
    }

    #[test]
    fn reports_and_trouble_are_told() {
        let settings = AppSettings::default();
        let later = Sight {
            reports: 1,
            degraded: true,
            ..sight()
        };
        let told = notices(&sight(), &later, &settings);
        assert_eq!(told, [DesktopNotice::Report, DesktopNotice::Degraded]);
        let failed = Sight {
            state: HostState::Failed(Failure::new(FailureCode::Crashed, "It ended.")),
            ..sight()
        };
        let told = notices(&sight(), &failed, &settings);
        assert_eq!(told, [DesktopNotice::Failed("It ended.".to_owned())]);
        assert_eq!(notices(&failed, &failed, &settings), []);
    }

    #[test]
    fn what_is_switched_off_is_not_told() {
        let settings = AppSettings {
            notify_first_join: false,
            notify_reports: false,
            notify_trouble: false,
            ..AppSettings::default()
        };
        let later = Sight {
            joins: 1,
            reports: 1,
            degraded: true,
            ..sight()
        };
        assert_eq!(notices(&sight(), &later, &settings), []);
    }
}
