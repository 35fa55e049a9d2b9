//! What reaches a node: answers to its own commands, and what other nodes did.

use super::super::store::{ModelCommand, ModelEvent, ModelReply, Own, What, claimant};
use super::{ModelNode, NodeInput, Shown, player};
use crate::Claimed;
use crate::redis::envelope::Holding;
use crate::redis::order::OrderCheck;
use crate::redis::owners::{Held, HolderVerdict};
use contract::{Metadata, Player, Position};

impl ModelNode {
    pub(in crate::redis::model) fn deliver(&mut self) {
        match self.inbox.pop_front() {
            Some(NodeInput::Event(event)) => self.deliver_event(event),
            Some(NodeInput::Reply(answer)) => self.deliver_reply(answer),
            None => {}
        }
    }

    fn deliver_reply(&mut self, answer: ModelReply) {
        match answer {
            ModelReply::Granted {
                token,
                owner,
                fence,
            } => match self
                .owners
                .granted(token, &player(), claimant(&owner), fence)
            {
                HolderVerdict::Apply => {
                    self.answered(token);
                    self.claimed(Claimed::Granted { fence }, token);
                }
                HolderVerdict::Orphan => self.send(ModelCommand::Release(Held::Fence(fence))),
                HolderVerdict::Refence(_) | HolderVerdict::Ignore => {}
            },
            ModelReply::InUse { token } => {
                self.owners.refused(token);
                self.answered(token);
            }
            ModelReply::Refreshed => self.published.publish_again(&player()),
            ModelReply::Refused | ModelReply::Done => {}
        }
    }

    fn answered(&mut self, token: u64) {
        self.claimants.retain(|(waiting, ..)| *waiting != token);
    }

    fn deliver_event(&mut self, event: ModelEvent) {
        match self.order.take(&event.epoch.to_string(), event.offset) {
            OrderCheck::Apply => {}
            OrderCheck::Skip => return,
            OrderCheck::Gap => {
                self.gap = true;
                return;
            }
        }
        let asserts = matches!(event.what, What::Returned(_));
        match event.what {
            What::Joined(own) | What::Returned(own) => {
                let holding = Holding {
                    fence: own.fence,
                    owner: own.owner.clone(),
                    address: "x".to_owned(),
                    claim: own.claim,
                    player: Player {
                        id: player(),
                        name: String::new(),
                        position: Position::default(),
                        animation: String::new(),
                        metadata: Metadata::new(),
                    },
                };
                match self.owners.joined(&event.node, &holding) {
                    // Whoever is only said again is known under this fence.
                    HolderVerdict::Apply if self.shown == Shown::Remote(own.fence) => {
                        self.come_in(&event.node, &own, asserts);
                    }
                    HolderVerdict::Apply => {
                        self.show(&own);
                        self.come_in(&event.node, &own, asserts);
                    }
                    HolderVerdict::Refence(from) => {
                        self.refence(from, holding.fence);
                        self.come_in(&event.node, &own, asserts);
                    }
                    HolderVerdict::Orphan => {
                        self.send(ModelCommand::Release(Held::Fence(holding.fence)));
                    }
                    HolderVerdict::Ignore => {}
                }
            }
            What::Left { fence } => {
                self.early.forget(&player(), fence);
                let applies = self.owners.left(&player(), fence) == HolderVerdict::Apply;
                if applies && matches!(self.shown, Shown::Remote(shown) if shown <= fence) {
                    self.announce_left();
                }
            }
        }
    }

    /// A node says where its player stands, and what it did since may have come before that.
    fn come_in(&mut self, node: &str, own: &Own, asserts: bool) {
        if self.shown == Shown::Remote(own.fence) {
            self.place = own.place;
        }
        match asserts {
            // What was heard before may be older or newer than that.
            true => self.owe_everything(node),
            false => self.follow_early(node, own.fence),
        }
    }
}
