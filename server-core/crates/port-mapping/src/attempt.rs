//! One request to a gateway, in whichever protocol, what may come of it, and which addresses somebody far away can reach.

use std::net::Ipv4Addr;
use std::num::NonZeroU16;
use std::time::Duration;

use crab_nat::{PortMapping, PortMappingOptions};

use crate::route::GatewayRoute;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct MappingWish {
    pub(crate) route: GatewayRoute,
    /// The port on this machine.
    pub(crate) port: NonZeroU16,
    /// The port on the gateway that would be best.
    pub(crate) external: NonZeroU16,
    pub(crate) lease: Duration,
    /// Proves to a PCP gateway that the mapping is ours.
    pub(crate) nonce: [u32; 3],
}

impl MappingWish {
    pub(crate) fn lease_seconds(&self) -> u32 {
        u32::try_from(self.lease.as_secs()).unwrap_or(u32::MAX)
    }

    /// What PCP and NAT-PMP ask for alike.
    pub(crate) fn options(&self, patience: Patience) -> PortMappingOptions {
        PortMappingOptions {
            external_port: Some(self.external),
            lifetime_seconds: Some(self.lease_seconds()),
            timeout_config: Some(patience.into()),
        }
    }
}

/// What the gateway does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant {
    pub(crate) address: Ipv4Addr,
    pub(crate) port: NonZeroU16,
    /// `None`: for good.
    pub(crate) lease: Option<Duration>,
}

impl Grant {
    /// As PCP and NAT-PMP grant it.
    pub(crate) fn of(address: Ipv4Addr, mapping: &PortMapping) -> Self {
        Self {
            address,
            port: mapping.external_port(),
            lease: Some(Duration::from_secs(mapping.lifetime().into())),
        }
    }
}

/// Why it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Declined {
    /// No answer, or none in this protocol.
    Silent,
    /// It has no connection itself.
    Offline,
    /// Its own address is one of an inner network.
    Private(Ipv4Addr),
    /// An answer that says no.
    Refused(String),
}

/// How patiently a gateway is asked over UDP.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// Until the first repetition; it doubles with each.
    pub(crate) first: Duration,
    pub(crate) repetitions: usize,
}

impl From<Patience> for crab_nat::TimeoutConfig {
    fn from(patience: Patience) -> Self {
        Self {
            initial_timeout: patience.first,
            max_retries: patience.repetitions,
            max_retry_timeout: None,
        }
    }
}

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
