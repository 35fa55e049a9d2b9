//! The way out of this machine.

use std::net::Ipv4Addr;
use std::sync::Arc;

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
