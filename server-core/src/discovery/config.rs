//! How this server is found, as hosts set it.

/// What is announced in the local network, and asked of its router.
#[derive(Debug, Clone)]
pub struct DiscoveryConfig {
    /// Whether a name is announced (`MDNS`).
    pub announced: bool,
    /// That name without `.local` (`MDNS_NAME`); made from the world's name when unset.
    pub name: Option<String>,
    /// Whether the router is asked to let people in from outside (`PORT_MAPPING`).
    pub mapped: bool,
}

impl Default for DiscoveryConfig {
    fn default() -> Self {
        Self {
            announced: true,
            name: None,
            mapped: false,
        }
    }
}
