//! CoMutiNy for the desktop: the server in this very process, and the administration in a window.
//!
//! [`host`] runs the embedded server in threads of its own, so that the window answers whatever the
//! server does. The page in the window is the one a headless server serves at `/admin/`; it proves
//! that it is the host by a token that [`commands::host`] hands to it, that exists nowhere else, and
//! that every start of the server makes anew.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager as _, RunEvent};
use tauri_plugin_window_state::StateFlags;

mod autostart;
mod closing;
mod commands;
mod desktop;
mod diagnostics;
mod dialogs;
mod host;
mod host_token;
mod logs;
mod menu;
mod pages;
mod places;
mod private;
mod quit;
mod settings;
mod signals;
mod text;
mod tray;
mod updates;
mod watch;
mod window;
mod window_folder;
mod world_copy;

use desktop::Desktop;
use dialogs::{FileDialogs, NativeDialogs};
use host::Host;
use host_token::HostToken;
use pages::Pages;
use places::Places;
use settings::InstanceSettings;
use text::Words;
use tray::TrayThere;
use window_folder::{PLACE_FILE, WindowFolder};

/// Answer to `--help`.
const HELP: &str = "\
Hosts a shared world from this computer, in a window.

Usage: comutiny [OPTIONS]

Options:
      --autostart  Start as the session does: hidden in the tray, if the settings say so
  -h, --help       Print this
  -V, --version    Print the version

DATA_DIR names the folder of the world instead of the usual one. The settings of the server are those of
comutiny-server, which hosts a world without a window.
";
/// Exit code where the screen cannot be used; `run.sh` starts the server alone then.
const NO_SCREEN: u8 = 3;

/// What `--version` and `--help` print, without a window; `None` for every other start. Desktops add
/// arguments of their own, so that an unknown one is no reason to refuse.
pub fn answer(mut arguments: impl Iterator<Item = String>) -> Option<String> {
    arguments.find_map(|argument| match argument.as_str() {
        "--version" | "-V" => Some(format!("comutiny {}\n", env!("CARGO_PKG_VERSION"))),
        "--help" | "-h" => Some(HELP.to_owned()),
        _ => None,
    })
}

/// Runs the program until it is quit.
#[must_use]
pub fn run() -> ExitCode {
    let places = Places::of_process();
    let identifier = places.identifier();
    let settings = Arc::new(InstanceSettings::open(places));
    let log = settings.load_server().map(|loaded| loaded.config.log);
    let world = settings.data_dir();
    let folder = WindowFolder::prepare(&settings.places().window_dir, &world);
    // A folder that is away is not made anew for the sake of a log.
    let world = settings.missing_world().is_none().then_some(world);
    let homes: Vec<_> = world
        .into_iter()
        .chain([folder.path().to_owned()])
        .collect();
    // Its last lines are written when this function ends.
    let logs = logs::start(&homes, &log.unwrap_or_default());
    for problem in settings.problems() {
        tracing::error!(why = %problem.why, "a settings file could not be used as it is");
    }
    let folders = Folders {
        window: folder.path().to_owned(),
        log_home: logs.home.clone(),
    };
    match open_window(settings, identifier, folders) {
        Ok(app) => {
            let code = app.run_return(|app, event| match event {
                RunEvent::Exit => quit::close_server(app),
                #[cfg(target_os = "macos")]
                RunEvent::Reopen { .. } => window::show(app),
                _ => {}
            });
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            eprintln!("comutiny: {error}");
            match error {
                WindowError::NoScreen => ExitCode::from(NO_SCREEN),
                WindowError::Tauri(_) => ExitCode::FAILURE,
            }
        }
    }
}

/// Where this process keeps what is not the world's.
struct Folders {
    window: PathBuf,
    log_home: PathBuf,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
enum WindowError {
    /// The screen cannot be reached.
    #[error(
        "No window can be opened on this screen. Start comutiny-server to host a world without one."
    )]
    NoScreen,
    /// Anything else.
    #[error("The window could not be opened: {0}.")]
    Tauri(#[from] tauri::Error),
}

/// Builds the program around its window. The library behind it panics where there is no screen.
fn open_window(
    settings: Arc<InstanceSettings>,
    identifier: String,
    folders: Folders,
) -> Result<tauri::App, WindowError> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(
        |panic| tracing::debug!(%panic, "the window panicked"),
    ));
    let built = catch_unwind(AssertUnwindSafe(|| build(settings, identifier, folders)));
    std::panic::set_hook(hook);
    Ok(built.map_err(|_| WindowError::NoScreen)??)
}

fn build(
    settings: Arc<InstanceSettings>,
    identifier: String,
    folders: Folders,
) -> tauri::Result<tauri::App> {
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = identifier;
    context.set_assets(Box::new(Pages));
    let place_file = folders.window.join(PLACE_FILE);
    let place = tauri_plugin_window_state::Builder::new()
        .with_filename(place_file.to_string_lossy())
        // Whether it is visible is decided by how the program was started.
        .with_state_flags(StateFlags::all() - StateFlags::VISIBLE)
        .build();
    let single = tauri_plugin_single_instance::init(|app, _arguments, _folder| {
        tracing::info!("the program was started again; its window comes to the front");
        window::show(app);
    });
    tauri::Builder::default()
        .plugin(single)
        .plugin(place)
        .manage(TrayThere::default())
        .manage(quit::Quitting::default())
        .manage(updates::NewerVersion::default())
        .invoke_handler(move |invoke| {
            let webview = invoke.message.webview_ref();
            let url = webview.url();
            if url.is_ok_and(|url| window::is_ours(webview.label(), &url)) {
                return handler(invoke);
            }
            tracing::warn!("a page that is not ours asked for something");
            invoke.resolver.reject("This page may not do that.");
            true
        })
        .setup(move |app| Ok(set_up(app.handle(), settings, &folders)?))
        .build(context)
}

fn handler(invoke: tauri::ipc::Invoke) -> bool {
    let handler: fn(tauri::ipc::Invoke) -> bool = tauri::generate_handler![
        commands::host::desktop_open,
        commands::host::host_state,
        commands::host::host_start,
        commands::host::host_stop,
        commands::host::host_restart,
        commands::host::quit,
        commands::settings::app_settings_set,
        commands::settings::settings_read,
        commands::settings::settings_dismiss_problems,
        commands::settings::server_settings_set,
        commands::files::file_save,
        commands::files::file_pick,
        commands::files::clipboard_write,
        commands::files::link_open,
        commands::world::data_folder_open,
        commands::folder::data_folder_choose,
        commands::folder::data_folder_move,
        commands::world::backup_save,
        commands::world::backup_restore,
        commands::world::diagnostics_save,
        commands::world::logs_folder_open,
        commands::world::logs_tail,
    ];
    handler(invoke)
}

/// Runs once, before the first event: controller, window, tray, and what watches over them.
fn set_up(
    app: &AppHandle,
    settings: Arc<InstanceSettings>,
    folders: &Folders,
) -> anyhow::Result<()> {
    let token = HostToken::default();
    let host = controller(app, &settings, &token)?;
    let dialogs = dialogs(app);
    let log_home = folders.log_home.clone();
    app.manage(Desktop::new(
        settings.clone(),
        host.clone(),
        dialogs,
        token,
        log_home,
    ));

    let wanted = settings.app();
    if wanted.start_server {
        host.start(None);
    }
    let by_system = std::env::args().any(|argument| argument == autostart::FLAG);
    menu::build(app, Words::of(wanted.language))?;
    let tray = tray::appear(app, &folders.window);
    let hidden = tray && (wanted.start_hidden || by_system);
    closing::heed(&window::open(app, &wanted, &folders.window, hidden)?);
    std::thread::spawn(autostart::renew);
    signals::listen(app)?;
    watch::start(app, &folders.window)?;
    updates::start(app, &folders.window);
    Ok(())
}

fn controller(
    app: &AppHandle,
    settings: &Arc<InstanceSettings>,
    token: &HostToken,
) -> anyhow::Result<Host> {
    let loaded = settings.load_server().ok();
    let shutdown = loaded.map_or(Duration::from_secs(15), |loaded| {
        loaded.config.session.shutdown_timeout
    });
    let (settings, token, app) = (settings.clone(), token.clone(), app.clone());
    Ok(Host::new(
        shutdown,
        Box::new(move || settings.server_config(token.renew())),
        Box::new(move |state| commands::host::emit_state(&app, state)),
    )?)
}

fn dialogs(app: &AppHandle) -> Arc<dyn FileDialogs> {
    #[cfg(feature = "scripted-dialogs")]
    if let Some(scripted) = dialogs::ScriptedDialogs::of_process() {
        return Arc::new(scripted);
    }
    Arc::new(NativeDialogs::new(app.clone()))
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn questions_at_the_terminal_are_answered_without_a_window() {
        let asked = |arguments: &[&str]| answer(arguments.iter().map(|it| (*it).to_owned()));
        let version = concat!("comutiny ", env!("CARGO_PKG_VERSION"), "\n");
        assert_eq!(asked(&["--version"]).as_deref(), Some(version));
        assert!(asked(&["--help"]).unwrap().contains("--autostart"));
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&["--autostart", "-psn_0_123"]), None);
    }
}
