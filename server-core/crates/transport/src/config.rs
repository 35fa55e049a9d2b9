//! The listening socket and the connections it accepts, as operators set them.

use std::net::{IpAddr, Ipv6Addr};
use std::path::PathBuf;
use std::time::Duration;

/// The listening socket and the connections it accepts.
#[derive(Debug, Clone)]
pub struct ListenConfig {
    /// Address to bind (`SERVER_HOST`); `::` is every address of both families.
    pub host: IpAddr,
    /// Whether programs on this machine get in under `localhost` whatever [`Self::host`] is. No
    /// setting: set by a program that runs the server in itself and shows it in a window.
    pub local: bool,
    /// Port to bind (`SERVER_PORT`); 0 lets the system choose.
    pub port: u16,
    /// The certificate that https is served with, and those of its authorities behind it, as PEM
    /// (`TLS_CERT`); without it everything is plain http.
    pub tls_cert: Option<PathBuf>,
    /// Its private key as PEM (`TLS_KEY`).
    pub tls_key: Option<PathBuf>,
    /// Time between two looks whether these files have changed (`TLS_RELOAD_MS`).
    pub tls_reload: Duration,
    /// Most connections, and sessions, from one network that is not this machine
    /// (`MAX_CONNECTIONS_PER_ADDRESS`).
    pub max_connections_per_address: usize,
    /// Connections beyond that which are let in for short requests, and for staff
    /// (`SPARE_CONNECTIONS_PER_ADDRESS`).
    pub spare_connections_per_address: usize,
    /// Most bytes of messages and bodies that have begun and not ended, from one network that is not
    /// this machine (`MAX_UNFINISHED_BYTES_PER_ADDRESS`).
    pub max_unfinished_bytes_per_address: usize,
    /// Time for a request's headers to arrive, and for its body (`HEADER_TIMEOUT_MS`).
    pub header_timeout: Duration,
    /// Time from opening a socket to its Socket.IO CONNECT (`CONNECT_TIMEOUT_MS`).
    pub connect_timeout: Duration,
    /// Time from the answer to a websocket upgrade to the packet that completes it
    /// (`UPGRADE_TIMEOUT_MS`).
    pub upgrade_timeout: Duration,
    /// Largest message on the wire, either transport, in bytes (`MAX_MESSAGE_BYTES`).
    pub max_message_bytes: usize,
    /// Kernel send buffer of a connection in bytes, so that a client that reads nothing is noticed
    /// soon; 0 leaves it to the system (`SEND_BUFFER_BYTES`).
    pub send_buffer_bytes: usize,
    /// Whether websocket frames go beside the Socket.IO library, in both directions
    /// (`DIRECT_FRAMES`).
    pub direct_frames: bool,
    /// Interval of the Engine.IO heartbeat (`PING_INTERVAL_MS`).
    pub ping_interval: Duration,
    /// Time for the heartbeat's answer (`PING_TIMEOUT_MS`).
    pub ping_timeout: Duration,
}

impl Default for ListenConfig {
    fn default() -> Self {
        Self {
            host: IpAddr::V6(Ipv6Addr::UNSPECIFIED),
            local: false,
            port: 4000,
            tls_cert: None,
            tls_key: None,
            tls_reload: Duration::from_secs(10),
            max_connections_per_address: 200,
            spare_connections_per_address: 16,
            max_unfinished_bytes_per_address: 16_000_000,
            header_timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(10),
            upgrade_timeout: Duration::from_secs(10),
            max_message_bytes: 1_000_000,
            send_buffer_bytes: 256 * 1024,
            direct_frames: true,
            ping_interval: Duration::from_secs(25),
            ping_timeout: Duration::from_secs(20),
        }
    }
}
