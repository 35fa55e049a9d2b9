//! The merging rules of the contract: an update changes only what it carries.

use serde_json::Value;
use serde_json::map::Entry;

use super::change::ChangedFields;
use contract::payload::{PlayerPatch, PositionPatch};
use contract::player::{APPEARANCE, DEFAULT_ANIMATION};
use contract::{Metadata, PayloadLimits, Player, PlayerId, Position, text};

/// The metadata would be larger or deeper than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the metadata is too large")]
pub struct DetailsTooLarge;

/// A player fresh from a join: defaults where the patch says nothing.
///
/// # Errors
/// [`DetailsTooLarge`].
pub fn new_player(
    id: PlayerId,
    patch: PlayerPatch,
    limits: &PayloadLimits,
) -> Result<Player, DetailsTooLarge> {
    let name = text::clean(&format!("Player {id}"), limits.name_chars);
    let mut player = Player {
        id,
        name,
        position: Position::default(),
        animation: DEFAULT_ANIMATION.to_owned(),
        metadata: Metadata::new(),
    };
    apply(&mut player, patch, limits, &mut ChangedFields::default())?;
    Ok(player)
}

/// Applies a patch and notes what it changed. An update that repeats what is already there still
/// counts as a change of the fields it carries, so that peers hear of every update.
pub(super) fn apply(
    player: &mut Player,
    patch: PlayerPatch,
    limits: &PayloadLimits,
    change: &mut ChangedFields,
) -> Result<(), DetailsTooLarge> {
    let PlayerPatch {
        name,
        position,
        animation,
        metadata,
    } = patch;
    let carried = ChangedFields {
        full: false,
        position: position != PositionPatch::default(),
        animation: animation.is_some(),
        name: name.is_some(),
        metadata: metadata.iter().flat_map(Metadata::keys).cloned().collect(),
    };
    let mut changed = ChangedFields::default();
    // The only step that can fail comes first: a refused update changes nothing.
    if let Some(metadata) = metadata {
        changed.metadata = merge_metadata(&mut player.metadata, metadata, limits)?;
    }
    let moved = Position {
        x: position.x.unwrap_or(player.position.x),
        y: position.y.unwrap_or(player.position.y),
        z: position.z.unwrap_or(player.position.z),
    };
    changed.position = replace(&mut player.position, Some(moved));
    changed.animation = replace(&mut player.animation, animation);
    changed.name = replace(&mut player.name, name);

    let mut changed = if changed.is_empty() { carried } else { changed };
    change.position |= changed.position;
    change.animation |= changed.animation;
    change.name |= changed.name;
    change.metadata.append(&mut changed.metadata);
    Ok(())
}

fn replace<T: PartialEq>(slot: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) if *slot != value => {
            *slot = value;
            true
        }
        _ => false,
    }
}

/// Merges `new` into `current` key by key, `appearance` key by key inside it, and returns the keys
/// whose value changed.
fn merge_metadata(
    current: &mut Metadata,
    new: Metadata,
    limits: &PayloadLimits,
) -> Result<std::collections::BTreeSet<String>, DetailsTooLarge> {
    let mut merged = current.clone();
    let mut changed = std::collections::BTreeSet::new();
    for (key, value) in new {
        let differs = match (merged.entry(key.as_str()), value) {
            (Entry::Occupied(mut old), Value::Object(layers))
                if key == APPEARANCE && old.get().is_object() =>
            {
                merge_layers(old.get_mut(), layers)
            }
            (Entry::Occupied(mut old), value) => {
                let differs = *old.get() != value;
                old.insert(value);
                differs
            }
            (Entry::Vacant(slot), value) => {
                slot.insert(value);
                true
            }
        };
        if differs {
            changed.insert(key);
        }
    }
    if !fits(&merged, limits) {
        return Err(DetailsTooLarge);
    }
    *current = merged;
    Ok(changed)
}

fn merge_layers(appearance: &mut Value, layers: Metadata) -> bool {
    let Value::Object(appearance) = appearance else {
        return false;
    };
    let mut differs = false;
    for (layer, value) in layers {
        differs |= appearance.get(&layer) != Some(&value);
        appearance.insert(layer, value);
    }
    differs
}

fn fits(metadata: &Metadata, limits: &PayloadLimits) -> bool {
    let bytes = serde_json::to_vec(metadata).map_or(usize::MAX, |json| json.len());
    bytes <= limits.metadata_bytes
        && metadata
            .values()
            .all(|value| is_shallow(value, limits.metadata_depth.saturating_sub(1)))
}

fn is_shallow(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => depth > 0 && items.iter().all(|item| is_shallow(item, depth - 1)),
        Value::Object(items) => depth > 0 && items.values().all(|item| is_shallow(item, depth - 1)),
        _ => true,
    }
}
