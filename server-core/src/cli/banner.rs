//! What a host sees when the world is open: the links to read out.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use contract::admin::Obstacle;
use server_core::config::Config;
use server_core::discovery::interfaces::InterfaceKind;
use server_core::discovery::{Ways, page_url, reachable, reachable_addresses};

/// The lines to print once the server listens on `bound`.
pub(super) fn text(config: &Config, bound: SocketAddr) -> String {
    let public = config.security.public_url.as_deref();
    lines(&config.world.name, public, &reachable(bound.ip()), bound)
}

/// The link by which the first host's account is made. It works once, and a restart makes a new one.
/// The public name comes first: it leads here also from elsewhere, and over https.
pub(super) fn setup_url(config: &Config, bound: SocketAddr, token: &str) -> String {
    let public = config.security.public_url.as_deref();
    let links = reachable_addresses(bound.ip());
    let page = match (public, this_computer(bound), links.first()) {
        (Some(url), ..) => format!("{}/", url.trim_end_matches('/')),
        (None, Some(url), _) => url,
        (None, None, Some(address)) => page_url(*address, bound.port()),
        (None, None, None) => page_url(bound.ip(), bound.port()),
    };
    format!("{page}admin/#setup={token}")
}

/// How the first host's account is made; printed while there is none.
pub(super) fn setup(config: &Config, bound: SocketAddr, token: &str) -> String {
    let url = setup_url(config, bound, token);
    format!(
        "\nNo account runs this world yet. Make yours once, with this link:\n\n  \
         {url}\n\nor while the server runs with\n  \
         comutiny-server user add --username NAME --email EMAIL --role host --password-stdin\n"
    )
}

/// What collectors of logs get instead of the lines for eyes: one event. It is no event of the log,
/// whose level might leave it out and whose lines moderators read: the setup link is a secret.
pub(super) fn event(config: &Config, bound: SocketAddr, setup_token: Option<&str>) -> String {
    let links = reachable_addresses(bound.ip());
    let links = links.iter().map(|address| page_url(*address, bound.port()));
    let public = config.security.public_url.iter();
    let links: Vec<_> = public
        .map(|url| format!("{url}/"))
        .chain(links)
        .chain(this_computer(bound))
        .collect();
    let mut event = serde_json::json!({
        "timestamp": chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        "level": "INFO",
        "target": "comutiny_server",
        "message": "the world is open",
        "world": config.world.name,
        "links": links,
    });
    if let Some(token) = setup_token {
        event["setup_url"] = setup_url(config, bound, token).into();
    }
    event.to_string()
}

fn lines(world: &str, public_url: Option<&str>, ways: &Ways, bound: SocketAddr) -> String {
    let mut out = format!("\n{world} is open.\n\n");
    // Writing to a string cannot fail.
    if let Some(url) = public_url {
        let _ = writeln!(out, "  Players        {url}/");
    }
    for way in &ways.candidates {
        let who = match way.kind {
            Some(InterfaceKind::Vpn) => "Over the VPN ",
            _ => "Players      ",
        };
        let _ = writeln!(out, "  {who}  {}", page_url(way.address, bound.port()));
    }
    if let Some(url) = this_computer(bound) {
        let _ = writeln!(out, "  This computer  {url}");
    }
    if let (Some(obstacle), None) = (ways.obstacle, public_url) {
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

/// The page's address on this machine. A server bound to one address of the network does not answer
/// on this machine's own.
fn this_computer(bound: SocketAddr) -> Option<String> {
    let local = match bound.ip() {
        IpAddr::V6(address) if address.is_loopback() => IpAddr::V6(address),
        ip if ip.is_unspecified() || ip.is_loopback() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V4(_) | IpAddr::V6(_) => return None,
    };
    Some(page_url(local, bound.port()).replace("127.0.0.1", "localhost"))
}

#[cfg(test)]
mod tests {
    use server_core::discovery::Candidate;

    use super::*;

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
        let text = lines("Harbour", None, &ways, bound.parse().unwrap());
        let middle = text.trim_start_matches("\nHarbour is open.\n\n");
        assert_eq!(
            middle.trim_end_matches("\nPress Ctrl+C to close it.\n"),
            expected
        );
    }

    #[test]
    fn the_setup_link_opens_the_administration() {
        let link = |bound: &str| {
            let text = setup(&Config::default(), bound.parse().unwrap(), "abc123");
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
        let mut public = Config::default();
        public.security.public_url = Some("https://play.example.org".to_owned());
        for bound in ["0.0.0.0:4711", "127.0.0.1:4000", "192.0.2.7:80"] {
            assert_eq!(
                setup_url(&public, bound.parse().unwrap(), "abc123"),
                "https://play.example.org/admin/#setup=abc123"
            );
        }
    }

    #[test]
    fn collectors_get_one_event() {
        let bound = "127.0.0.1:4000".parse().unwrap();
        let event = |token| -> serde_json::Value {
            let text = event(&Config::default(), bound, token);
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
