//! Which addresses are whose: somebody's own machine and network, the internet, or neither.
//!
//! A server that fetches what somebody else names is a way into the network it stands in (CWE-918, OWASP ASVS 5,
//! V1.3.6). Whoever opens such a connection looks up the name once, asks here about each address, and connects to
//! the very address that was asked about, so that a name cannot mean something else a moment later. Knows no
//! other module.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where a cloud tells its machines their secrets.
const CLOUD_METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254);

/// Loopback, the private networks of RFC 1918 and the unique local ones of RFC 4193. Not link-local addresses
/// nor those a provider shares out (RFC 6598): clouds answer there with their secrets, and one of them does so at a
/// unique local address, too.
#[must_use]
pub fn is_private(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => (ip.is_loopback() || ip.is_unique_local()) && ip != CLOUD_METADATA,
    }
}

/// Whether an address belongs to the internet at large, by the special-purpose registries of IANA (RFC 6890).
/// An IPv4 address inside of an IPv6 one (mapped, NAT64, 6to4) counts as what it leads to.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match embedded(ip) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_unspecified()
        || ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        // Shared by a provider (RFC 6598), protocol assignments (RFC 6890), benchmarks (RFC 2544), reserved (RFC 1112).
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !special
}

/// Global unicast is `2000::/3` (RFC 4291); in it, protocol assignments with Teredo and documentation are nobody's.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let assigned = first == 0x2001 && second < 0x0200;
    let documentation =
        (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
    first & 0xe000 == 0x2000 && !assigned && !documentation
}

/// The IPv4 address in `64:ff9b::/96` (RFC 6052), `64:ff9b:1::/48` (RFC 8215) and `2002::/16` (RFC 3056).
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = ip.segments();
    let of = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match segments {
        [0x0064, 0xff9b, 0, 0, 0, 0, high, low] | [0x0064, 0xff9b, 1, _, _, _, high, low] => {
            Some(of(high, low))
        }
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nobodys_business_is_not_public() {
        let check = |text: &str, public: bool, private: bool| {
            let ip: IpAddr = text.parse().unwrap();
            assert_eq!((is_public(ip), is_private(ip)), (public, private), "{text}");
        };
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.0.1",
            "172.32.0.1",
            "198.20.0.1",
            "2606:4700::1111",
        ] {
            check(text, true, false);
        }
        for text in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.20",
            "::1",
            "fd12::1",
            "::ffff:10.0.0.1",
        ] {
            check(text, false, true);
        }
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "192.0.0.8",
            "192.0.2.7",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "ff02::1",
            "fd00:ec2::254",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2002:c0a8:114::1",
            "::ffff:169.254.169.254",
            "64:ff9b:1::a00:1",
        ] {
            check(text, false, false);
        }
        check("64:ff9b::101:101", true, false);
    }
}
