//! Who somebody is, where they come from, and what must never be shown: values that connections,
//! accounts, limits and sanctions speak about.
//!
//! Knows the contract alone. Whoever settles an identity (a handshake, a login) and whoever judges
//! one (sessions, sanctions) meet here, and need not know each other.

mod network;
pub mod outside;
mod peer;
mod secret;
mod visitor;

pub use network::{Block, InvalidBlock, Network};
pub use peer::PeerAddress;
pub use secret::Secret;
pub use visitor::{
    Account, GuestSecret, ORIGIN_MARK, RenewedGuest, USER_AGENT_CHARS, Visitor, digest_of,
};
