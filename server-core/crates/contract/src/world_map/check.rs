//! What is wrong with a map, before anybody walks on it.

use std::cmp::Ordering;

use thiserror::Error;

use super::{MOST_TILES, Spot, Terrain, Thing, WorldMap};
use crate::world_map::Ground;

/// Most spawns, things and areas of a map, each.
const MOST_PARTS: usize = 4096;

/// Why a map is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the sentences say it")]
pub enum MapFault {
    #[error("The map cannot be read: {0}.")]
    Unreadable(String),
    #[error("The map needs an id.")]
    NoId,
    #[error("A side of the map must have 1 to {MOST_TILES} tiles; it has {columns} x {rows}.")]
    Size { columns: i32, rows: i32 },
    #[error("The ground must have {expected} rows between north and south; it has {rows}.")]
    Rows { rows: usize, expected: i32 },
    #[error("Row {row} of the ground must have {expected} letters; it has {letters}.")]
    Row {
        row: usize,
        letters: usize,
        expected: i32,
    },
    #[error(
        "Row {row} of the ground uses the letter \u{201c}{letter}\u{201d}, which the legend does not explain."
    )]
    Letter { row: usize, letter: char },
    #[error("The map has more than {MOST_PARTS} spawns, things or areas.")]
    TooMuch,
    #[error("The map needs a spawn.")]
    NoSpawn,
    #[error("Nobody can stand on the spawn at {x}/{z}.")]
    Spawn { x: String, z: String },
    #[error("From the first spawn nobody walks to the spawn at {x}/{z}.")]
    Unreached { x: String, z: String },
    #[error("The {kind} at {x}/{z} must stand {place}.")]
    Thing {
        kind: String,
        x: String,
        z: String,
        place: &'static str,
    },
    #[error("The size of the {kind} at {x}/{z} must lie between 0.1 and 10.")]
    ThingSize { kind: String, x: String, z: String },
    #[error(
        "The area \u{201c}{0}\u{201d} must have its west before its east and its north before its south."
    )]
    Area(String),
}

pub(super) fn check(map: &WorldMap) -> Result<(), MapFault> {
    if map.id.trim().is_empty() {
        return Err(MapFault::NoId);
    }
    let parts = [map.spawns.len(), map.things.len(), map.areas.len()];
    if parts.iter().any(|count| *count > MOST_PARTS) {
        return Err(MapFault::TooMuch);
    }
    ground(map)?;
    let terrain = Terrain::new(map);
    spawns(map, &terrain)?;
    for thing in &map.things {
        stands(thing, &terrain)?;
    }
    let is_upside_down = |west: f64, east: f64| west.partial_cmp(&east).is_none_or(Ordering::is_gt);
    for area in &map.areas {
        if is_upside_down(area.west, area.east) || is_upside_down(area.north, area.south) {
            return Err(MapFault::Area(area.name.clone()));
        }
    }
    Ok(())
}

fn ground(map: &WorldMap) -> Result<(), MapFault> {
    let across = |first: i16, last: i16| i32::from(last) - i32::from(first) + 1;
    let columns = across(map.bounds.west, map.bounds.east);
    let rows = across(map.bounds.north, map.bounds.south);
    let most = i32::from(MOST_TILES);
    if !(1..=most).contains(&columns) || !(1..=most).contains(&rows) {
        return Err(MapFault::Size { columns, rows });
    }
    let drawn = &map.ground.rows;
    let are = |count: usize, expected: i32| i32::try_from(count).is_ok_and(|it| it == expected);
    if !are(drawn.len(), rows) {
        return Err(MapFault::Rows {
            rows: drawn.len(),
            expected: rows,
        });
    }
    for (row, text) in (1..).zip(drawn) {
        let letters = text.chars().count();
        if !are(letters, columns) {
            return Err(MapFault::Row {
                row,
                letters,
                expected: columns,
            });
        }
        let unknown = text.chars().find(|it| !map.ground.legend.contains_key(it));
        if let Some(letter) = unknown {
            return Err(MapFault::Letter { row, letter });
        }
    }
    Ok(())
}

fn spawns(map: &WorldMap, terrain: &Terrain) -> Result<(), MapFault> {
    let spot = |index: usize| {
        let spawn = map.spawns.get(index)?;
        Some(Spot {
            x: spawn.x,
            z: spawn.z,
        })
    };
    let first = spot(0).ok_or(MapFault::NoSpawn)?;
    let words = |it: Spot| (it.x.to_string(), it.z.to_string());
    let mut reached = Vec::new();
    for index in 0..map.spawns.len() {
        let Some(here) = spot(index) else { break };
        let (x, z) = words(here);
        if !terrain.can_stand(here) {
            return Err(MapFault::Spawn { x, z });
        }
        if index == 0 {
            reached = terrain.reached_from(first);
        } else if !reached
            .iter()
            .any(|it| it.distance(here) < 1.0 && terrain.is_clear(*it, here))
        {
            return Err(MapFault::Unreached { x, z });
        }
    }
    Ok(())
}

fn stands(thing: &Thing, terrain: &Terrain) -> Result<(), MapFault> {
    let kind = || format!("{:?}", thing.kind).to_lowercase();
    let (x, z) = (thing.x.to_string(), thing.z.to_string());
    if !(0.1..=10.0).contains(&thing.size) {
        return Err(MapFault::ThingSize { kind: kind(), x, z });
    }
    let spot = Spot {
        x: thing.x,
        z: thing.z,
    };
    let is_at_sea = terrain.tile_under(spot).ground == Ground::Water;
    if is_at_sea == thing.kind.floats() {
        return Ok(());
    }
    let place = match thing.kind.floats() {
        true => "in the water",
        false => "on land, inside the map",
    };
    Err(MapFault::Thing {
        kind: kind(),
        x,
        z,
        place,
    })
}
