//! The menu bar of macOS, where "Quit" asks as everywhere else. The one that comes by itself ends the
//! program over people's heads.

use tauri::menu::{AboutMetadata, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Wry};

use crate::quit::{self, Wish};
use crate::text::Words;

const QUIT: &str = "menu-quit";

/// Puts the menu up; other systems have none.
pub(crate) fn build(app: &AppHandle, words: &Words) -> tauri::Result<()> {
    if cfg!(not(target_os = "macos")) {
        return Ok(());
    }
    let quit = MenuItem::with_id(app, QUIT, words.quit, true, Some("CmdOrCtrl+Q"))?;
    app.set_menu(bar(app, &quit)?)?;
    app.on_menu_event(|app, event| {
        if event.id().0 == QUIT {
            quit::ask(app, Wish::Quit);
        }
    });
    Ok(())
}

fn bar(app: &AppHandle, quit: &MenuItem<Wry>) -> tauri::Result<Menu<Wry>> {
    let line = || PredefinedMenuItem::separator(app);
    let program = Submenu::with_items(
        app,
        "CoMutiNy",
        true,
        &[
            &PredefinedMenuItem::about(app, None, Some(AboutMetadata::default()))?,
            &line()?,
            &PredefinedMenuItem::hide(app, None)?,
            &PredefinedMenuItem::hide_others(app, None)?,
            &PredefinedMenuItem::show_all(app, None)?,
            &line()?,
            quit,
        ],
    )?;
    // Without these, macOS takes no Cmd+C and Cmd+V in the page.
    let edit = Submenu::with_items(
        app,
        "Edit",
        true,
        &[
            &PredefinedMenuItem::undo(app, None)?,
            &PredefinedMenuItem::redo(app, None)?,
            &line()?,
            &PredefinedMenuItem::cut(app, None)?,
            &PredefinedMenuItem::copy(app, None)?,
            &PredefinedMenuItem::paste(app, None)?,
            &PredefinedMenuItem::select_all(app, None)?,
        ],
    )?;
    let window = Submenu::with_items(
        app,
        "Window",
        true,
        &[
            &PredefinedMenuItem::minimize(app, None)?,
            &PredefinedMenuItem::fullscreen(app, None)?,
            &PredefinedMenuItem::close_window(app, None)?,
        ],
    )?;
    Menu::with_items(app, &[&program, &edit, &window])
}
