//! Who is connected: a cap per address, and a way to cut everybody.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;

use super::TransportHandle;

#[derive(Debug, Default)]
struct State {
    next: u64,
    per_address: HashMap<IpAddr, usize>,
    open: HashMap<u64, TransportHandle>,
}

/// See the module.
pub(super) struct Admission {
    cap: usize,
    is_proxy: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
    // Held for a look-up; never across an await.
    state: Mutex<State>,
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
pub(super) struct Place {
    admission: Arc<Admission>,
    address: IpAddr,
    number: u64,
    counted: bool,
}

impl Admission {
    pub(super) fn new(cap: usize, is_proxy: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>) -> Self {
        Self {
            cap,
            is_proxy,
            state: Mutex::default(),
        }
    }

    /// A place for one more connection, unless its address holds too many. This machine and trusted
    /// proxies are not counted: behind a proxy everybody shares its address, and loopback is where
    /// the host's own tools run.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let address = address.to_canonical();
        let counted = !address.is_loopback() && !(self.is_proxy)(address);
        let mut state = self.state.lock();
        if counted {
            let held = state.per_address.entry(address).or_default();
            if *held >= self.cap {
                return None;
            }
            *held += 1;
        }
        state.next += 1;
        Some(Place {
            admission: self.clone(),
            address,
            number: state.next,
            counted,
        })
    }

    pub(super) fn cut_all(&self) {
        let open: Vec<_> = self.state.lock().open.values().cloned().collect();
        for transport in open {
            transport.cut();
        }
    }

    pub(super) fn open(&self) -> usize {
        self.state.lock().open.len()
    }
}

impl Place {
    /// Makes the connection reachable for [`Admission::cut_all`].
    pub(super) fn hold(&self, transport: TransportHandle) {
        self.admission
            .state
            .lock()
            .open
            .insert(self.number, transport);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.admission.state.lock();
        state.open.remove(&self.number);
        if self.counted
            && let Some(held) = state.per_address.get_mut(&self.address)
        {
            *held -= 1;
            if *held == 0 {
                state.per_address.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_at_most_the_cap_and_gets_its_places_back() {
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
        let exempt = [proxy, IpAddr::from([127, 0, 0, 1])];
        for address in exempt {
            let places: Vec<_> = (0..5).map(|_| admission.enter(address)).collect();
            assert!(places.iter().all(Option::is_some));
        }
    }
}
