//! What is serialised once and kept until it changes.

use std::sync::Arc;

use contract::{Player, SharedJson};

/// Access to a record's cached JSON while the player is borrowed.
#[derive(Debug)]
pub(super) struct JsonSlot<'a>(&'a mut Option<SharedJson>);

impl<'a> JsonSlot<'a> {
    pub(super) fn of(kept: &'a mut Option<SharedJson>) -> Self {
        Self(kept)
    }

    pub(super) fn get(&mut self, player: &Player) -> SharedJson {
        self.0.get_or_insert_with(|| to_json(player)).clone()
    }
}

/// Serialises a value of the contract.
#[expect(
    clippy::expect_used,
    reason = "contract types hold only string keys and finite numbers, which always serialise"
)]
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> SharedJson {
    Arc::from(serde_json::value::to_raw_value(value).expect("contract types serialise"))
}
