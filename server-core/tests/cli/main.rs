//! The built `comutiny-server`, as an operator uses it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a panic is a failed test"
)]

mod refused;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// The program with a data directory of its own and nothing of this machine's environment.
fn program(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comutiny-server"));
    // Windows opens no socket without this variable.
    let system_root = std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root));
    command
        .env_clear()
        .envs(system_root)
        .env("DATA_DIR", data)
        .args(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs a command to its end, with `input` as its standard input.
fn run(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = program(data, arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that refuses its arguments does not read its input.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn check_done(data: &Path, arguments: &[&str], input: &str, says: &str) {
    let output = run(data, arguments, input);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{arguments:?}: {err}");
    assert!(out.contains(says), "{arguments:?}: {out}");
}

fn check_refused(data: &Path, arguments: &[&str], input: &str, says: &str) {
    let output = run(data, arguments, input);
    let err = text(&output.stderr);
    assert!(!output.status.success(), "{arguments:?} was accepted");
    assert!(err.contains(says), "{arguments:?}: {err}");
    assert_eq!(err.lines().count(), 1, "more than a sentence: {err}");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A running server, killed at the end of its test.
struct RunningServer {
    child: Child,
    port: String,
}

impl RunningServer {
    /// Starts a server and reads its port from the printed link.
    fn start(data: &Path) -> Self {
        let mut command = program(data, &["--port", "0", "--host", "127.0.0.1"]);
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.as_mut().unwrap());
        let mut lines = out.lines().map(Result::unwrap);
        let link = lines.find(|line| line.contains("http://localhost:"));
        let link = link.expect("a link is printed");
        let port = link.trim_end_matches('/').rsplit(':').next().unwrap();
        Self {
            port: port.to_owned(),
            child,
        }
    }

    #[cfg(unix)]
    fn terminate(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(sent.unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const ADD_ANA: [&str; 9] = [
    "user",
    "add",
    "--username",
    "Ana",
    "--email",
    "ana@example.org",
    "--role",
    "host",
    "--password-stdin",
];

#[test]
fn accounts_are_managed_while_the_server_runs() {
    let data = TempDir::new().unwrap();
    let data = data.path();
    let _server = RunningServer::start(data);
    check_refused(data, &ADD_ANA, "short\n", "The password is too short");
    check_done(data, &ADD_ANA, "correct horse\n", "Ana is host now.");
    check_refused(data, &ADD_ANA, "correct horse\n", "Another account");
    let ana = ["--email", "ANA@example.org"];
    let role = ["user", "role", ana[0], ana[1], "--role", "viewer"];
    check_done(data, &role, "", "Ana is viewer now.");
    let passwd = ["user", "passwd", ana[0], ana[1], "--password-stdin"];
    check_done(data, &passwd, "another horse\n", "must log in again");
    check_done(
        data,
        &["user", "list"],
        "",
        "viewer     ana@example.org  Ana",
    );
    let nobody = ["user", "role", "--email", "bo@x.org", "--role", "host"];
    check_refused(data, &nobody, "", "No account has the address bo@x.org");
}

/// Beside a service, whose world lies elsewhere: an account in a database that nobody opens is none.
#[test]
fn who_stands_in_another_folder_is_asked_for_the_worlds() {
    let elsewhere = TempDir::new().unwrap();
    let elsewhere = elsewhere.path();
    let here = |arguments: &[&str]| {
        let mut command = program(elsewhere, arguments);
        command.env_remove("DATA_DIR").current_dir(elsewhere);
        command.stdin(Stdio::null()).output().unwrap()
    };
    let saved = elsewhere.join("saved");
    for arguments in [
        &ADD_ANA[..],
        &["user", "list"],
        &["user", "role", "--email", "a@x.org", "--role", "host"],
        &["user", "passwd", "--email", "a@x.org", "--password-stdin"],
        &["service", "add", "--name", "Greeter", "--scope", "read"],
        &["service", "list"],
        &["service", "revoke", "--name", "Greeter"],
        &["backup", saved.to_str().unwrap()],
        &["restore", saved.to_str().unwrap()],
    ] {
        let output = here(arguments);
        let err = text(&output.stderr);
        assert!(!output.status.success(), "{arguments:?} was accepted");
        assert!(err.contains("There is no database at "), "{err}");
        assert!(err.contains("--data-dir"), "{err}");
        assert_eq!(std::fs::read_dir(elsewhere).unwrap().count(), 0);
    }
    // Before the first start of a world whose place is named, accounts and tokens may be made.
    let data = elsewhere.join("data");
    check_refused(&data, &["user", "list"], "", "There is no database at ");
    std::fs::create_dir(&data).unwrap();
    check_done(&data, &ADD_ANA, "correct horse\n", "Ana is host now.");
    check_done(&data, &["user", "list"], "", "ana@example.org");
}

/// As bash asks for them: by the words so far, the one that is being written last.
#[cfg(unix)]
#[test]
fn bash_completes_what_stands_behind_a_command() {
    let data = TempDir::new().unwrap();
    let script = data.path().join("completions.bash");
    let printed = run(data.path(), &["completions", "bash"], "");
    std::fs::write(&script, printed.stdout).unwrap();
    let check = |words: &[&str], expected: &str| {
        let ask = r#"
            source "$0"
            asked=$(complete -p comutiny-server | sed 's/.* -F \([^ ]*\) .*/\1/')
            COMP_WORDS=(comutiny-server "$@") COMP_CWORD=$#
            "$asked" comutiny-server "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
            echo "${COMPREPLY[*]}""#;
        let output = Command::new("bash")
            .args(["-c", ask, script.to_str().unwrap()])
            .args(words)
            .output()
            .unwrap();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(
            out.split_whitespace().any(|it| it == expected),
            "{words:?}: {out}{err}"
        );
    };
    check(&["he"], "health");
    check(&["user", ""], "passwd");
    check(&["user", "add", "--us"], "--username");
    check(&["service", "re"], "revoke");
    check(&["load-test", "--load-cl"], "--load-clients");
    check(&["serve", "--redis-u"], "--redis-url");
    check(&["config", "show", "--redis-u"], "--redis-url");
}

#[cfg(unix)]
#[test]
fn health_asks_the_server_of_this_machine() {
    let data = tempfile::tempdir().unwrap();
    let server = RunningServer::start(data.path());
    let port = server.port.clone();
    let ask = ["health", "--host", "127.0.0.1", "--port", &port];
    check_done(data.path(), &ask, "", "ok");
    let everywhere = ["health", "--host", "0.0.0.0", "--port", &port];
    check_done(data.path(), &everywhere, "", "ok");
    drop(server);
    let says = format!("Nothing listens on port {port} of this machine.");
    check_refused(data.path(), &ask, "", &says);
    check_refused(
        data.path(),
        &["health", "--port", "0"],
        "",
        "name the real one with --port",
    );
}

#[test]
fn a_backup_of_a_running_server_is_restored_once_it_stopped() {
    let data = TempDir::new().unwrap();
    let (data, file) = (data.path(), data.path().join("saved"));
    let saved = file.to_str().unwrap();
    let server = RunningServer::start(data);
    check_done(data, &ADD_ANA, "correct horse\n", "Ana");
    check_done(data, &["backup", saved], "", ": 1 account, ");
    check_refused(data, &["backup", saved], "", "exists already");
    check_refused(data, &["restore", saved], "", "stop the server first");
    let role = [
        "user",
        "role",
        "--email",
        "ana@example.org",
        "--role",
        "user",
    ];
    check_done(data, &role, "", "Ana is user now.");

    assert_eq!(server.terminate(), Some(0));
    check_done(data, &["restore", saved], "", "is kept as");
    check_done(data, &["user", "list"], "", "host       ana@example.org");
}

/// A run that measured nobody is no success, whatever its limits.
#[test]
fn a_load_test_that_nobody_could_join_has_an_exit_code_of_its_own() {
    let data = TempDir::new().unwrap();
    std::fs::write(data.path().join("comutiny.toml"), "join_pin = \"4711\"").unwrap();
    let server = RunningServer::start(data.path());
    let target = format!("http://127.0.0.1:{}", server.port);
    let elsewhere = TempDir::new().unwrap();
    let run = program(elsewhere.path(), &["load-test"])
        .env("LOAD_TARGET_URL", target)
        .env("LOAD_CLIENTS", "2")
        .env("LOAD_DURATION_MS", "1000")
        .output()
        .unwrap();
    let err = text(&run.stderr);
    assert_eq!(run.status.code(), Some(6), "{err}");
    assert!(err.contains("Nobody could join"), "{err}");
}

/// What a proxy in front and an image need for what is promised beside them.
#[test]
fn what_is_packaged_bounds_connections_keeps_the_port_and_trusts_authorities() {
    for sample in [
        include_str!("../../packaging/nginx.conf"),
        include_str!("../../packaging/nginx-nodes.conf"),
        include_str!("../../packaging/compose/nginx.conf"),
    ] {
        assert!(sample.contains("limit_conn_zone $network"));
        assert!(sample.contains("limit_conn networks"));
        // With its port, without which a cookie of guests is no page's own.
        let hosts = sample.matches("proxy_set_header Host ").count();
        assert!(hosts > 0);
        assert_eq!(
            sample.matches("proxy_set_header Host $http_host;").count(),
            hosts
        );
    }
    let image = include_str!("../../packaging/Dockerfile");
    let (_, last_stage) = image.rsplit_once("\nFROM ").unwrap();
    assert!(last_stage.contains("ca-certificates"));
}

/// The setup link is a secret: collectors of logs get it in one event, and nothing is printed.
#[test]
fn json_logs_carry_the_setup_link_in_one_event() {
    let data = TempDir::new().unwrap();
    let mut server = program(data.path(), &["--port", "0", "--host", "127.0.0.1"])
        .env("LOG_FORMAT", "json")
        .env("LOG", "error")
        .spawn()
        .unwrap();
    let log = BufReader::new(server.stderr.take().unwrap());
    let line = log.lines().next().unwrap().unwrap();
    let event: serde_json::Value = serde_json::from_str(&line).unwrap();
    let url = event["setup_url"].as_str().unwrap();
    assert!(url.contains("/admin/#setup="), "{line}");
    server.kill().unwrap();
    let output = server.wait_with_output().unwrap();
    assert_eq!(text(&output.stdout), "");
}

#[test]
fn an_output_that_nobody_reads_costs_the_links_and_not_the_world() {
    let data = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let arguments = ["--port", "0", "--host", "127.0.0.1", "--log", "info"];
    let mut child = program(data.path(), &arguments)
        .stdout(writer)
        .spawn()
        .unwrap();
    let log = BufReader::new(child.stderr.take().unwrap());
    let serves = log
        .lines()
        .map_while(Result::ok)
        .any(|line| line.contains("serving"));
    let _ = child.kill();
    child.wait().unwrap();
    assert!(serves);
}

#[test]
fn settings_are_shown_with_their_sources_and_without_secrets() {
    let data = TempDir::new().unwrap();
    std::fs::write(data.path().join("comutiny.toml"), "max_players = 12").unwrap();
    let show = [
        "config",
        "show",
        "--port",
        "5",
        "--jwt-secret",
        "a-secret-of-mine-4711",
    ];
    let output = run(data.path(), &show, "");
    let out = text(&output.stdout);
    let line = |start: &str| out.lines().find(|line| line.starts_with(start)).unwrap();
    assert!(line("SERVER_PORT").ends_with("flag --port"), "{out}");
    assert!(line("MAX_PLAYERS").ends_with("comutiny.toml"), "{out}");
    assert!(line("WORLD_ID").ends_with("default"), "{out}");
    assert!(!out.contains("4711"), "{out}");
}
