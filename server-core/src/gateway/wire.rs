//! Socket.IO packets as the websocket frames that carry them.
//!
//! One frame goes to many clients, so it is encoded once and its bytes are shared; the library's own
//! path formats and copies it for every recipient. A packet is a text frame: `4` (Engine.IO message),
//! the packet's type, the namespace with a comma unless it is `/`, and for type `2` (event)
//! `["name",argument]`, for `3` (ack) a number and `[argument]`. A binary event is of type `51-`, has a
//! placeholder as its argument, and a binary frame follows that fills it. Frames of a server are not masked (RFC 6455, section 5.2).

use bytes::Bytes;

use contract::SharedJson;

const TEXT: u8 = 0x81;
const BINARY: u8 = 0x82;
/// Largest head of a frame.
const MAX_HEAD: usize = 10;

/// The packets of one namespace.
#[derive(Debug, Clone)]
pub(super) struct Packets {
    /// What stands between a packet's type and its data.
    namespace: String,
}

impl Packets {
    /// Packets of the namespace with this path.
    pub(super) fn of(path: &str) -> Self {
        let namespace = match path {
            "/" => String::new(),
            path => format!("{path},"),
        };
        Self { namespace }
    }

    /// Appends an event with one JSON argument.
    pub(super) fn push_event(&self, out: &mut Vec<u8>, name: &str, json: &str) {
        push_text(out, &["42", &self.namespace, "[\"", name, "\",", json, "]"]);
    }

    /// An event with one JSON argument.
    pub(super) fn event(&self, name: &str, json: &str) -> Bytes {
        let mut out = Vec::with_capacity(self.room() + name.len() + json.len());
        self.push_event(&mut out, name, json);
        out.into()
    }

    /// An event whose one argument is an attachment.
    pub(super) fn binary_event(&self, name: &str, attachment: &[u8]) -> Bytes {
        let mut out = self.binary_head(name, attachment.len(), attachment.len());
        out.extend_from_slice(attachment);
        out.into()
    }

    /// As [`Self::binary_event`], in front of an attachment that is shared with other frames.
    pub(super) fn binary_event_before(&self, name: &str, attachment: &Bytes) -> EncodedFrame {
        EncodedFrame::Before {
            head: self.binary_head(name, attachment.len(), 0).into(),
            attachment: attachment.clone(),
        }
    }

    /// What stands before an attachment of `length` bytes, with room for `more`.
    fn binary_head(&self, name: &str, length: usize, more: usize) -> Vec<u8> {
        const ARGUMENT: &str = "\",{\"_placeholder\":true,\"num\":0}]";
        let room = 2 * self.room() + ARGUMENT.len() + name.len() + more;
        let mut out = Vec::with_capacity(room);
        push_text(&mut out, &["451-", &self.namespace, "[\"", name, ARGUMENT]);
        push_head(&mut out, BINARY, length);
        out
    }

    /// The answer to a client's event.
    pub(super) fn ack(&self, id: i64, json: &str) -> Bytes {
        let mut out = Vec::with_capacity(self.room() + json.len());
        push_text(
            &mut out,
            &["43", &self.namespace, &id.to_string(), "[", json, "]"],
        );
        out.into()
    }

    /// As [`Self::event`], around JSON that is shared with other frames.
    pub(super) fn event_around(&self, name: &str, json: &SharedJson) -> EncodedFrame {
        let before = ["42", &self.namespace, "[\"", name, "\","];
        EncodedFrame::around(&before, json, &["]"])
    }

    /// As [`Self::ack`], around JSON that is shared with other frames.
    pub(super) fn ack_around(
        &self,
        id: i64,
        [before, after]: [&str; 2],
        json: &SharedJson,
    ) -> EncodedFrame {
        let before = ["43", &self.namespace, &id.to_string(), "[", before];
        EncodedFrame::around(&before, json, &[after, "]"])
    }

    /// Bytes around name and data.
    fn room(&self) -> usize {
        const TYPE_AND_ACK: usize = 32;
        MAX_HEAD + TYPE_AND_ACK + self.namespace.len()
    }
}

/// Finished bytes of one packet.
#[derive(Debug)]
pub(super) enum EncodedFrame {
    /// In one piece.
    Whole(Bytes),
    /// One websocket frame around a world that is in others' frames as well.
    Around {
        head: Bytes,
        world: Bytes,
        tail: Bytes,
    },
    /// A text frame, and a binary one with an attachment that is in others' frames as well.
    Before { head: Bytes, attachment: Bytes },
}

/// JSON that a frame keeps alive while it waits.
struct JsonBytes(SharedJson);

impl AsRef<[u8]> for JsonBytes {
    fn as_ref(&self) -> &[u8] {
        self.0.get().as_bytes()
    }
}

impl EncodedFrame {
    fn around(before: &[&str], json: &SharedJson, after: &[&str]) -> Self {
        let len = |parts: &[&str]| parts.iter().map(|part| part.len()).sum::<usize>();
        let mut head = Vec::with_capacity(MAX_HEAD + len(before));
        push_head(&mut head, TEXT, len(before) + json.get().len() + len(after));
        head.extend_from_slice(before.concat().as_bytes());
        Self::Around {
            head: head.into(),
            world: Bytes::from_owner(JsonBytes(json.clone())),
            tail: after.concat().into(),
        }
    }

    /// All of it in one piece, whoever else has parts of it.
    pub(super) fn joined(self) -> Bytes {
        match self {
            Self::Whole(bytes) => bytes,
            Self::Around { head, world, tail } => [head, world, tail].concat().into(),
            Self::Before { head, attachment } => [head, attachment].concat().into(),
        }
    }
}

fn push_text(out: &mut Vec<u8>, parts: &[&str]) {
    push_head(out, TEXT, parts.iter().map(|part| part.len()).sum());
    for part in parts {
        out.extend_from_slice(part.as_bytes());
    }
}

fn push_head(out: &mut Vec<u8>, kind: u8, len: usize) {
    out.push(kind);
    match (u8::try_from(len), u16::try_from(len)) {
        (Ok(short @ 0..=125), _) => out.push(short),
        (_, Ok(medium)) => {
            out.push(126);
            out.extend_from_slice(&medium.to_be_bytes());
        }
        _ => {
            out.push(127);
            out.extend_from_slice(&(len as u64).to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use socketioxide_core::Value;
    use socketioxide_core::packet::Packet;
    use socketioxide_core::parser::Parse;
    use socketioxide_parser_common::CommonParser;
    use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;

    use super::*;

    /// Payloads of the frames in `bytes`, split by the websocket library.
    fn payloads(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut cursor = std::io::Cursor::new(bytes);
        let mut payloads = Vec::new();
        while let Some((head, len)) = FrameHeader::parse(&mut cursor).unwrap() {
            assert!(head.is_final && head.mask.is_none());
            let start = usize::try_from(cursor.position()).unwrap();
            let end = start + usize::try_from(len).unwrap();
            payloads.push(bytes[start..end].to_vec());
            cursor.set_position(end as u64);
        }
        payloads
    }

    /// What the library's own parser writes for the same packet, as an Engine.IO message.
    fn reference(packet: Packet) -> Vec<Vec<u8>> {
        match CommonParser.encode(packet) {
            Value::Str(text, attachments) => {
                let mut all = vec![format!("4{text}").into_bytes()];
                all.extend(attachments.into_iter().flatten().map(|it| it.to_vec()));
                all
            }
            Value::Bytes(_) => panic!("a text packet was expected"),
        }
    }

    fn value(argument: &impl serde::Serialize, name: Option<&str>) -> Value {
        CommonParser.encode_value(argument, name).unwrap()
    }

    #[test]
    fn packets_are_those_of_the_library() {
        // Around the borders of the three forms of a length.
        for len in [
            0, 100, 101, 102, 103, 65_000, 65_515, 65_516, 65_517, 70_000,
        ] {
            let text = "é".repeat(len / 2) + &"x".repeat(len % 2);
            let json = serde_json::to_string(&text).unwrap();
            for path in ["/", "/admin"] {
                let packets = Packets::of(path);
                let packet = Packet::event(path, value(&text, Some("chat:message")));
                let event = packets.event("chat:message", &json);
                assert_eq!(payloads(&event), reference(packet));
                let packet = Packet::ack(path, value(&[&text], None), 4711);
                assert_eq!(payloads(&packets.ack(4711, &json)), reference(packet));
            }
        }
    }

    fn joined(frame: EncodedFrame) -> Vec<u8> {
        match frame {
            EncodedFrame::Whole(bytes) => bytes.to_vec(),
            EncodedFrame::Around { head, world, tail } => [head, world, tail].concat(),
            EncodedFrame::Before { head, attachment } => [head, attachment].concat(),
        }
    }

    #[test]
    fn a_frame_around_shared_json_is_the_same_frame() {
        for len in [0, 90, 125, 126, 65_500, 65_535, 65_536] {
            let json = serde_json::to_string(&"x".repeat(len)).unwrap();
            let shared = serde_json::value::RawValue::from_string(json.clone()).unwrap();
            let shared: SharedJson = std::sync::Arc::from(shared);
            for path in ["/", "/admin"] {
                let packets = Packets::of(path);
                assert_eq!(
                    joined(packets.event_around("world:state", &shared)),
                    packets.event("world:state", &json)
                );
                let whole = format!("{{\"state\":{json},\"ok\":true}}");
                assert_eq!(
                    joined(packets.ack_around(7, ["{\"state\":", ",\"ok\":true}"], &shared)),
                    packets.ack(7, &whole)
                );
            }
        }
    }
    #[test]
    fn an_attachment_follows_its_event() {
        for len in [0, 125, 126, 65_535, 65_536] {
            let attachment = Bytes::from(vec![7_u8; len]);
            for path in ["/", "/admin"] {
                let packet = Packet::event(path, value(&attachment, Some("players:updated")));
                let packets = Packets::of(path);
                let event = packets.binary_event("players:updated", &attachment);
                assert_eq!(payloads(&event), reference(packet));
                let shared = packets.binary_event_before("players:updated", &attachment);
                assert_eq!(joined(shared), event);
            }
        }
    }
}
