//! Settings of the window and of the server, in two readable files, and what went wrong with them.

use std::path::{Path, PathBuf};

use identity::Secret;
use parking_lot::{Mutex, MutexGuard};
use server_core::Config;
use server_core::config::{Loaded, environment};
use store::storage::Location;

pub(crate) mod app;
pub(crate) mod server;
mod toml_file;

pub(crate) use app::{AppSettings, Language, Theme};
pub(crate) use server::{ServerSetting, ServerSettings};

use crate::host::{Failure, FailureCode};
use crate::pages;
use crate::places::Places;
use server::KeptAside;
use toml_file::Broken;

/// The key of [`AppSettings::data_dir`].
const DATA_DIR: &str = "data_dir";

/// The name of [`AppSettings::update_feed`] in the environment.
const UPDATE_FEED: &str = "UPDATE_FEED";

/// All settings of this instance.
#[derive(Debug)]
pub(crate) struct InstanceSettings {
    places: Places,
    /// Held to read or replace the value.
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    app: AppSettings,
    problems: Vec<Problem>,
    restart_needed: bool,
    /// Why the file does not say where the world lies, although it means to.
    lost_folder: Option<String>,
}

/// A settings file that could not be used as it is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Problem {
    /// What was wrong with it.
    pub(crate) why: String,
    /// Where a copy of it lies; what could not be used was taken out of the file.
    pub(crate) kept_as: Option<PathBuf>,
}

impl InstanceSettings {
    /// Reads the settings of the window.
    pub(crate) fn open(places: Places) -> Self {
        let file = &places.app_file;
        let mut kept = Kept::default();
        match app::read(file) {
            Ok((app, broken)) => {
                kept.app = app;
                let lost = match places.fixed_data_dir {
                    None => lost_folder(&kept.app, &broken),
                    Some(_) => None,
                };
                kept.lost_folder = lost.map(|it| format!("{}: {}", file.display(), it.why));
                if !broken.is_empty() {
                    // Without the line about the folder the next start would open another world.
                    let copy = match lost {
                        Some(_) => None,
                        None => toml_file::mend(file, &broken).ok(),
                    };
                    kept.add(KeptAside::new(file, &broken, copy));
                }
            }
            Err(error) => {
                let why = format!("{} cannot be read: {error}.", file.display());
                kept.lost_folder = Some(why.clone());
                kept.add(KeptAside { why, path: None });
            }
        }
        Self {
            places,
            kept: Mutex::new(kept),
        }
    }

    /// The settings of the window as they are now.
    pub(crate) fn app(&self) -> AppSettings {
        self.kept().app.clone()
    }

    /// Where newer versions are told of; the environment beats the file.
    pub(crate) fn update_feed(&self) -> Option<String> {
        let given = environment().into_iter().rev();
        let mut given = given.filter(|(name, _)| name == UPDATE_FEED);
        let feed = given.next().map(|(_, value)| value);
        let feed = feed.or_else(|| self.kept().app.update_feed.clone());
        feed.map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty())
    }

    /// Replaces the settings of the window. The folder of the world stays (see [`Self::choose_folder`]), and so does
    /// the feed of updates, which is set in the file.
    ///
    /// # Errors
    /// When they cannot be written; then nothing changed. While it is not known where the world lies
    /// nothing is written, because what says it would be lost.
    pub(crate) fn set_app(&self, app: AppSettings) -> std::io::Result<()> {
        let mut kept = self.kept();
        if kept.lost_folder.is_some() {
            return Err(std::io::Error::other(
                "it means to say where the world lies, and that would be lost. Choose the folder \
                 of the world first, or mend the file and start the program again",
            ));
        }
        let app = AppSettings {
            data_dir: kept.app.data_dir.clone(),
            update_feed: kept.app.update_feed.clone(),
            ..app
        };
        app::write(&self.places.app_file, &app)?;
        kept.app = app;
        Ok(())
    }

    /// The world lies in `folder` from the next start on. A file that did not say where it lay is kept aside.
    ///
    /// # Errors
    /// When that cannot be written; then nothing changed.
    pub(crate) fn choose_folder(&self, folder: &Path) -> std::io::Result<()> {
        let mut kept = self.kept();
        let app = AppSettings {
            data_dir: Some(folder.to_owned()),
            ..kept.app.clone()
        };
        let file = &self.places.app_file;
        let copy = match kept.lost_folder {
            Some(_) => Some(toml_file::copy_aside(file)?),
            None => None,
        };
        app::write(file, &app)?;
        if let Some(copy) = copy {
            tracing::info!(copy = %copy.display(), "the settings that named no folder are kept aside");
            let file = file.display().to_string();
            let mut problems = kept.problems.iter_mut();
            if let Some(told) = problems.find(|it| it.why.starts_with(&file)) {
                told.kept_as = Some(copy);
            }
        }
        kept.lost_folder = None;
        kept.restart_needed |= app.data_dir != kept.app.data_dir;
        kept.app = app;
        Ok(())
    }

    /// Where the files lie.
    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// The world's folder.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.places.data_dir(self.kept().app.data_dir.as_deref())
    }

    /// What the folder of the world is missing, as far as that can be seen before a server starts in
    /// it. The usual folder is made when it is not there; one that was chosen held a world, and is
    /// on a disk that is away.
    pub(crate) fn missing_world(&self) -> Option<Failure> {
        if self.places.fixed_data_dir.is_some() {
            return None;
        }
        let (chosen, lost) = {
            let kept = self.kept();
            (kept.app.data_dir.clone(), kept.lost_folder.clone())
        };
        if let Some(why) = lost {
            let message = format!("Where the world lies cannot be read. {why}");
            return Some(Failure::new(FailureCode::FolderUnknown, message));
        }
        let folder = chosen?;
        if !folder.is_dir() {
            let message = format!(
                "The folder {} is not there. If it is on another disk, plug that in and try again; \
                 or choose another folder.",
                folder.display()
            );
            return Some(Failure::of_folder(
                FailureCode::FolderMissing,
                folder,
                message,
            ));
        }
        let storage = self.load_server().ok()?.config.storage;
        let location = Location::of(&storage).ok()?;
        let message = format!(
            "There is no world in the folder {}. If it is on another disk, plug that in and try \
             again; or choose another folder.",
            folder.display()
        );
        (location.file().is_some_and(|file| !file.exists()))
            .then(|| Failure::of_folder(FailureCode::FolderEmpty, folder, message))
    }

    /// The server's settings in the world's folder.
    pub(crate) fn server(&self) -> ServerSettings {
        ServerSettings::new(&self.data_dir(), environment())
    }

    /// What the next server is started with; `token` makes whoever sends it the host; a settings file that cannot be used is kept aside.
    ///
    /// # Errors
    /// A failure with the sentence of what is wrong.
    pub(crate) fn server_config(&self, token: Secret) -> Result<Config, Failure> {
        if let Some(missing) = self.missing_world() {
            return Err(missing);
        }
        let loaded = self.load_server()?;
        for warning in &loaded.warnings {
            tracing::warn!("{warning}");
        }
        let mut config = loaded.config;
        config.listen.local = true;
        config.security.local_host = Some(token);
        config.security.trusted_origins = vec![pages::ORIGIN.to_owned()];
        self.kept().restart_needed = false;
        Ok(config)
    }

    /// The server's settings in force at the next start.
    ///
    /// # Errors
    /// A failure with the sentence of what is wrong.
    pub(crate) fn load_server(&self) -> Result<Loaded, Failure> {
        let (loaded, aside) = self
            .server()
            .load()
            .map_err(|error| Failure::new(FailureCode::Settings, error.to_string()))?;
        if let Some(aside) = aside {
            self.kept().add(aside);
        }
        Ok(loaded)
    }

    /// The settings of the running server are no longer those in the file.
    pub(crate) fn need_restart(&self) {
        self.kept().restart_needed = true;
    }

    /// Whether a restart would change something.
    pub(crate) fn restart_needed(&self) -> bool {
        self.kept().restart_needed
    }

    /// Files that could not be used since the program started.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.kept().problems.clone()
    }

    /// A person has seen the problems.
    pub(crate) fn dismiss_problems(&self) {
        self.kept().problems.clear();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock()
    }
}

/// What of the file means to say where the world lies, and cannot be used. Where a folder was read all
/// the same, another spelling of its name changes nothing.
fn lost_folder<'a>(app: &AppSettings, broken: &'a [Broken]) -> Option<&'a Broken> {
    let mut all = broken.iter();
    all.find(|it| it.key == DATA_DIR || app.data_dir.is_none() && it.may_name_folder())
}

impl Kept {
    /// A problem that is there at every look is told once.
    fn add(&mut self, aside: KeptAside) {
        let problem = Problem {
            why: aside.why,
            kept_as: aside.path,
        };
        let known = self.problems.iter().any(|it| it.why == problem.why);
        if !known {
            tracing::error!(why = %problem.why, "a settings file could not be used as it is");
            self.problems.push(problem);
        }
    }
}

#[cfg(test)]
#[path = "folder_tests.rs"]
mod tests;
