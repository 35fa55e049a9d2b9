//! The CoMutiNy server: one shared world over Socket.IO.
//!
//! `ARCHITECTURE.md` beside this crate is the map. Hosts (the headless binary, the desktop app and
//! the tests) build a [`config::Config`] and start a server from it; everything else is inside.

pub mod config;
pub mod discovery;
pub mod feed;
pub mod gateway;
pub mod hooks;
pub mod http;
pub mod live_settings;
pub mod load_runs;
pub mod logs;
pub mod moderation;
pub mod request;
pub mod roster;
pub mod server;

pub use config::Config;
pub use server::{Server, StartError};
pub use session::Closing;
