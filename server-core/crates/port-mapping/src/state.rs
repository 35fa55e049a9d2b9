//! How far the way in from outside has come.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// How a gateway is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MappingMethod {
    /// The Port Control Protocol, RFC 6887.
    Pcp,
    /// NAT-PMP, RFC 6886.
    NatPmp,
    /// A UPnP Internet Gateway Device.
    Upnp,
}

impl MappingMethod {
    /// In the order in which they are tried: the one that loses nothing when a gateway restarts first.
    pub(crate) const ALL: [Self; 3] = [Self::Pcp, Self::NatPmp, Self::Upnp];
}

/// A port that the gateway passes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenPort {
    /// The gateway's own address, and the port on it; another port than asked for where that was taken.
    pub external: SocketAddrV4,
    /// How it was asked for.
    pub method: MappingMethod,
    /// When the gateway closes it by itself, unless it is renewed. `None`: never.
    pub until: Option<SystemTime>,
}

/// Why there is no way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingObstacle {
    /// The server does not listen at the address that the gateway would pass on to.
    NotListening,
    /// No default route of IPv4.
    NoNetwork,
    /// The gateway speaks none of the protocols, or has them switched off.
    NoGateway,
    /// The gateway answered and did not do it.
    Refused {
        /// The protocol in which it refused.
        method: MappingMethod,
        /// Its reason, for people who know such things.
        said: String,
    },
    /// The gateway has no connection itself.
    GatewayOffline,
    /// The gateway's own address is one of an inner network: there is another translation behind it, of a
    /// second router or of the carrier.
    PrivateAddress {
        /// The gateway's address towards its outside.
        address: Ipv4Addr,
    },
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum MappingState {
    /// Nobody wants it.
    #[default]
    Off,
    /// The gateway is being asked for the first time.
    Asking,
    /// The gateway passes the port on. Whether somebody comes through is not known from here.
    Open(OpenPort),
    /// It does not, and is asked again from time to time.
    Failed(MappingObstacle),
}

/// Where the state is told; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct MappingReport(watch::Sender<MappingState>);

impl MappingReport {
    /// The state at this moment.
    #[must_use]
    pub fn now(&self) -> MappingState {
        self.0.borrow().clone()
    }

    /// Follows the state.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<MappingState> {
        self.0.subscribe()
    }

    pub(crate) fn set(&self, state: MappingState) {
        self.0.send_if_modified(|known| {
            if *known == state {
                return false;
            }
            match &state {
                MappingState::Open(open) if !matches!(known, MappingState::Open(_)) => {
                    tracing::info!(external = %open.external, method = ?open.method, "the router passes the port on from outside");
                }
                MappingState::Failed(obstacle) => {
                    tracing::info!(?obstacle, "the router does not pass the port on from outside");
                }
                MappingState::Off | MappingState::Asking | MappingState::Open(_) => {}
            }
            *known = state;
            true
        });
    }
}
