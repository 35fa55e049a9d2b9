//! The Port Control Protocol, RFC 6887.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU16;

use crab_nat::pcp::{self, BaseMapRequest, DropMappingRange, Failure};
use crab_nat::{InternetProtocol, PortMappingType};

use crate::attempt::{Declined, Grant, MappingWish, Patience};

/// Asks for a mapping, or renews it.
///
/// The address comes with the grant, so that one which leads nowhere has been made already; whoever
/// looks at it has to give it back.
pub(crate) async fn ask(wish: &MappingWish, patience: Patience) -> Result<Grant, Declined> {
    let request = BaseMapRequest::new(
        wish.route.gateway.into(),
        wish.route.client.into(),
        InternetProtocol::Tcp,
        wish.port,
    );
    let mapping = pcp::port_mapping(request, Some(wish.nonce), None, wish.options(patience))
        .await
        .map_err(|failure| declined(&failure))?;
    let address = match mapping.mapping_type() {
        PortMappingType::Pcp {
            external_ip: IpAddr::V4(address),
            ..
        } => address,
        PortMappingType::Pcp { .. } | PortMappingType::NatPmp => Ipv4Addr::UNSPECIFIED,
    };
    Ok(Grant::of(address, &mapping))
}

pub(crate) async fn give_back(
    gateway: Ipv4Addr,
    client: Ipv4Addr,
    internal_port: NonZeroU16,
    nonce: [u32; 3],
    patience: Patience,
) -> Result<(), Declined> {
    let range = DropMappingRange::Single {
        internal_port,
        protocol: InternetProtocol::Tcp,
    };
    let patience = Some(patience.into());
    pcp::try_drop_mapping(gateway.into(), client.into(), nonce, range, patience)
        .await
        .map_err(|failure| declined(&failure))
}

fn declined(failure: &Failure) -> Declined {
    match failure {
        Failure::Socket(_)
        | Failure::Timeout
        | Failure::Nonce
        | Failure::InvalidResponse(_)
        | Failure::UnsupportedVersion(_)
        | Failure::UnsupportedOpcode
        | Failure::UnsupportedProtocol => Declined::Silent,
        Failure::NetworkFailure(_) => Declined::Offline,
        Failure::NotAuthorized(_)
        | Failure::MalformedRequest
        | Failure::UnsupportedOption
        | Failure::MalformedOption
        | Failure::NoResources(_)
        | Failure::UserExceededQuota(_)
        | Failure::CannotProvideExternal(_)
        | Failure::AddressMismatch
        | Failure::ExcessiveRemotePeers => Declined::Refused(failure.to_string()),
    }
}
