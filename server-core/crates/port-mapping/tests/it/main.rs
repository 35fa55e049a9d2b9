//! The mapper against gateways of our own on loopback addresses, each in its own tongue.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod datagrams;
mod device;
mod stories;
mod table;
