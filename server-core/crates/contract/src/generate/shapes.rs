//! A table by which a client reads the payloads of events that hold words, numbers and flags alone.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::schemas::{fields, reference};

const ABOUT: &str = "/**
 * What is in the payload of an event that holds words, numbers and flags alone: by field, what `typeof` says of it,
 * or the words it may be. One that ends with `?` may be missing.
 */
";

/// `payloads`: of every event; `types`: those they refer to. An event with anything more in it is left out.
pub(super) fn shapes(payloads: &[(&str, Value)], types: &BTreeMap<String, Value>) -> String {
    let mut text = format!("{ABOUT}export const SHAPES = {{\n");
    for (event, payload) in payloads {
        let shape: Option<Vec<String>> = fields(resolved(payload, types))
            .into_iter()
            .map(|(name, field, is_required)| {
                let kind = kind(resolved(field, types))?;
                Some(match is_required {
                    true => format!("{name}: {kind}"),
                    false => format!("\"{name}?\": {kind}"),
                })
            })
            .collect();
        if let Some(shape) = shape.filter(|it| !it.is_empty()) {
            let _ = writeln!(text, "  \"{event}\": {{ {} }},", shape.join(", "));
        }
    }
    text.push_str("} as const;\n\n");
    text
}

fn resolved<'a>(schema: &'a Value, types: &'a BTreeMap<String, Value>) -> &'a Value {
    let named = reference(schema).and_then(|name| types.get(name));
    named.unwrap_or(schema)
}

fn kind(schema: &Value) -> Option<String> {
    if let Some(words) = words(schema) {
        return Some(Value::from(words).to_string());
    }
    let kind = match schema.get("type")?.as_str()? {
        "string" if schema.get("format").is_none() => "string",
        "integer" | "number" => "number",
        "boolean" => "boolean",
        _ => return None,
    };
    Some(format!("\"{kind}\""))
}

/// Those of a closed set, which is written as one list or as a list of choices with a description each.
fn words(schema: &Value) -> Option<Vec<Value>> {
    if let Some(word) = schema.get("const") {
        return Some(vec![word.clone()]);
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return Some(words.clone());
    }
    let choices = schema.get("oneOf")?.as_array()?;
    let choices: Option<Vec<_>> = choices.iter().map(words).collect();
    Some(choices?.concat())
}
