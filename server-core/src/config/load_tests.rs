//! Precedence of the sources, and the sentences of what is refused.

use std::path::Path;
use std::time::Duration;

use super::*;
use crate::config::CorsPolicy;

fn pairs(items: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    items.iter().map(owned).collect()
}

/// An environment whose data directory surely holds no settings file.
fn from_environment(items: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    let mut environment = pairs(&[("DATA_DIR", "/nonexistent")]);
    environment.extend(pairs(items));
    load(&Sources {
        environment,
        ..Sources::default()
    })
}

fn from_file(text: &str) -> (Result<Loaded, ConfigError>, String) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("settings.toml");
    std::fs::write(&path, text).unwrap();
    let loaded = load(&Sources {
        file: Some(path.clone()),
        ..Sources::default()
    });
    (loaded, path.display().to_string())
}

fn check_refused(items: &[(&str, &str)], sentence: &str) {
    assert_eq!(from_environment(items).unwrap_err().to_string(), sentence);
}

fn check_file_refused(text: &str, sentence: &str) {
    let (loaded, path) = from_file(text);
    assert_eq!(
        loaded.unwrap_err().to_string().replace(&path, "FILE"),
        sentence
    );
}

#[test]
fn flags_beat_environment_beats_file_beats_defaults() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("comutiny.toml");
    std::fs::write(
        &path,
        "server_port = 1\nworld_name = \"File\"\nrate_chat = 2.5\n",
    )
    .unwrap();
    let loaded = load(&Sources {
        flags: pairs(&[("SERVER_PORT", "3")]),
        environment: pairs(&[
            ("DATA_DIR", dir.path().to_str().unwrap()),
            ("SERVER_PORT", "2"),
            ("WORLD_NAME", "Environment"),
            ("UNRELATED", "x"),
        ]),
        file: None,
    })
    .unwrap();
    assert_eq!(loaded.config.listen.port, 3);
    assert_eq!(loaded.config.world.name, "Environment");
    assert_eq!(loaded.config.rates.events.chat.per_second, 2.5);
    assert_eq!(loaded.config.world.id, "harbour");
    assert_eq!(loaded.file.as_deref(), Some(path.as_path()));
    let source = |env: &str| {
        let entry = loaded.entries.iter().find(|entry| entry.setting.env == env);
        entry.unwrap().source.clone()
    };
    assert_eq!(source("SERVER_PORT"), Source::Flag);
    assert_eq!(source("WORLD_NAME"), Source::Environment);
    assert_eq!(source("RATE_CHAT"), Source::File(path));
    assert_eq!(source("WORLD_ID"), Source::Default);
}

#[test]
fn a_file_may_hold_lists_switches_and_milliseconds() {
    let (loaded, _) = from_file(
        "cors_origin = [\"https://a.org\", \"https://b.org\"]\nguests_allowed = false\nflush_interval_ms = 20\n",
    );
    let config = loaded.unwrap().config;
    let origins = ["https://a.org", "https://b.org"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(config.security.cors, CorsPolicy::Listed(origins));
    assert!(!config.world.guests_allowed);
    assert_eq!(config.session.flush_interval, Duration::from_millis(20));
}

#[test]
fn an_empty_variable_counts_as_unset_unless_empty_means_something() {
    let loaded = from_environment(&[("SERVER_PORT", ""), ("WORLD_GREETING", "")]).unwrap();
    assert_eq!(loaded.config.listen.port, 4000);
    assert_eq!(loaded.config.world.greeting, "");
}

#[test]
fn a_bad_value_says_where_it_is_and_what_is_accepted() {
    check_refused(
        &[("SERVER_PORT", "web")],
        "The environment variable SERVER_PORT must be a whole number from 0 to 65535, not \"web\".",
    );
    check_refused(
        &[("FLUSH_INTERVAL_MS", "50ms")],
        "The environment variable FLUSH_INTERVAL_MS must be a whole number of milliseconds from 1 to 10000, \
         not \"50ms\".",
    );
    check_file_refused(
        "max_players = 0",
        "`max_players` in FILE must be a whole number from 1 to 100000, not \"0\".",
    );
    let flag = load(&Sources {
        flags: pairs(&[("GUEST_TAKEOVER", "never")]),
        ..Sources::default()
    });
    assert_eq!(
        flag.unwrap_err().to_string(),
        "--guest-takeover must be secret, address or open, not \"never\"."
    );
}

#[test]
fn a_refused_secret_is_not_repeated() {
    check_refused(
        &[("DATABASE_URL", "mysql://u:hunter2@h/d")],
        "The environment variable DATABASE_URL must be sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE.",
    );
}

#[test]
fn a_file_with_a_mistake_is_refused() {
    check_file_refused(
        "sever_port = 4000",
        "FILE has an unknown key `sever_port`; did you mean `server_port`?",
    );
    check_file_refused("zzz = 1", "FILE has an unknown key `zzz`.");
    check_file_refused(
        "[server_port]\nx = 1",
        "`server_port` in FILE must be a whole number from 0 to 65535.",
    );
    let (broken, _) = from_file("world_name = \"x\"\nserver_port = = 1");
    assert!(
        broken
            .unwrap_err()
            .to_string()
            .contains("not valid TOML in line 2")
    );
}

#[test]
fn a_named_file_must_be_readable() {
    let missing = load(&Sources {
        file: Some("/nonexistent/settings.toml".into()),
        ..Sources::default()
    });
    let sentence = missing.unwrap_err().to_string();
    assert!(sentence.starts_with("The settings file /nonexistent/settings.toml cannot be read: "));
    check_refused(
        &[("CONFIG_FILE", "/")],
        &format!(
            "The settings file / cannot be read: {}.",
            std::fs::read_to_string(Path::new("/")).unwrap_err()
        ),
    );
}

#[test]
fn the_file_in_the_data_directory_cannot_move_it() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("comutiny.toml"), "data_dir = \"elsewhere\"").unwrap();
    let loaded = load(&Sources {
        environment: pairs(&[("DATA_DIR", dir.path().to_str().unwrap())]),
        ..Sources::default()
    });
    assert!(
        loaded
            .unwrap_err()
            .to_string()
            .contains("cannot move the data directory")
    );
}

#[test]
fn redis_is_an_address_or_its_parts() {
    let url = |items: &[(&str, &str)]| {
        let loaded = from_environment(items).unwrap();
        let url = loaded.config.replication.redis_url;
        (url.map(|url| url.expose().to_owned()), loaded.warnings)
    };
    assert_eq!(url(&[]), (None, Vec::new()));
    assert_eq!(
        url(&[("REDIS_HOST", "cache"), ("REDIS_PASSWORD", "p")]),
        (Some("redis://:p@cache:6379/0".to_owned()), Vec::new())
    );
    let (both, warnings) = url(&[("REDIS_URL", "redis://a"), ("REDIS_HOST", "b")]);
    assert_eq!(both.as_deref(), Some("redis://a"));
    assert_eq!(
        warnings,
        ["REDIS_HOST has no effect: REDIS_URL is used instead."]
    );
    let (none, warnings) = url(&[("REDIS_PORT", "6380")]);
    assert_eq!(none, None);
    assert_eq!(
        warnings,
        ["REDIS_PORT has no effect: neither REDIS_URL nor REDIS_HOST is set."]
    );
    check_refused(
        &[("REDIS_REQUIRED", "1")],
        "REDIS_REQUIRED is on, but neither REDIS_URL nor REDIS_HOST says where Redis is.",
    );
}

#[test]
fn shown_settings_hide_secrets() {
    let loaded = from_environment(&[
        ("JWT_SECRET", "0f9a7c51d3e84b26aa"),
        ("REDIS_PASSWORD", "hunter2"),
        ("REDIS_HOST", "cache"),
        ("DATABASE_URL", "postgres://u:hunter2@db/world"),
    ])
    .unwrap();
    let shown: String = loaded
        .entries
        .iter()
        .map(|entry| format!("{}\n", entry.value))
        .collect();
    assert!(!shown.contains("hunter2") && !shown.contains("0f9a"));
    assert!(shown.contains("postgres://[redacted]@db/world"));
    assert!(!format!("{:?}", loaded.config).contains("hunter2"));
}

#[test]
fn a_name_in_another_encoding_is_refused_and_names_no_other_directory() {
    let lossy = String::from_utf8_lossy(b"/srv/w\xffrld").into_owned();
    check_refused(
        &[("DATA_DIR", &lossy)],
        "The environment variable DATA_DIR must be in Unicode (UTF-8); rename what it names.",
    );
}

#[test]
fn what_is_wrong_in_a_file_costs_that_alone() {
    let check = |text: &str, unused: &[&str]| {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("comutiny.toml"), text).unwrap();
        let sources = Sources {
            environment: pairs(&[("DATA_DIR", dir.path().to_str().unwrap())]),
            ..Sources::default()
        };
        let (loaded, flaws) = load_what_can_be_used(&sources).unwrap();
        assert_eq!(loaded.config.world.max_players, 12, "{text}");
        let keys: Vec<_> = flaws.iter().map(|flaw| flaw.key.as_str()).collect();
        assert_eq!(keys, unused, "{text}");
    };
    check("max_players = 12", &[]);
    check("max_players = 12\nserver_prot = 1", &["server_prot"]);
    check(
        "server_port = \"x\"\nmax_players = 12\nlog = 2025-01-01",
        &["log", "server_port"],
    );
    check(
        "max_players = 12\nredis_required = true",
        &["redis_required"],
    );
    check(
        "max_players = 12\nredis_required = true\nredis_url = \"redis://cache/0\"",
        &[],
    );
    check("data_dir = \"/elsewhere\"\nmax_players = 12", &["data_dir"]);
}
