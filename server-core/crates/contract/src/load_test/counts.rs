//! What a load test counted over the whole run.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of the connections.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestConnections")]
pub struct Connections {
    /// Clients whose Socket.IO connection was accepted.
    pub connected: u64,
    /// Clients that could not connect.
    pub failed: u64,
    /// Clients that joined.
    pub joined: u64,
    /// Clients whose leave was acknowledged.
    pub left: u64,
    /// Connections that the run itself ended.
    pub disconnected: u64,
    /// Connections that ended while they were needed.
    pub lost: u64,
    /// Connections that the run dropped to see everybody come back.
    #[serde(default)]
    pub dropped: u64,
}

/// What happened to updates on their way, counted per receiver.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestDeliveries")]
pub struct DeliveryCounts {
    /// Updates that arrived.
    pub received: u64,
    /// Updates that a newer one of the same player replaced on the way.
    pub coalesced: u64,
    /// Updates that arrived again.
    pub duplicated: u64,
    /// Updates that arrived after a newer one.
    pub reordered: u64,
    /// Updates of a player the receiver did not know.
    pub stray: u64,
    /// `player:joined` that arrived.
    pub joined: u64,
    /// `player:joined` for a player that was already there.
    pub joined_doubled: u64,
    /// `player:left` that arrived.
    pub left: u64,
    /// `player:left` for a player that was not there.
    pub left_doubled: u64,
}

/// What had not arrived when it should have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestMissing")]
pub struct Missing {
    /// Receivers that do not know the newest state of a sender, summed over senders.
    pub last_states: u64,
    /// Updates that neither arrived nor were replaced by one that did.
    pub updates: u64,
    /// Players that a receiver never heard of.
    pub joined: u64,
    /// Players that left and that a receiver still believes to be there.
    pub left: u64,
}

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestErrorSample")]
pub struct ErrorSample {
    /// When, in seconds since the start of the run.
    pub at_s: f64,
    /// The client it happened to.
    pub client: u32,
    /// What it counts as: `connect`, `disconnected`, `protocol`, `no-answer`, `refused: <code>` or
    /// `terminated: <code>`.
    pub kind: String,
    /// What the server or the system said.
    pub message: String,
}

/// Errors of a run so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LoadTestErrors")]
pub struct Errors {
    /// All of them.
    pub total: u64,
    /// How many of each kind.
    pub by_kind: BTreeMap<String, u64>,
    /// The first ten.
    pub samples: Vec<ErrorSample>,
}

/// Samples kept. The rest is only counted: a failing server may fail a million times.
const SAMPLES: usize = 10;

impl Errors {
    /// Counts one more.
    pub fn push(&mut self, error: ErrorSample) {
        self.total += 1;
        match self.by_kind.get_mut(&error.kind) {
            Some(count) => *count += 1,
            None => drop(self.by_kind.insert(error.kind.clone(), 1)),
        }
        if self.samples.len() < SAMPLES {
            self.samples.push(error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_ten_are_kept() {
        let mut errors = Errors::default();
        for client in 0..25 {
            let kind = if client % 5 == 0 {
                "connect"
            } else {
                "protocol"
            };
            errors.push(ErrorSample {
                at_s: 0.0,
                client,
                kind: kind.to_owned(),
                message: String::new(),
            });
        }
        assert_eq!(errors.total, 25);
        assert_eq!(errors.by_kind["connect"], 5);
        assert_eq!(errors.by_kind["protocol"], 20);
        let kept: Vec<u32> = errors.samples.iter().map(|sample| sample.client).collect();
        assert_eq!(kept, (0..10).collect::<Vec<_>>());
    }
}
