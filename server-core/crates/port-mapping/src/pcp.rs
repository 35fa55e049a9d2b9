//! The Port Control Protocol, RFC 6887.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU16;
use std::time::Duration;

use crab_nat::pcp::{self, BaseMapRequest, DropMappingRange, Failure};
use crab_nat::{InternetProtocol, PortMappingOptions, PortMappingType};

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
    let options = PortMappingOptions {
        external_port: Some(wish.external),
        lifetime_seconds: Some(wish.lease_seconds()),
        timeout_config: Some(patience.into()),
    };
    let mapping = pcp::port_mapping(request, Some(wish.nonce), None, options)
        .await
        .map_err(|failure| declined(&failure))?;
    let address = match mapping.mapping_type() {
        PortMappingType::Pcp {
            external_ip: IpAddr::V4(address),
            ..
        } => address,
        PortMappingType::Pcp { .. } | PortMappingType::NatPmp => Ipv4Addr::UNSPECIFIED,
    };
    Ok(Grant {
        address,
        port: mapping.external_port(),
        lease: Some(Duration::from_secs(mapping.lifetime().into())),
    })
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
