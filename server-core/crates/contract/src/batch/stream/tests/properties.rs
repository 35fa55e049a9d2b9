//! What holds for any stream and for any bytes.

use std::collections::HashMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

/// Doubles of every kind: any bits, short decimals, integers, what a walk is made of, and the odd ones.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |value| value.is_finite()),
        any::<i32>().prop_map(f64::from),
        any::<i32>().prop_map(|value| f64::from(value) / 100.0),
        any::<i32>().prop_map(|value| f64::from(value) / 10_000.0),
        (-500_i32..500).prop_map(|value| f64::from(value) / 10.0),
        (-50_i32..50).prop_map(|value| f64::from(value) / 1000.0),
        Just(-0.0),
    ]
}

/// Where somebody is: anywhere, or at one of a few places, so that ways lead back to where they began
/// and one coordinate changes at a time.
fn place() -> impl Strategy<Value = [f64; 3]> {
    let few = || prop::sample::select(vec![0.0, -0.0, 0.1, 0.2, 1.0, 2.0 / 7.0, 4.0 / 7.0]);
    prop_oneof![
        [number(), number(), number()],
        (few(), few()).prop_map(|(x, z)| [x, 0.0, z]),
    ]
}

#[derive(Debug, Clone)]
enum Event {
    /// Some players step, each at most once.
    Frame(Vec<(usize, Step)>),
    /// A player leaves, or comes back.
    Toggle(usize),
    /// Somebody begins to read.
    Newcomer,
    /// Nobody steps for a while, until a checksum has come.
    Pause,
}

fn event() -> impl Strategy<Value = Event> {
    let step = (
        0..12_usize,
        place(),
        option::weighted(0.2, "[a-c]{1,2}"),
        option::weighted(0.1, "\\PC{0,20}"),
        option::weighted(
            0.1,
            Just(r#"{"a":[1,{"b":null}],"__proto__":"é"}"#.to_owned()),
        ),
    );
    let step = step.prop_map(|(who, position, animation, name, metadata)| {
        let full = animation.is_some() && name.is_some() && metadata.is_some();
        let step = Step {
            id: format!("{}-0190a2f4-7c3e-7b11-9d5a-3f2e1c0b9a{who:02x}", who % 3),
            position,
            full,
            animation,
            name,
            metadata,
        };
        (who, step)
    });
    prop_oneof![
        8 => vec(step, 0..12).prop_map(Event::Frame),
        2 => (0..12_usize).prop_map(Event::Toggle),
        1 => Just(Event::Newcomer),
        1 => Just(Event::Pause),
    ]
}

proptest! {
    // A checksum comes every 128 frames, and each case may wait for several of them.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_reader_sees_every_step(events in vec(event(), 1..40)) {
        let (mut encoder, decoder) = followed();
        let mut readers = vec![decoder];
        let mut gone = [false; 12];
        let id = |who: usize| format!("{}-0190a2f4-7c3e-7b11-9d5a-3f2e1c0b9a{who:02x}", who % 3);
        for event in events {
            let steps: Vec<Step> = match event {
                Event::Frame(steps) => {
                    let here = steps.into_iter().filter(|(who, _)| !gone[*who]);
                    let once: HashMap<usize, Step> = here.collect();
                    once.into_values().collect()
                }
                Event::Toggle(who) => {
                    gone[who] = !gone[who];
                    continue;
                }
                Event::Newcomer => {
                    let mut reader = StreamDecoder::default();
                    let keyframe = encoder.keyframe();
                    prop_assert_eq!(reader.read(&keyframe), Ok(Vec::new()));
                    readers.push(reader);
                    continue;
                }
                Event::Pause => Vec::new(),
            };
            let is_pause = steps.is_empty();
            for _ in 0..if is_pause { CHECK_EVERY } else { 1 } {
                let is_here = |name: &str| (0..12).any(|who| !gone[who] && id(who) == name);
                let frame = encode(&mut encoder, &steps, is_here);
                for reader in &mut readers {
                    assert_same(read(reader, &frame).unwrap(), &steps);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(data in vec(any::<u8>(), 0..300)) {
        let mut decoder = StreamDecoder::default();
        let _ = decoder.read(&data);
        let framed = [&[VERSION, kind::KEYFRAME, 0, 0, 0, 0, 0][..], &data].concat();
        let _ = decoder.read(&framed);
    }

    #[test]
    fn a_damaged_frame_is_read_or_refused(
        events in vec(event(), 1..12),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        keyframe in any::<bool>(),
    ) {
        let (mut encoder, mut decoder) = followed();
        for event in events {
            if let Event::Frame(steps) = event {
                let once: HashMap<usize, Step> = steps.into_iter().collect();
                let steps: Vec<Step> = once.into_values().collect();
                let mut frame = encode(&mut encoder, &steps, |_| true).to_vec();
                if keyframe {
                    frame = encoder.keyframe().to_vec();
                }
                let place = place.index(frame.len());
                frame[place] = byte;
                let _ = decoder.read(&frame);
            }
        }
    }
}
