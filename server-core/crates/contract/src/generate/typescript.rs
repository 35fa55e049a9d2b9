//! The contract as TypeScript: every type, and the maps of the events and calls.

use std::fmt::Write as _;

use serde_json::Value;

use super::schemas::{Schemas, fields, reference};
use super::shapes::shapes;
use super::{Answer, ClientRow, ServerRow, TypeOf, check, sentences, type_of};
use crate::{
    admin::action::ActionName, admin::feed, admin::reason::UsualReason, client_payload, events,
    load_test, routes,
};

/// Types that no event or route names, and that pages read all the same.
const OTHERS: &[TypeOf] = &[
    type_of::<crate::ack::RefusalAck<'static>>,
    type_of::<crate::rest::ErrorBody>,
    type_of::<crate::admin::setting::SettingsRefusal>,
    type_of::<load_test::Second>,
    type_of::<crate::world_map::WorldMap>,
    type_of::<crate::world_map::Footprint>,
];

const HEAD: &str = "// Generated from server-core/crates/contract. Do not edit: run
// `UPDATE_CONTRACT=1 cargo test -p contract` after changing a declaration there.

";

#[test]
fn the_generated_contract_is_current() {
    check(
        "../../../ui/packages/client/src/contract/generated/contract.ts",
        &contract(),
    );
}

fn contract() -> String {
    let mut schemas = Schemas::new();
    let mut maps = String::new();
    client_map(
        &mut maps,
        &mut schemas,
        "ClientEvents",
        "What clients send: the payload, `undefined` for none, and the ack unless it is a `RefusalAck`.",
        events::CLIENT_ROWS,
    );
    server_map(
        &mut maps,
        &mut schemas,
        "ServerEvents",
        "What the server sends.",
        events::SERVER_ROWS,
    );
    client_map(
        &mut maps,
        &mut schemas,
        "FeedClientEvents",
        "What clients send in the namespace of the administration.",
        feed::CLIENT_ROWS,
    );
    server_map(
        &mut maps,
        &mut schemas,
        "FeedServerEvents",
        "What the server sends in the namespace of the administration.",
        feed::SERVER_ROWS,
    );
    calls(&mut maps, &mut schemas);
    addresses(&mut maps);
    schemas.deserialized(type_of::<client_payload::HandshakeAuth>);
    for ty in OTHERS {
        schemas.serialized(*ty);
    }
    let payloads: Vec<_> = events::SERVER_ROWS
        .iter()
        .map(|row| (row.name, schemas.serialized(row.payload)))
        .collect();
    let mut text = HEAD.to_owned();
    let types = schemas.named();
    for (name, schema) in &types {
        comment(&mut text, "", schema);
        let _ = writeln!(text, "export type {name} = {};\n", of(schema, ""));
    }
    text.push_str(&maps);
    text.push_str(&shapes(&payloads, &types));
    text.push_str(&constants());
    text
}

fn constants() -> String {
    let mut text = format!(
        "/** The number of the protocol that is declared here. */\nexport const PROTOCOL = {};\n\n",
        events::PROTOCOL
    );
    text.push_str(
        "/** Messages of `connect_error` in the namespace of the administration, by code. */\n\
         export const ADMIN_REFUSALS = {\n",
    );
    for (code, refused) in feed::Refused::ALL {
        let _ = writeln!(text, "  \"{code}\": \"{refused}\",");
    }
    text.push_str(
        "} as const;\n\n/** What the audit log may hold. */\nexport const ACTION_NAMES = [\n",
    );
    for action in ActionName::ALL {
        let _ = writeln!(text, "  \"{}\",", action.as_str());
    }
    text.push_str(
        "] as const;\n\n/** The usual reasons, in the order in which they are offered. */\nexport const USUAL_REASONS = [\n",
    );
    for reason in UsualReason::ALL {
        let _ = writeln!(text, "  {},", serde_json::json!(reason));
    }
    let _ = writeln!(
        text,
        "] as const;\n\n/** The namespace of the administration. */\n\
         export const ADMIN_NAMESPACE = \"{}\";",
        feed::NAMESPACE
    );
    text
}

fn client_map(
    text: &mut String,
    schemas: &mut Schemas,
    name: &str,
    about: &str,
    rows: &[ClientRow],
) {
    let _ = writeln!(text, "/** {about} */\nexport type {name} = {{");
    for row in rows {
        let payload = row.payload.map(|ty| of(&schemas.deserialized(ty), "  "));
        let payload = payload.unwrap_or_else(|| "undefined".to_owned());
        let ack = of(&schemas.serialized(row.ack), "  ");
        let _ = writeln!(
            text,
            "  /** {} */\n  \"{}\": {{ payload: {payload}; ack: {ack} }};",
            sentences(row.docs),
            row.name
        );
    }
    text.push_str("};\n\n");
}

fn server_map(
    text: &mut String,
    schemas: &mut Schemas,
    name: &str,
    about: &str,
    rows: &[ServerRow],
) {
    let _ = writeln!(text, "/** {about} */\nexport type {name} = {{");
    for row in rows {
        let payload = of(&schemas.serialized(row.payload), "  ");
        let _ = writeln!(
            text,
            "  /** {} */\n  \"{}\": {payload};",
            sentences(row.docs),
            row.name
        );
    }
    text.push_str("};\n\n");
}

/// What each call takes and answers.
fn calls(text: &mut String, schemas: &mut Schemas) {
    text.push_str(
        "/** Every call: what stands in its path, what its address may ask for, its body and its answer. */\n\
         export type Calls = {\n",
    );
    for row in routes::ROWS.iter().filter(|row| row.is_call()) {
        let parameters: Vec<String> = row.parameters().map(|it| format!("{it}: string")).collect();
        let parameters = match parameters.as_slice() {
            [] => "undefined".to_owned(),
            some => format!("{{ {} }}", some.join("; ")),
        };
        let mut deserialized = |ty: Option<TypeOf>| {
            ty.map_or("undefined".to_owned(), |ty| {
                of(&schemas.deserialized(ty), "  ")
            })
        };
        let (query, body) = (deserialized(row.query), deserialized(row.body));
        let answer = match row.answer {
            Answer::Json(ty) => of(&schemas.serialized(ty), "  "),
            Answer::File(_) => "Blob".to_owned(),
            Answer::Nothing | Answer::Page => "undefined".to_owned(),
        };
        let _ = writeln!(
            text,
            "  /** {} */\n  {}: {{ path: {parameters}; query: {query}; body: {body}; answer: {answer} }};",
            sentences(row.docs),
            row.name(),
        );
    }
    text.push_str("};\n\n");
}

/// Where each call goes. Two tables, so that the player page does not carry that of the administration.
fn addresses(text: &mut String) {
    for (name, about, is_admin) in [
        ("ROUTES", "Calls for everybody.", false),
        ("ADMIN_ROUTES", "Calls of the administration.", true),
    ] {
        let _ = writeln!(text, "/** {about} */\nexport const {name} = {{");
        let rows = routes::ROWS.iter().filter(|row| row.is_call());
        for row in rows.filter(|row| row.route.path.starts_with("/admin") == is_admin) {
            let _ = writeln!(
                text,
                "  {}: {{ method: \"{}\", path: \"{}\" }},",
                row.name(),
                row.route.method,
                row.route.path
            );
        }
        text.push_str("} as const;\n\n");
    }
}

/// A schema as a type; `indent` stands before what it closes.
pub(super) fn of(schema: &Value, indent: &str) -> String {
    let own = own_type(schema, indent);
    let list = |name: &str| schema.get(name).and_then(Value::as_array);
    let mut parts: Vec<String> = own.into_iter().collect();
    parts.extend(reference(schema).map(str::to_owned));
    parts.extend(list("allOf").into_iter().flatten().map(|it| of(it, indent)));
    for choices in [list("oneOf"), list("anyOf")].into_iter().flatten() {
        let choices: Vec<String> = choices.iter().map(|it| of(it, indent)).collect();
        parts.push(choices.join(" | "));
    }
    match parts.as_slice() {
        [] => "unknown".to_owned(),
        [only] => only.clone(),
        several => {
            let several: Vec<String> = several.iter().map(|it| bracketed(it)).collect();
            several.join(" & ")
        }
    }
}

fn bracketed(ty: &str) -> String {
    match ty.contains(" | ") && !ty.starts_with('{') {
        true => format!("({ty})"),
        false => ty.to_owned(),
    }
}

/// What the schema itself says, without what it refers to.
fn own_type(schema: &Value, indent: &str) -> Option<String> {
    if let Some(value) = schema.get("const") {
        return Some(value.to_string());
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        return Some(values.join(" | "));
    }
    match schema.get("type")? {
        Value::String(kind) => Some(of_kind(kind, schema, indent)),
        Value::Array(kinds) => {
            let kinds = kinds.iter().filter_map(Value::as_str);
            let kinds: Vec<String> = kinds.map(|kind| of_kind(kind, schema, indent)).collect();
            Some(kinds.join(" | "))
        }
        _ => None,
    }
}

fn of_kind(kind: &str, schema: &Value, indent: &str) -> String {
    match kind {
        "integer" => "number".to_owned(),
        "string" if schema.get("format").is_some_and(|it| it == "binary") => {
            "ArrayBuffer".to_owned()
        }
        "array" => {
            let items = schema.get("items").map(|items| of(items, indent));
            format!("Array<{}>", items.unwrap_or_else(|| "unknown".to_owned()))
        }
        "object" => object(schema, indent),
        kind => kind.to_owned(),
    }
}

fn object(schema: &Value, indent: &str) -> String {
    if schema.get("properties").is_none() {
        let values = schema.get("additionalProperties");
        let values = values.map(|values| of(values, indent));
        let values = values.unwrap_or_else(|| "unknown".to_owned());
        return format!("Record<string, {values}>");
    }
    let mut text = String::from("{\n");
    let inner = format!("{indent}  ");
    for (name, property, is_required) in fields(schema) {
        comment(&mut text, &inner, property);
        let mark = if is_required { "" } else { "?" };
        let _ = writeln!(text, "{inner}{name}{mark}: {};", of(property, &inner));
    }
    let _ = write!(text, "{indent}}}");
    text
}

fn comment(text: &mut String, indent: &str, schema: &Value) {
    let Some(description) = schema.get("description").and_then(Value::as_str) else {
        return;
    };
    match description.contains('\n') {
        false => {
            let _ = writeln!(text, "{indent}/** {description} */");
        }
        true => {
            let _ = writeln!(text, "{indent}/**");
            for line in description.lines() {
                let line = format!("{indent} * {line}");
                let _ = writeln!(text, "{}", line.trim_end());
            }
            let _ = writeln!(text, "{indent} */");
        }
    }
}
