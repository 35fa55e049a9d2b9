//! How this server is announced, as hosts set it.

/// What is announced in the local network.
#[derive(Debug, Clone)]
pub struct DiscoveryConfig {
    /// Whether a name is announced (`MDNS`).
    pub announced: bool,
    /// That name without `.local` (`MDNS_NAME`); made from the world's name when unset.
    pub name: Option<String>,
}

impl Default for DiscoveryConfig {
    fn default() -> Self {
        Self {
            announced: true,
            name: None,
        }
    }
}
