//! How this server is found, as hosts set it.

use port_mapping::MappingTimes;

/// What is announced in the local network, and asked of its router.
#[derive(Debug, Clone)]
pub struct DiscoveryConfig {
    /// Whether a name is announced (`MDNS`).
    pub announced: bool,
    /// That name without `.local` (`MDNS_NAME`); made from the world's name when unset.
    pub name: Option<String>,
    /// Whether the router is asked to let people in from outside (`PORT_MAPPING`).
    pub mapped: bool,
    /// For how long and how often it is asked (`PORT_MAPPING_LEASE_MS`, `PORT_MAPPING_RENEW_MS`, `PORT_MAPPING_RETRY_MS`,
    /// `PORT_MAPPING_LOOK_MS`); the rest is of the protocols.
    pub mapping: MappingTimes,
}

impl Default for DiscoveryConfig {
    fn default() -> Self {
        Self {
            announced: true,
            name: None,
            mapped: false,
            mapping: MappingTimes::default(),
        }
    }
}
