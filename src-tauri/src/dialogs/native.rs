//! The system's own dialogs, by rfd.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use rfd::{
    AsyncFileDialog, AsyncMessageDialog, FileHandle, MessageButtons, MessageDialogResult,
    MessageLevel,
};
use tauri::AppHandle;

use super::{FileDialogs, FileKind, Question};

/// Opens dialogs over the window of `app`.
pub(crate) struct NativeDialogs {
    app: AppHandle,
}

impl NativeDialogs {
    /// Dialogs of this program.
    pub(crate) fn new(app: AppHandle) -> Self {
        Self { app }
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
        Some(tauri::async_runtime::block_on(dialog))
    }
}

impl FileDialogs for NativeDialogs {
    fn save(&self, title: &str, name: &str) -> Option<PathBuf> {
        let dialog = AsyncFileDialog::new().set_title(title).set_file_name(name);
        path(self.wait(move || dialog.save_file()))
    }

    fn open(&self, title: &str, kind: FileKind) -> Option<PathBuf> {
        let mut dialog = AsyncFileDialog::new().set_title(title);
        if !kind.endings.is_empty() {
            dialog = dialog.add_filter(kind.name, kind.endings);
        }
        path(self.wait(move || dialog.pick_file()))
    }

    fn folder(&self, title: &str, start: &Path) -> Option<PathBuf> {
        let dialog = AsyncFileDialog::new()
            .set_title(title)
            .set_directory(start)
            .set_can_create_directories(true);
        path(self.wait(move || dialog.pick_folder()))
    }

    fn ask(&self, question: &Question) -> bool {
        let yes = question.yes.clone();
        let dialog = AsyncMessageDialog::new()
            .set_level(MessageLevel::Warning)
            .set_title(&question.title)
            .set_description(&question.text)
            .set_buttons(MessageButtons::OkCancelCustom(
                question.yes.clone(),
                question.no.clone(),
            ));
        match self.wait(move || dialog.show()) {
            Some(MessageDialogResult::Custom(answer)) => answer == yes,
            Some(MessageDialogResult::Ok | MessageDialogResult::Yes) => true,
            _ => false,
        }
    }
}

fn path(chosen: Option<Option<FileHandle>>) -> Option<PathBuf> {
    chosen.flatten().map(|file| file.path().to_owned())
}
