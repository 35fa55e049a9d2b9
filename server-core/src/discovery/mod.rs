//! How people on the same network find this server.

pub mod addresses;
pub mod arrivals;
pub mod firewall;
pub mod interfaces;
pub mod links;
#[cfg(test)]
mod recorded;

pub use addresses::{Candidate, Ways, page_url, reachable, reachable_addresses};
pub use arrivals::Arrivals;
pub use firewall::firewall_hint;
pub use interfaces::own_addresses;
pub use links::links;
