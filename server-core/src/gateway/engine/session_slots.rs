//! How many sessions a network has open.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;

use identity::Network;

/// See the module; cheap to clone.
#[derive(Clone)]
pub(super) struct SessionSlots {
    cap: usize,
    // Held for a look-up; never across an await.
    per_network: Arc<Mutex<HashMap<Network, usize>>>,
}

/// A session that its network was allowed, counted until this is dropped.
pub(super) struct SessionSlot {
    slots: SessionSlots,
    network: Option<Network>,
}

impl SessionSlots {
    /// At most `cap` sessions of one network.
    pub(super) fn new(cap: usize) -> Self {
        Self {
            cap,
            per_network: Arc::default(),
        }
    }

    /// Admits one more session, unless its network holds too many. `None` stands for this
    /// machine, which is not counted.
    pub(super) fn enter(&self, address: Option<IpAddr>) -> Option<SessionSlot> {
        let network = address.map(Network::of);
        if let Some(network) = network {
            let mut per_network = self.per_network.lock();
            let held = per_network.entry(network).or_default();
            if *held >= self.cap {
                return None;
            }
            *held += 1;
        }
        Some(SessionSlot {
            slots: self.clone(),
            network,
        })
    }

    /// Admits a session whatever the cap says.
    pub(super) fn enter_freely(&self) -> SessionSlot {
        SessionSlot {
            slots: self.clone(),
            network: None,
        }
    }
}

impl Drop for SessionSlot {
    fn drop(&mut self) {
        let Some(network) = self.network else { return };
        let mut per_network = self.slots.per_network.lock();
        if let Some(held) = per_network.get_mut(&network) {
            *held -= 1;
            if *held == 0 {
                per_network.remove(&network);
            }
        }
    }
}
