//! `comutiny`: hosts a world from this computer, in a window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    // The server in this program starts it once more for the clients of a load test.
    if std::env::args().nth(1).as_deref() == Some(server_core::load_test::worker::COMMAND) {
        return server_core::load_test::worker::main();
    }
    comutiny_desktop::run()
}
