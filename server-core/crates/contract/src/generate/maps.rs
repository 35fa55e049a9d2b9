//! The built-in maps, and how much room things take, as TypeScript.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use super::check;
use crate::world_map::{BODY_HALF_WIDTH, MAPS, STEP_BLEND, STEP_HEIGHT, ThingKind, WorldMap};

const HEAD: &str = "// Generated from server-core/crates/contract. Do not edit: run
// `UPDATE_CONTRACT=1 cargo test -p contract` after changing a map there.

import type { Footprint, ThingKind, WorldMap } from \"./contract.js\";

";

#[test]
fn the_generated_maps_are_current() {
    check(
        "../../../ui/packages/client/src/contract/generated/maps.ts",
        &maps(),
    );
}

fn maps() -> String {
    let mut text = HEAD.to_owned();
    for (about, name, value) in [
        (
            "Half of a person's width on the ground, in tiles.",
            "BODY_HALF_WIDTH",
            BODY_HALF_WIDTH,
        ),
        (
            "Highest difference between two tiles that a person steps over, in tiles.",
            "STEP_HEIGHT",
            STEP_HEIGHT,
        ),
        (
            "Share of a tile over which a step is spread, on either side of the edge.",
            "STEP_BLEND",
            STEP_BLEND,
        ),
    ] {
        let _ = writeln!(text, "/** {about} */\nexport const {name} = {value};\n");
    }
    text.push_str(
        "/** What of each kind of thing is in the way. */\n\
         export const FOOTPRINTS: Record<ThingKind, Array<Footprint>> = {\n",
    );
    for kind in ThingKind::ALL {
        let _ = writeln!(text, "  {}: {},", line(&kind), line(&kind.footprints()));
    }
    text.push_str("};\n");
    for json in MAPS {
        let map = WorldMap::from_json(json).unwrap_or_else(|fault| panic!("{fault}"));
        let name = map.id.to_uppercase().replace('-', "_");
        let _ = writeln!(text, "\nexport const {name}: WorldMap = {{");
        let Ok(Value::Object(fields)) = serde_json::to_value(&map) else {
            unreachable!("a map is an object")
        };
        for (name, value) in fields {
            let _ = writeln!(text, "  {}: {},", line(&name), lines(&value, "  "));
        }
        text.push_str("};\n");
    }
    text
}

fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A list with one item a line, and an object of lists likewise; everything else in one line.
fn lines(value: &Value, indent: &str) -> String {
    let inner = format!("{indent}  ");
    match value {
        Value::Array(items) => {
            let items = items.iter().map(|item| format!("{inner}{},\n", line(item)));
            format!("[\n{}{indent}]", items.collect::<String>())
        }
        Value::Object(fields) if fields.values().any(Value::is_array) => {
            let fields = fields.iter();
            let fields = fields
                .map(|(name, value)| format!("{inner}{}: {},\n", line(name), lines(value, &inner)));
            format!("{{\n{}{indent}}}", fields.collect::<String>())
        }
        value => line(value),
    }
}
