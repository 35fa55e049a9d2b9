//! The packets a client writes and reads.
//!
//! Packets are encoded and decoded by socketioxide's own parser. Only `player:updated` and the head
//! of `players:updated` are recognised by their bytes first, since they are all but everything a
//! client receives; bytes in another order take the slower path and mean the same.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use socketioxide_core::packet::{Packet, PacketData};
use socketioxide_core::parser::{Parse as _, ParseConfig, ParserState};
use socketioxide_core::{Str, Value};
use socketioxide_parser_common::CommonParser;

use super::frame_cache::AttachmentKind;
use contract::events;

/// Engine.IO: the server asks whether the client lives.
pub(super) const PING: &str = "2";
/// Engine.IO: it does.
pub(super) const PONG: &str = "3";
/// Socket.IO: the client leaves the namespace.
pub(super) const DISCONNECT: &str = "41";

const UPDATED: &str = "42[\"player:updated\",";
const BATCH: &str = "451-[\"players:updated\",";
const PACKED: &str = "451-[\"events:packed\",";

/// CONNECT to the default namespace.
pub(super) fn connect_packet(auth: &str) -> String {
    format!("40{auth}")
}

/// What a CONNECT_ERROR says.
pub(super) fn connect_error(packet: &str) -> String {
    #[derive(Deserialize)]
    struct AckRefusal {
        message: String,
    }
    let body = packet.get(2..).unwrap_or_default();
    serde_json::from_str(body).map_or_else(|_| body.to_owned(), |it: AckRefusal| it.message)
}

/// An event with one payload, or without, that asks for an ack when it has an id.
pub(super) fn event(name: &str, payload: Option<&impl Serialize>, ack: Option<i64>) -> String {
    let value = match payload {
        Some(payload) => CommonParser.encode_value(payload, Some(name)),
        // An empty tuple of arguments; a unit would become a null.
        None => CommonParser.encode_value(&[(); 0], Some(name)),
    };
    // Our own payloads are plain structs, which serialise.
    let Ok(value) = value else {
        return String::new();
    };
    let mut packet = Packet::event("/", value);
    if let Some(ack) = ack {
        packet.inner.set_ack_id(ack);
    }
    match CommonParser.encode(packet) {
        Value::Str(text, _) => format!("4{text}"),
        Value::Bytes(_) => String::new(),
    }
}

/// What a text message says.
#[derive(Debug, PartialEq)]
pub(super) enum IncomingText {
    Ping,
    /// One player changed; x and z hold the number of the update.
    Updated(SeenPlayer),
    Snapshot(Vec<SeenPlayer>),
    Joined(SeenPlayer),
    Left(String),
    Ack(i64, AckHead),
    Terminated {
        code: String,
        message: String,
    },
    Disconnected,
    /// Something this client has no use for.
    Other,
    Broken(String),
}

/// A player as far as this client cares.
#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct SeenPlayer {
    pub(super) id: String,
    pub(super) position: Flat,
}

/// A position without its height.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Flat {
    pub(super) x: f64,
    pub(super) z: f64,
}

/// The head of any ack.
#[derive(Debug, Default, PartialEq, Deserialize)]
pub(super) struct AckHead {
    pub(super) ok: bool,
    #[serde(default)]
    pub(super) code: String,
    #[serde(default, deserialize_with = "sentence")]
    pub(super) message: String,
    /// Of a join: the secret with which a guest comes back.
    #[serde(default, rename = "guestToken")]
    pub(super) guest_token: Option<Box<str>>,
}

/// The sentence of a refusal; under the same key the ack of a chat message has the message itself.
fn sentence<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// The id, x and z of a `player:updated`, found without building anything. `None` when the packet
/// is something else or has its keys in another order.
pub(super) fn quick_update(packet: &str) -> Option<(&str, Flat)> {
    let rest = packet.strip_prefix(UPDATED)?.strip_prefix("{\"id\":")?;
    let (id, rest) = plain_string(rest)?;
    let (_, rest) = plain_string(rest.strip_prefix(",\"name\":")?)?;
    let (x, rest) = number(rest.strip_prefix(",\"position\":{\"x\":")?)?;
    let (_, rest) = number(rest.strip_prefix(",\"y\":")?)?;
    let (z, _) = number(rest.strip_prefix(",\"z\":")?)?;
    Some((id, Flat { x, z }))
}

/// What the next binary message is.
pub(super) fn announced(packet: &str) -> Option<AttachmentKind> {
    match packet {
        _ if packet.starts_with(BATCH) => Some(AttachmentKind::Batch),
        _ if packet.starts_with(PACKED) => Some(AttachmentKind::Packed),
        _ => None,
    }
}

/// A JSON string without escapes, and what follows it.
fn plain_string(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('"')?;
    let end = rest
        .bytes()
        .position(|byte| byte == b'"' || byte == b'\\')?;
    let (string, rest) = rest.split_at(end);
    Some((string, rest.strip_prefix('"')?))
}

fn number(text: &str) -> Option<(f64, &str)> {
    let end = text.bytes().position(|byte| byte == b',' || byte == b'}')?;
    let (number, rest) = text.split_at(end);
    Some((number.parse().ok()?, rest))
}

/// Reads a text message.
pub(super) fn read(packet: &str) -> IncomingText {
    if let Some(body) = packet.strip_prefix("43") {
        return ack(body);
    }
    match packet {
        PING => return IncomingText::Ping,
        "1" => return IncomingText::Disconnected,
        _ => {}
    }
    let Some(body) = packet.strip_prefix('4') else {
        return IncomingText::Other;
    };
    let (config, state) = (ParseConfig::default(), ParserState::default());
    match CommonParser.decode_str(&config, &state, Str::from(body.to_owned())) {
        Ok(Packet { inner, .. }) => match inner {
            PacketData::Event(value, _) => named(&value),
            PacketData::Disconnect => IncomingText::Disconnected,
            _ => IncomingText::Other,
        },
        // An event with an attachment that is no batch.
        Err(socketioxide_core::parser::ParseError::NeedsMoreBinaryData) => IncomingText::Other,
        Err(error) => IncomingText::Broken(error.to_string()),
    }
}

fn named(value: &Value) -> IncomingText {
    let (Ok(name), Some(text)) = (CommonParser.read_event(value), value.as_str()) else {
        return IncomingText::Broken("an event without a name".to_owned());
    };
    if !KNOWN.contains(&name) {
        return IncomingText::Other;
    }
    match serde_json::from_str(text) {
        Ok::<(IgnoredAny, &RawValue), _>((_, payload)) => event_of(name, payload.get()),
        Err(error) => IncomingText::Broken(format!("{name}: {error}")),
    }
}

/// Events that say something to a client of a load test.
const KNOWN: [&str; 5] = [
    events::WORLD_STATE,
    events::PLAYER_JOINED,
    events::PLAYER_UPDATED,
    events::PLAYER_LEFT,
    events::SESSION_TERMINATED,
];

/// What an event with this payload says.
pub(super) fn event_of(name: &str, payload: &str) -> IncomingText {
    let read = match name {
        events::WORLD_STATE => {
            serde_json::from_str(payload).map(|it: SnapshotHead| IncomingText::Snapshot(it.players))
        }
        events::PLAYER_JOINED => serde_json::from_str(payload).map(IncomingText::Joined),
        events::PLAYER_UPDATED => serde_json::from_str(payload).map(IncomingText::Updated),
        events::PLAYER_LEFT => {
            serde_json::from_str(payload).map(|it: LeftPlayer| IncomingText::Left(it.id))
        }
        events::SESSION_TERMINATED => {
            serde_json::from_str(payload).map(|it: End| IncomingText::Terminated {
                code: it.code,
                message: it.message,
            })
        }
        _ => return IncomingText::Other,
    };
    read.unwrap_or_else(|error| IncomingText::Broken(format!("{name}: {error}")))
}

#[derive(Deserialize)]
struct SnapshotHead {
    players: Vec<SeenPlayer>,
}

#[derive(Deserialize)]
struct LeftPlayer {
    id: String,
}

#[derive(Deserialize)]
struct End {
    code: String,
    message: String,
}

fn ack(body: &str) -> IncomingText {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let (id, answers) = body.split_at(digits);
    let answer = serde_json::from_str(answers).map(|[answer]: [AckHead; 1]| answer);
    match (id.parse(), answer) {
        (Ok(id), Ok(answer)) => IncomingText::Ack(id, answer),
        _ => IncomingText::Broken("an ack that cannot be read".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use contract::events::ClientEvent;

    use super::*;

    const UPDATE: &str = r#"42["player:updated",{"id":"load-1-0007","name":"Player 7","position":{"x":3.25,"y":0,"z":-4},"animation":"idle","metadata":{}}]"#;

    #[test]
    fn the_quick_way_reads_what_the_slow_one_reads() {
        let (id, position) = quick_update(UPDATE).unwrap();
        let IncomingText::Updated(seen) = read(UPDATE) else {
            panic!("not an update");
        };
        assert_eq!((id, position), (seen.id.as_str(), seen.position));
        assert_eq!(position, Flat { x: 3.25, z: -4.0 });
    }

    #[test]
    fn other_spellings_take_the_slow_way_and_mean_the_same() {
        let reordered = r#"42["player:updated",{"position":{"z":-4,"y":0,"x":3.25},"id":"a"}]"#;
        let escaped = r#"42["player:updated",{"id":"a","name":"\"position\":{\"x\":1","position":{"x":3.25,"y":0,"z":-4}}]"#;
        for packet in [reordered, escaped] {
            assert_eq!(quick_update(packet), None);
            let expected = SeenPlayer {
                id: "a".to_owned(),
                position: Flat { x: 3.25, z: -4.0 },
            };
            assert_eq!(read(packet), IncomingText::Updated(expected));
        }
    }

    #[test]
    fn packets() {
        let check = |packet: &str, expected: IncomingText| assert_eq!(read(packet), expected);
        check("2", IncomingText::Ping);
        check("41", IncomingText::Disconnected);
        let batch = r#"451-["players:updated",{"_placeholder":true,"num":0}]"#;
        assert_eq!(announced(batch), Some(AttachmentKind::Batch));
        let packed = r#"451-["events:packed",{"_placeholder":true,"num":0}]"#;
        assert_eq!(announced(packed), Some(AttachmentKind::Packed));
        assert_eq!(
            announced(r#"451-["later",{"_placeholder":true,"num":0}]"#),
            None
        );
        let left = r#"42["player:left",{"id":"a"}]"#;
        check(left, IncomingText::Left("a".to_owned()));
        let joined = r#"4312[{"ok":true,"state":{"players":[]},"player":{}}]"#;
        let answer = AckHead {
            ok: true,
            ..AckHead::default()
        };
        check(joined, IncomingText::Ack(12, answer));
        let said = r#"437[{"ok":true,"message":{"id":"a","content":"hi"}}]"#;
        let answer = AckHead {
            ok: true,
            ..AckHead::default()
        };
        check(said, IncomingText::Ack(7, answer));
        check(r#"42["chat:message",{}]"#, IncomingText::Other);
        for broken in ["43x", "43", r#"42["player:left",7]"#, "42{", "4"] {
            assert!(matches!(read(broken), IncomingText::Broken(_)), "{broken}");
        }
    }

    #[test]
    fn events_are_written_as_the_protocol_wants_them() {
        let leave = event(ClientEvent::Leave.name(), None::<&()>, Some(3));
        assert_eq!(leave, r#"423["player:leave"]"#);
        let chat = event(
            "chat:message",
            Some(&serde_json::json!({"content": "hi"})),
            None,
        );
        assert_eq!(chat, r#"42["chat:message",{"content":"hi"}]"#);
    }
}
