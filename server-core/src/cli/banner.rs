//! What a host sees when the world is open: the links to read out.

use std::fmt::Write as _;

use contract::admin::Obstacle;
use server_core::config::Config;
use server_core::discovery::interfaces::InterfaceKind;
use server_core::discovery::{Candidate, Entrance, Ways, reachable};
use store::storage::StorageConfig;

/// The lines to print once the server listens.
pub(super) fn text(config: &Config, entrance: &Entrance) -> String {
    lines(
        &config.world.name,
        &reachable(entrance.bound.ip()),
        entrance,
    )
}

/// The link by which the first host's account is made. It works once, and a restart makes a new one.
pub(super) fn setup_url(entrance: &Entrance, token: &str) -> String {
    format!("{}admin/#setup={token}", entrance.for_setup())
}

/// How the first host's account is made; printed while there is none. The command names the folder of
/// this world, since it may be read in another one, as the output of a service is.
pub(super) fn setup(entrance: &Entrance, storage: &StorageConfig, token: &str) -> String {
    let url = setup_url(entrance, token);
    let folder = std::path::absolute(&storage.data_dir);
    let folder = folder.unwrap_or_else(|_| storage.data_dir.clone());
    let folder = folder.display().to_string();
    let quote = match folder.contains(char::is_whitespace) {
        true => "\"",
        false => "",
    };
    let same = match storage.database_url {
        Some(_) => ", with the same DATABASE_URL,",
        None => "",
    };
    format!(
        "\nNo account runs this world yet. Make yours once, with this link:\n\n  \
         {url}\n\nor{same} while the server runs with\n  \
         comutiny-server user add --data-dir {quote}{folder}{quote} --username NAME --email EMAIL \
         --role host --password-stdin\n"
    )
}

/// What collectors of logs get instead of the lines for eyes: one event. It is no event of the log,
/// whose level might leave it out and whose lines moderators read: the setup link is a secret.
pub(super) fn event(config: &Config, entrance: &Entrance, setup_token: Option<&str>) -> String {
    let links = entrance.for_players().into_iter();
    let links: Vec<_> = links.chain(entrance.this_computer()).collect();
    let mut event = serde_json::json!({
        "timestamp": chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        "level": "INFO",
        "target": "comutiny_server",
        "message": "the world is open",
        "world": config.world.name,
        "links": links,
    });
    if let Some(token) = setup_token {
        event["setup_url"] = setup_url(entrance, token).into();
    }
    event.to_string()
}

fn lines(world: &str, ways: &Ways, entrance: &Entrance) -> String {
    let mut out = format!("\n{world} is open.\n\n");
    // Writing to a string cannot fail.
    let named = entrance
        .public()
        .into_iter()
        .chain(entrance.certified_names());
    let named: Vec<_> = named.collect();
    for url in &named {
        let _ = writeln!(out, "  Players        {url}");
    }
    let certified = |way: &&Candidate| entrance.is_certified(way.address).unwrap_or(true);
    let alone = named.is_empty() && !ways.candidates.iter().any(|way| certified(&way));
    for way in ways.candidates.iter().filter(|way| alone || certified(way)) {
        let who = match way.kind {
            Some(InterfaceKind::Vpn) => "Over the VPN ",
            _ => "Players      ",
        };
        let _ = writeln!(out, "  {who}  {}", entrance.at(way.address));
    }
    if let Some(url) = entrance.this_computer() {
        let _ = writeln!(out, "  This computer  {url}");
    }
    if let (Some(obstacle), None) = (ways.obstacle, &entrance.public_url) {
        let _ = writeln!(out, "\n{}", sentence(obstacle));
    }
    out.push_str("\nPress Ctrl+C to close it.\n");
    out
}

/// Why there is no link for others, and what to do.
fn sentence(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::ThisComputer => {
            "Only this computer can come in: SERVER_HOST is an address of its own."
        }
        Obstacle::NoNetwork => "Nobody else can come in: this computer is connected to no network.",
        Obstacle::NoAddress => {
            "Nobody else can come in: the network has given this computer no address that fits \
             into a link. Connect it to a router."
        }
        Obstacle::Ipv4Only => {
            "Nobody else can come in: the network here speaks IPv6 alone. Set SERVER_HOST to ::."
        }
    }
}

#[cfg(test)]
mod tests {
    use identity::Secret;
    use server_core::discovery::LocalName;

    use super::*;

    fn entrance(bound: &str, public_url: Option<&str>) -> Entrance {
        Entrance {
            bound: bound.parse().unwrap(),
            public_url: public_url.map(str::to_owned),
            certificates: None,
            name: LocalName::default(),
        }
    }

    fn check(bound: &str, links: &[(InterfaceKind, &str)], expected: &str) {
        let candidates = links.iter().map(|(kind, address)| Candidate {
            interface: String::new(),
            kind: Some(*kind),
            address: address.parse().unwrap(),
        });
        let ways = Ways {
            candidates: candidates.collect(),
            obstacle: links.is_empty().then_some(Obstacle::NoNetwork),
        };
        let text = lines("Harbour", &ways, &entrance(bound, None));
        let middle = text.trim_start_matches("\nHarbour is open.\n\n");
        assert_eq!(
            middle.trim_end_matches("\nPress Ctrl+C to close it.\n"),
            expected
        );
    }

    #[test]
    fn the_setup_link_opens_the_administration() {
        let link = |bound: &str| {
            let text = setup(&entrance(bound, None), &StorageConfig::default(), "abc123");
            let line = text.lines().find(|line| line.contains("#setup=")).unwrap();
            line.trim().to_owned()
        };
        assert_eq!(
            link("0.0.0.0:4711"),
            "http://localhost:4711/admin/#setup=abc123"
        );
        assert_eq!(
            link("192.0.2.7:80"),
            "http://192.0.2.7:80/admin/#setup=abc123"
        );
        for bound in ["0.0.0.0:4711", "127.0.0.1:4000", "192.0.2.7:80"] {
            assert_eq!(
                setup_url(&entrance(bound, Some("https://play.example.org")), "abc123"),
                "https://play.example.org/admin/#setup=abc123"
            );
        }
    }

    /// Whoever reads the output of a service stands in another folder.
    #[cfg(unix)]
    #[test]
    fn the_command_for_the_first_account_is_about_this_world() {
        let check = |data_dir: &str, database_url: Option<&str>, expected: &str| {
            let storage = StorageConfig {
                data_dir: data_dir.into(),
                database_url: database_url.map(|url| Secret::new(url.to_owned())),
                ..StorageConfig::default()
            };
            let text = setup(&entrance("0.0.0.0:4000", None), &storage, "abc123");
            assert!(text.contains(expected), "{text}");
        };
        let usual = "or while the server runs with\n  comutiny-server user add";
        let service = format!("{usual} --data-dir /var/lib/comutiny --username");
        check("/var/lib/comutiny", None, &service);
        let here = std::env::current_dir().unwrap().join("data");
        check("data", None, &format!("--data-dir {} ", here.display()));
        check("/srv/our harbour", None, "--data-dir \"/srv/our harbour\" ");
        let shared = "or, with the same DATABASE_URL, while the server runs with";
        check("/data", Some("postgres://db/comutiny"), shared);
    }

    #[test]
    fn collectors_get_one_event() {
        let here = entrance("127.0.0.1:4000", None);
        let event = |token| -> serde_json::Value {
            let text = event(&Config::default(), &here, token);
            assert_eq!(text.lines().count(), 1);
            serde_json::from_str(&text).unwrap()
        };
        let first = event(Some("abc123"));
        assert_eq!(
            first["setup_url"],
            "http://localhost:4000/admin/#setup=abc123"
        );
        assert_eq!(first["links"][0], "http://localhost:4000/");
        assert_eq!(event(None).get("setup_url"), None);
    }

    #[test]
    fn links_carry_the_real_port() {
        check(
            "0.0.0.0:4711",
            &[
                (InterfaceKind::Wifi, "192.168.1.20"),
                (InterfaceKind::Vpn, "10.8.0.6"),
            ],
            "  Players        http://192.168.1.20:4711/\n  Over the VPN   http://10.8.0.6:4711/\n  \
             This computer  http://localhost:4711/\n",
        );
        check(
            "10.1.2.3:80",
            &[(InterfaceKind::Cable, "10.1.2.3")],
            "  Players        http://10.1.2.3:80/\n",
        );
    }

    #[test]
    fn who_is_alone_reads_why() {
        let why = "\nNobody else can come in: this computer is connected to no network.\n";
        let local = "  This computer  http://localhost:4000/\n";
        check("127.0.0.1:4000", &[], &format!("{local}{why}"));
        let local = "  This computer  http://[::1]:4000/\n";
        check("[::1]:4000", &[], &format!("{local}{why}"));
    }
}
