//! How people find the way in: the links to read out, and whether they work.

use chrono::{DateTime, Utc};
use serde::Serialize;
use ts_rs::TS;

/// What a link leads over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
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

/// What an address of the machine hangs on, as far as the name of its interface tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Arrival {
    /// Where it came from.
    pub address: String,
    /// When.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
}

/// One way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
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
}

/// The system this server runs on, as far as its firewall is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FirewallHint {
    /// The system.
    pub system: FirewallSystem,
    /// To be typed on this machine; `None` when no firewall is known to be there.
    pub command: Option<String>,
}

/// Body of `GET /admin/invite`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Invite {
    /// Best first. Only [`LinkKind::Local`] when other machines cannot reach this server.
    pub links: Vec<InviteLink>,
    /// The port that is bound.
    pub port: u16,
    /// What to do when nobody gets in.
    pub firewall: FirewallHint,
}
