//! The system's own dialogs, by rfd.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use parking_lot::Mutex;
use rfd::{
    AsyncFileDialog, AsyncMessageDialog, FileHandle, MessageButtons, MessageDialogResult,
    MessageLevel,
};
use tauri::{AppHandle, Manager as _, WebviewWindow};

use super::{FileDialogs, FileKind, Question};
use crate::window;

/// Opens dialogs over the window of `app`, one for files and one question at a time: a second one would
/// lie over the first, and nobody could tell what it belongs to.
pub(crate) struct NativeDialogs {
    app: AppHandle,
    /// Held while the person chooses; only ever tried.
    files: Mutex<()>,
    questions: Mutex<()>,
}

impl NativeDialogs {
    /// Dialogs of this program.
    pub(crate) fn new(app: AppHandle) -> Self {
        Self {
            app,
            files: Mutex::default(),
            questions: Mutex::default(),
        }
    }

    /// The window that dialogs belong to, shown: nobody would find the dialog of a hidden one.
    fn window(&self) -> Option<WebviewWindow> {
        window::show(&self.app);
        self.app.get_webview_window(window::MAIN)
    }

    /// Waits for a dialog about files. `None` as well while another one is open.
    fn file<T, F>(
        &self,
        dialog: AsyncFileDialog,
        show: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
    ) -> Option<T>
    where
        T: Send + 'static,
        F: Future<Output = Option<T>> + Send + 'static,
    {
        let Some(_alone) = self.files.try_lock() else {
            window::show(&self.app);
            return None;
        };
        let dialog = match self.window() {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        };
        self.wait(move || show(dialog)).flatten()
    }

    /// Dialogs are made on the thread that draws and waited for on this one.
    fn wait<T, F>(&self, make: impl FnOnce() -> F + Send + 'static) -> Option<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let (made, making) = mpsc::channel();
        let on_main = move || {
            // Nobody waits for it when the program is ending.
            let _ = made.send(make());
        };
        self.app.run_on_main_thread(on_main).ok()?;
        let dialog = making.recv().ok()?;
        #[cfg(target_os = "linux")]
        adopt(&self.app);
        Some(tauri::async_runtime::block_on(dialog))
    }
}

impl FileDialogs for NativeDialogs {
    fn save(&self, title: &str, name: &str) -> Option<PathBuf> {
        let dialog = AsyncFileDialog::new().set_title(title).set_file_name(name);
        path(self.file(dialog, AsyncFileDialog::save_file))
    }

    fn open(&self, title: &str, kind: FileKind) -> Option<PathBuf> {
        let mut dialog = AsyncFileDialog::new().set_title(title);
        if !kind.endings.is_empty() {
            dialog = dialog.add_filter(kind.name, kind.endings);
        }
        path(self.file(dialog, AsyncFileDialog::pick_file))
    }

    fn folder(&self, title: &str, start: &Path) -> Option<PathBuf> {
        let dialog = AsyncFileDialog::new()
            .set_title(title)
            .set_directory(start)
            .set_can_create_directories(true);
        path(self.file(dialog, AsyncFileDialog::pick_folder))
    }

    fn ask(&self, question: &Question) -> bool {
        let Some(_alone) = self.questions.try_lock() else {
            window::show(&self.app);
            return false;
        };
        let yes = question.yes.clone();
        let dialog = AsyncMessageDialog::new()
            .set_level(MessageLevel::Warning)
            .set_title(&question.title)
            .set_description(&question.text)
            .set_buttons(MessageButtons::OkCancelCustom(
                question.yes.clone(),
                question.no.clone(),
            ));
        let dialog = match self.window() {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        };
        match self.wait(move || dialog.show()) {
            Some(MessageDialogResult::Custom(answer)) => answer == yes,
            Some(MessageDialogResult::Ok | MessageDialogResult::Yes) => true,
            _ => false,
        }
    }
}

fn path(chosen: Option<FileHandle>) -> Option<PathBuf> {
    chosen.map(|file| file.path().to_owned())
}

/// Puts dialogs in front of the window and lets it wait for them: the library makes them without a parent
/// on Linux.
#[cfg(target_os = "linux")]
fn adopt(app: &AppHandle) {
    use gtk::glib::object::Cast as _;
    use gtk::prelude::GtkWindowExt as _;

    let handle = app.clone();
    // After what the dialog itself has asked the main loop to do.
    let on_main = move || {
        gtk::glib::idle_add_local_once(move || {
            let parent = handle.get_webview_window(window::MAIN);
            let Some(parent) = parent.and_then(|window| window.gtk_window().ok()) else {
                return;
            };
            let dialogs = gtk::Window::list_toplevels().into_iter();
            for dialog in dialogs.filter_map(|it| it.downcast::<gtk::Dialog>().ok()) {
                dialog.set_transient_for(Some(&parent));
                dialog.set_modal(true);
                dialog.present();
            }
        });
    };
    if let Err(error) = app.run_on_main_thread(on_main) {
        tracing::debug!(%error, "a dialog stays without a parent");
    }
}
