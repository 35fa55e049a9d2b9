//! Updates that only move a player, read without building a tree.
//!
//! Nearly every event of a crowd is one. What has another form, or is wrong in any way, is nothing to
//! this module: [`payload::update`](super::payload::update) reads and judges everything.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::PayloadLimits;
use super::payload::{PlayerPatch, PositionPatch};
use super::text;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Movement<'a> {
    position: Option<Object<Coordinates>>,
    #[serde(borrow)]
    animation: Option<Cow<'a, str>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Coordinates {
    x: Option<f64>,
    y: Option<f64>,
    z: Option<f64>,
}

/// The patch of an event's arguments, `["player:update",{...}]`, if they hold position and animation
/// and nothing else.
#[must_use]
pub fn movement(arguments: &str, limits: &PayloadLimits) -> Option<PlayerPatch> {
    // A name is read, since what is skipped unread may be no text of JSON at all.
    let (_, Object(movement)): (&str, Object<Movement<'_>>) =
        serde_json::from_str(arguments).ok()?;
    let animation = movement
        .animation
        .map(|value| text::clean(&value, limits.animation_chars))
        .filter(|value| !value.is_empty());
    let position = movement
        .position
        .map(|Object(Coordinates { x, y, z })| PositionPatch { x, y, z })
        .unwrap_or_default();
    Some(PlayerPatch {
        position,
        animation,
        ..PlayerPatch::default()
    })
}

/// A value that has to be written as an object: serde would read a struct from an array, too.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Object<T>, M::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_map(Fields(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::payload;

    fn read(payload: &Value) -> Option<PlayerPatch> {
        let arguments = json!(["player:update", payload]).to_string();
        movement(&arguments, &PayloadLimits::default())
    }

    #[test]
    fn positions_and_animations_are_movements() {
        for payload in [
            json!({}),
            json!({"position": {"x": 1, "y": null, "z": -2.5}}),
            json!({"position": {"x": 1.25}, "animation": " walk\n"}),
            json!({"position": null, "animation": null}),
            json!({"animation": "\u{200B}"}),
        ] {
            let expected = payload::update(Some(&payload), &PayloadLimits::default());
            assert_eq!(read(&payload), expected.ok(), "{payload}");
        }
    }

    #[test]
    fn everything_else_is_left() {
        for payload in [
            json!(null),
            json!([]),
            json!([{"x": 1}, "walk"]),
            json!({"position": [1, 2, 3]}),
            json!({"position": {"x": "1"}}),
            json!({"position": {"w": 1}}),
            json!({"name": "Ana"}),
            json!({"metadata": {}}),
            json!({"animation": 3}),
        ] {
            assert_eq!(read(&payload), None, "{payload}");
        }
        for arguments in [
            r#"["player:update",{"position":{"x":1e999}}]"#,
            r#"["player:update",{"animation":"a","animation":"b"}]"#,
            r#"["player:update",{}"#,
            r#"["player:update"]"#,
            r#"["player:update\udefa",{}]"#,
            "[]",
        ] {
            assert_eq!(movement(arguments, &PayloadLimits::default()), None);
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<i32>().prop_map(|it| json!(it)),
            any::<f64>().prop_map(|it| json!(it)),
            ".{0,80}".prop_map(|it| json!(it)),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            let key = prop_oneof![
                Just("position"),
                Just("animation"),
                Just("name"),
                Just("x"),
                Just("y"),
                Just("z")
            ];
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((key.prop_map(str::to_owned), inner), 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_movement_is_what_the_tree_would_have_said(payload in any_value()) {
            let expected = payload::update(Some(&payload), &PayloadLimits::default());
            if let Some(patch) = read(&payload) {
                prop_assert_eq!(Ok(patch), expected);
            }
        }
    }
}
