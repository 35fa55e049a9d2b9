//! What the pages of the window may ask for. One file per subject; each command is named in
//! `build.rs` and allowed in `capabilities/main.json`.

pub(crate) mod files;
pub(crate) mod folder;
pub(crate) mod host;
pub(crate) mod saved;
pub(crate) mod settings;
pub(crate) mod world;

/// A sentence for the person in front of the window.
pub(crate) type CommandRefusal = String;

/// Runs what waits for a person or a disk on a thread that may wait.
pub(crate) async fn waiting<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CommandRefusal> + Send + 'static,
) -> Result<T, CommandRefusal> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err("That did not work. The log says why.".to_owned()))
}
