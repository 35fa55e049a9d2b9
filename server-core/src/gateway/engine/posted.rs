//! What a client that polls sends, looked at while the library reads it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::session::EngineSession;
use transport::connect_packets::{ConnectPackets, Excess};
use transport::packet_count::PacketCount;

/// Between two packets of a body (Engine.IO, "HTTP long-polling").
const SEPARATOR: u8 = 0x1E;
/// How the packet that ends a session begins (`close`); the library reads no further than that.
const CLOSE: u8 = b'1';

/// A body of which the library gets no more than up to an excessive CONNECT: it then ends the session
/// and answers 400, as for any packet that is none.
pub(super) struct Posted {
    body: Body,
    // Of this body: a client may send several at once.
    connects: ConnectPackets,
    /// The next byte is a packet's first.
    packet_begins: bool,
    session: Arc<EngineSession>,
}

impl Posted {
    pub(super) fn new(body: Body, session: Arc<EngineSession>) -> Self {
        Self {
            body,
            connects: ConnectPackets::default(),
            packet_begins: true,
            session,
        }
    }
}

impl HttpBody for Posted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let posted = self.get_mut();
        let frame = ready!(Pin::new(&mut posted.body).poll_frame(cx));
        if let Some(Ok(frame)) = &frame
            && let Some(bytes) = frame.data_ref()
        {
            let connects = &mut posted.connects;
            let looked = look_at(bytes, connects, &mut posted.session.packet_count());
            if let Err(excess) = looked {
                tracing::debug!(%excess, "a session was ended");
                let refused = io::Error::new(io::ErrorKind::InvalidData, excess);
                return Poll::Ready(Some(Err(axum::Error::new(refused))));
            }
            if connects.holds_state() {
                posted.session.parking().keep_library();
            }
            // Noted before the library ends the session.
            if closes(bytes, &mut posted.packet_begins) {
                posted.session.part();
            }
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn look_at(
    bytes: &[u8],
    connects: &mut ConnectPackets,
    count: &mut PacketCount,
) -> Result<(), Excess> {
    for (n, packet) in bytes.split(|byte| *byte == SEPARATOR).enumerate() {
        if n > 0 {
            connects.begin();
        }
        connects.announce(packet.len() as u64)?;
        connects.pass(packet.iter().copied(), count)?;
    }
    Ok(())
}

/// Whether a packet that ends the session begins in these bytes.
fn closes(bytes: &[u8], packet_begins: &mut bool) -> bool {
    let mut closes = false;
    for byte in bytes {
        closes |= *packet_begins && *byte == CLOSE;
        *packet_begins = *byte == SEPARATOR;
    }
    closes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packet_that_ends_a_session_is_found() {
        for (body, expected) in [
            ("1", true),
            ("3\u{1e}1", true),
            ("42[1]\u{1e}1\u{1e}3", true),
            ("41", false),
            ("3\u{1e}42[1]", false),
            ("", false),
        ] {
            for size in [1, 2, 100] {
                let mut packet_begins = true;
                let mut pieces = body.as_bytes().chunks(size);
                let found = pieces.any(|piece| closes(piece, &mut packet_begins));
                assert_eq!(found, expected, "{body:?} in pieces of {size}");
            }
        }
    }

    #[test]
    fn each_packet_of_a_body_is_looked_at() {
        let long = format!("40/{}", "n".repeat(100));
        let body = format!("42[]\u{1e}40\u{1e}{long}");
        for (body, expected) in [
            (body.as_str(), Err(Excess::LongName)),
            ("42[]\u{1e}40/admin,{}\u{1e}", Ok(())),
            (&long[2..], Ok(())),
        ] {
            for size in [1, 5, 1000] {
                let mut connects = ConnectPackets::default();
                let mut pieces = body.as_bytes().chunks(size);
                let mut count = PacketCount::default();
                let looked = pieces.try_for_each(|piece| look_at(piece, &mut connects, &mut count));
                assert_eq!(looked, expected, "{body} in pieces of {size}");
            }
        }
    }
}
