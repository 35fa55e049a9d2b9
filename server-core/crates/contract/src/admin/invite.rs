//! How people find the way in: the links to read out, and whether they work.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

/// What a link leads over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// `PUBLIC_URL`.
    Public,
    /// An address of this machine in a network.
    Network,
    /// The name that this server announces in the local network.
    Name,
    /// This machine alone.
    Local,
}

/// What an address of the machine hangs on, as far as the system tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LinkMedium {
    /// A wireless network.
    Wifi,
    /// A cable.
    Cable,
    /// A tunnel.
    Vpn,
    /// Something else.
    Other,
}

/// The first request that came over a link from another machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Arrival {
    /// Where it came from.
    pub address: String,
    /// When.
    #[schemars(with = "String")]
    pub at: DateTime<Utc>,
}

/// One way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InviteLink {
    /// To read out, with a slash at its end.
    pub url: String,
    /// What it leads over.
    pub kind: LinkKind,
    /// For [`LinkKind::Network`].
    pub medium: Option<LinkMedium>,
    /// The system's name of the interface, for [`LinkKind::Network`].
    pub interface: Option<String>,
    /// Who proved first that it works.
    pub reached_by: Option<Arrival>,
    /// Whether the server's certificate is for this address, so that browsers open it without a warning;
    /// `None` where that is not in question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certified: Option<bool>,
}

/// The system this server runs on, as far as its firewall is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FirewallSystem {
    /// Linux.
    Linux,
    /// Windows.
    Windows,
    /// macOS.
    Macos,
    /// Another one.
    Other,
}

/// How the port is opened here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FirewallHint {
    /// The system.
    pub system: FirewallSystem,
    /// To be typed on this machine; `None` when no firewall is known to be there.
    pub command: Option<String>,
}

/// Why no other machine can reach this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// It was told to listen to its own machine alone.
    ThisComputer,
    /// This machine is connected to no network.
    NoNetwork,
    /// The network gave this machine no address that fits into a link.
    NoAddress,
    /// The network speaks IPv6 alone, and this server listens to IPv4.
    Ipv4Only,
}

/// How the router was asked for a way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideMethod {
    /// The Port Control Protocol.
    Pcp,
    /// NAT-PMP.
    NatPmp,
    /// A UPnP Internet Gateway Device.
    Upnp,
}

/// Why nobody outside can come in over the router.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideObstacle {
    /// The server does not listen at the address that the router passes on to.
    NotListening,
    /// This machine has no router: no default route of IPv4.
    NoNetwork,
    /// The router speaks none of the protocols, or has them switched off.
    NoGateway,
    /// The router answered and did not do it.
    Refused,
    /// The router has no connection itself.
    GatewayOffline,
    /// The router's own address is private: another router stands between it and the outside.
    DoubleNat,
    /// The router's own address is one of 100.64.0.0/10: the carrier shares one address among customers.
    CarrierNat,
}

/// Whether the router lets people in from outside, told apart by `state`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum OutsideAccess {
    /// Nobody wants it (`PORT_MAPPING`).
    Off,
    /// The router is being asked.
    Asking,
    /// The router passes the port on. That somebody comes through is proven by `reachedBy` alone.
    Open {
        /// To read out, with a slash at its end.
        url: String,
        /// The port on the router, which is another one where that was taken.
        port: u16,
        /// How the router was asked.
        method: OutsideMethod,
        /// When the router closes it, unless it is renewed, as it is; `null` for a router that never does.
        #[schemars(with = "Option<String>")]
        until: Option<DateTime<Utc>>,
        /// Who came first over this link from outside.
        reached_by: Option<Arrival>,
        /// Whether the server's certificate is for this address; absent where that is not in question.
        #[serde(skip_serializing_if = "Option::is_none")]
        certified: Option<bool>,
    },
    /// It does not, and is asked again from time to time.
    Failed {
        /// Why.
        obstacle: OutsideObstacle,
        /// The router's own address, where that is why.
        address: Option<String>,
        /// What the router said, for people who know such things.
        said: Option<String>,
    },
}

/// Body of `GET /admin/invite`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Invite {
    /// Best first. Only [`LinkKind::Local`] when other machines cannot reach this server.
    pub links: Vec<InviteLink>,
    /// Why no link leads here from another machine of the network.
    pub obstacle: Option<Obstacle>,
    /// The port that is bound.
    pub port: u16,
    /// What to do when nobody gets in.
    pub firewall: FirewallHint,
    /// Whether the router lets people in from outside.
    pub outside: OutsideAccess,
}
