//! The link to one client, over Socket.IO.
//!
//! Frames to a session on a websocket go straight to its transport, encoded once for all recipients;
//! see [`transport::direct`]. While it polls, they go through the library, and only when a poll
//! is there to take them. With `DIRECT_FRAMES=off` those to a websocket go through the library too, as
//! much as it may be given between two flushes.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, OnceLock, Weak};
use std::time::Duration;

use bytes::Bytes;
use parking_lot::{Mutex, MutexGuard};
use socketioxide::extract::AckSender;
use socketioxide::handler::FromMessageParts;
use socketioxide::socket::Socket;
use socketioxide::{SendError, SocketError};
use socketioxide_core::Value;

use super::adapter::Adapter;
use super::connected::ConnectedSocket;
use super::engine::{EngineSession, Gate, Resident, Resumption, RoomListener};
use super::inbound::{Deaf, LibraryLink};
use super::wire::{EncodedFrame, Packets};
use contract::events;
use session::announcements::Announcements;
use session::frame::{Frame, FrameGroup, Updates};
use session::link::{ClientLink, LinkError, UPDATES_WAITING, send_each};
use transport::{TextReader, TransportHandle};

/// Name of the event that marks, in what the library writes, where direct frames may begin. The
/// transport takes it out; no client ever sees one.
const GATE: &str = "direct:gate";

/// Waiting bytes above which a websocket takes nothing.
const FRAMES_WAITING: usize = 256 * 1024;

/// How a link uses the library.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinkSettings {
    /// Packets that the library may be given before it has written what it was given before.
    pub(super) packet_limit: usize,
    /// Whether frames to and from a websocket go beside it (`DIRECT_FRAMES`).
    pub(super) direct_frames: bool,
}

/// What the library was given for a websocket since it flushed last.
#[derive(Debug, Default)]
struct SinceFlush {
    packets: usize,
    bytes: usize,
}

/// Holds back a namespace's yes or no until the library is done with the CONNECT. For the end of its
/// middleware: from there on the library awaits nothing, so what the answer, the connect handler and its
/// own state take is all within this poll of its task.
pub(super) fn hold_answer(socket: &Socket<Adapter>) {
    let session = socket.req_parts().extensions.get::<Arc<EngineSession>>();
    if let Some(session) = session {
        session.hold().end_behind_this_poll();
    }
}

/// See the module.
pub(super) struct SocketLink {
    // The namespace owns it, and its end is the end of the session unless the library lets go of the
    // connection. Held to look it up.
    socket: Mutex<Weak<Socket<Adapter>>>,
    session: Arc<EngineSession>,
    settings: LinkSettings,
    // Held to compare and count.
    given: Mutex<SinceFlush>,
    packets: Packets,
    direct: OnceLock<TransportHandle>,
    /// Hears what the client says, from the transport itself.
    reader: Option<Weak<dyn TextReader>>,
}

impl SocketLink {
    /// A poll is given at most the settings' packets. On a websocket `reader` is shown what the client says
    /// before the library is, unless everything goes through the library. `None` for a socket that did not come through [`super::engine`].
    pub(super) fn new(
        ConnectedSocket(socket): &ConnectedSocket,
        settings: LinkSettings,
        reader: Option<Weak<dyn TextReader>>,
    ) -> Option<Self> {
        let session = socket.req_parts().extensions.get::<Arc<EngineSession>>();
        Some(Self {
            socket: Mutex::new(Arc::downgrade(socket)),
            session: session?.clone(),
            settings,
            given: Mutex::default(),
            packets: Packets::of(socket.ns()),
            direct: OnceLock::new(),
            reader,
        })
    }

    /// Tells `listener` when the client takes more.
    pub(super) fn listen(&self, listener: Weak<dyn RoomListener>) {
        self.session.listen(listener);
    }

    /// Whose link it is stays when the library lets go of the connection, which it may.
    pub(super) fn settle(&self, resident: Weak<dyn Resident>) {
        if self.settings.direct_frames {
            self.session.settle(resident);
        }
    }

    fn socket(&self) -> Option<Arc<Socket<Adapter>>> {
        self.socket.lock().upgrade()
    }

    fn numbered_gate(&self, number: u64) -> Gate {
        let frame = self.packets.event(GATE, &number.to_string());
        Gate { number, frame }
    }

    /// The transport that takes frames as bytes, once the session is on a websocket.
    fn direct(&self) -> Option<&TransportHandle> {
        if !self.settings.direct_frames {
            return None;
        }
        if let Some(transport) = self.direct.get() {
            return Some(transport);
        }
        let transport = self.session.websocket()?;
        let socket = self.socket()?;
        // What the library has been given goes first: direct frames wait until the transport meets
        // this packet behind it.
        let gate = self.gate();
        transport.hold_until(gate.frame.clone());
        // Fails also for a client that has just left the namespace: others use the transport on.
        if socket.emit(GATE, &gate.number).is_err() {
            transport.release(&gate.frame);
            return None;
        }
        if let Some(reader) = &self.reader {
            transport.show_texts(reader.clone());
        }
        Some(self.direct.get_or_init(|| transport))
    }

    /// Asks to give the library one packet more for a websocket.
    fn give(&self, transport: &TransportHandle, bytes: usize) -> Result<(), LinkError> {
        if transport.is_aborted() {
            return Err(LinkError::Closed);
        }
        let mut given = self.given_since_flush(transport);
        let fits = given.bytes == 0 || given.bytes + bytes <= FRAMES_WAITING;
        // While frames go to the transport itself, the library is only given what marks where.
        if self.settings.direct_frames || !fits || given.packets >= self.settings.packet_limit {
            return Err(LinkError::Full);
        }
        given.packets += 1;
        given.bytes += bytes;
        transport.expect_flush();
        Ok(())
    }

    fn given_since_flush(&self, transport: &TransportHandle) -> MutexGuard<'_, SinceFlush> {
        let mut given = self.given.lock();
        if transport.is_flushed() {
            *given = SinceFlush::default();
        }
        given
    }

    /// Gives a poll that waits, or a websocket, a packet of about so many bytes, through the library's
    /// channel.
    fn emit(
        &self,
        bytes: usize,
        packet: impl FnOnce(&Arc<Socket<Adapter>>) -> Result<(), SendError>,
    ) -> Result<(), LinkError> {
        let socket = self.socket().ok_or(LinkError::Closed)?;
        match self.session.websocket() {
            Some(transport) => self.give(&transport, bytes)?,
            None => self.session.give(bytes, self.settings.packet_limit)?,
        }
        packet(&socket).map_err(|error| match error {
            SendError::Socket(SocketError::InternalChannelFull) => LinkError::Full,
            SendError::Socket(SocketError::Closed) | SendError::Serialize(_) => LinkError::Closed,
        })
    }
}

impl LibraryLink for SocketLink {
    fn forget_socket(&self) {
        // A weak one keeps the memory of what it points to.
        *self.socket.lock() = Weak::new();
    }

    fn gate(&self) -> Gate {
        static GATES: AtomicU64 = AtomicU64::new(0);
        self.numbered_gate(GATES.fetch_add(1, Ordering::Relaxed))
    }

    fn go_on(&self, ConnectedSocket(socket): &ConnectedSocket) {
        *self.socket.lock() = Arc::downgrade(socket);
        if let Some(number) = Resumption::gate(socket.req_parts()) {
            // Its channel has room for the first events, or is over.
            if let Err(error) = socket.emit(GATE, &number) {
                tracing::debug!(%error, "a connection was lost when the library returned");
            }
        }
        self.session.returned();
    }
}

impl ClientLink for SocketLink {
    fn send(&self, frame: &Frame) -> Result<(), LinkError> {
        if let Some(transport) = self.direct() {
            return write(transport, encode(&self.packets, frame));
        }
        self.emit(frame.weight(), |socket| match frame {
            Frame::Event { name, payload, .. } => socket.emit(name, payload.as_ref()),
            Frame::Binary { name, payload, .. } => socket.emit(name, payload),
            Frame::World(snapshot) => socket.emit(events::WORLD_STATE, snapshot.json().as_ref()),
            Frame::PackedWorld(snapshot) => match snapshot.packed() {
                Some(packed) => socket.emit(events::EVENTS_PACKED, packed),
                None => socket.emit(events::WORLD_STATE, snapshot.json().as_ref()),
            },
            Frame::Ack { id, payload } => acknowledge(socket, *id, payload.as_ref()),
            Frame::JoinAck { id, answer } => acknowledge(socket, *id, answer.as_ref()),
        })
    }

    fn send_updates(&self, updates: &Updates, range: Range<usize>) -> Result<(), LinkError> {
        let name = events::PLAYER_UPDATED;
        if let Some(transport) = self.direct() {
            let bytes = updates.encoded(range, |out, player| {
                self.packets.push_event(out, name, player.get());
            });
            return write(transport, EncodedFrame::Whole(bytes));
        }
        for player in updates.players(range) {
            self.emit(player.get().len(), |socket| {
                socket.emit(name, player.as_ref())
            })?;
        }
        Ok(())
    }

    fn send_group(&self, group: &FrameGroup) -> Result<(), LinkError> {
        let transport = self.direct().ok_or(LinkError::Full)?;
        let bytes = group.get_or_encode(|frame| encode(&self.packets, frame).joined());
        write(transport, EncodedFrame::Whole(bytes))
    }

    fn send_announced(
        &self,
        announced: &Announcements,
        range: Range<usize>,
    ) -> Result<usize, LinkError> {
        let Some(transport) = self.direct() else {
            return send_each(self, announced, range);
        };
        let count = range.len();
        let bytes = announced.encoded(range, |out, frame| {
            out.extend_from_slice(&encode(&self.packets, frame).joined());
        });
        write(transport, EncodedFrame::Whole(bytes)).map(|()| count)
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
        let packet_limit = self.settings.packet_limit;
        let Some(transport) = self.session.websocket() else {
            return self.session.has_room(packets, packet_limit);
        };
        let given = self.given_since_flush(&transport);
        match given.packets {
            0 => packets <= packet_limit,
            held => held + packets <= packet_limit / 2 && given.bytes < UPDATES_WAITING,
        }
    }

    fn is_drained(&self) -> bool {
        match self.session.websocket() {
            Some(transport) => transport.waiting_bytes() == 0 && transport.is_flushed(),
            None => self.session.is_taken(),
        }
    }

    fn stalled_for(&self) -> Option<Duration> {
        match self.session.websocket() {
            Some(transport) => (!self.is_drained()).then(|| transport.idle_for()),
            None => self.session.waits_for_poll(),
        }
    }

    fn round_trip(&self) -> Option<Duration> {
        self.session.websocket()?.round_trip()
    }

    fn is_websocket(&self) -> bool {
        self.session.websocket().is_some()
    }

    fn disconnect(&self) -> Result<(), LinkError> {
        // The goodbye goes through the library and must not overtake what waits.
        if self.direct.get().is_some() && !self.is_drained() {
            return Err(LinkError::Full);
        }
        // It is said by the library, which has to be there.
        if !self.session.need_library() {
            return Err(LinkError::Full);
        }
        match self.session.websocket() {
            Some(transport) => transport.expect_flush(),
            None => self.session.gave(),
        }
        let Some(socket) = self.socket() else {
            return Ok(());
        };
        if let (Some(transport), Some(_)) = (self.direct.get(), &self.reader) {
            static DEAF: LazyLock<Arc<Deaf>> = LazyLock::new(|| Arc::new(Deaf));
            let deaf: &Arc<Deaf> = &DEAF;
            let deaf: Weak<dyn TextReader> = Arc::downgrade(deaf) as _;
            transport.show_texts(deaf);
        }
        // It says goodbye before the socket is gone.
        let _hold = self.session.hold();
        match socket.disconnect() {
            Err(SocketError::InternalChannelFull) => Err(LinkError::Full),
            Ok(()) | Err(SocketError::Closed) => Ok(()),
        }
    }

    fn abort(&self) {
        self.session.abort();
    }
}

fn acknowledge(
    socket: &Arc<Socket<Adapter>>,
    id: i64,
    answer: &(impl serde::Serialize + ?Sized),
) -> Result<(), SendError> {
    let mut unused = Value::Bytes(Bytes::new());
    let Ok(sender) = AckSender::from_message_parts(socket, &mut unused, &Some(id));
    sender.send(answer)
}

fn write(transport: &TransportHandle, frame: EncodedFrame) -> Result<(), LinkError> {
    if transport.is_aborted() {
        return Err(LinkError::Closed);
    }
    let taken = match frame {
        EncodedFrame::Whole(bytes) => transport.write(bytes, FRAMES_WAITING),
        EncodedFrame::Around { head, world, tail } => {
            transport.write_parts([head, world], tail, FRAMES_WAITING)
        }
        EncodedFrame::Before { head, attachment } => {
            transport.write_parts([head], attachment, FRAMES_WAITING)
        }
    };
    match taken {
        true => Ok(()),
        false => Err(LinkError::Full),
    }
}

/// The frame as bytes; all recipients of a frame are in one namespace.
fn encode(packets: &Packets, frame: &Frame) -> EncodedFrame {
    match frame {
        Frame::Event {
            name,
            payload,
            encoded,
            ..
        } => {
            let bytes = encoded.get_or_encode(|| packets.event(name, payload.get()));
            EncodedFrame::Whole(bytes.clone())
        }
        Frame::Binary {
            name,
            payload,
            encoded,
            ..
        } => {
            let bytes = encoded.get_or_encode(|| packets.binary_event(name, payload));
            EncodedFrame::Whole(bytes.clone())
        }
        Frame::World(snapshot) => packets.event_around(events::WORLD_STATE, snapshot.json()),
        Frame::PackedWorld(snapshot) => match snapshot.packed() {
            Some(packed) => packets.binary_event_before(events::EVENTS_PACKED, packed),
            None => packets.event_around(events::WORLD_STATE, snapshot.json()),
        },
        Frame::Ack { id, payload } => EncodedFrame::Whole(packets.ack(*id, payload.get())),
        Frame::JoinAck { id, answer } => {
            let (before, after) = answer.around_state();
            match &answer.state {
                Some(state) => packets.ack_around(*id, [&before, &after], state.json()),
                None => EncodedFrame::Whole(packets.ack(*id, &(before + &after))),
            }
        }
    }
}
