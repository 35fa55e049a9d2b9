//! What stands on a map, and the room it takes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing at its place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    /// What it is.
    pub kind: ThingKind,
    /// The middle of its foot.
    pub x: f64,
    /// The middle of its foot.
    pub z: f64,
    /// 1 is as large as it was drawn.
    #[serde(default = "whole")]
    pub size: f64,
    /// The colour of what can be coloured in it.
    #[serde(default)]
    pub tint: Tint,
}

fn whole() -> f64 {
    1.0
}

/// What can stand on a map.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum ThingKind {
    /// A compass rose, laid into the ground.
    Rose,
    House,
    Dome,
    Gate,
    Cypress,
    Stall,
    Tree,
    Lamp,
    Bench,
    Flowers,
    Lighthouse,
    Sailboat,
    Rowboat,
    Bollard,
}

/// A colour of the world's palette.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Tint {
    Red,
    Blue,
    #[default]
    Leaf,
    Mint,
    Blossom,
}

/// Ground that a thing takes, in tiles from the middle of its foot. All but `front` grow with its size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Footprint {
    /// How far to the right of the thing's middle its own middle lies.
    pub x: f64,
    /// Half of its width.
    pub half_width: f64,
    /// Its depth towards the back.
    pub back: f64,
    /// Its depth towards the viewer; people may stand close in front.
    pub front: f64,
}

const fn around(half_width: f64, back: f64, front: f64) -> Footprint {
    Footprint {
        x: 0.0,
        half_width,
        back,
        front,
    }
}

const fn pillar(x: f64) -> Footprint {
    Footprint {
        x,
        half_width: 0.32,
        back: 0.4,
        front: 0.1,
    }
}

impl ThingKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Rose,
        Self::House,
        Self::Dome,
        Self::Gate,
        Self::Cypress,
        Self::Stall,
        Self::Tree,
        Self::Lamp,
        Self::Bench,
        Self::Flowers,
        Self::Lighthouse,
        Self::Sailboat,
        Self::Rowboat,
        Self::Bollard,
    ];

    /// What of it is in the way; nothing of what floats or can be walked over.
    #[must_use]
    pub const fn footprints(self) -> &'static [Footprint] {
        match self {
            Self::Rose | Self::Sailboat | Self::Rowboat => &[],
            Self::House => const { &[around(1.2, 0.9, 0.05)] },
            Self::Dome => const { &[around(1.15, 0.9, 0.05)] },
            // One walks between its two pillars.
            Self::Gate => const { &[pillar(-1.2), pillar(1.2)] },
            Self::Cypress => const { &[around(0.22, 0.2, 0.12)] },
            Self::Stall => const { &[around(1.0, 0.45, 0.1)] },
            Self::Tree => const { &[around(0.2, 0.18, 0.1)] },
            Self::Lamp => const { &[around(0.12, 0.12, 0.08)] },
            Self::Bench => const { &[around(0.5, 0.2, 0.05)] },
            Self::Flowers => const { &[around(0.6, 0.22, 0.08)] },
            Self::Lighthouse => const { &[around(0.75, 0.6, 0.15)] },
            Self::Bollard => const { &[around(0.14, 0.12, 0.1)] },
        }
    }

    /// Whether it lies in the water, and everything else on land.
    #[must_use]
    pub const fn floats(self) -> bool {
        matches!(self, Self::Sailboat | Self::Rowboat)
    }
}
