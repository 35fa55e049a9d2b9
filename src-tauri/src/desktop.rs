//! What the parts of the program share: settings, the server's controller, dialogs and the clipboard.

use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::Mutex;
use server_core::discovery::{page_url, reachable_addresses};

use crate::dialogs::FileDialogs;
use crate::host::Host;
use crate::host_token::HostToken;
use crate::settings::InstanceSettings;
use crate::text::Words;

/// Managed by Tauri; one per process.
pub(crate) struct Desktop {
    /// Settings of window and server.
    pub(crate) settings: Arc<InstanceSettings>,
    /// The server's controller.
    pub(crate) host: Host,
    /// Dialogs of the system.
    pub(crate) dialogs: Arc<dyn FileDialogs>,
    /// Whoever sends it to the server is the host. It never leaves this process but for the window.
    pub(crate) token: HostToken,
    /// The folder whose log files this process writes, since its start.
    pub(crate) log_home: PathBuf,
    /// The clipboard, once it was used: on X11 what was copied lives as long as this handle.
    clipboard: Mutex<Option<arboard::Clipboard>>,
}

impl Desktop {
    /// Puts the parts together.
    pub(crate) fn new(
        settings: Arc<InstanceSettings>,
        host: Host,
        dialogs: Arc<dyn FileDialogs>,
        token: HostToken,
        log_home: PathBuf,
    ) -> Self {
        Self {
            log_home,
            settings,
            host,
            dialogs,
            token,
            clipboard: Mutex::default(),
        }
    }

    /// Words in the language of the settings.
    pub(crate) fn words(&self) -> &'static Words {
        Words::of(self.settings.app().language)
    }

    /// The link to read out: the best address others reach, else this computer's. `None` while the
    /// server does not run.
    pub(crate) fn link(&self) -> Option<String> {
        let bound = self.host.running()?.address;
        let best = reachable_addresses(bound.ip()).into_iter().next();
        Some(match best {
            Some(address) => page_url(address, bound.port()),
            None => format!("http://localhost:{}/", bound.port()),
        })
    }

    /// Puts text on the clipboard; whether that worked.
    pub(crate) fn copy(&self, text: &str) -> bool {
        let mut clipboard = self.clipboard.lock();
        if clipboard.is_none() {
            *clipboard = arboard::Clipboard::new().ok();
        }
        let copied = clipboard.as_mut().map(|clipboard| clipboard.set_text(text));
        matches!(copied, Some(Ok(())))
    }
}
