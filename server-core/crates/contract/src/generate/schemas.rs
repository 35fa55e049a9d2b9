//! The schema of every type that an event or a route names, by the type's name.
//!
//! A field that may be absent is never `null` for a client, unless it is marked `x-nullable`: both are
//! `None` to serde, and only the one is meant. One marked `x-required` has to be there although the
//! server could read a body without it, to say what is missing in its own words.

use std::collections::BTreeMap;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::TypeOf;

/// Where a schema says that another one stands.
const REFERENCE: &str = "#/components/schemas/";

/// Collects types as they are named.
pub(super) struct Schemas {
    /// Of what the server writes.
    serialized: SchemaGenerator,
    /// Of what it reads.
    deserialized: SchemaGenerator,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Self {
            serialized: settings().for_serialize().into_generator(),
            deserialized: settings().for_deserialize().into_generator(),
        }
    }

    /// A type that the server writes.
    pub(super) fn serialized(&mut self, ty: TypeOf) -> Value {
        tidy(ty(&mut self.serialized).to_value())
    }

    /// A type that it reads.
    pub(super) fn deserialized(&mut self, ty: TypeOf) -> Value {
        tidy(ty(&mut self.deserialized).to_value())
    }

    /// A type that the server reads, itself and not its name.
    pub(super) fn inline(&mut self, ty: TypeOf) -> Value {
        let named = self.deserialized(ty);
        resolved(named, &self.deserialized)
    }

    /// A type that the server writes, itself and not its name.
    pub(super) fn inline_serialized(&mut self, ty: TypeOf) -> Value {
        let named = self.serialized(ty);
        resolved(named, &self.serialized)
    }

    /// All of them by name.
    pub(super) fn named(mut self) -> BTreeMap<String, Value> {
        let mut all = BTreeMap::new();
        for (name, schema) in self.serialized.take_definitions(true) {
            all.insert(name, tidy(schema));
        }
        for (name, schema) in self.deserialized.take_definitions(true) {
            let schema = tidy(schema);
            let known = all.entry(name.clone()).or_insert_with(|| schema.clone());
            assert_eq!(
                *known, schema,
                "{name} is another type when it is read than when it is written"
            );
        }
        all
    }
}

fn resolved(schema: Value, generator: &SchemaGenerator) -> Value {
    let definition = reference(&schema).and_then(|name| generator.definitions().get(name));
    definition.cloned().map_or(schema, tidy)
}

/// The name of the type a schema refers to.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(REFERENCE)
}

/// The fields of an object with whether each has to be there: those first, as declared.
pub(super) fn fields(schema: &Value) -> Vec<(&str, &Value, bool)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let required = schema.get("required").and_then(Value::as_array);
    let required: Vec<&str> = required
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let always = required.iter().filter_map(|name| {
        let (name, field) = properties?.get_key_value(*name)?;
        Some((name.as_str(), field, true))
    });
    let others = properties.into_iter().flatten();
    let others = others.filter(|(name, _)| !required.contains(&name.as_str()));
    let others = others.map(|(name, field)| (name.as_str(), field, false));
    always.chain(others).collect()
}

/// Brings a schema into the form that clients are told of.
fn tidy(mut schema: Value) -> Value {
    // The same whatever features other packages ask of `serde_json`.
    schema.sort_all_objects();
    match &mut schema {
        Value::Object(fields) => tidy_object(fields),
        Value::Array(items) => {
            for item in items {
                *item = tidy(item.take());
            }
        }
        _ => {}
    }
    schema
}

fn tidy_object(fields: &mut Map<String, Value>) {
    fields.remove("default");
    // How wide an integer is on the server is nobody's business.
    if fields.get("format").and_then(Value::as_str) != Some("binary") {
        fields.remove("format");
    }
    if let Some(Value::String(text)) = fields.get_mut("description") {
        *text = without_links(text);
    }
    require_marked(fields);
    let required = fields.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| {
        let mut names = required.as_array().into_iter().flatten();
        names.any(|it| it == name)
    };
    if let Some(Value::Object(properties)) = fields.get_mut("properties") {
        for (name, property) in properties {
            let nullable = property.get("x-nullable").is_some();
            if let Value::Object(property) = property {
                property.remove("x-nullable");
                if !is_required(name) && !nullable {
                    never_null(property);
                }
            }
            *property = tidy(property.take());
        }
    }
    for (name, value) in fields {
        if name != "properties" {
            *value = tidy(value.take());
        }
    }
}

/// A field that the server reads as absent and that has to be there all the same.
fn require_marked(fields: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = fields.get_mut("properties") else {
        return;
    };
    let mut marked = Vec::new();
    for (name, property) in properties {
        let mark = property.as_object_mut();
        if mark.and_then(|it| it.remove("x-required")).is_some() {
            marked.push(Value::from(name.as_str()));
        }
    }
    if marked.is_empty() {
        return;
    }
    let required = fields
        .entry("required")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(required) = required {
        required.extend(marked);
    }
}

/// What may be absent is absent or has a value.
fn never_null(property: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|it| it != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = property.get_mut("anyOf") {
        choices.retain(|it| it.get("type").is_none_or(|it| it != "null"));
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            property.remove("anyOf");
            property.extend(only);
        }
    }
}

/// `[`Sample`](super::Sample)` as `` `Sample` ``: the links of doc comments lead nowhere here.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[`") {
        plain.push_str(before);
        let Some((name, after)) = after.split_once("`]") else {
            plain.push_str("[`");
            rest = after;
            continue;
        };
        plain.push('`');
        plain.push_str(name.rsplit("::").next().unwrap_or(name));
        plain.push('`');
        rest = match after.strip_prefix('(').and_then(|it| it.split_once(')')) {
            Some((_, after)) => after,
            None => after,
        };
    }
    plain.push_str(rest);
    plain
}
