//! Socket.IO packets from and to Engine.IO frames, by the parser the server's library uses.

use bytes::Bytes;
use serde_json::Value as Json;
use socketioxide_core::packet::{Packet as Raw, PacketData};
use socketioxide_core::parser::{Parse, ParseConfig, ParseError, ParserState};
use socketioxide_core::{Str, Value};
use socketioxide_parser_common::CommonParser;

use crate::packet::EnginePacket;

/// A named event with its first argument.
#[derive(Debug, Clone, PartialEq)]
pub struct WireEvent {
    /// Its name.
    pub name: String,
    /// Its first argument, `null` when there is none.
    pub data: Json,
    /// Its binary attachments.
    pub attachments: Vec<Bytes>,
}

/// One packet from the server.
#[derive(Debug, Clone, PartialEq)]
pub enum Packet {
    /// The Engine.IO session is open.
    Open(Json),
    /// A heartbeat to be answered.
    Ping,
    /// The namespace was entered.
    Connected(Json),
    /// The namespace was not entered.
    ConnectError(Json),
    /// `41`: the server ended the Socket.IO session.
    Disconnected,
    /// Something happened.
    Event(WireEvent),
    /// The answer to the event with this number.
    Answer(i64, Json),
    /// An Engine.IO packet that carries nothing.
    Other(String),
}

#[derive(Default)]
pub(crate) struct Codec {
    config: ParseConfig,
    state: ParserState,
}

impl Codec {
    /// `None` while attachments are outstanding.
    pub(crate) fn decode(&self, frame: EnginePacket) -> Option<Packet> {
        let decoded = match frame {
            EnginePacket::Binary(bytes) => {
                CommonParser.decode_bin(&self.config, &self.state, bytes)
            }
            EnginePacket::Text(text) => match text.split_at_checked(1) {
                Some(("0", open)) => return Some(Packet::Open(json(open))),
                Some(("2", _)) => return Some(Packet::Ping),
                // The parser was written for servers, which never receive this one.
                Some(("4", packet)) if packet.starts_with('4') => {
                    let data = packet.find('{').map_or("null", |at| &packet[at..]);
                    return Some(Packet::ConnectError(json(data)));
                }
                Some(("4", packet)) => {
                    let packet = Str::from(packet.to_owned());
                    CommonParser.decode_str(&self.config, &self.state, packet)
                }
                _ => return Some(Packet::Other(text)),
            },
        };
        match decoded {
            Ok(packet) => Some(read(packet)),
            Err(ParseError::NeedsMoreBinaryData) => None,
            Err(error) => panic!("the server sent a broken packet: {error}"),
        }
    }
}

/// An event, with an ack when `ack` gives its number. `namespace` is empty for the default one, else
/// such as `/admin,`.
pub(crate) fn event(
    namespace: &str,
    name: &str,
    payload: Option<&Json>,
    ack: Option<i64>,
) -> EnginePacket {
    let mut arguments = vec![Json::from(name)];
    arguments.extend(payload.cloned());
    let number = ack.map(|ack| ack.to_string()).unwrap_or_default();
    EnginePacket::Text(format!("42{namespace}{number}{}", Json::from(arguments)))
}

fn read(packet: Raw) -> Packet {
    match packet.inner {
        PacketData::Connect(data) => Packet::Connected(data.map_or(Json::Null, |data| body(&data))),
        PacketData::ConnectError(message) => Packet::ConnectError(Json::from(message)),
        PacketData::Disconnect => Packet::Disconnected,
        PacketData::Event(data, _) | PacketData::BinaryEvent(data, _) => {
            let mut arguments = list(&data).into_iter();
            let name = arguments
                .next()
                .and_then(|name| Some(name.as_str()?.to_owned()));
            Packet::Event(WireEvent {
                name: name.expect("an event has a name"),
                data: arguments.next().unwrap_or_default(),
                attachments: match data {
                    Value::Str(_, Some(attachments)) => attachments.into(),
                    Value::Str(_, None) | Value::Bytes(_) => Vec::new(),
                },
            })
        }
        PacketData::EventAck(data, id) | PacketData::BinaryAck(data, id) => {
            Packet::Answer(id, list(&data).into_iter().next().unwrap_or_default())
        }
    }
}

fn list(data: &Value) -> Vec<Json> {
    match body(data) {
        Json::Array(arguments) => arguments,
        other => panic!("arguments are a list, not {other}"),
    }
}

fn body(data: &Value) -> Json {
    json(data.as_str().expect("the common parser keeps text"))
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|_| panic!("not JSON: {text}"))
}
