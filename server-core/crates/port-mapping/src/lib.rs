//! A way in from outside: the router is asked to pass a port on to this machine.
//!
//! [`PortMapper`] asks the gateway of the default route by PCP (RFC 6887), NAT-PMP (RFC 6886) and UPnP-IGD
//! in turn, renews what it got, and gives it back. [`MappingState`] says how that went. Every mapping is
//! noted in a file before it is asked for, so that one which a crash left open is closed at the next start.
//!
//! Knows neither the product nor how routes are found; both are handed in.

mod attempt;
mod journal;
mod keeper;
mod natpmp;
mod pcp;
mod route;
mod state;
mod upnp;

pub use keeper::{MappingTimes, PortMapper};
pub use route::{FindRoute, GatewayRoute};
pub use state::{MappingMethod, MappingObstacle, MappingReport, MappingState, OpenPort};
