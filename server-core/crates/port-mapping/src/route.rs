//! The way out of this machine, and which addresses somebody far away can reach.

use std::net::Ipv4Addr;
use std::sync::Arc;

use crate::attempt::Declined;

/// The router of the default route, and this machine as that sees it. IPv4: what IPv6 needs is an opening
/// in a firewall, and no translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayRoute {
    /// The router.
    pub gateway: Ipv4Addr,
    /// The address of this machine in the router's network.
    pub client: Ipv4Addr,
}

/// Asks the system for the route; may take a moment.
pub type FindRoute = Arc<dyn Fn() -> Option<GatewayRoute> + Send + Sync>;

/// The address of a gateway towards the outside, unless nobody outside can reach that.
pub(crate) fn outside(address: Ipv4Addr) -> Result<Ipv4Addr, Declined> {
    let [first, second, third, _] = address.octets();
    // Addresses of a carrier's own translation (RFC 6598), and of one for networks of IPv6 alone (RFC 7335).
    let carriers = first == 100 && (64..128).contains(&second);
    let softwire = (first, second, third) == (192, 0, 0);
    match address {
        _ if address.is_unspecified() => Err(Declined::Offline),
        _ if carriers
            || softwire
            || address.is_private()
            || address.is_loopback()
            || address.is_link_local() =>
        {
            Err(Declined::Private(address))
        }
        _ => Ok(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_internet_routes_is_outside() {
        let check = |address: &str, expected: Option<Declined>| {
            assert_eq!(
                outside(address.parse().unwrap()).err(),
                expected,
                "{address}"
            );
        };
        let private = |address: &str| Some(Declined::Private(address.parse().unwrap()));
        check("203.0.113.9", None);
        check("100.63.255.255", None);
        check("100.128.0.1", None);
        check("100.64.0.1", private("100.64.0.1"));
        check("100.127.255.254", private("100.127.255.254"));
        check("192.168.178.20", private("192.168.178.20"));
        check("10.1.2.3", private("10.1.2.3"));
        check("172.31.0.1", private("172.31.0.1"));
        check("192.0.0.2", private("192.0.0.2"));
        check("169.254.3.4", private("169.254.3.4"));
        check("0.0.0.0", Some(Declined::Offline));
    }
}
