//! How people on the same network, and outside of it, find this server.

pub mod addresses;
pub mod announcement;
pub mod arrivals;
mod config;
pub mod entrance;
pub mod firewall;
pub mod interfaces;
pub mod links;
pub mod outside;
#[cfg(test)]
mod recorded;

pub use addresses::{Candidate, Ways, reachable, reachable_addresses};
pub use announcement::{Announcement, LocalName};
pub use arrivals::Arrivals;
pub use config::DiscoveryConfig;
pub use entrance::Entrance;
pub use firewall::firewall_hint;
pub use interfaces::{default_route, own_addresses};
pub use links::links;
pub use outside::outside_access;
