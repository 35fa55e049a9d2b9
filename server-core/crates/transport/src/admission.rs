//! Who is connected: a cap per network, what goes beyond it, and a way to abort all transports.
//!
//! Nothing tells here who connects, so a network whose places are all taken would keep its staff out as
//! well. Some spare connections are let in beyond the cap: for one short request each, and for as long as
//! they like once a request has shown to be of staff ([`SpareConnection::keep`]). When there are too many
//! of them the oldest makes place, so that whoever holds them and asks for nothing keeps nobody out.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;

use super::{ListenConfig, TransportHandle};
use identity::Network;

#[derive(Debug, Default)]
struct AdmissionState {
    next: u64,
    per_network: HashMap<Network, NetworkPlaces>,
    open: HashMap<u64, TransportHandle>,
}

#[derive(Debug, Default)]
struct NetworkPlaces {
    /// Connections within the cap.
    held: usize,
    /// Those beyond it, by number; the oldest first.
    spare: VecDeque<u64>,
}

/// See the module.
pub(super) struct Admission {
    cap: usize,
    spare: usize,
    is_proxy: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
    // Held for a look-up; never across an await.
    state: Mutex<AdmissionState>,
}

impl std::fmt::Debug for Admission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Admission")
            .field("cap", &self.cap)
            .field("spare", &self.spare)
            .finish_non_exhaustive()
    }
}

/// A connection's place; leaving happens on drop.
#[derive(Debug)]
pub(super) struct ConnectionSlot {
    admission: Arc<Admission>,
    number: u64,
    place: Place,
}

/// Where a connection counts.
#[derive(Debug, Clone, Copy)]
enum Place {
    Uncounted,
    WithinCap(Network),
    Spare(Network),
}

/// Request extension of a connection beyond its network's cap.
#[derive(Debug, Clone)]
pub struct SpareConnection {
    admission: Arc<Admission>,
    number: u64,
    network: Network,
}

impl Admission {
    pub(super) fn new(
        settings: &ListenConfig,
        is_proxy: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
    ) -> Self {
        Self {
            cap: settings.max_connections_per_address,
            spare: settings.spare_connections_per_address,
            is_proxy,
            state: Mutex::default(),
        }
    }

    /// A place for one more connection; a spare one when its network holds too many, and none when
    /// there are no spare ones. This machine and trusted proxies are not counted: behind a proxy
    /// everybody shares its address, and loopback is where the host's own tools run.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<ConnectionSlot> {
        let address = address.to_canonical();
        let counted = !address.is_loopback() && !(self.is_proxy)(address);
        let network = counted.then(|| Network::of(address));
        let mut state = self.state.lock();
        state.next += 1;
        let number = state.next;
        let mut displaced = None;
        let place = match network {
            None => Place::Uncounted,
            Some(network) => {
                let places = state.per_network.entry(network).or_default();
                if places.held < self.cap {
                    places.held += 1;
                    Place::WithinCap(network)
                } else if self.spare > 0 {
                    if places.spare.len() >= self.spare {
                        displaced = places.spare.pop_front();
                    }
                    places.spare.push_back(number);
                    Place::Spare(network)
                } else {
                    return None;
                }
            }
        };
        let displaced = displaced.and_then(|oldest| state.open.get(&oldest).cloned());
        drop(state);
        if let Some(transport) = displaced {
            transport.abort();
        }
        Some(ConnectionSlot {
            admission: self.clone(),
            number,
            place,
        })
    }

    pub(super) fn abort_all(&self) {
        let open: Vec<_> = self.state.lock().open.values().cloned().collect();
        for transport in open {
            transport.abort();
        }
    }
}

impl ConnectionSlot {
    /// Makes the connection reachable for [`Admission::abort_all`], until the slot is dropped.
    pub(super) fn hold(&self, transport: TransportHandle) {
        self.admission
            .state
            .lock()
            .open
            .insert(self.number, transport);
    }

    /// What its requests carry when it is beyond the cap.
    pub(super) fn spare(&self) -> Option<SpareConnection> {
        match self.place {
            Place::Spare(network) => Some(SpareConnection {
                admission: self.admission.clone(),
                number: self.number,
                network,
            }),
            Place::Uncounted | Place::WithinCap(_) => None,
        }
    }
}

impl SpareConnection {
    /// It is of staff: it may stay, and makes place for no other.
    pub fn keep(&self) {
        self.admission
            .state
            .lock()
            .give_back(self.number, self.network);
    }

    /// Whether it has to end with its first answer.
    #[must_use]
    pub fn is_short(&self) -> bool {
        let state = self.admission.state.lock();
        let places = state.per_network.get(&self.network);
        places.is_some_and(|places| places.spare.contains(&self.number))
    }
}

impl AdmissionState {
    /// Takes a connection out of the spare ones, where it may be no more.
    fn give_back(&mut self, number: u64, network: Network) {
        if let Some(places) = self.per_network.get_mut(&network) {
            places.spare.retain(|spare| *spare != number);
            self.forget(network);
        }
    }

    fn forget(&mut self, network: Network) {
        let places = self.per_network.get(&network);
        if places.is_some_and(|places| places.held == 0 && places.spare.is_empty()) {
            self.per_network.remove(&network);
        }
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut state = self.admission.state.lock();
        state.open.remove(&self.number);
        match self.place {
            Place::Uncounted => {}
            Place::WithinCap(network) => {
                if let Some(places) = state.per_network.get_mut(&network) {
                    places.held -= 1;
                    state.forget(network);
                }
            }
            Place::Spare(network) => state.give_back(self.number, network),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(
        cap: usize,
        spare: usize,
        is_proxy: impl Fn(IpAddr) -> bool + Send + Sync + 'static,
    ) -> Arc<Admission> {
        let settings = ListenConfig {
            max_connections_per_address: cap,
            spare_connections_per_address: spare,
            ..ListenConfig::default()
        };
        Arc::new(Admission::new(&settings, Arc::new(is_proxy)))
    }

    #[test]
    fn beyond_the_cap_the_oldest_makes_place_but_for_staff() {
        let admission = with(1, 2, |_| false);
        let enter = || admission.enter([10, 0, 0, 1].into()).unwrap();
        let within = enter();
        assert!(within.spare().is_none());
        let slots = [(); 2].map(|()| enter());
        let [first, second] = slots.each_ref().map(|slot| slot.spare().unwrap());
        assert!(first.is_short() && second.is_short());
        first.keep();
        let third = enter();
        assert!(second.is_short(), "the one of staff takes no spare place");
        let fourth = enter();
        assert!(!second.is_short(), "the oldest made place");
        let [third, fourth] = [third, fourth].map(|slot| (slot.spare().unwrap(), slot));
        assert!(third.0.is_short() && fourth.0.is_short());
        drop((slots, third, fourth, within));
        assert!(admission.state.lock().per_network.is_empty());
    }

    #[test]
    fn a_network_holds_at_most_the_cap_and_gets_its_places_back() {
        let proxy: IpAddr = [10, 0, 0, 9].into();
        let admission = with(2, 0, move |address| address == proxy);
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
