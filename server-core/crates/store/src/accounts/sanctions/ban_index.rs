//! What is kept beside the bans to find them by.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use super::active::ActiveSanction;
use identity::Block;

/// What is known beside the bans themselves.
#[derive(Debug, Default)]
pub struct BanIndex {
    /// By account, a ban or suspension kept with the account itself; some are over.
    pub(super) accounts: HashMap<String, ActiveSanction>,
    /// Prefixes of banned blocks, of IPv4 (`true`) and IPv6: what has to be looked up to know whether
    /// an address is in one.
    pub(super) prefixes: BTreeSet<(bool, u8)>,
}

impl BanIndex {
    /// The blocks with an address in them that may be banned.
    pub(super) fn blocks_around(&self, address: IpAddr) -> impl Iterator<Item = Block> {
        let address = address.to_canonical();
        let prefixes = self.prefixes.iter();
        prefixes
            .filter(move |(is_ipv4, _)| *is_ipv4 == address.is_ipv4())
            .map(move |(_, prefix)| Block::around(address, *prefix))
    }
}
