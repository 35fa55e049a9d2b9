//! What a gateway of the tests has been told to pass on.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

/// One mapping: the port on the machine, and the seconds of its lease; 0 is for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableEntry {
    pub(crate) client: Ipv4Addr,
    pub(crate) port: u16,
    pub(crate) lease: u32,
    /// How often it was asked for.
    pub(crate) asked: u32,
}

/// By the port on the gateway.
pub(crate) type Entries = BTreeMap<u16, TableEntry>;

/// Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table(watch::Sender<Entries>);

impl Table {
    /// Passes a port on, unless another machine or port has it.
    pub(crate) fn add(&self, external: u16, client: Ipv4Addr, port: u16, lease: u32) -> bool {
        self.0.send_if_modified(|entries| {
            let entry = entries.entry(external).or_insert(TableEntry {
                client,
                port,
                lease,
                asked: 0,
            });
            if (entry.client, entry.port) != (client, port) {
                return false;
            }
            entry.lease = lease;
            entry.asked += 1;
            true
        })
    }

    /// The port, or the next one that is free or already this machine's.
    pub(crate) fn add_near(&self, wish: u16, client: Ipv4Addr, port: u16, lease: u32) -> u16 {
        let mut ports = wish..=u16::MAX;
        ports
            .find(|external| self.add(*external, client, port, lease))
            .unwrap()
    }

    pub(crate) fn remove(&self, gone: impl Fn(u16, &TableEntry) -> bool) {
        self.0
            .send_modify(|entries| entries.retain(|external, entry| !gone(*external, entry)));
    }

    pub(crate) fn now(&self) -> Entries {
        self.0.borrow().clone()
    }

    /// Waits until the table is so.
    pub(crate) async fn becomes(&self, so: impl Fn(&Entries) -> bool) -> Entries {
        let mut seen = self.0.subscribe();
        let reached = timeout(PATIENCE, seen.wait_for(|entries| so(entries))).await;
        match reached {
            Ok(entries) => entries.unwrap().clone(),
            Err(_) => panic!("the table stayed {:?}", self.now()),
        }
    }
}

/// What nothing in a test takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// An address of this machine that no other test's gateway has.
pub(crate) fn free_address() -> Ipv4Addr {
    static COUNT: AtomicU8 = AtomicU8::new(1);
    let [_, _, high, low] = std::process::id().to_be_bytes();
    Ipv4Addr::new(127, high.max(1), low, COUNT.fetch_add(1, Ordering::Relaxed))
}
