//! Maps as values: what a world's ground is, what stands on it, and where newcomers come in.
//!
//! A map is one JSON file in `maps/`; a second one is another file and a line in [`MAPS`]. Pages get the
//! same values as TypeScript, bots walk on [`Terrain`]. What is drawn, and how, is the pages' own.
//! World units are tiles: x to the right, z towards the viewer, y up; the tile in column 2 and row 3
//! reaches from 1.5 to 2.5 and from 2.5 to 3.5.

mod check;
mod terrain;
mod thing;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use check::MapFault;
#[cfg(test)]
#[cfg(test)]
pub(crate) use terrain::STEP_BLEND;
pub use terrain::{BODY_HALF_WIDTH, STEP_HEIGHT, Spot, Terrain};
pub use thing::{Footprint, Thing, ThingKind, Tint};

/// Every built-in map as JSON; the first is the one where newcomers begin.
pub const MAPS: &[&str] = &[include_str!("maps/harbour.json")];

/// Most tiles on either side of a map.
pub const MOST_TILES: u16 = 256;

/// A map: everything that has to be known to draw it and to walk on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorldMap {
    /// What `metadata.mapId` says of a player who walks here.
    pub id: String,
    /// Its outermost tiles. Beyond them lies the open sea.
    pub bounds: MapBounds,
    /// Where newcomers stand; the first is where a world without people is looked at.
    pub spawns: Vec<Spawn>,
    /// What one walks on.
    pub ground: MapGround,
    /// What stands there. Of two in the same row the later one is in front.
    pub things: Vec<Thing>,
    /// Names for its corners: the first that holds a spot names it.
    pub areas: Vec<MapArea>,
    /// The light it is in unless the world says otherwise.
    pub mood: Mood,
}

/// Outermost tiles, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapBounds {
    /// Lowest column.
    pub west: i16,
    /// Highest column.
    pub east: i16,
    /// Lowest row.
    pub north: i16,
    /// Highest row.
    pub south: i16,
}

/// A round place where newcomers stand.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spawn {
    /// Its middle, where one can always stand.
    pub x: f64,
    /// Its middle, where one can always stand.
    pub z: f64,
    /// How far from it, in tiles.
    pub radius: f64,
}

/// The ground, drawn as text: a letter is a tile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapGround {
    /// What each letter stands for.
    pub legend: BTreeMap<char, Tile>,
    /// From the north to the south, each from the west to the east.
    pub rows: Vec<String>,
}

/// One tile of the ground.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    /// What it is made of.
    pub ground: Ground,
    /// Where its top lies, in tiles above the height 0.
    pub height: f64,
}

/// What the ground is made of. Nobody walks on water.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Ground {
    Water,
    Grass,
    Sand,
    Stone,
    Deck,
}

/// A corner of a map that has a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapArea {
    /// A word that pages translate, such as `plaza`; one they do not know is shown as it is.
    pub name: String,
    /// Its edges in world units, inclusive.
    pub west: f64,
    /// Its edges in world units, inclusive.
    pub east: f64,
    /// Its edges in world units, inclusive.
    pub north: f64,
    /// Its edges in world units, inclusive.
    pub south: f64,
    /// An ellipse that touches the four edges, instead of the whole rectangle.
    #[serde(default)]
    pub round: bool,
    /// Where its name stands on a map; absent for what is everywhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Spot>,
}

/// The light a world is in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Mood {
    #[default]
    Day,
    Dusk,
    Night,
}

impl Mood {
    /// From the brightest on.
    pub const ALL: [Self; 3] = [Self::Day, Self::Dusk, Self::Night];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Dusk => "dusk",
            Self::Night => "night",
        }
    }
}

impl WorldMap {
    /// Reads a map and looks at everything in it.
    ///
    /// # Errors
    /// A sentence about the first thing that is wrong, and where it is.
    pub fn from_json(json: &str) -> Result<Self, MapFault> {
        let map: Self =
            serde_json::from_str(json).map_err(|error| MapFault::Unreadable(error.to_string()))?;
        check::check(&map)?;
        Ok(map)
    }

    /// The built-in map where newcomers begin.
    #[must_use]
    pub fn harbour() -> Self {
        Self::from_json(MAPS[0]).unwrap_or_else(|fault| unreachable!("a built-in map: {fault}"))
    }
}

#[cfg(test)]
mod tests;
