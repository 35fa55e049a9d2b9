//! Ending the program: once, in order, and not over people's heads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use server_core::Closing;
use tauri::{AppHandle, Manager as _};

use crate::desktop::Desktop;
use crate::dialogs::Question;
use crate::window;

/// The server takes at most 15 seconds by default; this is beyond any setting people choose.
pub(crate) const SERVER_LIMIT: Duration = Duration::from_secs(25);

/// Whether the question stands on the screen, and whether the program is ending.
#[derive(Debug, Default)]
pub(crate) struct Quitting {
    asking: AtomicBool,
    ending: AtomicBool,
}

/// What a person wants that players would feel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The program ends, and the world with it.
    Quit,
    /// The world closes; the program stays.
    Close,
}

/// Does it. With players in the world the person is asked first, once at a time; then players are told.
pub(crate) fn ask(app: &AppHandle, wish: Wish) {
    let players = app.state::<Desktop>().host.players();
    if players == 0 {
        fulfil(app, wish);
        return;
    }
    if app.state::<Quitting>().asking.swap(true, Ordering::AcqRel) {
        return;
    }
    let app = app.clone();
    std::thread::spawn(move || {
        let desktop = app.state::<Desktop>();
        let words = desktop.words();
        window::show(&app);
        let (title, yes) = match wish {
            Wish::Quit => (words.quit_title(players), words.quit_yes),
            Wish::Close => (words.close_title(players), words.stop),
        };
        let yes = desktop.dialogs.ask(&Question {
            title,
            text: words.quit_text.to_owned(),
            yes: yes.to_owned(),
            no: words.quit_no.to_owned(),
        });
        if yes {
            fulfil(&app, wish);
        }
        app.state::<Quitting>()
            .asking
            .store(false, Ordering::Release);
    });
}

fn fulfil(app: &AppHandle, wish: Wish) {
    match wish {
        Wish::Quit => end(app, Closing::Stop),
        Wish::Close => app.state::<Desktop>().host.stop(Closing::Stop),
    }
}

/// Ends the program without a question: closes the server in this way, then leaves. The window stays
/// responsive while players are told.
pub(crate) fn end(app: &AppHandle, how: Closing) {
    if app.state::<Quitting>().ending.swap(true, Ordering::AcqRel) {
        return;
    }
    let app = app.clone();
    std::thread::spawn(move || {
        app.state::<Desktop>().host.stop_and_wait(how, SERVER_LIMIT);
        tracing::info!("the program ends");
        app.exit(0);
    });
}

/// The last moment of the program, however it came: nothing of the server may be left.
pub(crate) fn close_server(app: &AppHandle) {
    let desktop = app.state::<Desktop>();
    desktop.host.stop_and_wait(Closing::Drain, SERVER_LIMIT);
}
