//! What the router does for people outside, as the administration shows it.

use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use port_mapping::{MappingMethod, MappingObstacle, MappingState, OpenPort};

use super::arrivals::Arrivals;
use super::entrance::Entrance;
use contract::admin::{OutsideAccess, OutsideMethod, OutsideObstacle};

/// The state of the way in from outside, with the link that leads over it.
#[must_use]
pub fn outside_access(
    state: MappingState,
    entrance: &Entrance,
    arrivals: &Arrivals,
) -> OutsideAccess {
    match state {
        MappingState::Off => OutsideAccess::Off,
        MappingState::Asking => OutsideAccess::Asking,
        MappingState::Open(open) => opened(open, entrance, arrivals),
        MappingState::Failed(obstacle) => failed(obstacle),
    }
}

fn opened(open: OpenPort, entrance: &Entrance, arrivals: &Arrivals) -> OutsideAccess {
    let address = SocketAddr::V4(open.external);
    let url = entrance.at_port(address.ip(), address.port());
    OutsideAccess::Open {
        reached_by: arrivals.from_outside(&url),
        certified: entrance.is_certified(address.ip()),
        url,
        port: address.port(),
        method: match open.method {
            MappingMethod::Pcp => OutsideMethod::Pcp,
            MappingMethod::NatPmp => OutsideMethod::NatPmp,
            MappingMethod::Upnp => OutsideMethod::Upnp,
        },
        until: open.until.map(DateTime::<Utc>::from),
    }
}

fn failed(obstacle: MappingObstacle) -> OutsideAccess {
    let (obstacle, address, said) = match obstacle {
        MappingObstacle::NotListening => (OutsideObstacle::NotListening, None, None),
        MappingObstacle::NoNetwork => (OutsideObstacle::NoNetwork, None, None),
        MappingObstacle::NoGateway => (OutsideObstacle::NoGateway, None, None),
        MappingObstacle::GatewayOffline => (OutsideObstacle::GatewayOffline, None, None),
        MappingObstacle::Refused { said, .. } => (OutsideObstacle::Refused, None, Some(said)),
        MappingObstacle::PrivateAddress { address } => {
            let carrier = address.octets()[0] == 100;
            let obstacle = match carrier {
                true => OutsideObstacle::CarrierNat,
                false => OutsideObstacle::DoubleNat,
            };
            (obstacle, Some(address.to_string()), None)
        }
    };
    OutsideAccess::Failed {
        obstacle,
        address,
        said,
    }
}

#[cfg(test)]
mod tests {
    use super::super::announcement::LocalName;
    use super::*;

    fn entrance() -> Entrance {
        Entrance {
            bound: ([0, 0, 0, 0], 4000).into(),
            public_url: None,
            certificates: None,
            name: LocalName::default(),
        }
    }

    #[test]
    fn the_link_has_the_port_of_the_router_and_is_proven_from_outside_alone() {
        let state = MappingState::Open(OpenPort {
            external: "203.0.113.9:40123".parse().unwrap(),
            method: MappingMethod::Upnp,
            until: None,
        });
        let arrivals = Arrivals::default();
        let visitor = |address: &str| {
            arrivals.note("203.0.113.9:40123", address.parse().unwrap(), Utc::now());
            match outside_access(state.clone(), &entrance(), &arrivals) {
                OutsideAccess::Open {
                    url, reached_by, ..
                } => {
                    assert_eq!(url, "http://203.0.113.9:40123/");
                    reached_by.map(|it| it.address)
                }
                other => panic!("{other:?}"),
            }
        };
        // Routers send those of their own network back in.
        assert_eq!(visitor("192.168.1.57"), None);
        assert_eq!(visitor("9.9.9.9").as_deref(), Some("9.9.9.9"));
        assert_eq!(visitor("8.8.4.4").as_deref(), Some("9.9.9.9"));
    }

    #[test]
    fn an_inner_address_is_the_second_routers_or_the_carriers() {
        let check = |address: &str, expected| {
            let address = address.parse().unwrap();
            let state = MappingState::Failed(MappingObstacle::PrivateAddress { address });
            let shown = outside_access(state, &entrance(), &Arrivals::default());
            let expected = OutsideAccess::Failed {
                obstacle: expected,
                address: Some(address.to_string()),
                said: None,
            };
            assert_eq!(shown, expected);
        };
        check("192.168.0.4", OutsideObstacle::DoubleNat);
        check("100.64.0.4", OutsideObstacle::CarrierNat);
    }
}
