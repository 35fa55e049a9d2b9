//! The hub of a node that is alone.

use std::collections::HashMap;

use parking_lot::Mutex;

use super::takeover::{self, TakeoverParty};
use super::{Claimed, Owner, Proof};
use crate::GuestTakeover;
use contract::PlayerId;

#[derive(Debug, Default)]
struct MemoryState {
    fence: u64,
    owners: HashMap<PlayerId, (u64, Proof)>,
}

/// Ownership in this process.
#[derive(Debug)]
pub struct MemoryHub {
    takeover: GuestTakeover,
    // Held for one look-up; never across an await.
    state: Mutex<MemoryState>,
}

impl MemoryHub {
    /// A hub in which nobody owns anything.
    #[must_use]
    pub fn new(takeover: GuestTakeover) -> Self {
        Self {
            takeover,
            state: Mutex::default(),
        }
    }

    /// See [`super::Hub::claim`].
    pub fn claim(&self, id: &PlayerId, proof: &Proof) -> Claimed {
        let mut state = self.state.lock();
        if let Some((_, holder)) = state.owners.get(id)
            && !may_take_over(self.takeover, holder, proof)
        {
            return Claimed::InUse;
        }
        state.fence += 1;
        let fence = state.fence;
        state.owners.insert(id.clone(), (fence, proof.clone()));
        Claimed::Granted { fence }
    }

    /// See [`super::Hub::release`].
    pub fn release(&self, id: &PlayerId, fence: u64) {
        let mut state = self.state.lock();
        if state.owners.get(id).is_some_and(|(held, _)| *held == fence) {
            state.owners.remove(id);
        }
    }
}

fn may_take_over(takeover: GuestTakeover, holder: &Proof, claimant: &Proof) -> bool {
    fn party<'a>(proof: &'a Proof, other: &Proof) -> TakeoverParty<'a, Owner> {
        TakeoverParty {
            owner: &proof.owner,
            is_guest: matches!(proof.owner, Owner::Guest(_)),
            same_address: proof.address == other.address,
        }
    }
    takeover::may_take_over(takeover, &party(holder, claimant), &party(claimant, holder))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn guest(secret: &str, host: u8) -> Proof {
        Proof {
            owner: Owner::Guest(secret.into()),
            address: Ipv4Addr::new(10, 0, 0, host).into(),
        }
    }

    #[track_caller]
    fn check(takeover: GuestTakeover, first: &Proof, second: &Proof, granted: bool) {
        let hub = MemoryHub::new(takeover);
        let id = PlayerId::trusted("ana");
        assert_eq!(hub.claim(&id, first), Claimed::Granted { fence: 1 });
        let expected = if granted {
            Claimed::Granted { fence: 2 }
        } else {
            Claimed::InUse
        };
        assert_eq!(hub.claim(&id, second), expected);
    }

    #[test]
    fn who_may_take_over() {
        let account = Proof {
            owner: Owner::Account("u".into()),
            ..guest("", 1)
        };
        check(GuestTakeover::Secret, &guest("a", 1), &guest("a", 2), true);
        check(GuestTakeover::Secret, &guest("a", 1), &guest("b", 1), false);
        check(GuestTakeover::Address, &guest("a", 1), &guest("b", 1), true);
        check(
            GuestTakeover::Address,
            &guest("a", 1),
            &guest("b", 2),
            false,
        );
        check(GuestTakeover::Open, &guest("a", 1), &guest("b", 2), true);
        check(GuestTakeover::Secret, &account, &account, true);
        check(GuestTakeover::Open, &account, &guest("a", 1), false);
        check(GuestTakeover::Secret, &guest("a", 1), &account, true);
    }

    #[test]
    fn only_the_current_fence_releases() {
        let hub = MemoryHub::new(GuestTakeover::Secret);
        let id = PlayerId::trusted("ana");
        hub.claim(&id, &guest("a", 1));
        hub.claim(&id, &guest("a", 1));
        hub.release(&id, 1);
        assert_eq!(hub.claim(&id, &guest("b", 1)), Claimed::InUse);
        hub.release(&id, 2);
        assert_eq!(
            hub.claim(&id, &guest("b", 1)),
            Claimed::Granted { fence: 3 }
        );
    }
}
