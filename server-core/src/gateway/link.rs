//! The road to one client, over Socket.IO.
//!
//! Frames to a session on a websocket go straight to its transport, encoded once for all recipients;
//! see [`crate::listener::direct`]. While it polls, they go through the library.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use bytes::Bytes;
use socketioxide::extract::AckSender;
use socketioxide::handler::{FromConnectParts, FromMessageParts};
use socketioxide::socket::{Sid, Socket};
use socketioxide::{SendError, SocketError, TransportType};
use socketioxide_core::Value;

use super::adapter::Adapter;
use super::sockets::{LiveSockets, Road};
use super::wire::Packets;
use crate::listener::{TextReader, TransportHandle};
use crate::protocol::events;
use crate::session::frame::{Frame, Updates};
use crate::session::link::{ClientLink, LinkError, UPDATES_WAITING};

/// Name of the event that marks, in what the library writes, where direct frames may begin. The
/// transport takes it out; no client ever sees one.
const GATE: &str = "direct:gate";

/// Waiting bytes above which a websocket takes nothing.
const FRAMES_WAITING: usize = 256 * 1024;

/// The socket itself: acks can be sent through it long after the event's handler returned.
pub(super) struct ConnectedSocket(pub(super) Arc<Socket<Adapter>>);

impl FromConnectParts<Adapter> for ConnectedSocket {
    type Error = std::convert::Infallible;

    fn from_connect_parts(
        socket: &Arc<Socket<Adapter>>,
        _auth: &Option<Value>,
    ) -> Result<Self, Self::Error> {
        Ok(Self(socket.clone()))
    }
}

/// See the module.
pub(super) struct SocketLink {
    socket: Arc<Socket<Adapter>>,
    sid: Sid,
    road: Arc<Road>,
    sockets: LiveSockets,
    /// Packets the library's channel may hold.
    window: usize,
    /// Packets given to that channel since it was last empty.
    in_flight: AtomicUsize,
    packets: Packets,
    direct: OnceLock<TransportHandle>,
    /// Hears what the client says, from the transport itself.
    reader: Option<Weak<dyn TextReader>>,
}

impl SocketLink {
    /// At most `window` packets are on their way at once while the client polls. On a websocket
    /// `reader` is shown what the client says before the library is.
    pub(super) fn new(
        ConnectedSocket(socket): ConnectedSocket,
        sockets: &LiveSockets,
        window: usize,
        reader: Option<Weak<dyn TextReader>>,
    ) -> Self {
        let sid = socket.id;
        let road = sockets.register(sid, socket.req_parts());
        let packets = Packets::of(socket.ns());
        Self {
            socket,
            sid,
            road,
            sockets: sockets.clone(),
            window,
            in_flight: AtomicUsize::new(0),
            packets,
            direct: OnceLock::new(),
            reader,
        }
    }

    /// The transport that takes frames as bytes, once the session is on a websocket.
    fn direct(&self) -> Option<&TransportHandle> {
        if let Some(transport) = self.direct.get() {
            return Some(transport);
        }
        // The road is a websocket as soon as the upgrade is answered; until the client has said that it
        // moved, the last poll may still take what the gate waits for.
        if self.socket.transport_type() != TransportType::Websocket {
            return None;
        }
        let transport = self.road.websocket()?;
        // What the library has been given goes first: direct frames wait until the transport meets
        // this packet behind it.
        static GATES: AtomicU64 = AtomicU64::new(0);
        let number = GATES.fetch_add(1, Ordering::Relaxed);
        self.room_in_channel().ok()?;
        transport.hold_until(self.packets.event(GATE, &number.to_string()));
        // Fails only when the socket is closed, and then nothing that is held matters.
        self.socket.emit(GATE, &number).ok();
        if let Some(reader) = &self.reader {
            transport.show_texts(reader.clone());
        }
        Some(self.direct.get_or_init(|| transport))
    }

    fn room_in_channel(&self) -> Result<(), LinkError> {
        if self.road.is_drained() {
            self.in_flight.store(0, Ordering::Relaxed);
        }
        match self.in_flight.load(Ordering::Relaxed) < self.window {
            true => Ok(()),
            false => Err(LinkError::Full),
        }
    }

    /// Sends through the library's channel.
    fn emit(&self, packet: impl FnOnce() -> Result<(), SendError>) -> Result<(), LinkError> {
        self.room_in_channel()?;
        self.road.expect_drain();
        packet().map_err(|error| match error {
            SendError::Socket(SocketError::InternalChannelFull) => LinkError::Full,
            SendError::Socket(SocketError::Closed) | SendError::Serialize(_) => LinkError::Closed,
        })?;
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

impl Drop for SocketLink {
    fn drop(&mut self) {
        self.sockets.forget(self.sid, &self.road);
    }
}

impl ClientLink for SocketLink {
    fn send(&self, frame: &Frame) -> Result<(), LinkError> {
        if let Some(transport) = self.direct() {
            let bytes = encode(&self.packets, frame).into_owned();
            return write(transport, bytes);
        }
        self.emit(|| match frame {
            Frame::Event { name, payload, .. } => self.socket.emit(name, payload.as_ref()),
            Frame::Binary { name, payload, .. } => self.socket.emit(name, payload),
            Frame::Ack { id, payload } => {
                let mut unused = Value::Bytes(Bytes::new());
                let Ok(sender) =
                    AckSender::from_message_parts(&self.socket, &mut unused, &Some(*id));
                sender.send(payload.as_ref())
            }
        })
    }

    fn send_updates(&self, updates: &Updates, range: Range<usize>) -> Result<(), LinkError> {
        let name = events::PLAYER_UPDATED;
        if let Some(transport) = self.direct() {
            let bytes = updates.encoded(range, |out, player| {
                self.packets.push_event(out, name, player.get());
            });
            return write(transport, bytes);
        }
        for player in updates.players(range) {
            self.emit(|| self.socket.emit(name, player.as_ref()))?;
        }
        Ok(())
    }

    fn transport(&self) -> Option<TransportHandle> {
        self.direct().cloned()
    }

    fn flush_now(&self) {
        if let Some(transport) = self.direct.get() {
            transport.flush_now();
        }
    }

    fn flush_soon(&self) {
        if let Some(transport) = self.direct.get() {
            transport.flush_soon();
        }
    }

    fn has_room(&self, packets: usize) -> bool {
        if let Some(transport) = self.direct() {
            return transport.waiting_bytes() <= UPDATES_WAITING;
        }
        if self.road.is_drained() {
            return packets <= self.window;
        }
        self.in_flight.load(Ordering::Relaxed) + packets <= self.window / 2
    }

    fn is_drained(&self) -> bool {
        match self.direct.get() {
            Some(transport) if transport.waiting_bytes() > 0 => false,
            _ => self.road.is_drained(),
        }
    }

    fn idle_for(&self) -> Duration {
        self.road.idle_for()
    }

    fn round_trip(&self) -> Option<Duration> {
        self.road.websocket()?.round_trip()
    }

    fn is_websocket(&self) -> bool {
        self.road.is_websocket()
    }

    fn disconnect(&self) -> Result<(), LinkError> {
        // The goodbye goes through the library and must not overtake what waits.
        if self.direct.get().is_some() && !self.is_drained() {
            return Err(LinkError::Full);
        }
        self.road.expect_drain();
        match self.socket.clone().disconnect() {
            Err(SocketError::InternalChannelFull) => Err(LinkError::Full),
            Ok(()) | Err(SocketError::Closed) => Ok(()),
        }
    }

    fn cut(&self) {
        self.road.cut();
    }
}

fn write(transport: &TransportHandle, bytes: Bytes) -> Result<(), LinkError> {
    if transport.is_cut() {
        return Err(LinkError::Closed);
    }
    match transport.write(bytes, FRAMES_WAITING) {
        true => Ok(()),
        false => Err(LinkError::Full),
    }
}

/// The frame as bytes; all recipients of a frame are in one namespace.
fn encode<'a>(packets: &Packets, frame: &'a Frame) -> Cow<'a, Bytes> {
    match frame {
        Frame::Event {
            name,
            payload,
            encoded,
            ..
        } => Cow::Borrowed(encoded.get_or_encode(|| packets.event(name, payload.get()))),
        Frame::Binary {
            name,
            payload,
            encoded,
        } => Cow::Borrowed(encoded.get_or_encode(|| packets.binary_event(name, payload))),
        Frame::Ack { id, payload } => Cow::Owned(packets.ack(*id, payload.get())),
    }
}
