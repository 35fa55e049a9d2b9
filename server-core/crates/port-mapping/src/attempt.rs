//! One request to a gateway, in whichever protocol, and what may come of it.

use std::net::Ipv4Addr;
use std::num::NonZeroU16;
use std::time::Duration;

use crate::route::GatewayRoute;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct MappingWish {
    pub(crate) route: GatewayRoute,
    /// The port on this machine.
    pub(crate) port: NonZeroU16,
    /// The port on the gateway that would be best.
    pub(crate) external: NonZeroU16,
    pub(crate) lease: Duration,
    /// Proves to a PCP gateway that the mapping is ours.
    pub(crate) nonce: [u32; 3],
}

impl MappingWish {
    pub(crate) fn lease_seconds(&self) -> u32 {
        u32::try_from(self.lease.as_secs()).unwrap_or(u32::MAX)
    }
}

/// What the gateway does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant {
    pub(crate) address: Ipv4Addr,
    pub(crate) port: NonZeroU16,
    /// `None`: for good.
    pub(crate) lease: Option<Duration>,
}

/// Why it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Declined {
    /// No answer, or none in this protocol.
    Silent,
    /// It has no connection itself.
    Offline,
    /// Its own address is one of an inner network.
    Private(Ipv4Addr),
    /// An answer that says no.
    Said(String),
}

/// How patiently a gateway is asked over UDP.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// Until the first repetition; it doubles with each.
    pub(crate) first: Duration,
    pub(crate) repetitions: usize,
}

impl From<Patience> for crab_nat::TimeoutConfig {
    fn from(patience: Patience) -> Self {
        Self {
            initial_timeout: patience.first,
            max_retries: patience.repetitions,
            max_retry_timeout: None,
        }
    }
}
