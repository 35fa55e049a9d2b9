//! What holds for any changes and for any bytes.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

/// Doubles of every kind: any bits, short decimals, integers, singles, and the odd ones.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |value| value.is_finite()),
        any::<f32>()
            .prop_map(f64::from)
            .prop_filter("finite", |value| value.is_finite()),
        any::<i32>().prop_map(f64::from),
        any::<i32>().prop_map(|value| f64::from(value) / 100.0),
        any::<i32>().prop_map(|value| f64::from(value) / 1000.0),
        (-5000_i32..5000).prop_map(|value| f64::from(value) * 0.01),
        Just(-0.0),
    ]
}

fn id() -> impl Strategy<Value = String> {
    let uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    let alike = "(guest-|bot-é|\\PC{0,3})[a-cé😀]{1,4}";
    prop_oneof![
        alike,
        uuid,
        uuid.prop_map(|uuid| format!("guest-{uuid}")),
        "\\PC{1,128}"
    ]
}

fn change() -> impl Strategy<Value = OwnedChange> {
    let metadata = prop_oneof![Just("{}"), Just(r#"{"a":[1,{"b":null}],"__proto__":"é"}"#)];
    let fields = (
        option::of([number(), number(), number()]),
        option::of("\\PC{0,64}"),
        option::of("\\PC{0,100}"),
        option::of(metadata.prop_map(String::from)),
    );
    (id(), any::<bool>(), fields)
        .prop_map(|(id, full, (position, animation, name, metadata))| {
            let full = full
                && position.is_some()
                && animation.is_some()
                && name.is_some()
                && metadata.is_some();
            OwnedChange {
                id,
                full,
                position,
                animation,
                name,
                metadata,
            }
        })
        .prop_filter("something changed", |change| {
            change.as_input()
                != PlayerChange {
                    id: &change.id,
                    ..PlayerChange::default()
                }
        })
}

proptest! {
    #[test]
    fn what_was_written_is_read(changes in vec(change(), 0..20)) {
        assert_same(&read(&encode(&changes)).unwrap(), &changes, "round trip");
    }

    #[test]
    fn any_bytes_are_read_or_refused(data in vec(any::<u8>(), 0..300)) {
        let _ = decode(&data);
    }

    #[test]
    fn a_damaged_batch_is_read_or_refused(
        changes in vec(change(), 1..8),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut data = encode(&changes).to_vec();
        let place = place.index(data.len());
        data[place] = byte;
        // What is accepted can be written again and means the same.
        if let Ok(read_once) = read(&data) {
            assert_same(&read(&encode(&read_once)).unwrap(), &read_once, "written again");
        }
    }
}
