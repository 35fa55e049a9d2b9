//! How people on the same network find this server.

pub mod addresses;

pub use addresses::{page_url, reachable_addresses};
