//! The nodes' common state, as Redis has it at one moment.

use std::collections::{HashMap, HashSet};

use super::connection::ScriptReply;
use super::envelope::{self, ReceivedNotice};
use super::error::RedisLinkError;
use super::keys::ClaimantDigest;
use super::moves::PROTOCOL;
use super::owners::{HolderRecord, Settled};
use crate::NodeDescriptor;
use contract::{ChatMessage, PlayerId};

/// One consistent snapshot of the common state.
#[derive(Debug)]
pub(super) struct RedisSnapshot {
    pub(super) epoch: String,
    pub(super) offset: u64,
    pub(super) records: Vec<HolderRecord>,
    players: HashMap<String, String>,
    pub(super) chat: Vec<ChatMessage>,
    notices: Vec<String>,
    /// Nodes that live and have asserted whom they hold.
    pub(super) ready: HashSet<String>,
    /// Nodes that tell their moves themselves.
    pub(super) straight: HashSet<String>,
}

impl RedisSnapshot {
    /// Reads what `snapshot.lua` and then `nodes.lua` answered.
    pub(super) fn read(
        mut answer: ScriptReply,
        nodes: ScriptReply,
    ) -> Result<Self, RedisLinkError> {
        let epoch = answer.take()?;
        let offset = answer.take()?;
        let own: Vec<(String, String)> = answer.take()?;
        let records = own
            .into_iter()
            .filter_map(|(id, text)| record(&id, &text))
            .collect();
        let players: Vec<(String, String)> = answer.take()?;
        let chat: Vec<String> = answer.take()?;
        Ok(Self {
            epoch,
            offset,
            records,
            players: players.into_iter().collect(),
            chat: chat
                .iter()
                .filter_map(|json| serde_json::from_str(json).ok())
                .collect(),
            notices: answer.take()?,
            ready: answer.take::<Vec<String>>()?.into_iter().collect(),
            straight: straight_nodes(&nodes.take_all()?),
        })
    }

    /// The players that other nodes hold, each with its fence.
    pub(super) fn present(&self, settled: &Settled) -> Vec<(contract::Player, u64)> {
        self.records
            .iter()
            .filter(|record| settled.present.contains(&record.id))
            .filter_map(|record| {
                let json = self.players.get(record.id.as_str())?;
                Some((envelope::player(json).ok()?, record.fence))
            })
            .collect()
    }

    /// Players whose nodes tell their moves themselves.
    pub(super) fn moving(&self) -> HashSet<PlayerId> {
        let records = self.records.iter();
        let moving = records.filter(|record| self.straight.contains(&record.node));
        moving.map(|record| record.id.clone()).collect()
    }

    /// What Redis keeps for nodes that missed it, oldest first.
    pub(super) fn notices(&self) -> impl Iterator<Item = ReceivedNotice> {
        self.notices.iter().filter_map(|text| {
            let (_offset, notice) = text.split_once(' ')?;
            envelope::received(notice)
        })
    }
}

/// Of an answer of `nodes.lua`, those that tell their moves themselves.
fn straight_nodes(nodes: &[String]) -> HashSet<String> {
    let descriptors = nodes.chunks_exact(3).filter_map(|node| {
        let descriptor: NodeDescriptor = serde_json::from_str(&node[1]).ok()?;
        Some((descriptor.id, descriptor.protocol))
    });
    let straight = descriptors.filter(|(_, protocol)| *protocol >= PROTOCOL);
    straight.map(|(id, _)| id).collect()
}

/// A value of the hash `own`.
fn record(id: &str, text: &str) -> Option<HolderRecord> {
    let mut words = text.split(' ');
    Some(HolderRecord {
        id: PlayerId::trusted(id),
        fence: words.next()?.parse().ok()?,
        node: words.next()?.to_owned(),
        claimant: ClaimantDigest {
            owner: words.next()?.to_owned(),
            address: words.next()?.to_owned(),
        },
        claim: words.next()?.parse().ok()?,
    })
}
