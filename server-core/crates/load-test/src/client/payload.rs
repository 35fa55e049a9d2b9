//! What a bot says about its player: who it is, and where.

use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Join<'a> {
    pub(super) player_id: &'a str,
    pub(super) position: SentPosition,
}

#[derive(Serialize)]
pub(super) struct Update {
    pub(super) position: SentPosition,
}

#[derive(Serialize)]
pub(super) struct Say<'a> {
    pub(super) content: &'a str,
}

#[derive(Serialize)]
pub(super) struct SentPosition {
    x: f64,
    y: f64,
    z: f64,
}

impl From<[f64; 3]> for SentPosition {
    fn from([x, y, z]: [f64; 3]) -> Self {
        Self { x, y, z }
    }
}
