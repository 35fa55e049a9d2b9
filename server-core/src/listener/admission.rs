//! Who is connected: a cap per network, and a way to abort all transports.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;

use super::TransportHandle;
use identity::Network;

#[derive(Debug, Default)]
struct AdmissionState {
    next: u64,
    per_network: HashMap<Network, usize>,
    open: HashMap<u64, TransportHandle>,
}

/// See the module.
pub(super) struct Admission {
    cap: usize,
    is_proxy: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
    // Held for a look-up; never across an await.
    state: Mutex<AdmissionState>,
}

impl std::fmt::Debug for Admission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Admission")
            .field("cap", &self.cap)
            .finish_non_exhaustive()
    }
}

/// A connection's place; leaving happens on drop.
#[derive(Debug)]
pub(super) struct ConnectionSlot {
    admission: Arc<Admission>,
    number: u64,
    /// Where it counts.
    network: Option<Network>,
}

impl Admission {
    pub(super) fn new(cap: usize, is_proxy: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>) -> Self {
        Self {
            cap,
            is_proxy,
            state: Mutex::default(),
        }
    }

    /// A place for one more connection, unless its network holds too many. This machine and trusted
    /// proxies are not counted: behind a proxy everybody shares its address, and loopback is where
    /// the host's own tools run.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<ConnectionSlot> {
        let address = address.to_canonical();
        let counted = !address.is_loopback() && !(self.is_proxy)(address);
        let network = counted.then(|| Network::of(address));
        let mut state = self.state.lock();
        if let Some(network) = network {
            let held = state.per_network.entry(network).or_default();
            if *held >= self.cap {
                return None;
            }
            *held += 1;
        }
        state.next += 1;
        Some(ConnectionSlot {
            admission: self.clone(),
            number: state.next,
            network,
        })
    }

    pub(super) fn abort_all(&self) {
        let open: Vec<_> = self.state.lock().open.values().cloned().collect();
        for transport in open {
            transport.abort();
        }
    }

    pub(super) fn open(&self) -> usize {
        self.state.lock().open.len()
    }
}

impl ConnectionSlot {
    /// Makes the connection reachable for [`Admission::abort_all`].
    pub(super) fn hold(&self, transport: TransportHandle) {
        self.admission
            .state
            .lock()
            .open
            .insert(self.number, transport);
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut state = self.admission.state.lock();
        state.open.remove(&self.number);
        if let Some(network) = self.network
            && let Some(held) = state.per_network.get_mut(&network)
        {
            *held -= 1;
            if *held == 0 {
                state.per_network.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_at_most_the_cap_and_gets_its_places_back() {
        let proxy: IpAddr = [10, 0, 0, 9].into();
        let admission = Arc::new(Admission::new(2, Arc::new(move |address| address == proxy)));
        let one: IpAddr = [10, 0, 0, 1].into();
        let first = admission.enter(one);
        let _second = admission.enter(one);
        assert!(admission.enter(one).is_none());
        assert!(
            admission.enter([10, 0, 0, 2].into()).is_some(),
            "others are not affected"
        );
        drop(first);
        assert!(admission.enter(one).is_some());
        let of_one_network = |last| IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]);
        let held: Vec<_> = (1..9)
            .map(|it| admission.enter(of_one_network(it)))
            .collect();
        assert_eq!(held.iter().flatten().count(), 2, "a /64 is one network");
        let exempt = [proxy, IpAddr::from([127, 0, 0, 1])];
        for address in exempt {
            let places: Vec<_> = (0..5).map(|_| admission.enter(address)).collect();
            assert!(places.iter().all(Option::is_some));
        }
    }
}
