//! The vectors that three languages run, and what no file holds.

use serde::Deserialize;
use serde_json::Value;

use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackedVectors {
    #[serde(rename = "about")]
    _about: String,
    read: Vec<ReadAttachment>,
    refused: Vec<RefusedAttachment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadAttachment {
    name: String,
    events: Vec<(String, Value)>,
    hex: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefusedAttachment {
    name: String,
    hex: String,
    error: String,
}

fn vectors() -> PackedVectors {
    serde_json::from_str(include_str!("vectors.json")).expect("vectors.json has its form")
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|char| char.to_digit(16)).collect();
    let pairs = digits.chunks_exact(2);
    pairs.map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

fn read(attachment: &[u8]) -> Result<Vec<(String, Value)>, PackedError> {
    let text = unpack(attachment)?;
    let read = events(&text)?;
    let read = read.iter().map(|event| {
        let payload = serde_json::from_str(event.payload()).expect("a payload is JSON");
        (event.name().to_owned(), payload)
    });
    Ok(read.collect())
}

#[test]
fn vectors_are_read() {
    for vector in vectors().read {
        assert_eq!(
            read(&unhex(&vector.hex)),
            Ok(vector.events),
            "{}",
            vector.name
        );
    }
}

#[test]
fn what_a_vector_says_is_packed_and_read_again() {
    for vector in vectors().read {
        let events = vector.events.iter().map(|(name, it)| (name.as_str(), it));
        let packed = pack(&events.collect::<Vec<_>>()).expect(&vector.name);
        assert_eq!(read(&packed), Ok(vector.events), "{}", vector.name);
    }
}

#[test]
fn vectors_are_refused() {
    for vector in vectors().refused {
        let refused = read(&unhex(&vector.hex)).map_err(PackedError::code);
        assert_eq!(refused, Err(vector.error.as_str()), "{}", vector.name);
    }
}

#[test]
fn every_beginning_is_refused() {
    for vector in vectors().read {
        let whole = unhex(&vector.hex);
        // The last four bytes are a checksum, which not every decoder looks at.
        for length in 0..whole.len() - 4 {
            assert_eq!(
                read(&whole[..length]),
                Err(PackedError::Damaged),
                "{}",
                vector.name
            );
        }
    }
}

#[test]
fn a_few_bytes_that_stand_for_too_many_are_refused() {
    let mut bomb = ZlibEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..=LIMIT_BYTES / zeros.len() {
        bomb.write_all(&zeros).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 100_000, "{} bytes", bomb.len());
    assert_eq!(unpack(&bomb), Err(PackedError::TooLarge));
}

#[test]
fn what_would_be_refused_is_not_packed() {
    let long = "x".repeat(LIMIT_BYTES);
    assert_eq!(pack(&[("world:state", &long)]), None);
    let short = &long[..LIMIT_BYTES - 100];
    let packed = pack(&[("world:state", short)]).expect("it fits");
    assert_eq!(
        events(&unpack(&packed).unwrap()).unwrap()[0]
            .payload()
            .len(),
        short.len() + 2
    );
}

#[test]
fn payloads_keep_their_bytes() {
    let payload = RawValue::from_string(r#"{ "x": 1.50,"__proto__":-0.0}"#.to_owned()).unwrap();
    let packed = pack(&[("a", &payload), ("b", &payload)]).unwrap();
    let text = unpack(&packed).unwrap();
    let names: Vec<_> = events(&text)
        .unwrap()
        .iter()
        .map(|it| (it.name().to_owned(), it.payload()))
        .collect();
    let expected = ["a", "b"].map(|name| (name.to_owned(), payload.get()));
    assert_eq!(names, expected);
}
