//! Where the world lies, from the window: move it as a whole, or open another one.

use std::path::{Path, PathBuf};

use serde::Serialize;
use server_core::Closing;
use server_core::config::environment;
use store::storage::{Contents, Database, Location, is_same_file};
use tauri::{AppHandle, Manager as _};

use super::{CommandRefusal, waiting};
use crate::desktop::Desktop;
use crate::dialogs::Question;
use crate::host::{FailureCode, HostState};
use crate::quit;
use crate::settings::ServerSettings;
use crate::world_copy::{copy_world, remove};

/// Where the world lies now.
#[derive(Serialize)]
pub(crate) struct MovedFolder {
    folder: PathBuf,
    /// What arrived; `None` where the database lies elsewhere, or another world was opened.
    contents: Option<Contents>,
}

/// Moves the world to a folder the person chooses: copies, checks, switches, and keeps the old one.
/// Where a world lies already, that one can be opened instead. `None`: they changed their mind.
#[tauri::command]
pub(crate) async fn data_folder_move(
    app: AppHandle,
) -> Result<Option<MovedFolder>, CommandRefusal> {
    waiting(move || {
        let desktop = app.state::<Desktop>();
        if let Some(missing) = desktop.settings.missing_world()
            && missing.code == FailureCode::FolderUnknown
        {
            // The usual folder is not where this world lies.
            return Err(missing.message);
        }
        let from = desktop.settings.data_dir();
        let Some(folder) = ask_folder(&desktop)? else {
            return Ok(None);
        };
        if is_same_file(&from, &folder) {
            return Err(format!(
                "The world lies there already: {}.",
                folder.display()
            ));
        }
        let there = database_in(&folder)?;
        let words = desktop.words();
        let holds_one = there.file().is_some_and(Path::exists);
        let question = match holds_one {
            true => words.open_other(&folder, contents_of(&there)),
            false => words.move_here(&folder),
        };
        if !desktop.dialogs.ask(&question) {
            return Ok(None);
        }
        at_rest(&desktop, || {
            let copied = match holds_one {
                true => None,
                false => Some(copy(&desktop, &from, &folder)?),
            };
            if let Err(refused) = switch(&desktop, &folder) {
                remove(copied.map_or_else(Vec::new, |copied| copied.files));
                return Err(refused);
            }
            let contents = copied.and_then(|copied| copied.contents);
            Ok(Some(MovedFolder { folder, contents }))
        })
    })
    .await
}

/// Opens the world in a folder the person chooses, or begins one there. `false`: they changed their mind.
#[tauri::command]
pub(crate) async fn data_folder_choose(app: AppHandle) -> Result<bool, CommandRefusal> {
    waiting(move || {
        let desktop = app.state::<Desktop>();
        let Some(folder) = ask_folder(&desktop)? else {
            return Ok(false);
        };
        let there = database_in(&folder)?;
        if there.file().is_some_and(|file| !file.exists()) {
            if !desktop.dialogs.ask(&desktop.words().begin_here(&folder)) {
                return Ok(false);
            }
            tauri::async_runtime::block_on(begin(&there))?;
        }
        switch(&desktop, &folder)?;
        desktop.host.start(None);
        Ok(true)
    })
    .await
}

fn ask_folder(desktop: &Desktop) -> Result<Option<PathBuf>, CommandRefusal> {
    let settings = &desktop.settings;
    if settings.places().fixed_data_dir.is_some() {
        return Err("DATA_DIR decides where the world lies. Start without it to choose.".into());
    }
    let title = desktop.words().folder;
    Ok(desktop.dialogs.folder(title, &settings.data_dir()))
}

/// The database of the world in a folder, by the settings that lie there.
fn database_in(folder: &Path) -> Result<Location, CommandRefusal> {
    let loaded = ServerSettings::new(folder, environment()).load();
    let (loaded, _) = loaded.map_err(|error| error.to_string())?;
    Location::of(&loaded.config.storage).map_err(|error| error.to_string())
}

fn contents_of(location: &Location) -> Option<Contents> {
    let file = location.file()?;
    tauri::async_runtime::block_on(Contents::of(file)).ok()
}

/// Runs `work` while no server does; the one that ran starts again, wherever its world lies then.
fn at_rest<T>(
    desktop: &Desktop,
    work: impl FnOnce() -> Result<T, CommandRefusal>,
) -> Result<T, CommandRefusal> {
    let ran = matches!(
        desktop.host.state(),
        HostState::Running { .. } | HostState::Starting
    );
    desktop
        .host
        .stop_and_wait(Closing::Drain, quit::SERVER_LIMIT);
    let done = work();
    if ran {
        desktop.host.start(None);
    }
    done
}

fn copy(
    desktop: &Desktop,
    from: &Path,
    to: &Path,
) -> Result<crate::world_copy::Copied, CommandRefusal> {
    let loaded = desktop.settings.load_server();
    let storage = loaded.map_err(|failure| failure.message)?.config.storage;
    tauri::async_runtime::block_on(copy_world(&storage, from, to))
}

fn switch(desktop: &Desktop, folder: &Path) -> Result<(), CommandRefusal> {
    let chosen = desktop.settings.choose_folder(folder);
    chosen.map_err(|error| format!("The settings could not be written: {error}."))
}

async fn begin(location: &Location) -> Result<(), CommandRefusal> {
    let made = Database::open(location.url()).await;
    let database = made.map_err(|error| format!("The world could not be made: {error}."))?;
    database.close().await;
    Ok(())
}

/// The questions of this file.
impl crate::text::Words {
    fn move_here(&self, folder: &Path) -> Question {
        self.about(self.move_world, folder)
    }

    fn begin_here(&self, folder: &Path) -> Question {
        self.about(self.begin_world, folder)
    }

    fn open_other(&self, folder: &Path, contents: Option<Contents>) -> Question {
        let mut question = self.about(self.other_world, folder);
        if let Some(Contents { accounts, messages }) = contents {
            let counted = self.contents(accounts, messages);
            question.text = format!("{} ({counted}).", question.text.trim_end_matches('.'));
        }
        question
    }

    fn about(&self, [title, text, yes]: [&'static str; 3], folder: &Path) -> Question {
        Question {
            title: title.to_owned(),
            text: text.replace('#', &folder.display().to_string()),
            yes: yes.to_owned(),
            no: self.cancel.to_owned(),
        }
    }
}
