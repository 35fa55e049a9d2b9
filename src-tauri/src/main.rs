//! `comutiny`: hosts a world from this computer, in a window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    comutiny_desktop::run()
}
