//! Redis, for one player: what the scripts do, as values.

use crate::redis::keys::ClaimantDigest;
use crate::redis::owners::{Held, HolderRecord, Unconfirmed};
use contract::PlayerId;

/// Who owns the player.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Own {
    pub(super) fence: u64,
    pub(super) node: String,
    pub(super) owner: String,
    pub(super) claim: u64,
    /// Where the player stood when its node said last that it holds it.
    pub(super) place: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Store {
    pub(super) epoch: u8,
    pub(super) offset: u64,
    last_fence: u64,
    own: Option<Own>,
    /// Each node that has a lease, with its session.
    leases: Vec<(String, u8)>,
}

/// What a node asks for, on behalf of one of its sessions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum ModelCommand {
    /// `late`: its node waits no longer and has decided alone.
    Claim {
        token: u64,
        owner: String,
        late: bool,
    },
    Release(Held),
    /// A repeated join of the player, who stands here now.
    Refresh {
        fence: u64,
        place: u8,
    },
}

/// What all nodes hear.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ModelEvent {
    pub(super) epoch: u8,
    pub(super) offset: u64,
    pub(super) node: String,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum What {
    Joined(Own),
    /// A node asserts that it holds the player.
    Returned(Own),
    Left {
        fence: u64,
    },
}

/// What the asking node hears.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum ModelReply {
    Granted {
        token: u64,
        owner: String,
        fence: u64,
    },
    InUse {
        token: u64,
    },
    /// A refresh was looked at.
    Refreshed,
    /// The session is over.
    Refused,
    Done,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            epoch: 1,
            offset: 0,
            last_fence: 0,
            own: None,
            leases: ["a", "b", "watching"].map(|id| (id.to_owned(), 0)).into(),
        }
    }
}

impl Store {
    pub(super) fn fence(&self) -> Option<u64> {
        self.own.as_ref().map(|own| own.fence)
    }

    pub(super) fn own(&self) -> Option<&Own> {
        self.own.as_ref()
    }

    pub(super) fn knows(&self, node: &str) -> bool {
        self.leases.iter().any(|(it, _)| it == node)
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = &str> {
        self.leases.iter().map(|(id, _)| id.as_str())
    }

    pub(super) fn is_session(&self, node: &str, session: u8) -> bool {
        self.leases.contains(&(node.to_owned(), session))
    }

    pub(super) fn hello(&mut self, node: &str, session: u8) {
        self.leases.retain(|(it, _)| it != node);
        self.leases.push((node.to_owned(), session));
        self.leases.sort();
    }

    pub(super) fn execute(
        &mut self,
        node: &str,
        session: u8,
        command: ModelCommand,
        now: u64,
    ) -> (ModelReply, Vec<ModelEvent>) {
        if !self.is_session(node, session) {
            return (ModelReply::Refused, Vec::new());
        }
        match command {
            ModelCommand::Claim { late: true, .. } => (ModelReply::Refused, Vec::new()),
            ModelCommand::Claim { token, owner, .. } => {
                let holder = self.own.as_ref().filter(|own| self.knows(&own.node));
                if holder.is_some_and(|own| own.owner != owner) {
                    return (ModelReply::InUse { token }, Vec::new());
                }
                let fence = self.next_fence(now);
                let own = Own {
                    fence,
                    node: node.to_owned(),
                    owner: owner.clone(),
                    claim: token,
                    place: 0,
                };
                self.own = Some(own.clone());
                let what = What::Joined(own);
                let answer = ModelReply::Granted {
                    token,
                    owner,
                    fence,
                };
                (answer, vec![self.publish(node, what)])
            }
            ModelCommand::Refresh { fence, place } => {
                let events = match self.mirror(node, fence, place) {
                    true => self.own.clone().map(What::Joined),
                    false => None,
                };
                let events = events.map(|what| self.publish(node, what));
                (ModelReply::Refreshed, events.into_iter().collect())
            }
            ModelCommand::Release(held) => {
                let ours = |own: &mut Own| {
                    own.node == node
                        && match held {
                            Held::Claim(claim) => own.claim <= claim,
                            Held::Fence(fence) => own.fence == fence,
                        }
                };
                let events = match self.own.take_if(ours) {
                    Some(own) => vec![self.publish(node, What::Left { fence: own.fence })],
                    None => Vec::new(),
                };
                (ModelReply::Done, events)
            }
        }
    }

    /// Whether the player is this node's, under this very fence.
    pub(super) fn mirror(&mut self, node: &str, fence: u64, place: u8) -> bool {
        let ours = |own: &&mut Own| own.node == node && own.fence == fence;
        let own = self.own.as_mut().filter(ours);
        own.map(|own| own.place = place).is_some()
    }

    /// `None` as the first value: it is another's now.
    pub(super) fn assert_held(
        &mut self,
        node: &str,
        held: &Unconfirmed,
        place: u8,
        now: u64,
    ) -> (Option<u64>, Vec<ModelEvent>) {
        let (fence, owner) = (held.fence, held.claimant.owner.as_str());
        let mut granted = fence;
        let mut known = false;
        if let Some(own) = self.own.clone() {
            if own.node == node {
                let is_same = own.claim == held.claim;
                granted = own.fence;
                if !is_same {
                    granted = granted.max(fence);
                }
                known = granted == own.fence && is_same && own.place == place;
            } else if !self.knows(&own.node) {
                if fence <= own.fence {
                    granted = self.next_fence(now);
                }
            } else {
                let later = fence > own.fence;
                if !later || own.owner != owner {
                    return (None, Vec::new());
                }
            }
        }
        if known {
            return (Some(granted), Vec::new());
        }
        self.last_fence = self.last_fence.max(granted);
        let own = Own {
            fence: granted,
            node: node.to_owned(),
            owner: owner.to_owned(),
            claim: held.claim,
            place,
        };
        self.own = Some(own.clone());
        let event = self.publish(node, What::Returned(own));
        (Some(granted), vec![event])
    }

    pub(super) fn reap(&mut self, node: &str) -> Vec<ModelEvent> {
        self.leases.retain(|(it, _)| it != node);
        match self.own.take_if(|own| own.node == node) {
            Some(own) => vec![self.publish("reaper", What::Left { fence: own.fence })],
            None => Vec::new(),
        }
    }

    /// As killed and started again: fences go on because they follow the clock.
    pub(super) fn wipe(&mut self) {
        *self = Self {
            epoch: self.epoch + 1,
            last_fence: self.last_fence,
            leases: Vec::new(),
            ..Self::default()
        };
    }

    pub(super) fn records(&self) -> Vec<HolderRecord> {
        self.own
            .iter()
            .map(|own| HolderRecord {
                id: PlayerId::trusted("p"),
                fence: own.fence,
                node: own.node.clone(),
                claimant: claimant(&own.owner),
                claim: own.claim,
            })
            .collect()
    }

    fn next_fence(&mut self, now: u64) -> u64 {
        self.last_fence = now.max(self.last_fence + 1);
        self.last_fence
    }

    fn publish(&mut self, node: &str, what: What) -> ModelEvent {
        self.offset += 1;
        ModelEvent {
            epoch: self.epoch,
            offset: self.offset,
            node: node.to_owned(),
            what,
        }
    }
}

pub(super) fn claimant(owner: &str) -> ClaimantDigest {
    ClaimantDigest {
        owner: owner.to_owned(),
        address: "x".to_owned(),
    }
}
