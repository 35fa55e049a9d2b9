//! What a bot says about its player: who it is, and where.

use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Join<'a> {
    pub(super) player_id: &'a str,
    pub(super) name: &'a str,
    pub(super) position: SentPosition,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) animation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) metadata: Option<SentMetadata>,
}

#[derive(Serialize)]
pub(super) struct Update {
    pub(super) position: SentPosition,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) animation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) metadata: Option<SentMetadata>,
}

#[derive(Serialize)]
pub(super) struct SentMetadata {
    /// Only at the join: it says of itself that it is a machine, for pages that list people first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bot: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heading: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct ChatLine<'a> {
    pub(super) content: &'a str,
}

#[derive(Serialize)]
pub(super) struct SentPosition {
    x: f64,
    y: f64,
    z: f64,
}

impl From<[f64; 2]> for SentPosition {
    /// On the ground, whatever its height there.
    fn from([x, z]: [f64; 2]) -> Self {
        Self { x, y: 0.0, z }
    }
}
