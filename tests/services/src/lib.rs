//! What tests of several packages need of the system: a PostgreSQL, ports, signals.

#![expect(
    clippy::expect_used,
    reason = "a test has no use for an error here but to fail"
)]

mod postgres;
mod process;
mod wire;

pub use postgres::{Certificate, Postgres};
pub use process::{free_port, signal};
pub use wire::ServiceWire;
