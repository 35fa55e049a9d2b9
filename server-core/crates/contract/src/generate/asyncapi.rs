//! The events as AsyncAPI 3.0.

use serde_json::{Map, Value, json};

use super::schemas::Schemas;
use super::{ClientRow, ServerRow, check, sentences, type_of};
use crate::ack::RefusalAck;
use crate::admin::feed;
use crate::client_payload::HandshakeAuth;
use crate::events;

/// A namespace of Socket.IO, as a channel.
struct Namespace {
    /// Its name here.
    name: &'static str,
    address: &'static str,
    about: &'static str,
    client: &'static [ClientRow],
    server: &'static [ServerRow],
}

const NAMESPACES: [Namespace; 2] = [
    Namespace {
        name: "world",
        address: "/",
        about: "The default namespace: who is in the world, and what they do and say.",
        client: events::CLIENT_ROWS,
        server: events::SERVER_ROWS,
    },
    Namespace {
        name: "admin",
        address: feed::NAMESPACE,
        about: "What moderators see live. The handshake carries a login; a refusal is a `connect_error`.",
        client: feed::CLIENT_ROWS,
        server: feed::SERVER_ROWS,
    },
];

#[test]
fn the_asyncapi_description_is_current() {
    check("asyncapi.json", &super::pretty(description()));
}

fn description() -> Value {
    let mut schemas = Schemas::new();
    let mut channels = Map::new();
    let mut operations = Map::new();
    let refusal = schemas.serialized(type_of::<RefusalAck<'static>>);
    schemas.deserialized(type_of::<HandshakeAuth>);
    for namespace in &NAMESPACES {
        let mut messages = Map::new();
        for row in namespace.client {
            let name = format!("{} sent", row.name);
            let ack = schemas.serialized(row.ack);
            let payload = row.payload.map(|ty| schemas.deserialized(ty));
            messages.insert(
                key(&name),
                message(row.name, row.docs, payload.unwrap_or_else(|| json!({}))),
            );
            messages.insert(
                key(&format!("{name} ack")),
                message(
                    row.name,
                    &["The answer, as the ack's only argument."],
                    json!({ "oneOf": [ack, refusal] }),
                ),
            );
            operations.insert(
                key(&name),
                json!({
                    "action": "receive",
                    "channel": reference(&["channels", namespace.name]),
                    "messages": [of_channel(namespace, &key(&name))],
                    "reply": {
                        "channel": reference(&["channels", namespace.name]),
                        "messages": [of_channel(namespace, &key(&format!("{name} ack")))],
                    },
                    "x-counted-as": row.counted,
                }),
            );
        }
        for row in namespace.server {
            let payload = schemas.serialized(row.payload);
            messages.insert(key(row.name), message(row.name, row.docs, payload));
            operations.insert(
                key(row.name),
                json!({
                    "action": "send",
                    "channel": reference(&["channels", namespace.name]),
                    "messages": [of_channel(namespace, &key(row.name))],
                    "x-recipients": row.to,
                }),
            );
        }
        channels.insert(
            namespace.name.to_owned(),
            json!({
                "address": namespace.address,
                "description": namespace.about,
                "messages": messages,
            }),
        );
    }
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "CoMutiNy",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The Socket.IO events of a CoMutiNy world: protocol 5 over Engine.IO 4, path \
                `/socket.io`. A message's name is the event's, its payload the event's first argument. \
                The handshake's `auth` is `HandshakeAuth`. How to write a client is in PROTOCOL.md.",
            "license": { "name": "MIT" },
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
        "components": { "schemas": schemas.named() },
    })
}

fn message(name: &str, docs: &[&str], payload: Value) -> Value {
    json!({ "name": name, "summary": sentences(docs), "payload": payload })
}

fn of_channel(namespace: &Namespace, message: &str) -> Value {
    reference(&["channels", namespace.name, "messages", message])
}

fn reference(path: &[&str]) -> Value {
    json!({ "$ref": format!("#/{}", path.join("/")) })
}

/// An event's name as a key: `player:join sent` is `playerJoinSent`.
fn key(name: &str) -> String {
    let mut words = name.split([':', ' ']);
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |key, word| {
        let (initial, rest) = word.split_at(1);
        key + &initial.to_uppercase() + rest
    })
}
