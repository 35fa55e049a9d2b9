//! What a sprite says about itself: how its image is cut into frames, and whatever a client adds.

use serde_json::{Map, Value};

use super::generator::{FRAME_HEIGHT, FRAME_WIDTH, sheet_metadata};
use super::png::SheetImage;

/// Largest metadata, in bytes of JSON.
pub(super) const MAX_METADATA_BYTES: usize = 4096;
/// Deepest nesting of metadata.
const MAX_METADATA_DEPTH: usize = 16;

/// Why metadata is not taken. The texts are sentences for the person who sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// Over [`MAX_METADATA_BYTES`] or nested too deeply.
    #[error("The metadata is too large.")]
    TooLarge,
    /// A number of frames or a size that is no whole number from 1 on, or rows that are no names.
    #[error("The frame sizes and counts are whole numbers from 1 on, and rows is a list of names.")]
    NotAGrid,
    /// The frames reach over the image's edge.
    #[error("The frames do not fit into the image.")]
    OverTheEdge,
}

/// The metadata of an image that came without: a sheet of peg people when it has that form, else
/// one frame that stands on its lower edge.
#[must_use]
pub fn default_metadata(image: &SheetImage) -> Map<String, Value> {
    let peg_sheet = (FRAME_WIDTH * 4, FRAME_HEIGHT * 4);
    if (image.width, image.height) == peg_sheet {
        return sheet_metadata();
    }
    Map::from_iter([
        ("frameWidth".to_owned(), image.width.into()),
        ("frameHeight".to_owned(), image.height.into()),
        ("rows".to_owned(), vec!["down"].into()),
        ("framesPerRow".to_owned(), 1.into()),
        ("feetX".to_owned(), (image.width / 2).into()),
        ("feetY".to_owned(), image.height.into()),
    ])
}

/// `current` with every key of `change`; `null` takes a key away.
#[must_use]
pub(super) fn merge(
    mut current: Map<String, Value>,
    change: Map<String, Value>,
) -> Map<String, Value> {
    for (key, value) in change {
        if value.is_null() {
            current.remove(&key);
        } else {
            current.insert(key, value);
        }
    }
    current
}

/// Checks that metadata is small and that the frames it names lie inside an image.
///
/// # Errors
/// See [`MetadataError`].
pub(super) fn check(metadata: &Map<String, Value>, image: (u32, u32)) -> Result<(), MetadataError> {
    let size = serde_json::to_vec(metadata).map_or(usize::MAX, |bytes| bytes.len());
    if size > MAX_METADATA_BYTES || metadata.values().any(|v| depth(v) >= MAX_METADATA_DEPTH) {
        return Err(MetadataError::TooLarge);
    }
    let number = |key: &str, default: u64| match metadata.get(key) {
        None => Ok(default),
        Some(value) => value
            .as_u64()
            .filter(|n| *n > 0)
            .ok_or(MetadataError::NotAGrid),
    };
    let rows = match metadata.get("rows") {
        None => 1,
        Some(Value::Array(rows)) if !rows.is_empty() && rows.iter().all(Value::is_string) => {
            rows.len() as u64
        }
        Some(_) => return Err(MetadataError::NotAGrid),
    };
    let width = number("frameWidth", 1)?.saturating_mul(number("framesPerRow", 1)?);
    let height = number("frameHeight", 1)?.saturating_mul(rows);
    if width > u64::from(image.0) || height > u64::from(image.1) {
        return Err(MetadataError::OverTheEdge);
    }
    Ok(())
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(map) => map,
            _ => panic!("an object"),
        }
    }

    #[test]
    fn frames_must_fit_into_the_image() {
        let check_grid = |value: Value, expected| {
            assert_eq!(
                check(&object(value.clone()), (192, 320)),
                expected,
                "{value}"
            );
        };
        check_grid(json!({}), Ok(()));
        check_grid(Value::Object(sheet_metadata()), Ok(()));
        check_grid(
            json!({"frameWidth": 49, "framesPerRow": 4}),
            Err(MetadataError::OverTheEdge),
        );
        check_grid(
            json!({"frameHeight": 161, "rows": ["down", "up"]}),
            Err(MetadataError::OverTheEdge),
        );
        check_grid(
            json!({"frameWidth": u64::MAX, "framesPerRow": u64::MAX}),
            Err(MetadataError::OverTheEdge),
        );
        for bad in [json!(0), json!(-1), json!(1.5), json!("48"), json!([])] {
            check_grid(json!({ "frameWidth": bad }), Err(MetadataError::NotAGrid));
        }
        for bad in [json!([]), json!(4), json!([1]), json!("down")] {
            check_grid(json!({ "rows": bad }), Err(MetadataError::NotAGrid));
        }
    }

    #[test]
    fn large_and_deep_metadata_is_refused() {
        let long = object(json!({ "note": "a".repeat(MAX_METADATA_BYTES) }));
        assert_eq!(check(&long, (1, 1)), Err(MetadataError::TooLarge));
        let deep = (0..40).fold(json!(1), |inner, _| json!([inner]));
        let deep = object(json!({ "deep": deep }));
        assert_eq!(check(&deep, (1, 1)), Err(MetadataError::TooLarge));
    }

    #[test]
    fn merging_keeps_what_a_change_does_not_name() {
        let merged = merge(
            object(json!({"frameWidth": 48, "note": "old"})),
            object(json!({"note": null, "framesPerSecond": 12})),
        );
        assert_eq!(
            Value::Object(merged),
            json!({"frameWidth": 48, "framesPerSecond": 12})
        );
    }
}
