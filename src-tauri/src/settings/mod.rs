//! Settings of the window and of the server, in two readable files, and what went wrong with them.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use server_core::Config;
use server_core::config::{Loaded, Secret, environment};

pub(crate) mod app;
pub(crate) mod server;
mod toml_file;

pub(crate) use app::{AppSettings, Language, Theme};
pub(crate) use server::{ServerSetting, ServerSettings};

use crate::host::{Failure, FailureCode};
use crate::places::Places;
use crate::window;

/// All settings of this instance.
#[derive(Debug)]
pub(crate) struct Settings {
    places: Places,
    /// A std lock, held to read or replace the value.
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    app: AppSettings,
    problems: Vec<Problem>,
    restart_needed: bool,
}

/// A settings file that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Problem {
    /// What was wrong with it.
    pub(crate) why: String,
    /// Where it lies now; defaults are in force.
    pub(crate) kept_as: Option<PathBuf>,
}

impl Settings {
    /// Reads the settings of the window.
    pub(crate) fn open(places: Places) -> Self {
        let mut kept = Kept::default();
        match app::read(&places.app_file) {
            Ok(app) => kept.app = app,
            Err(broken) => kept.problems.push(Problem {
                why: format!("{}: {}", places.app_file.display(), broken.0),
                kept_as: toml_file::keep_aside(&places.app_file).ok(),
            }),
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

    /// Replaces the settings of the window.
    ///
    /// # Errors
    /// When they cannot be written; then nothing changed.
    pub(crate) fn set_app(&self, app: AppSettings) -> std::io::Result<()> {
        app::write(&self.places.app_file, &app)?;
        let mut kept = self.kept();
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

    /// The server's settings in the world's folder.
    pub(crate) fn server(&self) -> ServerSettings {
        ServerSettings::new(&self.data_dir(), environment())
    }

    /// What the next server is started with; `token` makes whoever sends it the host; a settings file that cannot be used is kept aside.
    ///
    /// # Errors
    /// A failure with the sentence of what is wrong.
    pub(crate) fn server_config(&self, token: Secret) -> Result<Config, Failure> {
        let loaded = self.load_server()?;
        for warning in &loaded.warnings {
            tracing::warn!("{warning}");
        }
        let mut config = loaded.config;
        config.listen.local = true;
        config.security.local_host = Some(token);
        config.security.trusted_origins = vec![window::ORIGIN.to_owned()];
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
            tracing::error!(path = %aside.path.display(), why = %aside.why, "a broken settings file was kept aside");
            self.kept().problems.push(Problem {
                why: aside.why,
                kept_as: Some(aside.path),
            });
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
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
