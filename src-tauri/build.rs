//! Declares every command, so that none may be called without a permission in `capabilities/`.

const COMMANDS: &[&str] = &[
    "desktop_open",
    "host_state",
    "host_start",
    "host_stop",
    "host_restart",
    "app_settings_set",
    "settings_read",
    "settings_dismiss_problems",
    "server_settings_set",
    "file_save",
    "file_pick",
    "clipboard_write",
    "link_open",
    "data_folder_open",
    "data_folder_choose",
    "data_folder_move",
    "backup_save",
    "backup_restore",
    "diagnostics_save",
    "logs_folder_open",
    "logs_tail",
    "quit",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
