//! What a sprite says about itself: how its image divides into frames, and whatever a client adds.

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
    /// A side of the image is no multiple of its frames.
    #[error(
        "The image is {width} pixels wide and {height} high, which cannot be divided into \
         {across} by {down} whole frames. Cut it to fit, or change framesPerRow and rows."
    )]
    NotWhole {
        /// Of the image, in pixels.
        width: u32,
        /// Of the image, in pixels.
        height: u32,
        /// Frames in a row.
        across: u64,
        /// Rows.
        down: u64,
    },
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
    let across = number(metadata, "framesPerRow")?;
    let down = rows(metadata)?;
    let width = number(metadata, "frameWidth")?.saturating_mul(across);
    let height = number(metadata, "frameHeight")?.saturating_mul(down);
    if width > u64::from(image.0) || height > u64::from(image.1) {
        return Err(MetadataError::OverTheEdge);
    }
    Ok(())
}

/// As [`check`], and the image can be divided into whole frames. Sheets from before this was asked for
/// stay, so it is not asked of what a change leaves as it is.
///
/// # Errors
/// See [`MetadataError`].
pub(super) fn check_new(
    metadata: &Map<String, Value>,
    image: (u32, u32),
) -> Result<(), MetadataError> {
    let (across, down) = (number(metadata, "framesPerRow")?, rows(metadata)?);
    let (width, height) = image;
    let is_whole =
        u64::from(width).is_multiple_of(across) && u64::from(height).is_multiple_of(down);
    // Says more than that frames of the old size do not fit.
    if !is_whole {
        return Err(MetadataError::NotWhole {
            width,
            height,
            across,
            down,
        });
    }
    check(metadata, image)
}

/// Whether a change says anew into how many frames an image is divided.
pub(super) fn divides(change: &Map<String, Value>) -> bool {
    ["framesPerRow", "rows"]
        .iter()
        .any(|key| change.contains_key(*key))
}

fn number(metadata: &Map<String, Value>, key: &str) -> Result<u64, MetadataError> {
    let Some(value) = metadata.get(key) else {
        return Ok(1);
    };
    let number = value.as_u64().filter(|number| *number > 0);
    number.ok_or(MetadataError::NotAGrid)
}

fn rows(metadata: &Map<String, Value>) -> Result<u64, MetadataError> {
    match metadata.get("rows") {
        None => Ok(1),
        Some(Value::Array(rows)) if !rows.is_empty() && rows.iter().all(Value::is_string) => {
            Ok(rows.len() as u64)
        }
        Some(_) => Err(MetadataError::NotAGrid),
    }
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
    fn a_new_sheet_divides_into_whole_frames() {
        let check_grid = |value: Value, image, whole: bool| {
            let refused = matches!(
                check_new(&object(value.clone()), image),
                Err(MetadataError::NotWhole { .. })
            );
            assert_eq!(refused, !whole, "{value} {image:?}");
        };
        check_grid(json!({}), (191, 317), true);
        check_grid(Value::Object(sheet_metadata()), (192, 320), true);
        for (image, whole) in [((192, 320), true), ((193, 320), false), ((192, 321), false)] {
            let grid = json!({"frameWidth": 48, "frameHeight": 160, "framesPerRow": 4, "rows": ["down", "up"]});
            check_grid(grid, image, whole);
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
