use super::*;

fn policy(proxies: &[&str]) -> Result<AddressPolicy, InvalidProxy> {
    AddressPolicy::new(&SecurityConfig {
        trusted_proxies: proxies.iter().map(|&proxy| proxy.to_owned()).collect(),
        ..SecurityConfig::default()
    })
}

fn check(proxies: &[&str], peer: &str, forwarded: &[&str], expected: &str, local: bool) {
    let mut headers = HeaderMap::new();
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
    check(&[], "127.0.0.1", &["198.51.100.7"], "127.0.0.1", true);
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
