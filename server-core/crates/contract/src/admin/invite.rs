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
}
