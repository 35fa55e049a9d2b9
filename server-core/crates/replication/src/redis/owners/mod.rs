//! Who holds whom, as this node knows. Pure: time and answers come in as arguments.
//!
//! What this node holds is its own truth; Redis is the nodes' common truth. A player held here is
//! *confirmed* when Redis is known to agree. Everything else here brings the two together: claims
//! that were granted here alone are asserted later, what Redis keeps for nobody is released, and
//! where two nodes hold a player the higher fence stays.

mod moves;
mod snapshot;

use std::collections::BTreeMap;

use super::envelope::Holding;
use super::keys::ClaimantDigest;
use crate::Claimed;
use crate::GuestTakeover;
use crate::takeover::{TakeoverParty, may_take_over};
use contract::PlayerId;

pub(super) use moves::MoveCheck;
pub(super) use snapshot::{HolderRecord, Settled};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Local {
    fence: u64,
    /// The fence it had before Redis named another one; the world may still know it under that.
    was: u64,
    claimant: ClaimantDigest,
    /// The claim that made it ours.
    claim: u64,
    confirmed: bool,
    /// Redis says that it is another's. The next snapshot tells whose.
    refused: bool,
}

impl Local {
    fn new(fence: u64, claimant: ClaimantDigest, claim: u64, confirmed: bool) -> Self {
        Self {
            fence,
            was: fence,
            claimant,
            claim,
            confirmed,
            refused: false,
        }
    }
}

/// Names a claim among all nodes. Under another fence it is the same claim still, and nobody comes in
/// anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ClaimId {
    node: String,
    /// As the node numbers its claims.
    number: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Remote {
    fence: u64,
    claimant: ClaimantDigest,
    /// The claim that made it the holder.
    claim: ClaimId,
}

/// A claim whose answer is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct PendingClaim {
    id: PlayerId,
    /// A snapshot was taken since, which may know more than the answer: that somebody else took the
    /// player over and left. Its events are skipped then, so nobody would tell.
    is_overtaken: bool,
}

/// What an event about a holder means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HolderVerdict {
    /// The replica has to apply it.
    Apply,
    /// It is known, or older than what is known.
    Ignore,
    /// As [`Self::Apply`], but the holder is known, under this other fence so far.
    Refence(u64),
    /// Redis holds it for this node, but nobody here does.
    Orphan,
}

/// A player this node holds without Redis' confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unconfirmed {
    pub(super) id: PlayerId,
    pub(super) fence: u64,
    pub(super) claimant: ClaimantDigest,
    pub(super) claim: u64,
}

/// What it means to Redis that a player was given up here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GivenUp {
    /// Nothing: somebody who came later holds it here, under a fence of their own.
    Superseded,
    /// Redis has to forget it.
    Free(Held),
    /// The same; besides, somebody else may hold it whom this node did not show, because it
    /// believed to hold the player itself: a snapshot tells.
    Doubtful(Held),
}

/// What Redis may hold for this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Held {
    /// By a claim up to this number.
    Claim(u64),
    /// Under this very fence.
    Fence(u64),
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Owners {
    node: String,
    takeover: GuestTakeover,
    last_fence: u64,
    local: BTreeMap<PlayerId, Local>,
    remote: BTreeMap<PlayerId, Remote>,
    /// Claims that Redis has not answered; their envelopes may come before their answers.
    claims: BTreeMap<u64, PendingClaim>,
    next_claim: u64,
}

impl Owners {
    pub(super) fn new(node: String, takeover: GuestTakeover) -> Self {
        Self {
            node,
            takeover,
            last_fence: 0,
            local: BTreeMap::new(),
            remote: BTreeMap::new(),
            claims: BTreeMap::new(),
            next_claim: 0,
        }
    }

    /// How many players this node holds.
    pub(super) fn local_count(&self) -> usize {
        self.local.len()
    }

    /// A claim goes to Redis; the answer names the token.
    pub(super) fn begin_claim(&mut self, id: &PlayerId) -> u64 {
        let claim = self.next_claim();
        let pending = PendingClaim {
            id: id.clone(),
            is_overtaken: false,
        };
        self.claims.insert(claim, pending);
        claim
    }

    /// The number of the claim that was made last.
    #[cfg(test)]
    pub(super) fn last_claim(&self) -> u64 {
        self.next_claim
    }

    fn next_claim(&mut self) -> u64 {
        self.next_claim += 1;
        self.next_claim
    }

    /// Redis granted a claim: [`HolderVerdict::Apply`]. When nobody waits for it any more, Redis holds an
    /// [`HolderVerdict::Orphan`], or what was granted here alone has to be asserted.
    pub(super) fn granted(
        &mut self,
        token: u64,
        id: &PlayerId,
        claimant: ClaimantDigest,
        fence: u64,
    ) -> HolderVerdict {
        self.note_fence(fence);
        let Some(pending) = self.claims.remove(&token) else {
            let Some(local) = self.local.get_mut(id) else {
                return HolderVerdict::Orphan;
            };
            local.confirmed = false;
            return HolderVerdict::Ignore;
        };
        if self.remote.get(id).is_some_and(|it| it.fence > fence)
            || self.local.get(id).is_some_and(|it| it.fence > fence)
        {
            return HolderVerdict::Apply;
        }
        self.remote.remove(id);
        let local = Local::new(fence, claimant, token, !pending.is_overtaken);
        self.local.insert(id.clone(), local);
        HolderVerdict::Apply
    }

    /// A claim was refused.
    pub(super) fn refused(&mut self, token: u64) {
        self.claims.remove(&token);
    }

    /// Decides a claim without Redis, by what this node knows. `token` is that of a claim which
    /// was begun and got no answer. `now` is Redis' clock in microseconds, as well as it is known.
    pub(super) fn grant_alone(
        &mut self,
        token: Option<u64>,
        id: &PlayerId,
        claimant: &ClaimantDigest,
        now: u64,
    ) -> Claimed {
        let claim = token.unwrap_or_else(|| self.next_claim());
        self.claims.remove(&claim);
        let holder = self.local.get(id).map(|it| &it.claimant);
        let holder = holder.or_else(|| self.remote.get(id).map(|it| &it.claimant));
        if holder.is_some_and(|holder| !self.may_take_over(holder, claimant)) {
            return Claimed::InUse;
        }
        let fence = now.max(self.last_fence + 1);
        self.note_fence(fence);
        self.remote.remove(id);
        let local = Local::new(fence, claimant.clone(), claim, false);
        self.local.insert(id.clone(), local);
        Claimed::Granted { fence }
    }

    fn may_take_over(&self, holder: &ClaimantDigest, claimant: &ClaimantDigest) -> bool {
        fn party<'a>(
            claimant: &'a ClaimantDigest,
            other: &ClaimantDigest,
        ) -> TakeoverParty<'a, String> {
            TakeoverParty {
                owner: &claimant.owner,
                is_guest: claimant.is_guest(),
                same_address: claimant.address == other.address,
            }
        }
        may_take_over(
            self.takeover,
            &party(holder, claimant),
            &party(claimant, holder),
        )
    }

    /// A player was given up that the world held under `fence`.
    pub(super) fn released(&mut self, id: &PlayerId, fence: u64) -> GivenUp {
        let Some(local) = self.local.get(id) else {
            return GivenUp::Free(Held::Fence(fence));
        };
        if local.fence != fence && local.was != fence {
            return GivenUp::Superseded;
        }
        let held = Held::Claim(local.claim);
        let given_up = match local.confirmed {
            true => GivenUp::Free(held),
            false => GivenUp::Doubtful(held),
        };
        self.local.remove(id);
        given_up
    }

    /// Whether a player is held here under this very fence.
    pub(super) fn holds(&self, id: &PlayerId, fence: u64) -> bool {
        self.local.get(id).is_some_and(|it| it.fence == fence)
    }

    /// A node says that it holds a player.
    pub(super) fn joined(&mut self, node: &str, holding: &Holding) -> HolderVerdict {
        let id = &holding.player.id;
        self.note_fence(holding.fence);
        if node == self.node {
            return self.own_joined(holding);
        }
        if self
            .local
            .get(id)
            .is_some_and(|it| it.fence > holding.fence)
            || self
                .remote
                .get(id)
                .is_some_and(|it| it.fence > holding.fence)
        {
            return HolderVerdict::Ignore;
        }
        self.local.remove(id);
        let claimant = ClaimantDigest {
            owner: holding.owner.clone(),
            address: holding.address.clone(),
        };
        let claim = ClaimId {
            node: node.to_owned(),
            number: holding.claim,
        };
        let remote = Remote {
            fence: holding.fence,
            claimant,
            claim: claim.clone(),
        };
        match self.remote.insert(id.clone(), remote) {
            Some(known) if known.fence != holding.fence && known.claim == claim => {
                HolderVerdict::Refence(known.fence)
            }
            _ => HolderVerdict::Apply,
        }
    }

    fn own_joined(&mut self, holding: &Holding) -> HolderVerdict {
        let id = &holding.player.id;
        if self.claims.contains_key(&holding.claim) {
            return HolderVerdict::Ignore;
        }
        self.settle_own(id, holding.fence)
    }

    /// Redis holds a player for this node, under `fence`. Under a higher one than is known here,
    /// the two have to be compared.
    fn settle_own(&mut self, id: &PlayerId, fence: u64) -> HolderVerdict {
        let Some(local) = self.local.get_mut(id) else {
            return HolderVerdict::Orphan;
        };
        if local.fence <= fence {
            local.confirmed = local.fence == fence;
        }
        HolderVerdict::Ignore
    }

    /// Somebody left under `fence`, or was declared dead.
    pub(super) fn left(&mut self, id: &PlayerId, fence: u64) -> HolderVerdict {
        if let Some(local) = self.local.get_mut(id) {
            // Declared dead while alive: it stays, and is asserted again.
            if local.fence <= fence {
                local.confirmed = false;
            }
            return HolderVerdict::Ignore;
        }
        if self.remote.get(id).is_some_and(|it| it.fence > fence) {
            return HolderVerdict::Ignore;
        }
        self.remote.remove(id);
        HolderVerdict::Apply
    }

    /// The connection to Redis is a new one, or Redis lost what it knew: nothing is confirmed.
    pub(super) fn doubt(&mut self) {
        for local in self.local.values_mut() {
            local.confirmed = false;
            local.refused = false;
        }
    }

    /// Redis does not own this player for us any more.
    pub(super) fn doubt_one(&mut self, id: &PlayerId) {
        if let Some(local) = self.local.get_mut(id) {
            local.confirmed = false;
        }
    }

    /// What has to be asserted. Where a claim is under way, its outcome is what counts.
    pub(super) fn unconfirmed(&self) -> Vec<Unconfirmed> {
        self.local
            .iter()
            .filter(|(id, it)| !it.confirmed && !it.refused && !self.is_claimed(id))
            .map(|(id, it)| Unconfirmed {
                id: id.clone(),
                fence: it.fence,
                claimant: it.claimant.clone(),
                claim: it.claim,
            })
            .collect()
    }

    /// The answer to an assertion made under `sent`: the fence Redis holds it under, or `None` when
    /// it is another's. [`HolderVerdict::Apply`] then asks for a snapshot, which tells whose: until then the
    /// player stays, so that no leave is published where there is only another holder.
    pub(super) fn asserted(
        &mut self,
        id: &PlayerId,
        sent: u64,
        answer: Option<u64>,
    ) -> HolderVerdict {
        self.note_fence(answer.unwrap_or_default());
        // A newer claim from here is not what was answered.
        let Some(local) = self.local.get_mut(id).filter(|it| it.fence == sent) else {
            return HolderVerdict::Ignore;
        };
        let Some(fence) = answer else {
            local.refused = true;
            return HolderVerdict::Apply;
        };
        local.confirmed = true;
        if fence == sent {
            return HolderVerdict::Ignore;
        }
        local.fence = fence;
        local.was = sent;
        HolderVerdict::Refence(sent)
    }

    fn is_claimed(&self, id: &PlayerId) -> bool {
        self.claims.values().any(|pending| pending.id == *id)
    }

    fn note_fence(&mut self, fence: u64) {
        self.last_fence = self.last_fence.max(fence);
    }
}

#[cfg(test)]
mod tests;
