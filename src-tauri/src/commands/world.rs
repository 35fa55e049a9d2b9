//! The world from the window: its folder, backups, restoring, logs and diagnostics.

use std::path::{Path, PathBuf};

use chrono::{Local, Utc};
use serde::Serialize;
use server_core::Closing;
use server_core::config::{Loaded, StorageConfig};
use store::storage::{Contents, Database, Existing, Location, restore};
use tauri::{AppHandle, Manager as _, State};

use super::{CommandRefusal, saved, waiting};
use crate::desktop::Desktop;
use crate::diagnostics::{DiagnosticFacts, Redactor, report};
use crate::dialogs::{FileKind, Question};
use crate::host::HostState;
use crate::{logs, quit};

/// Backups are SQLite databases.
const BACKUP_ENDINGS: &[&str] = &["sqlite"];
/// Holds what signs logins, when no setting does.
const SECRET_FILE: &str = "jwt_secret";
/// Lines of the log that the start page shows.
const TAIL_LINES: usize = 200;

/// Shows the world's folder in the file manager.
#[tauri::command]
pub(crate) async fn data_folder_open(desktop: State<'_, Desktop>) -> Result<(), CommandRefusal> {
    if let Some(missing) = desktop.settings.missing_world() {
        return Err(missing.message);
    }
    show_folder(desktop.settings.data_dir()).await
}

/// Shows the folder of the log files in the file manager.
#[tauri::command]
pub(crate) async fn logs_folder_open(desktop: State<'_, Desktop>) -> Result<(), CommandRefusal> {
    show_folder(logs::folder(&desktop.log_home)).await
}

/// The last lines of the log file, oldest first, without secrets.
#[tauri::command]
pub(crate) async fn logs_tail(app: AppHandle) -> Result<Vec<String>, CommandRefusal> {
    waiting(move || {
        let desktop = app.state::<Desktop>();
        let redactor = redactor(&desktop, desktop.settings.load_server().ok().as_ref());
        let text = redactor.redact(&logs::tail(&desktop.log_home));
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let first = lines.len().saturating_sub(TAIL_LINES);
        Ok(lines[first..].to_vec())
    })
    .await
}

async fn show_folder(folder: PathBuf) -> Result<(), CommandRefusal> {
    waiting(move || {
        std::fs::create_dir_all(&folder)
            .and_then(|()| open::that_detached(&folder))
            .map_err(|error| format!("{} could not be opened: {error}.", folder.display()))
    })
    .await
}

/// A backup that was made.
#[derive(Serialize)]
pub(crate) struct Saved {
    file: PathBuf,
    contents: Contents,
}

/// Saves a copy of the world's database, also while the server runs. `None`: they changed their mind.
#[tauri::command]
pub(crate) async fn backup_save(app: AppHandle) -> Result<Option<Saved>, CommandRefusal> {
    waiting(move || {
        let desktop = app.state::<Desktop>();
        let name = format!("comutiny-{}.sqlite", Local::now().format("%Y-%m-%d"));
        let Some(file) = desktop.dialogs.save(desktop.words().backup, &name) else {
            return Ok(None);
        };
        let contents = tauri::async_runtime::block_on(back_up(&desktop, &file))
            .map_err(|error| format!("The backup could not be made: {error}."))?;
        Ok(Some(Saved { file, contents }))
    })
    .await
}

/// The world that runs, whatever the settings say by now; else the one that would. The dialog has asked
/// whether an older file may go.
async fn back_up(desktop: &Desktop, file: &Path) -> Result<Contents, CommandRefusal> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    if let Some(running) = desktop.host.running() {
        let made = running.database.backup_to(file, Existing::Replace).await;
        return made.map_err(|error| text(&error));
    }
    let location = Location::of(&storage(desktop)?).map_err(|error| text(&error))?;
    if let Some(missing) = location.file().filter(|it| !it.exists()) {
        return Err(format!("there is no world at {} yet", missing.display()));
    }
    let opened = Database::open(location.url()).await;
    let database = opened.map_err(|error| text(&error))?;
    let made = database.backup_to(file, Existing::Replace).await;
    database.close().await;
    made.map_err(|error| text(&error))
}

/// Replaces the world's database by a backup, and says what that holds; the server stops for it and
/// starts again if it ran. `None`: they changed their mind.
#[tauri::command]
pub(crate) async fn backup_restore(app: AppHandle) -> Result<Option<Contents>, CommandRefusal> {
    waiting(move || {
        let desktop = app.state::<Desktop>();
        let words = desktop.words();
        let storage = storage(&desktop)?;
        let location = Location::of(&storage).map_err(|error| error.to_string())?;
        let Some(database) = location.file() else {
            return Err(
                "Only a SQLite database is restored here; use pg_restore for Postgres.".into(),
            );
        };
        let kind = FileKind {
            name: words.databases,
            endings: BACKUP_ENDINGS,
        };
        let Some(backup) = desktop.dialogs.open(words.restore, kind) else {
            return Ok(None);
        };
        let agreed = desktop.dialogs.ask(&Question {
            title: words.restore.to_owned(),
            text: words.restore_text.to_owned(),
            yes: words.restore_yes.to_owned(),
            no: words.quit_no.to_owned(),
        });
        if !agreed {
            return Ok(None);
        }
        let ran = matches!(desktop.host.state(), HostState::Running { .. });
        desktop
            .host
            .stop_and_wait(Closing::Drain, quit::SERVER_LIMIT);
        let restored = tauri::async_runtime::block_on(restore(&backup, database, Utc::now()));
        if ran {
            desktop.host.start(None);
        }
        let restored =
            restored.map_err(|error| format!("The backup was not restored: {error}."))?;
        Ok(Some(restored.contents))
    })
    .await
}

/// Saves a text that helps somebody else to see what is wrong. `false`: they changed their mind.
#[tauri::command]
pub(crate) async fn diagnostics_save(app: AppHandle) -> Result<bool, CommandRefusal> {
    waiting(move || {
        let desktop = app.state::<Desktop>();
        let name = format!(
            "comutiny-diagnostics-{}.txt",
            Local::now().format("%Y-%m-%d")
        );
        let Some(path) = desktop.dialogs.save(desktop.words().diagnostics, &name) else {
            return Ok(false);
        };
        saved::save(&desktop, &path, diagnostics(&desktop).as_bytes())?;
        Ok(true)
    })
    .await
}

fn diagnostics(desktop: &Desktop) -> String {
    let loaded = desktop.settings.load_server().ok();
    let facts = DiagnosticFacts {
        app: &desktop.settings.app(),
        server: loaded.as_ref(),
        state: &desktop.host.state(),
        log: &logs::tail(&desktop.log_home),
    };
    report(&facts, &redactor(desktop, loaded.as_ref()))
}

/// Knows every secret of this process and of its settings.
fn redactor(desktop: &Desktop, loaded: Option<&Loaded>) -> Redactor {
    let in_settings = loaded.into_iter().flat_map(|loaded| {
        let config = &loaded.config;
        let secrets = [
            &config.security.jwt_secret,
            &config.storage.database_url,
            &config.replication.redis_url,
        ];
        secrets.map(|secret| secret.as_ref().map(|secret| secret.expose().to_owned()))
    });
    // The log may be that of an earlier folder; both may be spoken of.
    let folders = [desktop.log_home.clone(), desktop.settings.data_dir()];
    let kept = folders.map(|folder| std::fs::read_to_string(folder.join(SECRET_FILE)).ok());
    let known = in_settings
        .flatten()
        .chain(kept.into_iter().flatten())
        .chain([desktop.token.now()]);
    Redactor::new(known, dirs::home_dir().as_deref())
}

fn storage(desktop: &Desktop) -> Result<StorageConfig, CommandRefusal> {
    let loaded = desktop.settings.load_server();
    Ok(loaded.map_err(|failure| failure.message)?.config.storage)
}
