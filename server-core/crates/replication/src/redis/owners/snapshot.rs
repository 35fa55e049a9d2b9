//! Taking a snapshot of the common state over: what is learned from it, and what has to be done.

use std::collections::HashSet;

use contract::PlayerId;

use super::{ClaimId, ClaimantDigest, HolderVerdict, Owners, Remote};

/// A holder as Redis has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::redis) struct HolderRecord {
    pub(in crate::redis) id: PlayerId,
    pub(in crate::redis) fence: u64,
    pub(in crate::redis) node: String,
    pub(in crate::redis) claimant: ClaimantDigest,
    pub(in crate::redis) claim: u64,
}

/// What a snapshot of the common state asks this node to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::redis) struct Settled {
    /// Held by other nodes: the replica shows them.
    pub(in crate::redis) present: HashSet<PlayerId>,
    /// Held by nobody, though their node may come back, or about to be taken over by somebody here:
    /// the replica keeps them for now.
    pub(in crate::redis) spared: HashSet<PlayerId>,
    /// Redis holds them for this node, but nobody here does.
    pub(in crate::redis) orphans: Vec<(PlayerId, u64)>,
    /// Known claims of other nodes that were known under the first fence; Redis says the second.
    pub(in crate::redis) refenced: Vec<(PlayerId, u64, u64)>,
    /// Held here under these fences, and given to whoever is in [`Self::present`] instead.
    pub(in crate::redis) yielded: Vec<(PlayerId, u64)>,
}

impl Owners {
    /// Takes a snapshot over. Players of nodes in `awaited` are spared when the snapshot lacks them.
    pub(in crate::redis) fn settle(
        &mut self,
        records: Vec<HolderRecord>,
        is_awaited: impl Fn(&str) -> bool,
    ) -> Settled {
        let mut settled = Settled::default();
        let mut known: HashSet<PlayerId> = HashSet::new();
        let mut before = std::mem::take(&mut self.remote);
        for record in records {
            self.note_fence(record.fence);
            known.insert(record.id.clone());
            if record.node == self.node {
                if self.is_claimed(&record.id) {
                    // Whoever is about to come in takes over; until then it is not ours to show.
                    if let Some(remote) = before.remove(&record.id) {
                        settled.spared.insert(record.id.clone());
                        self.remote.insert(record.id, remote);
                    }
                    continue;
                }
                if self.settle_own(&record.id, record.fence) == HolderVerdict::Orphan {
                    settled.orphans.push((record.id, record.fence));
                } else if !self.holds(&record.id, record.fence) {
                    self.doubt_one(&record.id);
                }
                continue;
            }
            if let Some(local) = self.local.get_mut(&record.id) {
                if local.fence > record.fence && !local.refused {
                    local.confirmed = false;
                    continue;
                }
                settled.yielded.push((record.id.clone(), local.fence));
                self.local.remove(&record.id);
            }
            settled.present.insert(record.id.clone());
            let claim = ClaimId {
                node: record.node,
                number: record.claim,
            };
            if let Some(known) = before.get(&record.id)
                && known.fence != record.fence
                && known.claim == claim
            {
                let refenced = (record.id.clone(), known.fence, record.fence);
                settled.refenced.push(refenced);
            }
            self.remote.insert(
                record.id,
                Remote {
                    fence: record.fence,
                    claimant: record.claimant,
                    claim,
                },
            );
        }
        for (id, remote) in before {
            if !known.contains(&id)
                && !self.local.contains_key(&id)
                && is_awaited(&remote.claim.node)
            {
                settled.spared.insert(id.clone());
                self.remote.insert(id, remote);
            }
        }
        for pending in self.claims.values_mut() {
            pending.is_overtaken = true;
        }
        for (id, local) in &mut self.local {
            if !known.contains(id) {
                local.confirmed = false;
            }
            // Free again, or ours: it may be said once more.
            local.refused = false;
        }
        settled
    }
}
