use super::*;

struct OpenedSettings {
    dir: tempfile::TempDir,
}

impl OpenedSettings {
    fn new(file: Option<&str>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        if let Some(text) = file {
            std::fs::write(dir.path().join(FILE), text).unwrap();
        }
        Self { dir }
    }

    fn settings(&self, environment: &[(&str, &str)]) -> ServerSettings {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        ServerSettings::new(self.dir.path(), environment.iter().map(pair).collect())
    }

    fn file(&self) -> String {
        std::fs::read_to_string(self.dir.path().join(FILE)).unwrap()
    }
}

fn changes(pairs: &[(&str, Option<&str>)]) -> BTreeMap<String, Option<String>> {
    let pair = |(key, value): &(&str, Option<&str>)| ((*key).to_owned(), value.map(str::to_owned));
    pairs.iter().map(pair).collect()
}

fn port(settings: &ServerSettings) -> u16 {
    settings.load().unwrap().0.config.listen.port
}

#[test]
fn a_change_is_in_force_at_the_next_load_and_taken_back_again() {
    let world = OpenedSettings::new(None);
    let settings = world.settings(&[]);
    settings
        .change(&changes(&[
            ("server_port", Some("4100")),
            ("log", Some("debug")),
        ]))
        .unwrap();
    assert_eq!(port(&settings), 4100);
    assert!(
        world.file().contains("server_port = 4100\n"),
        "{}",
        world.file()
    );
    assert!(
        world.file().contains("log = \"debug\"\n"),
        "{}",
        world.file()
    );
    settings.change(&changes(&[("server_port", None)])).unwrap();
    assert_eq!(port(&settings), 4000);
}

#[test]
fn a_wrong_value_changes_nothing_and_says_what_is_accepted() {
    let world = OpenedSettings::new(Some("server_port = 4100\n"));
    let settings = world.settings(&[]);
    let wrong = settings
        .change(&changes(&[
            ("server_port", Some("70000")),
            ("max_players", Some("7")),
            ("nonsense", Some("1")),
        ]))
        .unwrap_err();
    assert_eq!(
        wrong["server_port"],
        "It must be a whole number from 0 to 65535."
    );
    assert_eq!(wrong["nonsense"], "There is no such setting.");
    assert_eq!(world.file(), "server_port = 4100\n");
}

#[test]
fn values_that_do_not_go_together_are_refused() {
    let world = OpenedSettings::new(None);
    let wrong = world
        .settings(&[])
        .change(&changes(&[("redis_required", Some("true"))]))
        .unwrap_err();
    assert!(wrong[""].contains("REDIS_REQUIRED"), "{wrong:?}");
}

#[test]
fn what_is_broken_in_a_file_is_kept_aside_and_the_rest_counts() {
    for broken in [
        "server_port = = 1",
        "server_prot = 1",
        "server_port = \"x\"",
        "redis_required = true",
        "data_dir = \"/elsewhere\"",
    ] {
        let text = format!("# mine\nmax_players = 12\n{broken}\nworld_name = \"Quay\"\n");
        let world = OpenedSettings::new(Some(&text));
        let settings = world.settings(&[]);
        let (loaded, kept) = settings.load().unwrap();
        assert_eq!(loaded.config.listen.port, 4000);
        assert_eq!(loaded.config.world.max_players, 12, "{broken}");
        assert_eq!(loaded.config.world.name, "Quay", "{broken}");
        let kept = kept.unwrap();
        let copy = std::fs::read_to_string(kept.path.unwrap()).unwrap();
        assert_eq!(copy, text);
        assert!(kept.why.contains(FILE), "{}", kept.why);
        // Told once: what is left is fine.
        assert_eq!(settings.load().unwrap().1, None, "{broken}");
        assert!(world.file().starts_with("# mine\nmax_players = 12\n"));
    }
}

#[test]
fn a_text_that_looks_like_a_number_stays_a_text() {
    let world = OpenedSettings::new(None);
    let settings = world.settings(&[]);
    let written = [
        ("redis_password", "0042", "redis_password = \"0042\""),
        ("redis_host", "10", "redis_host = \"10\""),
        ("redis_prefix", "true", "redis_prefix = \"true\""),
        ("max_players", "7", "max_players = 7"),
        ("rate_chat", "2.5", "rate_chat = 2.5"),
        ("redis_required", "false", "redis_required = false"),
    ];
    let pairs: Vec<_> = written.map(|(key, value, _)| (key, Some(value))).to_vec();
    settings.change(&changes(&pairs)).unwrap();
    for (_, _, line) in written {
        assert!(
            world.file().lines().any(|it| it == line),
            "{}",
            world.file()
        );
    }
    let loaded = settings.load().unwrap().0;
    let url = loaded.config.replication.redis_url.unwrap();
    assert!(url.expose().contains(":0042@"), "{}", url.expose());
}

#[test]
fn a_wrong_environment_is_told_and_leaves_the_file_alone() {
    let world = OpenedSettings::new(Some("world_name = \"Quay\"\n"));
    let error = world.settings(&[("SERVER_PORT", "x")]).load().unwrap_err();
    assert!(error.to_string().contains("SERVER_PORT"), "{error}");
    assert_eq!(world.file(), "world_name = \"Quay\"\n");
}

#[test]
fn the_list_says_who_decides_and_shows_no_secret() {
    let world = OpenedSettings::new(Some(
        "log = \"debug\"\nredis_url = \"redis://:hush-hush@cache/0\"\n",
    ));
    let settings = world.settings(&[("SERVER_PORT", "4200")]);
    let (loaded, _) = settings.load().unwrap();
    let list = settings.list(&loaded);
    let find = |key: &str| list.iter().find(|setting| setting.key == key).unwrap();
    assert_eq!(find("server_port").locked_by, Some("SERVER_PORT"));
    assert_eq!(find("server_port").value, "4200");
    assert!(find("log").changed);
    assert!(!find("max_players").changed);
    assert!(find("jwt_secret").secret);
    for elsewhere in ["data_dir", "world_name", "join_pin"] {
        assert!(
            list.iter().all(|setting| setting.key != elsewhere),
            "{elsewhere}"
        );
    }
    let shown = serde_json::to_string(&list).unwrap();
    assert!(!shown.contains("hush-hush"), "{shown}");
}

#[test]
fn a_file_in_utf_16_counts_as_any_other() {
    let world = OpenedSettings::new(None);
    let text = "server_port = 4100\nworld_name = \"Caf\u{e9}\"\n";
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units).collect();
    std::fs::write(world.dir.path().join(FILE), bytes).unwrap();
    let (loaded, aside) = world.settings(&[]).load().unwrap();
    assert_eq!(aside, None);
    assert_eq!(loaded.config.listen.port, 4100);
    assert_eq!(world.file(), text);
}
