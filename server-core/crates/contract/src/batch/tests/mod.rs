//! The vectors both languages run, and properties of any input.

use serde::Deserialize;

use super::*;

mod properties;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BatchVectors {
    #[serde(rename = "about")]
    _about: String,
    encoded: Vec<Decoding>,
    accepted: Vec<Decoding>,
    refused: Vec<RefusedBatch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decoding {
    name: String,
    changes: Vec<OwnedChange>,
    hex: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefusedBatch {
    name: String,
    hex: String,
    error: String,
}

/// A change that owns its texts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnedChange {
    id: String,
    #[serde(default)]
    full: bool,
    position: Option<[f64; 3]>,
    animation: Option<String>,
    name: Option<String>,
    metadata: Option<String>,
}

impl OwnedChange {
    fn as_input(&self) -> PlayerChange<'_> {
        PlayerChange {
            id: &self.id,
            full: self.full,
            position: self.position,
            animation: self.animation.as_deref(),
            name: self.name.as_deref(),
            metadata: self.metadata.as_deref(),
        }
    }
}

impl From<DecodedChange<'_>> for OwnedChange {
    fn from(change: DecodedChange<'_>) -> Self {
        Self {
            id: change.id.into_owned(),
            full: change.full,
            position: change.position,
            animation: change.animation.map(Into::into),
            name: change.name.map(Into::into),
            metadata: change.metadata.map(|text| text.trim().into()),
        }
    }
}

/// Equal, and the numbers in every bit: `==` would call the two zeros the same.
#[track_caller]
fn assert_same(actual: &[OwnedChange], expected: &[OwnedChange], name: &str) {
    assert_eq!(actual, expected, "{name}");
    let bits = |changes: &[OwnedChange]| -> Vec<u64> {
        let numbers = changes.iter().flat_map(|change| change.position).flatten();
        numbers.map(f64::to_bits).collect()
    };
    assert_eq!(bits(actual), bits(expected), "{name}: bits of the numbers");
}

fn encode(changes: &[OwnedChange]) -> bytes::Bytes {
    let mut encoder = BatchEncoder::default();
    for change in changes {
        encoder.push(&change.as_input());
    }
    encoder.finish()
}

fn read(data: &[u8]) -> Result<Vec<OwnedChange>, BatchError> {
    Ok(decode(data)?.into_iter().map(OwnedChange::from).collect())
}

fn hex(data: &[u8]) -> String {
    data.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|char| char.to_digit(16)).collect();
    let pairs = digits.chunks_exact(2);
    pairs.map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

fn vectors() -> BatchVectors {
    serde_json::from_str(include_str!("../vectors.json")).expect("vectors.json has its form")
}

#[test]
fn encoded_vectors_hold_in_both_directions() {
    for vector in vectors().encoded {
        assert_eq!(hex(&encode(&vector.changes)), vector.hex, "{}", vector.name);
        let decoded = read(&unhex(&vector.hex)).expect(&vector.name);
        assert_same(&decoded, &vector.changes, &vector.name);
    }
}

#[test]
fn longer_spellings_are_accepted() {
    for vector in vectors().accepted {
        let decoded = read(&unhex(&vector.hex)).expect(&vector.name);
        assert_same(&decoded, &vector.changes, &vector.name);
    }
}

#[test]
fn broken_batches_are_refused_with_their_reason() {
    for vector in vectors().refused {
        let error = read(&unhex(&vector.hex)).expect_err(&vector.name);
        assert_eq!(error.code(), vector.error, "{}", vector.name);
    }
}

#[test]
fn every_prefix_of_a_batch_is_truncated() {
    for vector in vectors().encoded {
        let data = unhex(&vector.hex);
        for length in 0..data.len() {
            let at = Err(BatchError::Truncated { at: length });
            assert_eq!(read(&data[..length]), at, "{} at {length}", vector.name);
        }
    }
}

#[test]
fn one_odd_player_does_not_spoil_the_batch() {
    let mut encoder = BatchEncoder::default();
    let named = |id| PlayerChange {
        id,
        ..PlayerChange::default()
    };
    encoder.push(&PlayerChange {
        animation: Some("walk"),
        ..named("")
    });
    encoder.push(&named("unchanged"));
    encoder.push(&PlayerChange {
        full: true,
        ..named("nothing")
    });
    assert!(encoder.is_empty());
    encoder.push(&PlayerChange {
        full: true,
        name: Some("Half"),
        ..named("half")
    });
    let odd = [f64::NAN, f64::INFINITY, 3.0];
    encoder.push(&PlayerChange {
        position: Some(odd),
        ..named("odd")
    });
    assert_eq!(encoder.len(), 2);

    let batch = encoder.finish();
    let changes = decode(&batch).unwrap();
    assert!(!changes[0].full);
    assert_eq!(changes[0].name, Some("Half"));
    assert_eq!(changes[1].position, Some([0.0, 0.0, 3.0]));
}

#[test]
fn an_encoder_starts_afresh_after_each_batch() {
    let mut encoder = BatchEncoder::default();
    let change = PlayerChange {
        id: "load-1",
        animation: Some("walk"),
        ..Default::default()
    };
    encoder.push(&change);
    let first = encoder.finish();
    assert!(encoder.is_empty());
    encoder.push(&change);
    assert_eq!(first, encoder.finish());
    assert_eq!(&*encoder.finish(), [VERSION, END]);
}

#[test]
fn reading_ends_after_an_error() {
    let mut changes = Changes::new(&[VERSION, 0x80, 0x00]);
    assert_eq!(changes.next(), Some(Err(BatchError::UnknownField(0x80))));
    assert_eq!(changes.next(), None);
}

/// The sizes that PROTOCOL.md states.
#[test]
fn a_step_takes_few_bytes() {
    let size_of_second = |ids: [&str; 2], position| {
        let changes = ids.map(|id| PlayerChange {
            id,
            position: Some(position),
            ..Default::default()
        });
        let size = |changes: &[PlayerChange<'_>]| {
            let mut encoder = BatchEncoder::default();
            changes.iter().for_each(|it| encoder.push(it));
            encoder.finish().len()
        };
        size(&changes) - size(&changes[..1])
    };
    let user = [
        "0190a2f4-7c3e-7b11-9d5a-3f2e1c0b9a87",
        "ffffffff-0000-4000-8000-00000000000a",
    ];
    let bot = ["load-7-0017", "load-7-0018"];
    let tile = [12.0, 0.0, 31.0];
    let rounded = [12.34, 0.0, 31.07];
    let raw = [12.340_178_461_2, 0.0, 31.066_182_772_1];
    assert_eq!(size_of_second(user, tile), 20);
    assert_eq!(size_of_second(user, rounded), 22);
    assert_eq!(size_of_second(user, raw), 34);
    assert_eq!(size_of_second(bot, tile), 7);
    assert_eq!(size_of_second(bot, rounded), 9);
    assert_eq!(size_of_second(bot, raw), 21);
}

/// The annotated bytes in PROTOCOL.md: of each line what comes before the wide gap.
#[test]
fn the_documented_example_is_a_vector() {
    let page = include_str!("../../../../../PROTOCOL.md");
    let (_, chapter) = page.split_once("### Example").unwrap();
    let (_, block) = chapter.split_once("```text\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let bytes = block
        .lines()
        .filter_map(|line| line.trim().split("  ").next());
    let documented = hex(&unhex(&bytes.collect::<String>()));
    let vectors = vectors().encoded;
    let example = vectors.iter().find(|vector| vector.hex == documented);
    assert_eq!(example.unwrap().name, "the example of PROTOCOL.md");
}
