//! NAT-PMP, RFC 6886.

use std::net::Ipv4Addr;
use std::num::NonZeroU16;

use crab_nat::InternetProtocol;
use crab_nat::natpmp::{self, Failure};

use crate::attempt::{Declined, Grant, MappingWish, Patience, outside};

/// Asks for a mapping, or renews it, unless the gateway's own address leads nowhere.
pub(crate) async fn ask(wish: &MappingWish, patience: Patience) -> Result<Grant, Declined> {
    let gateway = wish.route.gateway.into();
    let declined = |failure: Failure| declined(&failure);
    let address = natpmp::external_address(gateway, Some(patience.into()))
        .await
        .map_err(declined)?;
    let address = outside(address)?;
    let options = wish.options(patience);
    let mapping = natpmp::port_mapping(gateway, InternetProtocol::Tcp, wish.port, options)
        .await
        .map_err(declined)?;
    Ok(Grant::of(address, &mapping))
}

pub(crate) async fn give_back(
    gateway: Ipv4Addr,
    port: NonZeroU16,
    patience: Patience,
) -> Result<(), Declined> {
    let patience = Some(patience.into());
    natpmp::try_drop_mapping(gateway.into(), InternetProtocol::Tcp, Some(port), patience)
        .await
        .map_err(|failure| declined(&failure))
}

fn declined(failure: &Failure) -> Declined {
    match failure {
        Failure::Socket(_)
        | Failure::Timeout
        | Failure::InvalidResponse(_)
        | Failure::UnsupportedVersion(_)
        | Failure::UnsupportedOpcode => Declined::Silent,
        Failure::NetworkFailure => Declined::Offline,
        Failure::NotAuthorized | Failure::OutOfResources => Declined::Refused(failure.to_string()),
    }
}
