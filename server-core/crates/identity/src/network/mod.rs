//! Where somebody is, as far as limits, bans and mutes care.
//!
//! A provider hands every customer a whole IPv6 network, and a computer in it takes a new address
//! whenever it likes (RFC 8981), so a single IPv6 address limits nobody. What counts is a
//! [`Network`]: an IPv4 address, or the 64 bits that a router announces (RFC 4291, section 2.5.1).
//! A [`Block`] is any range of addresses, for what hosts write by hand. Knows no other module.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// An IPv4 address, or an IPv6 network of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Network {
    /// One address.
    V4(Ipv4Addr),
    /// The upper 64 bits of an address.
    V6(u64),
}

/// A range of addresses in CIDR notation, such as `10.0.0.0/8`. Bits behind the prefix are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Block {
    base: IpAddr,
    prefix: u8,
}

/// A text that names no address and no range of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is neither an address nor a block such as 10.0.0.0/8 or 2001:db8::/48")]
pub struct InvalidBlock(pub String);

/// Bits of an IPv6 address that name a network.
const V6_PREFIX: u8 = 64;

impl Network {
    /// The network an address belongs to. An IPv4 address in IPv6 clothes (`::ffff:192.0.2.7`, as a
    /// socket bound to `::` sees it) is that IPv4 address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => Self::V6((u128::from(address) >> V6_PREFIX) as u64),
        }
    }

    /// Its first address.
    #[must_use]
    pub fn base(self) -> IpAddr {
        Block::from(self).base
    }
}

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self::of(address)
    }
}

/// `192.0.2.7` or `2001:db8:1:2::/64`.
impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(address) => address.fmt(f),
            Self::V6(_) => Block::from(*self).fmt(f),
        }
    }
}

/// Reads an address, which stands for its network, or what [`Network`] displays.
impl FromStr for Network {
    type Err = InvalidBlock;

    fn from_str(text: &str) -> Result<Self, InvalidBlock> {
        let block: Block = text.parse()?;
        let network = Self::of(block.base);
        match block == Block::from(network) || block == Block::single(block.base) {
            true => Ok(network),
            false => Err(InvalidBlock(text.to_owned())),
        }
    }
}

impl Block {
    /// The range that holds one address alone.
    #[must_use]
    pub fn single(address: IpAddr) -> Self {
        let base = address.to_canonical();
        Self {
            base,
            prefix: width(base),
        }
    }

    /// The range around an address whose addresses share so many leading bits; all of them at most.
    #[must_use]
    pub fn around(address: IpAddr, prefix: u8) -> Self {
        let address = address.to_canonical();
        let prefix = prefix.min(width(address));
        Self {
            base: masked(address, prefix),
            prefix,
        }
    }

    /// The first address.
    #[must_use]
    pub fn base(&self) -> IpAddr {
        self.base
    }

    /// How many leading bits all its addresses share.
    #[must_use]
    pub fn prefix(&self) -> u8 {
        self.prefix
    }

    /// Whether an address belongs to it.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.base.is_ipv4() && masked(address, self.prefix) == self.base
    }

    /// Whether some address belongs to both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(other.base) || other.contains(self.base)
    }
}

impl From<Network> for Block {
    fn from(network: Network) -> Self {
        match network {
            Network::V4(address) => Self::single(address.into()),
            Network::V6(bits) => Self {
                base: Ipv6Addr::from(u128::from(bits) << V6_PREFIX).into(),
                prefix: V6_PREFIX,
            },
        }
    }
}

/// In CIDR notation; a single address stands alone.
impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.prefix == width(self.base) {
            true => self.base.fmt(f),
            false => write!(f, "{}/{}", self.base, self.prefix),
        }
    }
}

/// Reads an address or CIDR notation; bits behind the prefix are ignored.
impl FromStr for Block {
    type Err = InvalidBlock;

    fn from_str(text: &str) -> Result<Self, InvalidBlock> {
        read_block(text).ok_or_else(|| InvalidBlock(text.to_owned()))
    }
}

fn read_block(text: &str) -> Option<Block> {
    let (base, prefix) = match text.split_once('/') {
        Some((base, prefix)) => (base, Some(prefix.trim())),
        None => (text, None),
    };
    let base: IpAddr = base.trim().parse().ok()?;
    let Some(prefix) = prefix else {
        return Some(Block::single(base));
    };
    let digits = prefix.bytes().all(|it| it.is_ascii_digit());
    let prefix: u8 = prefix.parse().ok().filter(|_| digits)?;
    // A prefix counts the bits of the clothes: `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
    let canonical = base.to_canonical();
    let extra = width(base) - width(canonical);
    let prefix = prefix.checked_sub(extra)?;
    (prefix <= width(canonical)).then(|| Block::around(canonical, prefix))
}

/// Bits of an address.
fn width(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// The first `prefix` bits of an address; the others are zero.
fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    let free = u32::from(width(address).saturating_sub(prefix));
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(free).unwrap_or(0);
            Ipv4Addr::from(u32::from(address) & mask).into()
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(free).unwrap_or(0);
            Ipv6Addr::from(u128::from(address) & mask).into()
        }
    }
}

#[cfg(test)]
mod tests;
