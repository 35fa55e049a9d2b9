//! The routes as OpenAPI 3.1.

use serde_json::{Map, Value, json};

use super::schemas::{Schemas, fields};
use super::{Answer, RouteRow, check, sentences, type_of};
use crate::rest::ErrorBody;
use crate::routes::{Access, ROWS};

#[test]
fn the_openapi_description_is_current() {
    check("openapi.json", &super::pretty(description()));
}

fn description() -> Value {
    let mut schemas = Schemas::new();
    let error = schemas.serialized(type_of::<ErrorBody>);
    let mut paths = Map::new();
    for row in ROWS.iter().filter(|row| row.is_call()) {
        let operations = paths.entry(row.route.path).or_insert_with(|| json!({}));
        let method = row.route.method.as_str().to_lowercase();
        operations[method] = operation(row, &mut schemas, &error);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "CoMutiNy",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "REST of a CoMutiNy world: accounts, avatars, sprites, and the administration. \
                What happens in the world is in asyncapi.json; how to write a client, in PROTOCOL.md.",
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{ "url": "/", "description": "The server that this description came from." }],
        "tags": [
            { "name": "accounts", "description": "Accounts and logins." },
            { "name": "avatars", "description": "How accounts look." },
            { "name": "assets", "description": "Sprites, for everybody." },
            { "name": "operations", "description": "For operators and programs." },
            { "name": "admin", "description": "What moderators and hosts do." },
        ],
        "paths": paths,
        "x-scopes": "The scopes of which a service account needs one, whatever the role says.",
        "components": {
            "schemas": schemas.named(),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": "auth_token" },
            },
        },
    })
}

fn operation(row: &RouteRow, schemas: &mut Schemas, error: &Value) -> Value {
    let mut operation = json!({
        "operationId": row.name(),
        "tags": [tag(row.route.path)],
        "description": sentences(row.docs),
        "responses": responses(row, schemas, error),
    });
    let parameters = parameters(row, schemas);
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(body) = row.body {
        operation["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": schemas.deserialized(body) } },
        });
    }
    if let Some(role) = role(row.route.access) {
        operation["security"] = json!([{ "bearer": [] }, { "cookie": [] }]);
        operation["x-role"] = role.into();
        operation["x-scopes"] = row.route.scopes.iter().map(|it| it.as_str()).collect();
    }
    operation
}

/// The role a caller needs.
pub(super) fn role(access: Access) -> Option<&'static str> {
    match access {
        Access::Anyone => None,
        Access::User => Some("user"),
        Access::Viewer => Some("viewer"),
        Access::Moderator => Some("moderator"),
        Access::Host => Some("host"),
    }
}

fn tag(path: &str) -> &'static str {
    match path.split('/').nth(1) {
        Some("auth") => "accounts",
        Some("avatars") => "avatars",
        Some("assets" | "static") => "assets",
        Some("admin") => "admin",
        _ => "operations",
    }
}

fn parameters(row: &RouteRow, schemas: &mut Schemas) -> Vec<Value> {
    let mut parameters: Vec<Value> = row
        .parameters()
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    let query = row.query.map(|ty| schemas.inline(ty)).unwrap_or_default();
    for (name, schema, _) in fields(&query) {
        let mut schema = schema.clone();
        let about = schema
            .as_object_mut()
            .and_then(|it| it.remove("description"));
        parameters.push(json!({
            "name": name,
            "in": "query",
            "description": about.unwrap_or_default(),
            "schema": schema,
        }));
    }
    parameters
}

fn responses(row: &RouteRow, schemas: &mut Schemas, error: &Value) -> Value {
    let mut responses = Map::new();
    for status in row.statuses {
        let content = match row.answer {
            Answer::Json(ty) => json!({ "application/json": { "schema": schemas.serialized(ty) } }),
            Answer::File(kinds) => {
                let kinds = kinds.iter().map(|kind| ((*kind).to_owned(), json!({})));
                Value::Object(kinds.collect())
            }
            Answer::Nothing | Answer::Page => Value::Null,
        };
        let mut response = json!({ "description": "All is well." });
        if !content.is_null() {
            response["content"] = content;
        }
        responses.insert(status.to_string(), response);
    }
    responses.insert(
        "default".to_owned(),
        json!({
            "description": "Why not: a sentence for a person, and a code for programs.",
            "content": { "application/json": { "schema": error } },
        }),
    );
    Value::Object(responses)
}
