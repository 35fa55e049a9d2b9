//! Events from a client: judged, parsed and queued in the order in which they arrive.
//!
//! They come on two ways that end in the same place: most from the transport, which shows texts
//! before the library reads them; what it left to the library (large or binary events, those of
//! clients that poll) from there.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock, Weak};

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::Value as Json;
use socketioxide::adapter::Adapter as LibraryAdapter;
use socketioxide::handler::MessageHandler;
use socketioxide::socket::Socket;
use socketioxide_core::packet::PacketData;
use socketioxide_core::parser::{Parse as _, ParseConfig, ParserState};
use socketioxide_core::{Str, Value};
use socketioxide_parser_common::CommonParser;
use tokio::time::Instant;

use super::adapter::Adapter;
use super::connected::ConnectedSocket;
use super::engine::{Gate, Resident, RoomListener};
use contract::events::ClientEvent;
use contract::movement::movement;
use contract::{PayloadLimits, Refusal, RefusalCode};
use session::SessionSocket;
use session::inbox::{Inbound as Event, Payload};
use transport::TextReader;

/// The one handler of a socket. Implementing the trait directly keeps the call synchronous and
/// spares a task for every event.
///
/// The socket owns it, so the session ends when it is dropped. A disconnect handler would say the same,
/// but the library runs that in a task of its own and keeps the socket until then: a CONNECT that
/// follows the DISCONNECT at once would find it there, and the library answers none of those.
#[derive(Clone)]
pub(super) struct EventReader {
    session: Arc<EndOnDrop>,
}

/// The session of a socket, which ends when this is dropped.
struct EndOnDrop {
    session: Arc<SessionSocket>,
    link: OnceLock<Arc<dyn LibraryLink>>,
}

/// A session's link, as far as it goes through the library.
pub(super) trait LibraryLink: Send + Sync {
    /// There is no socket any more.
    fn forget_socket(&self);
    /// A new gate, in the link's namespace.
    fn gate(&self) -> Gate;
    /// Goes on with this socket of the library.
    fn go_on(&self, socket: &ConnectedSocket);
}

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        self.session.close();
    }
}

impl Resident for EndOnDrop {
    fn library_left(&self) {
        if let Some(link) = self.link.get() {
            link.forget_socket();
        }
    }

    fn gate(&self) -> Option<Gate> {
        self.link.get().map(|link| link.gate())
    }

    fn enter(self: Arc<Self>, socket: &Socket<Adapter>) {
        EventReader { session: self }.enter(socket);
    }
}

impl EventReader {
    pub(super) fn new(session: Arc<SessionSocket>) -> Self {
        Self {
            session: Arc::new(EndOnDrop {
                session,
                link: OnceLock::new(),
            }),
        }
    }

    /// Hears of the events of `socket`, which owns it from now on.
    pub(super) fn enter(self, socket: &Socket<Adapter>) {
        socket.on_fallback(self.clone());
        socket.extensions.insert(self);
    }

    /// Goes on with its link, if it has one, and answers whether it has.
    pub(super) fn goes_on(&self, socket: &ConnectedSocket) -> bool {
        let link = self.session.link.get();
        if let Some(link) = link {
            link.go_on(socket);
        }
        link.is_some()
    }

    /// This is its link.
    pub(super) fn link_by(&self, link: Arc<dyn LibraryLink>) {
        // Whoever has one goes on with it.
        let _ = self.session.link.set(link);
    }

    /// What stays while the library is away.
    pub(super) fn resident(&self) -> Weak<dyn Resident> {
        Arc::downgrade(&self.session) as _
    }

    /// The session that hears of every event.
    pub(super) fn session(&self) -> &Arc<SessionSocket> {
        &self.session.session
    }

    /// Reads texts before the library does, as long as the socket is there.
    pub(super) fn texts(&self) -> Weak<dyn TextReader> {
        Arc::downgrade(&self.session) as _
    }
}

impl<A: LibraryAdapter> MessageHandler<A, ()> for EventReader {
    fn call(&self, _socket: Arc<Socket<A>>, value: Value, ack: Option<i64>) {
        let text = value.as_str().map(|text| text.as_ref());
        let name = text.and_then(event_name);
        let kind = name.and_then(|name| ClientEvent::named(&name));
        dispatch(&self.session.session, kind, ack, |limits| match &value {
            Value::Str(text, None) => first_argument(text, limits),
            Value::Str(text, Some(attachments)) => {
                let attached: usize = attachments.iter().map(bytes::Bytes::len).sum();
                check_size(text.len() + attached, limits).and(Err(unreadable()))
            }
            Value::Bytes(_) => Err(unreadable()),
        });
    }
}

impl RoomListener for SessionSocket {
    fn room(&self) {
        SessionSocket::room(self);
    }
}

/// Hears what a client goes on saying after its session ended, and does nothing with it. The library
/// would close the connection over it, with bytes still unread, and a system that resets such a
/// connection takes from the client what it has not read yet: why its session ended.
pub(super) struct Deaf;

impl TextReader for Deaf {
    fn take(&self, text: &str) -> bool {
        event(text).is_some()
    }
}

impl TextReader for EndOnDrop {
    /// Takes events of the default namespace without attachments; everything else is the library's.
    fn take(&self, text: &str) -> bool {
        let Some((ack, arguments)) = event(text) else {
            return false;
        };
        let Some(name) = event_name(arguments) else {
            return false;
        };
        let kind = ClientEvent::named(&name);
        dispatch(&self.session, kind, ack, |limits| {
            check_size(arguments.len(), limits)?;
            let patch = match kind {
                Some(ClientEvent::Update) => movement(arguments, limits),
                _ => None,
            };
            match patch {
                Some(patch) => Ok(Payload::Patch(patch)),
                None => first_argument(arguments, limits),
            }
        });
        true
    }
}

fn dispatch(
    session: &SessionSocket,
    kind: Option<ClientEvent>,
    ack: Option<i64>,
    payload: impl FnOnce(&PayloadLimits) -> Result<Payload, Refusal>,
) {
    let received = Instant::now();
    if session.admits(kind, ack, received) {
        session.receive(Event {
            kind,
            payload: payload(session.limits()),
            ack,
            received,
        });
    }
}

/// The number to answer under, and `["name", argument, ...]`, of a packet as Engine.IO carries it:
/// `42`, perhaps a number, and the array.
fn event(text: &str) -> Option<(Option<i64>, &str)> {
    let rest = text.strip_prefix("42")?;
    let arguments = rest.trim_start_matches(|it: char| it.is_ascii_digit());
    if !arguments.starts_with('[') {
        return None;
    }
    let number = &rest[..rest.len() - arguments.len()];
    match number.is_empty() {
        true => Some((None, arguments)),
        false => Some((Some(number.parse().ok()?), arguments)),
    }
}

/// The first of an event's arguments, when that is text.
fn event_name(arguments: &str) -> Option<Cow<'_, str>> {
    #[derive(serde::Deserialize)]
    struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

    let mut rest = serde_json::Deserializer::from_str(arguments.strip_prefix('[')?);
    Name::deserialize(&mut rest).ok().map(|Name(name)| name)
}

/// The argument after the event's name.
fn first_argument(arguments: &str, limits: &PayloadLimits) -> Result<Payload, Refusal> {
    check_size(arguments.len(), limits)?;
    // serde_json stops at a nesting of 128, far above what any payload may have.
    serde_json::from_str(arguments)
        .map(|SecondElement(payload)| Payload::Json(payload))
        .map_err(|_| unreadable())
}

fn check_size(len: usize, limits: &PayloadLimits) -> Result<(), Refusal> {
    match len <= limits.event_bytes {
        true => Ok(()),
        false => Err(Refusal::new(
            RefusalCode::TooLarge,
            "That was too much at once. Send less.",
        )),
    }
}

fn unreadable() -> Refusal {
    Refusal::new(
        RefusalCode::InvalidPayload,
        "Nothing usable came with this request.",
    )
}

/// The second element of an array.
struct SecondElement(Option<Json>);

impl<'de> Deserialize<'de> for SecondElement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Elements;

        impl<'de> Visitor<'de> for Elements {
            type Value = SecondElement;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an event's arguments")
            }

            fn visit_seq<S: SeqAccess<'de>>(
                self,
                mut elements: S,
            ) -> Result<SecondElement, S::Error> {
                elements.next_element::<IgnoredAny>()?;
                let payload = elements.next_element()?;
                while elements.next_element::<IgnoredAny>()?.is_some() {}
                Ok(SecondElement(payload))
            }
        }

        deserializer.deserialize_seq(Elements)
    }
}

/// For the fuzz target `inbound_event` and the replay of its corpus.
///
/// # Panics
/// When `text` would be taken as an event that the library reads differently.
#[doc(hidden)]
pub fn fuzz_event(text: &str) {
    let Some((ack, arguments)) = event(text) else {
        return;
    };
    let Some(name) = event_name(arguments) else {
        return;
    };
    let packet = Str::from(text[1..].to_owned());
    let read = CommonParser.decode_str(&ParseConfig::default(), &ParserState::default(), packet);
    let packet = read.map(|packet| (packet.ns == "/", packet.inner));
    let Ok((true, PacketData::Event(value, number))) = packet else {
        panic!("{text} is no event of the default namespace: {packet:?}");
    };
    assert_eq!(number, ack, "{text}");
    // It reads no names with escapes.
    if let Ok(read) = CommonParser.read_event(&value) {
        assert_eq!(read, name, "{text}");
    }
    let _ = first_argument(arguments, &PayloadLimits::default());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(packet: &str, expected: Result<Option<Json>, RefusalCode>) {
        let actual = first_argument(packet, &PayloadLimits::default());
        let actual = actual.map(|payload| match payload {
            Payload::Json(json) => json,
            Payload::Patch(_) => panic!("no patch was expected"),
        });
        assert_eq!(actual.map_err(|refusal| refusal.code), expected);
    }

    #[test]
    fn arguments() {
        check(r#"["player:leave"]"#, Ok(None));
        check(r#"["a",{"x":1},2]"#, Ok(Some(json!({"x": 1}))));
        check(r#"["a",null]"#, Ok(Some(json!(null))));
        check(r#"["a",{"x":1e999}]"#, Err(RefusalCode::InvalidPayload));
        check(r#"["a",{"x":"#, Err(RefusalCode::InvalidPayload));
        let deep = format!(r#"["a",{}{}]"#, "[".repeat(20_000), "]".repeat(20_000));
        check(&deep, Err(RefusalCode::InvalidPayload));
        check(
            &format!(r#"["a","{}"]"#, "x".repeat(70_000)),
            Err(RefusalCode::TooLarge),
        );
    }

    #[test]
    fn events_of_the_default_namespace_are_taken() {
        #[track_caller]
        fn check(text: &str, expected: Option<(Option<i64>, &str)>) {
            let actual = event(text).and_then(|(ack, arguments)| {
                event_name(arguments)?;
                Some((ack, arguments))
            });
            assert_eq!(actual, expected, "{text}");
        }
        check(r#"42["a"]"#, Some((None, r#"["a"]"#)));
        check(r#"4217["a",{}]"#, Some((Some(17), r#"["a",{}]"#)));
        check(r#"42[ "a\n" , 1]"#, Some((None, r#"[ "a\n" , 1]"#)));
        // Everything else is left to the library.
        for text in [
            "2",
            "3",
            "40",
            "41",
            r#"40{"token":"x"}"#,
            r#"42/admin,["a"]"#,
            r#"451-["a",{"_placeholder":true,"num":0}]"#,
            r#"42-1["a"]"#,
            r#"4299999999999999999999["a"]"#,
            "42",
            "42[",
            "42[]",
            "42[1]",
            r#"42["a"#,
            "42{}",
        ] {
            check(text, None);
        }
    }
}
