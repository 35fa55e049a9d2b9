//! Why the program does not start, or refuses a command, and how it says so.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{ADD_ANA, RunningServer, check_done, check_refused, program, run, text};

#[test]
fn what_keeps_a_server_from_starting_is_said_in_one_sentence() {
    let data = TempDir::new().unwrap();
    let data = data.path();
    let first = RunningServer::start(data);
    let busy = ["--host", "127.0.0.1", "--port", &first.port];
    check_refused(data, &busy, "", "choose another port with --port");
    // Beside it, the database in use would be the first thing to refuse.
    drop(first);
    check_refused(
        data,
        &["--port", "web"],
        "",
        "--port must be a whole number",
    );
    check_refused(data, &["--log", "verbose"], "", "--log must be a level");
    check_refused(
        data,
        &["--port=0", "--jwt-secret=changeme"],
        "",
        "JWT_SECRET",
    );
    check_refused(data, &["--config", "/nowhere.toml"], "", "cannot be read");
    let file = data.join("a file");
    std::fs::write(&file, "").unwrap();
    let inside = file.join("data");
    let no_directory = ["--port", "0", "--data-dir", inside.to_str().unwrap()];
    check_refused(data, &no_directory, "", "cannot be used");
}

/// A service manager starts a server again that ended with an error, but not after 78.
#[test]
fn a_wrong_setting_has_an_exit_code_of_its_own() {
    let data = TempDir::new().unwrap();
    let data = data.path();
    let code = |arguments: &[&str]| run(data, arguments, "").status.code();
    for wrong in [
        &["--port", "web"][..],
        &["--port=0", "--jwt-secret=changeme"],
        &["--port=0", "--cors-origin=http://localhost:*"],
        &["--config", "/nowhere.toml"],
    ] {
        assert_eq!(code(wrong), Some(78), "{wrong:?}");
    }
    let first = RunningServer::start(data);
    assert_eq!(
        code(&["--host", "127.0.0.1", "--port", &first.port]),
        Some(1)
    );
    let unit = include_str!("../../packaging/comutiny.service");
    assert!(unit.contains("RestartPreventExitStatus=2 78\n"));
}

/// Why a start failed is the line that collectors of logs wait for.
#[test]
fn json_logs_carry_why_a_start_failed() {
    let data = TempDir::new().unwrap();
    let check = |arguments: &[&str], variables: &[(&str, &str)], says: &str| {
        let mut command = program(data.path(), arguments);
        command.env("LOG", "off").envs(variables.iter().copied());
        let output = command.output().unwrap();
        assert!(!output.status.success(), "{arguments:?} was accepted");
        let err = text(&output.stderr);
        let event: serde_json::Value = serde_json::from_str(&err).unwrap();
        assert_eq!(event["level"], "ERROR", "{err}");
        assert!(event["timestamp"].is_string(), "{err}");
        let message = event["message"].as_str().unwrap();
        assert!(message.contains(says) && message.ends_with('.'), "{err}");
    };
    let json = ("LOG_FORMAT", "json");
    let nowhere = "10.99.99.99 is not an address of this machine";
    check(&["serve", "--host", "10.99.99.99"], &[json], nowhere);
    check(
        &["--log-format", "json", "--host", "10.99.99.99"],
        &[],
        nowhere,
    );
    check(&[], &[json, ("MAX_PLAYERS", "many")], "MAX_PLAYERS");
    std::fs::write(data.path().join("comutiny.toml"), "log_format = \"json\"").unwrap();
    check(&[], &[("MAX_PLAYERS", "many")], "MAX_PLAYERS");
    let occupied = TempDir::new().unwrap();
    std::fs::write(
        occupied.path().join("comutiny.sqlite"),
        "no database".repeat(100),
    )
    .unwrap();
    let occupied = occupied.path().to_str().unwrap();
    check(
        &["--port", "0"],
        &[json, ("DATA_DIR", occupied)],
        "is not a database",
    );
    // Whoever calls another command reads a sentence.
    let mut command = program(data.path(), &["user", "list"]);
    let output = command
        .env("LOG_FORMAT", "json")
        .env("MAX_PLAYERS", "many")
        .output();
    let err = text(&output.unwrap().stderr);
    assert!(
        err.starts_with("comutiny-server: The environment variable MAX_PLAYERS"),
        "{err}"
    );
}

#[test]
fn a_second_server_on_one_data_directory_is_refused() {
    let data = TempDir::new().unwrap();
    let data = data.path();
    let _first = RunningServer::start(data);
    let second = ["--host", "127.0.0.1", "--port", "0"];
    check_refused(data, &second, "", "Another server uses the database");
    check_refused(data, &second, "", "REDIS_URL");
}

#[test]
fn a_file_that_is_no_database_is_said_with_its_name() {
    let data = TempDir::new().unwrap();
    let file = data.path().join("comutiny.sqlite");
    std::fs::write(&file, "no database".repeat(100)).unwrap();
    let sentence = format!("{} is not a database", file.display());
    check_refused(data.path(), &["--port", "0"], "", &sentence);
    check_refused(data.path(), &["user", "list"], "", &sentence);
    check_refused(data.path(), &["backup", "/tmp/x/never"], "", &sentence);
}

#[cfg(target_os = "linux")]
#[test]
fn a_directory_in_another_encoding_is_refused_and_no_second_one_made() {
    use std::os::unix::ffi::OsStrExt as _;

    let parent = TempDir::new().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"w\xffrld");
    std::fs::create_dir(parent.path().join(name)).unwrap();
    let data = parent.path().join(name);
    check_refused(&data, &["--port", "0"], "", "must be in Unicode");
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 0);
}

/// Runs the program with a disk of `kilobytes` mounted at `full`.
#[cfg(target_os = "linux")]
fn run_on_full_disk(
    data: &Path,
    full: &Path,
    kilobytes: u32,
    arguments: &[&str],
) -> Option<Output> {
    let of_its_own = ["--user", "--map-root-user", "--mount"];
    let tried = Command::new("unshare")
        .args(of_its_own)
        .arg("true")
        .output();
    if !tried.is_ok_and(|tried| tried.status.success()) {
        eprintln!("SKIPPED: no disk may be mounted here (needs user namespaces)");
        return None;
    }
    let mount = format!("mount -t tmpfs -o size={kilobytes}k full \"$0\" && exec \"$@\"");
    let output = Command::new("unshare")
        .args(of_its_own)
        .args(["sh", "-c", &mount])
        .arg(full)
        .arg(env!("CARGO_BIN_EXE_comutiny-server"))
        .args(arguments)
        .env("DATA_DIR", data)
        .output();
    Some(output.unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named() {
    let (data, full) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let says = format!("The disk of {} is full", full.path().display());
    for kilobytes in [4, 64] {
        let first_start = ["--port", "0", "--host", "127.0.0.1"];
        let started = run_on_full_disk(full.path(), full.path(), kilobytes, &first_start);
        let Some(started) = started else { return };
        let err = text(&started.stderr);
        assert!(!started.status.success());
        assert!(err.contains(&says), "{kilobytes}: {err}");
    }
    check_done(data.path(), &ADD_ANA, "correct horse\n", "Ana is host now.");
    let backup = full.path().join("world.backup");
    let saved = ["backup", backup.to_str().unwrap()];
    let saved = run_on_full_disk(data.path(), full.path(), 64, &saved).unwrap();
    let err = text(&saved.stderr);
    assert!(!saved.status.success());
    assert!(err.contains(&says), "{err}");
}
