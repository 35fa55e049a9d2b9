//! `comutiny`: hosts a world from this computer, in a window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::io::Write as _;

fn main() -> std::process::ExitCode {
    // The server in this program starts it once more for the clients of a load test.
    if std::env::args().nth(1).as_deref() == Some(load_test::worker::COMMAND) {
        return load_test::worker::main();
    }
    if let Some(answer) = comutiny_desktop::answer(std::env::args().skip(1)) {
        // Nobody reads it where standard output is closed.
        let _ = std::io::stdout().write_all(answer.as_bytes());
        return std::process::ExitCode::SUCCESS;
    }
    comutiny_desktop::run()
}
