//! What a request says about itself, and how one is refused: where it comes from, on whose page it
//! was made, under which name it asks, what its cookies carry.
//!
//! REST and the handshake of a socket ask the same questions, so the answers live below both.

pub mod client_address;
pub mod cookies;
pub mod encryption;
pub mod error;
pub mod host_guard;
pub mod origin;

pub use client_address::ClientAddress;
pub use error::ApiError;
