use super::*;

fn policy(proxies: &[&str]) -> Result<AddressPolicy, InvalidProxy> {
    AddressPolicy::new(&SecurityConfig {
        trusted_proxies: proxies.iter().map(|&proxy| proxy.to_owned()).collect(),
        ..SecurityConfig::default()
    })
}

fn check(proxies: &[&str], peer: &str, forwarded: &[&str], expected: &str, local: bool) {
    let mut headers = HeaderMap::new();
    headers.insert(http::header::HOST, "localhost:4000".parse().unwrap());
    for value in forwarded {
        headers.append(FORWARDED_FOR, value.parse().unwrap());
    }
    let found = policy(proxies)
        .unwrap()
        .resolve(peer.parse().unwrap(), &headers);
    let context = format!("{proxies:?} {peer} {forwarded:?}");
    assert_eq!(found.ip, expected.parse::<IpAddr>().unwrap(), "{context}");
    assert_eq!(found.local, local, "{context}");
}

#[test]
fn only_trusted_proxies_may_name_another_address() {
    check(&[], "192.0.2.1", &[], "192.0.2.1", false);
    check(&[], "192.0.2.1", &["198.51.100.7"], "192.0.2.1", false);
    check(&[], "127.0.0.1", &["198.51.100.7"], "127.0.0.1", false);
    check(&[], "::ffff:127.0.0.1", &[], "127.0.0.1", true);
    check(&["127.0.0.1"], "127.0.0.1", &[], "127.0.0.1", false);
    check(
        &["127.0.0.1"],
        "127.0.0.1",
        &["198.51.100.7"],
        "198.51.100.7",
        false,
    );
    check(
        &["127.0.0.1"],
        "127.0.0.1",
        &["127.0.0.1"],
        "127.0.0.1",
        false,
    );
    check(
        &["10.0.0.0/8"],
        "10.9.9.9",
        &["198.51.100.7"],
        "198.51.100.7",
        false,
    );
    check(
        &["10.0.0.0/8"],
        "11.9.9.9",
        &["198.51.100.7"],
        "11.9.9.9",
        false,
    );
    check(
        &["fd00::/8"],
        "fd00::1",
        &["2001:db8::5"],
        "2001:db8::5",
        false,
    );
    check(
        &["0.0.0.0/0"],
        "192.0.2.1",
        &["198.51.100.7"],
        "198.51.100.7",
        false,
    );
}

#[test]
fn what_a_stranger_wrote_before_the_proxy_does_not_count() {
    let proxies = ["10.0.0.0/8"];
    check(
        &proxies,
        "10.0.0.1",
        &["1.1.1.1, 198.51.100.7"],
        "198.51.100.7",
        false,
    );
    check(
        &proxies,
        "10.0.0.1",
        &["1.1.1.1", "198.51.100.7, 10.0.0.2"],
        "198.51.100.7",
        false,
    );
    check(
        &proxies,
        "10.0.0.1",
        &["198.51.100.7:5151"],
        "198.51.100.7",
        false,
    );
    check(
        &proxies,
        "10.0.0.1",
        &["[2001:db8::5]:443"],
        "2001:db8::5",
        false,
    );
    check(&proxies, "10.0.0.1", &["nonsense"], "10.0.0.1", false);
    check(
        &proxies,
        "10.0.0.1",
        &["1.1.1.1, unknown, 10.0.0.2"],
        "10.0.0.2",
        false,
    );
}

#[test]
fn https_is_believed_from_the_setting_and_from_trusted_proxies() {
    let mut headers = HeaderMap::new();
    headers.insert(FORWARDED_PROTO, "https".parse().unwrap());
    let https = |policy: &AddressPolicy, peer: [u8; 4], headers: &HeaderMap| {
        policy.resolve(IpAddr::from(peer), headers).https
    };
    let behind = policy(&["10.0.0.1"]).unwrap();
    assert!(https(&behind, [10, 0, 0, 1], &headers));
    assert!(!https(&behind, [10, 0, 0, 2], &headers));
    let public = AddressPolicy::new(&SecurityConfig {
        public_url: Some("HTTPS://play.example.org".to_owned()),
        ..SecurityConfig::default()
    });
    assert!(https(&public.unwrap(), [10, 0, 0, 2], &HeaderMap::new()));
}

#[test]
fn unreadable_proxies_are_named() {
    assert!(policy(&["10.0.0.1", " ", "::1/128"]).is_ok());
    for wrong in ["proxy", "10.0.0.0/33", "10.0.0.0/x", "10.0.0"] {
        assert_eq!(
            policy(&[wrong]).unwrap_err(),
            InvalidProxy(wrong.to_owned())
        );
    }
}

/// Whether a request with these headers over a loopback connection is this machine's own.
fn is_local(peer: &str, headers: &[(&'static str, &str)]) -> bool {
    let policy = AddressPolicy::new(&SecurityConfig {
        cors: crate::config::CorsPolicy::Listed(vec!["https://a.example".to_owned()]),
        trusted_origins: vec!["tauri://localhost".to_owned()],
        public_url: Some("https://play.example.org".to_owned()),
        ..SecurityConfig::default()
    });
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, value.parse().unwrap());
    }
    let found = policy.unwrap().resolve(peer.parse().unwrap(), &map);
    assert_eq!(found.throttled().is_none(), found.local);
    found.local
}

#[test]
fn local_is_concluded_from_everything_that_was_seen() {
    let check = |headers: &[(&'static str, &str)], expected| {
        for peer in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(is_local(peer, headers), expected, "{peer} {headers:?}");
        }
        assert!(!is_local("192.0.2.1", headers), "{headers:?}");
    };
    for host in [
        "localhost",
        "LOCALHOST:4000",
        "a.localhost:1",
        "127.0.0.1:4000",
        "127.1.2.3",
        "[::1]:4000",
        "[::ffff:127.0.0.1]",
    ] {
        check(&[("host", host)], true);
    }
    for host in [
        "",
        ":4000",
        "evil.example",
        "localhost.evil.example",
        "192.168.1.5:4000",
        "0.0.0.0",
        "play.example.org",
    ] {
        check(&[("host", host)], false);
    }
    check(&[], false);
    let here = ("host", "localhost:4000");
    check(&[here, ("host", "evil.example")], false);
    for name in [
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "forwarded",
        "via",
        "x-real-ip",
        "cf-connecting-ip",
        "true-client-ip",
        "cdn-loop",
        "x_forwarded_for",
        "forwarded-for",
        "x-original-for",
        "x-azure-clientip",
        "x-appengine-user-ip",
        "ali-cdn-real-ip",
    ] {
        check(&[here, (name, "127.0.0.1")], false);
        check(&[here, (name, "")], false);
    }
    for (ours, site) in [
        ("http://localhost:4000", "same-origin"),
        ("tauri://localhost", "cross-site"),
    ] {
        check(&[here, ("origin", ours)], true);
        check(&[here, ("origin", ours), ("sec-fetch-site", site)], true);
    }
    for theirs in [
        "https://evil.example",
        "http://localhost:3000",
        "null",
        "https://a.example",
        "https://play.example.org",
        "file://",
        "",
    ] {
        check(&[here, ("origin", theirs)], false);
    }
    check(&[here, ("sec-fetch-site", "none")], true);
    check(&[here, ("sec-fetch-site", "same-origin")], true);
    check(&[here, ("sec-fetch-site", "same-site")], false);
    check(&[here, ("sec-fetch-site", "cross-site")], false);
}
