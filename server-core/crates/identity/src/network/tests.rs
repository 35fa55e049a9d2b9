use super::*;

fn network(text: &str) -> Network {
    Network::of(text.parse().unwrap())
}

#[test]
fn an_address_belongs_to_its_network() {
    #[track_caller]
    fn check(address: &str, expected: &str) {
        assert_eq!(network(address).to_string(), expected);
    }
    check("192.0.2.7", "192.0.2.7");
    check("::ffff:192.0.2.7", "192.0.2.7");
    check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64");
    check("fe80::1:2:3:4", "fe80::/64");
    check("::1", "::/64");
    assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
    assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
    assert_eq!(network("2001:db8::1").base().to_string(), "2001:db8::");
}

#[test]
fn what_a_network_displays_is_read_again() {
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let read = text.parse::<Network>();
        let read = read.ok().map(|it| it.to_string());
        assert_eq!(read.as_deref(), expected, "{text}");
    }
    check("192.0.2.7", Some("192.0.2.7"));
    check("192.0.2.7/32", Some("192.0.2.7"));
    check("::ffff:192.0.2.7", Some("192.0.2.7"));
    check("2001:db8::5", Some("2001:db8::/64"));
    check("2001:db8::/64", Some("2001:db8::/64"));
    check("2001:db8::5/128", Some("2001:db8::/64"));
    for wrong in ["192.0.2.0/24", "2001:db8::/48", "2001:db8::5/96", "", "x"] {
        check(wrong, None);
    }
}

#[test]
fn a_block_holds_what_its_prefix_says() {
    #[track_caller]
    fn check(block: &str, inside: &[&str], outside: &[&str]) {
        let block: Block = block.parse().unwrap();
        for address in inside {
            assert!(block.contains(address.parse().unwrap()), "{address}");
        }
        for address in outside {
            assert!(!block.contains(address.parse().unwrap()), "{address}");
        }
    }
    check(
        "10.1.2.3/8",
        &["10.0.0.0", "10.255.255.255", "::ffff:10.9.9.9"],
        &["11.0.0.0", "::1"],
    );
    check("192.0.2.7", &["192.0.2.7"], &["192.0.2.8"]);
    check("::ffff:192.0.2.0/120", &["192.0.2.9"], &["192.0.3.9"]);
    check("0.0.0.0/0", &["255.1.2.3"], &["::1"]);
    check("2001:db8::/48", &["2001:db8:0:9::1"], &["2001:db8:1::1"]);
    check("2001:db8::1/128", &["2001:db8::1"], &["2001:db8::2"]);
    check("::/0", &["2001:db8::1"], &["10.0.0.1"]);
}

#[test]
fn blocks_overlap_when_one_holds_the_other() {
    let overlap = |a: &str, b: &str| {
        let (a, b): (Block, Block) = (a.parse().unwrap(), b.parse().unwrap());
        assert_eq!(a.overlaps(&b), b.overlaps(&a));
        a.overlaps(&b)
    };
    assert!(overlap("10.0.0.0/8", "10.9.0.0/16"));
    assert!(overlap("::/0", "2001:db8::5"));
    assert!(!overlap("10.0.0.0/8", "11.0.0.0/8"));
    assert!(!overlap("0.0.0.0/0", "::/0"));
}

#[test]
fn blocks_are_written_in_one_way() {
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let read = text.parse::<Block>();
        let read = read.ok().map(|it| it.to_string());
        assert_eq!(read.as_deref(), expected, "{text}");
    }
    check("10.1.2.3/8", Some("10.0.0.0/8"));
    check(" 10.1.2.3 / 32 ", Some("10.1.2.3"));
    check("2001:DB8::5/48", Some("2001:db8::/48"));
    check("::ffff:10.1.0.0/112", Some("10.1.0.0/16"));
    for wrong in [
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/x",
        "10.0.0.0/+8",
        "10.0.0/8",
        "::ffff:10.0.0.0/8",
        "a",
        "",
    ] {
        check(wrong, None);
    }
}
