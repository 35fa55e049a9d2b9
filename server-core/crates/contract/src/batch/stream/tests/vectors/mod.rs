//! The vectors: what is written here comes out as `vectors.json`, which every language reads.

use std::fmt::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::*;

mod neighbours;

const ABOUT: &str = "Test vectors of the players:updated attachment for clients with the feature batch2, run by Rust, \
    TypeScript and Python. Each stream is read by a decoder of its own, frame after frame: hex gives steps, in any \
    order, or the error, after which the decoder is out of step. metadata is the JSON text that is sent. Rewritten by \
    UPDATE_CONTRACT=1 cargo test -p contract.";

#[derive(Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Vectors {
    about: String,
    streams: Vec<Stream>,
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Stream {
    name: String,
    frames: Vec<FrameVector>,
}

#[derive(Debug, Serialize, Deserialize, PartialEq, Default)]
#[serde(deny_unknown_fields)]
struct FrameVector {
    hex: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepVector>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct StepVector {
    id: String,
    position: [f64; 3],
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    full: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    animation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<String>,
}

impl From<Step> for StepVector {
    fn from(step: Step) -> Self {
        Self {
            id: step.id,
            position: step.position,
            full: step.full,
            animation: step.animation,
            name: step.name,
            metadata: step.metadata,
        }
    }
}

impl From<StepVector> for Step {
    fn from(step: StepVector) -> Self {
        Self {
            id: step.id,
            position: step.position,
            full: step.full,
            animation: step.animation,
            name: step.name,
            metadata: step.metadata,
        }
    }
}

/// Writes one stream and notes what a reader makes of it.
struct Writer {
    name: &'static str,
    encoder: StreamEncoder,
    reader: StreamDecoder,
    frames: Vec<FrameVector>,
}

impl Writer {
    /// A stream that is read from its beginning, before the frame with this number.
    fn starting(name: &'static str, number: u32) -> Self {
        let mut writer = Self::unread(name, number);
        writer.keyframe();
        writer
    }

    fn unread(name: &'static str, number: u32) -> Self {
        Self {
            name,
            encoder: StreamEncoder::starting_at(0x0403_0201, number.wrapping_sub(1)),
            reader: StreamDecoder::default(),
            frames: Vec::new(),
        }
    }

    fn keyframe(&mut self) {
        let frame = self.encoder.keyframe();
        self.note(&frame);
    }

    fn frame(&mut self, steps: &[Step]) {
        self.frame_while(steps, |_| true);
    }

    fn frame_while(&mut self, steps: &[Step], is_here: impl Fn(&str) -> bool) {
        let frame = encode(&mut self.encoder, steps, is_here);
        self.note(&frame);
    }

    /// A frame that nobody reads.
    fn unheard(&mut self, steps: &[Step]) -> Vec<u8> {
        encode(&mut self.encoder, steps, |_| true).to_vec()
    }

    /// The next frame with something done to it, and then the keyframe, which heals.
    fn broken(&mut self, steps: &[Step], breaks: impl FnOnce(&mut Vec<u8>)) {
        let mut frame = self.unheard(steps);
        breaks(&mut frame);
        self.note(&frame);
        self.keyframe();
    }

    fn note(&mut self, frame: &[u8]) {
        let hex = frame.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let read = read(&mut self.reader, frame);
        self.frames.push(FrameVector {
            hex,
            error: read.as_ref().err().map(|error| error.code().to_owned()),
            steps: read
                .ok()
                .map(|steps| steps.into_iter().map(Into::into).collect()),
        });
    }

    fn done(self) -> Stream {
        Stream {
            name: self.name.to_owned(),
            frames: self.frames,
        }
    }
}

fn streams() -> Vec<Stream> {
    vec![
        example(),
        walk(),
        words(),
        numbers(),
        nought(),
        crowd(),
        newcomer(),
        farewell(),
        strangers(),
        neighbours::neighbours(),
        broken(),
    ]
}

/// The one that `PROTOCOL.md` explains.
fn example() -> Stream {
    let mut stream = Writer::starting("the example of PROTOCOL.md", 1);
    let ada = |x| Step::at("ada", [x, 0.0, 3.25]);
    let grace = Step::at("grace", [1.0, 0.0, 2.0]);
    stream.frame(&[ada(10.5), grace.clone().animated("wave")]);
    stream.frame(&[ada(10.7)]);
    stream.frame(&[ada(10.9), grace]);
    stream.done()
}

fn walk() -> Stream {
    let mut stream = Writer::starting(
        "somebody starts, goes on, wavers, turns, stops and goes back",
        1,
    );
    let places = [
        [12.34, 31.07],
        [12.74, 31.07],
        [13.14, 31.07],
        [13.53, 31.08],
        [13.94, 31.1],
        [13.94, 31.49],
        [13.94, 31.88],
        [13.94, 31.88],
        [13.94, 31.88],
        [13.54, 31.88],
        [-3.5, 700.01],
    ];
    for [x, z] in places {
        stream.frame(&[Step::at(
            "0190a2f4-7c3e-7b11-9d5a-3f2e1c0b9a87",
            [x, 0.0, z],
        )]);
    }
    stream.done()
}

fn words() -> Stream {
    let mut stream = Writer::starting("animations, names and metadata", 1);
    let ada = Step::at("ada", [1.0, 0.5, 2.0]);
    stream.frame(&[ada.clone().animated("walk")]);
    stream.frame(&[
        ada.clone().animated("wave"),
        Step::at("bob", [0.0; 3]).animated("walk"),
    ]);
    stream.frame(&[ada.clone().animated("")]);
    stream.frame(&[ada.clone().named("Ada \u{e9}\u{1f600}")]);
    stream.frame(&[ada
        .clone()
        .with(r#"{"__proto__":{"polluted":1},"alias":null}"#)]);
    stream.frame(&[ada.clone().animated("wave").named("").with("{}").full()]);
    stream.frame(&[ada.animated("walk").with(r#"{"heading":"up"}"#)]);
    stream.done()
}

fn numbers() -> Stream {
    let mut stream = Writer::starting("more decimals, doubles, and the way back", 1);
    let limit = f64::from(1 << 27);
    let places = [
        [1.0, 0.0, -1.0],
        [1.5, 0.0, -1.25],
        [1.5, 0.125, -1.0625],
        [0.1, -0.0, 0.3],
        [0.30000000000000004, 0.1, 0.30000000000000004],
        [std::f64::consts::PI, 0.2, 0.30000000000000004],
        [3.1, 0.3, 5.0],
        [13421.7727, 0.3, 13421.7728],
        [limit, f64::MAX, 5e-324],
        [2.0, 2.0, 2.0],
    ];
    for place in places {
        stream.frame(&[Step::at("ada", place)]);
    }
    stream.frame(&[Step::at("far", [limit - 1.0, 0.0, 1.0 - limit])]);
    stream.frame(&[Step::at("far", [1.0 - limit, 0.0, limit - 1.0])]);
    stream.frame(&[Step::at("far", [0.01, 0.0, 0.5])]);
    stream.done()
}

fn nought() -> Stream {
    let mut stream = Writer::starting("back to nought from places that are no short decimals", 1);
    let odd = 2.0 / 7.0;
    for [x, z] in [
        [odd, 1.0],
        [0.0, 1.0],
        [1.0, odd],
        [1.0, 0.0],
        [odd, odd],
        [0.0, 0.0],
    ] {
        stream.frame(&[Step::at("ada", [x, 0.0, z])]);
    }
    stream.done()
}

fn crowd() -> Stream {
    let mut stream = Writer::starting("a crowd steps by a map, a few of it by a list", 1);
    let people = |round: u32, every: usize| -> Vec<Step> {
        let step = |who: u32| {
            let pace = f64::from(round * (who + 1)) / 10.0;
            let id = format!("guest-00000000-0000-4000-8000-00000000{:04x}", who * 4099);
            Step::at(&id, [pace, 0.0, f64::from(who)])
        };
        (0..19).map(step).step_by(every).collect()
    };
    for (round, every) in [(0, 1), (1, 1), (2, 1), (3, 2), (4, 9), (5, 18), (6, 1)] {
        stream.frame(&people(round, every));
    }
    stream.frame(&[]);
    stream.done()
}

fn newcomer() -> Stream {
    let mut stream = Writer::unread("who comes in later begins with a keyframe", u32::MAX - 2);
    let ada = |x| Step::at("ada", [x, 0.0, 1.0 / 3.0]);
    let ben = |z| Step::at("ben", [2.0, 0.0, z]);
    stream.unheard(&[ada(1.0).animated("walk"), ben(1.25)]);
    stream.unheard(&[ada(1.5), ben(1.5)]);
    stream.keyframe();
    stream.frame(&[ada(2.0), ben(1.75)]);
    stream.keyframe();
    stream.frame(&[ada(2.5).animated("walk")]);
    stream.done()
}

fn farewell() -> Stream {
    let mut stream = Writer::starting("a checksum, and slots that are free again", CHECK_EVERY - 1);
    let people = ["ada", "ben", "cy"].map(|id| Step::at(id, [1.5, 0.0, 2.0]));
    stream.frame(&people);
    stream.frame_while(&people[1..2], |id| id == "ben");
    stream.frame(&[
        Step::at("dee", [1.0, 0.0, 1.0]),
        Step::at("ben", [2.0, 0.0, 2.0]),
    ]);
    stream.keyframe();
    stream.done()
}

fn strangers() -> Stream {
    let mut stream = Writer::unread("what does not follow is refused until a keyframe", 1);
    let ada = |x| [Step::at("ada", [x, 0.0, 1.0])];
    stream.frame(&ada(1.0));
    stream.keyframe();
    stream.frame(&ada(2.0));
    stream.unheard(&ada(3.0));
    stream.frame(&ada(4.0));
    stream.frame(&ada(5.0));
    stream.keyframe();
    let mut other = stream.unheard(&ada(6.0));
    other[2] ^= 1;
    stream.note(&other);
    stream.done()
}

fn broken() -> Stream {
    let mut stream = Writer::starting("what cannot be read is refused as a whole", 1);
    let ada = |x: f64| Step::at("ada", [x, 0.0, 1.0]);
    stream.frame(&[ada(1.0)]);
    // Behind version, kind, epoch and number, of this stream each in as many bytes.
    let body = 7;
    stream.broken(&[ada(1.5)], |frame| frame[0] = 1);
    stream.broken(&[ada(2.0)], |frame| frame[1] |= 0x40);
    stream.broken(&[ada(2.5)], |frame| frame.truncate(body + 1));
    stream.broken(&[ada(3.0)], |frame| frame.push(0));
    stream.broken(&[ada(3.5)], |frame| frame[body + 1] += 4);
    stream.broken(&[ada(4.0)], |frame| frame[body + 1] &= 0xfc);
    stream.broken(&[Step::at("b", [0.0; 3])], |frame| frame[body + 1] = 0);
    stream.broken(&[Step::at("c", [0.0; 3])], |frame| frame[body + 2] = 1);
    stream.broken(&[Step::at("d", [0.5; 3])], |frame| frame[body + 5] = 0x85);
    stream.broken(&[ada(4.0).animated("walk")], |frame| {
        let words = frame.len() - 7;
        frame[words] = 0;
    });
    stream.broken(&[ada(4.0).animated("run")], |frame| {
        let words = frame.len() - 6;
        frame[words] = 16;
    });
    stream.broken(&[ada(4.0).animated("fly")], |frame| {
        let words = frame.len() - 6;
        frame[words] = 8;
    });
    stream.broken(&[ada(4.0).animated("fly")], |frame| {
        let number = frame.len() - 1;
        frame[number] = 60;
    });
    stream.broken(&[ada(4.0).with("{}")], |frame| {
        let object = frame.len() - 2;
        frame[object] = b'[';
    });
    stream.broken(&[ada(4.0).named("x")], |frame| {
        let text = frame.len() - 1;
        frame[text] = 0xff;
    });
    stream.broken(&[ada(std::f64::consts::PI)], |frame| {
        let double = frame.len() - 2;
        frame[double..].copy_from_slice(&[0xf0, 0x7f]);
    });
    stream.broken(&[ada(1e6)], |frame| {
        let number = frame.len() - 4;
        frame[number..].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
        frame.push(0x0f);
    });
    let mut keyframe = stream.encoder.keyframe().to_vec();
    let last = keyframe.len() - 1;
    keyframe[last] ^= 1;
    stream.note(&keyframe);
    stream.done()
}

fn committed() -> Vectors {
    serde_json::from_str(include_str!("../../vectors.json")).expect("vectors.json has its form")
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|char| char.to_digit(16)).collect();
    let pairs = digits.chunks_exact(2);
    pairs.map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

#[test]
fn the_vectors_are_what_the_encoder_writes() {
    let written = Vectors {
        about: ABOUT.to_owned(),
        streams: streams(),
    };
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/batch/stream/vectors.json");
        let text = serde_json::to_string_pretty(&written).unwrap();
        std::fs::write(path, text + "\n").unwrap();
        return;
    }
    assert_eq!(
        written,
        committed(),
        "run with UPDATE_CONTRACT=1 to rewrite them"
    );
}

#[test]
fn the_vectors_are_read() {
    for stream in committed().streams {
        let mut reader = StreamDecoder::default();
        for (place, frame) in stream.frames.into_iter().enumerate() {
            let data = unhex(&frame.hex);
            let name = format!("{}, frame {place}", stream.name);
            match frame.steps {
                Some(steps) => {
                    let steps: Vec<Step> = steps.into_iter().map(Into::into).collect();
                    assert_same(read(&mut reader, &data).expect(&name), &steps);
                }
                None => {
                    let error = reader.read(&data).expect_err(&name);
                    assert_eq!(Some(error.code()), frame.error.as_deref(), "{name}");
                    assert!(!reader.in_step());
                }
            }
        }
    }
}

/// Every way in which a frame can be wrong has a vector, but for those that version 1 has in common.
#[test]
fn every_refusal_has_a_vector() {
    let streams = committed().streams;
    let frames = streams.iter().flat_map(|stream| &stream.frames);
    let mut codes: Vec<_> = frames.filter_map(|frame| frame.error.as_deref()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(
        codes,
        [
            "bad-metadata",
            "bad-prefix",
            "bad-shape",
            "bad-slot",
            "bad-word",
            "check-failed",
            "empty-record",
            "incomplete-full",
            "invalid-utf8",
            "not-finite",
            "out-of-range",
            "out-of-step",
            "trailing-bytes",
            "truncated",
            "unknown-field",
            "unsupported-version"
        ]
    );
}

/// The annotated bytes in PROTOCOL.md: of each line what comes before the wide gap.
#[test]
fn the_documented_example_is_a_vector() {
    let page = include_str!("../../../../../../../PROTOCOL.md");
    let (_, chapter) = page.split_once("### Example of a stream").unwrap();
    let (chapter, _) = chapter.split_once("What a step takes").unwrap();
    let blocks = chapter.split("```text\n").skip(1);
    let documented = blocks.map(|block| {
        let (block, _) = block.split_once("```").unwrap();
        let lines = block.lines();
        let bytes = lines.filter_map(|line| line.trim().split("  ").next());
        bytes.collect::<String>().replace(' ', "")
    });
    let example = &committed().streams[0];
    assert_eq!(example.name, "the example of PROTOCOL.md");
    let frames = example.frames.iter().map(|frame| frame.hex.clone());
    assert_eq!(documented.collect::<Vec<_>>(), frames.collect::<Vec<_>>());
}
