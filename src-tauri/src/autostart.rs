//! Starting together with the person's session.

use auto_launch::{AutoLaunch, AutoLaunchBuilder};

/// Flag of a start by the system: the window may stay hidden.
pub(crate) const FLAG: &str = "--autostart";

fn entry() -> Option<AutoLaunch> {
    let program = std::env::current_exe().ok()?;
    AutoLaunchBuilder::new()
        .set_app_name("CoMutiNy")
        .set_app_path(program.to_str()?)
        .set_args(&[FLAG])
        .build()
        .ok()
}

/// Whether the program starts with the session.
pub(crate) fn is_on() -> bool {
    entry().is_some_and(|entry| entry.is_enabled().unwrap_or(false))
}

/// Starts the program with the session, or no longer.
///
/// # Errors
/// A sentence when the system refuses.
pub(crate) fn set(on: bool) -> Result<(), String> {
    if is_on() == on {
        return Ok(());
    }
    let entry = entry().ok_or("This program cannot be started with the session here.")?;
    let done = if on { entry.enable() } else { entry.disable() };
    done.map_err(|error| format!("The start with the session could not be changed: {error}."))
}
