//! Connections of which the library knows nothing while nothing needs it.
//!
//! The library keeps three tasks, a channel of 32 places and the request for each of its sessions, more than
//! all that this server keeps for a player, also while frames go beside it both ways. So when a client has
//! entered the world on a websocket and nothing is begun, the library is told that the stream has ended, and
//! the stream waits here, with the heartbeat. What then comes and is neither an event that is taken beside
//! the library nor a heartbeat goes to a session of the library that is opened for it: the client enters
//! the world in it once more, which nobody hears of, and the bytes follow.
//!
//! Nothing that lives in the library alone may be lost that way. So it keeps every connection whose client
//! has sent anything but heartbeats, events of the world and its CONNECT, or is being disconnected.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::Request;
use hyper::service::Service as LibraryService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep_until};

use super::Engine;
use super::heartbeat::Heartbeat;
use super::resident::{Resident, Resumption};
use super::scripted::{LeftOut, Scripted, ScriptedStep};
use super::session::EngineSession;
use transport::Transport;

/// The heartbeat that the library sends when a session opens, `pingInterval` too early: it is kept from the
/// client.
pub(super) const PING_FRAME: &[u8] = b"\x81\x012";
/// The CONNECT with which a client enters the world again, masked with zeros.
const ENTER_FRAME: &[u8] = b"\x81\x82\0\0\0\x0040";
/// Bytes looked at once for a heartbeat.
const LOOK_BYTES: usize = 512;

/// A session's stream, as the library has it until it may let go.
struct Lent {
    stream: Option<Scripted<Transport>>,
    session: Arc<EngineSession>,
    /// The library has let go, for this resident.
    parked: Option<Arc<dyn Resident>>,
}

impl Lent {
    /// The stream, while the library has it.
    fn stream(&mut self) -> Option<Pin<&mut Scripted<Transport>>> {
        let is_here = self.parked.is_none();
        self.stream.as_mut().filter(|_| is_here).map(Pin::new)
    }

    fn is_settled(&self) -> bool {
        let settled = |it: &Scripted<Transport>| it.is_over() && it.stream().is_settled();
        self.stream.as_ref().is_some_and(settled)
    }
}

impl AsyncRead for Lent {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let lent = self.get_mut();
        let Some(stream) = lent.stream() else {
            return Poll::Ready(Ok(()));
        };
        let polled = stream.poll_read(cx, buffer);
        // It has done with what it read before, and nothing is there to read.
        if polled.is_pending()
            && lent.is_settled()
            && let Some(resident) = lent.session.parking().park()
        {
            resident.library_left();
            lent.parked = Some(resident);
            return Poll::Ready(Ok(()));
        }
        polled
    }
}

impl AsyncWrite for Lent {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        // A goodbye that nobody is to hear.
        let gone = Poll::Ready(Ok(bytes.len()));
        let stream = self.get_mut().stream();
        stream.map_or(gone, |stream| stream.poll_write(cx, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut().stream();
        stream.map_or(Poll::Ready(Ok(())), |stream| stream.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.get_mut().stream();
        stream.map_or(Poll::Ready(Ok(())), |stream| stream.poll_shutdown(cx))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(resident), Some(stream)) = (self.parked.take(), self.stream.take())
            && let Ok(runtime) = Handle::try_current()
        {
            let mut transport = stream.into_stream();
            transport.change_owner();
            runtime.spawn(stay(self.session.clone(), resident, transport));
        }
    }
}

impl Engine {
    /// Has the library carry a session on a stream, until it may let go.
    pub(super) fn hand_over(
        &self,
        stream: Scripted<Transport>,
        session: Arc<EngineSession>,
        request: Request<()>,
    ) {
        let lent = Lent {
            stream: Some(stream),
            session,
            parked: None,
        };
        let handed = LibraryService::call(&self.0.library, (lent, request));
        if let Err(error) = handed.into_inner() {
            tracing::debug!(%error, "a websocket was refused");
        }
    }
}

impl EngineSession {
    /// `resident` needs the library no more, unless its client does.
    pub(in crate::gateway) fn settle(&self, resident: Weak<dyn Resident>) {
        self.parking().settle(resident);
    }

    /// The library has to be there from now on. `false` while it is not: it is called back.
    pub(in crate::gateway) fn need_library(&self) -> bool {
        let is_here = self.parking().need_library();
        if let (false, Some(transport)) = (is_here, self.websocket()) {
            transport.wake_owner();
        }
        is_here
    }

    /// The library has found the resident's client again.
    pub(in crate::gateway) fn returned(&self) {
        self.parking().returned();
    }
}

/// Keeps a connection until it ends or needs the library.
async fn stay(session: Arc<EngineSession>, resident: Arc<dyn Resident>, mut transport: Transport) {
    let Some(engine) = session.engine() else {
        return;
    };
    let heartbeat = engine.0.heartbeat;
    // Kept while it waits: a server that stops lets go of its own, and its players are still to hear of that.
    let Some(Wanted { bytes, is_asked }) = wait(&session, &mut transport, heartbeat).await else {
        // With the resident, the session ends.
        return;
    };
    let Some(gate) = resident.gate() else {
        return;
    };
    if !is_asked {
        // The library begins with a heartbeat. Its client hears this one, and its answer is the library's.
        transport.handle().write_heartbeat();
    }
    let steps = [
        ScriptedStep::AwaitLeftOut(1),
        ScriptedStep::Give(Bytes::from_static(ENTER_FRAME)),
        ScriptedStep::AwaitLeftOut(0),
        ScriptedStep::Give(bytes),
    ];
    let left_out = LeftOut::all_up_to([Bytes::from_static(PING_FRAME), gate.frame]);
    let stream = Scripted::new(transport, steps, left_out, session.holds().clone());
    let mut request = session.head().websocket_request();
    request.extensions_mut().insert(session.clone());
    let resumption = Resumption::new(resident, gate.number);
    request.extensions_mut().insert(resumption);
    session.parking().return_now();
    engine.hand_over(stream, session, request);
}

/// Why a connection needs the library.
struct Wanted {
    /// What its client has sent, for the library to read.
    bytes: Bytes,
    /// A heartbeat is not answered yet.
    is_asked: bool,
}

/// `None` when the connection is over.
async fn wait(
    session: &EngineSession,
    transport: &mut Transport,
    heartbeat: Heartbeat,
) -> Option<Wanted> {
    let handle = transport.handle();
    let mut is_asked = false;
    let first = handle.last_heartbeat() + heartbeat.first_period(session.has_polled());
    let mut timer = pin!(sleep_until(first));
    poll_fn(|cx| {
        loop {
            let mut bytes = [0; LOOK_BYTES];
            let mut read = ReadBuf::new(&mut bytes);
            match Pin::new(&mut *transport).poll_read(cx, &mut read) {
                Poll::Ready(Ok(())) if read.filled().is_empty() => return Poll::Ready(None),
                Poll::Ready(Ok(())) if is_heartbeat(read.filled()) => {
                    if std::mem::take(&mut is_asked) {
                        let next = handle.last_heartbeat() + heartbeat.interval;
                        timer.as_mut().reset(next);
                    }
                    continue;
                }
                Poll::Ready(Ok(())) => {
                    if let Some(answer) = goodbye(read.filled()) {
                        handle.write_now(&answer, usize::MAX);
                        return Poll::Ready(None);
                    }
                    let bytes = Bytes::copy_from_slice(read.filled());
                    return Poll::Ready(Some(Wanted { bytes, is_asked }));
                }
                Poll::Ready(Err(error)) => {
                    tracing::debug!(%error, "a connection ended");
                    return Poll::Ready(None);
                }
                Poll::Pending => {}
            }
            if session.parking().wants_library() {
                let bytes = Bytes::new();
                return Poll::Ready(Some(Wanted { bytes, is_asked }));
            }
            ready!(timer.as_mut().poll(cx));
            // One that waits behind a large frame while that is read is not late.
            let is_late = handle.waiting_bytes() == 0 || handle.idle_for() >= heartbeat.timeout;
            if is_asked && is_late {
                tracing::debug!("a client answered no heartbeat");
                return Poll::Ready(None);
            }
            if !is_asked {
                handle.write_heartbeat();
                is_asked = true;
            }
            timer.as_mut().reset(Instant::now() + heartbeat.timeout);
        }
    })
    .await
}

/// Whether these bytes of a client are nothing but heartbeats: masked text frames of one byte.
fn is_heartbeat(bytes: &[u8]) -> bool {
    let (frames, rest) = bytes.as_chunks::<7>();
    let is_beat = |frame: &[u8; 7]| {
        let [0x81, 0x81, key, _, _, _, byte] = frame else {
            return false;
        };
        matches!(byte ^ key, b'2' | b'3')
    };
    rest.is_empty() && frames.iter().all(is_beat)
}

/// The answer to the websocket's end, when these bytes are that and nothing else: the same, without a mask
/// (RFC 6455, section 5.5.1). Only of what clients send by themselves; others are the library's.
fn goodbye(bytes: &[u8]) -> Option<Bytes> {
    const NONE: &[u8] = b"\x88\x00";
    const NORMAL: &[u8] = b"\x88\x02\x03\xe8";
    const AWAY: &[u8] = b"\x88\x02\x03\xe9";
    let (head, payload) = bytes.split_at_checked(6)?;
    let (kind, mask) = head.split_at(2);
    let said: Vec<u8> = payload.iter().zip(mask).map(|(it, key)| it ^ key).collect();
    let is_same = |it: &&[u8]| kind == [0x88, 0x80 | it[1]] && said == it[2..];
    let answer = [NONE, NORMAL, AWAY].into_iter().find(is_same)?;
    Some(Bytes::from_static(answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_end_is_answered_by_itself() {
        let end = |payload: &[u8]| {
            let mask = [7, 8, 9, 10];
            let masked = payload.iter().zip(mask).map(|(byte, key)| byte ^ key);
            let head = [0x88, 0x80 | payload.len() as u8];
            head.into_iter()
                .chain(mask)
                .chain(masked)
                .collect::<Vec<u8>>()
        };
        #[track_caller]
        fn check(bytes: &[u8], expected: Option<&[u8]>) {
            assert_eq!(goodbye(bytes).as_deref(), expected, "{bytes:?}");
        }
        check(&end(&[]), Some(b"\x88\x00"));
        check(&end(&[3, 0xE8]), Some(b"\x88\x02\x03\xe8"));
        check(&end(&[3, 0xE9]), Some(b"\x88\x02\x03\xe9"));
        check(&end(&[3, 0xEA]), None);
        check(&end(&[3]), None);
        check(&end(b"\x03\xe8bye"), None);
        check(&end(&[3, 0xE8])[..7], None);
        check(&[end(&[]), end(&[])].concat(), None);
        check(b"\x88\x00", None);
        check(&[0x81, 0x80, 1, 2, 3, 4], None);
    }

    #[test]
    fn only_whole_heartbeats_are_some() {
        let beat = [0x81, 0x81, 7, 8, 9, 10, b'3' ^ 7];
        assert!(is_heartbeat(&beat));
        assert!(is_heartbeat(&[beat, beat].concat()));
        let other = [0x81, 0x81, 7, 8, 9, 10, b'1' ^ 7];
        assert!(!is_heartbeat(&other));
        assert!(!is_heartbeat(&[beat, other].concat()));
        assert!(!is_heartbeat(&beat[..6]));
        assert!(!is_heartbeat(&[&beat[..], &beat[..3]].concat()));
        let longer = [0x81, 0x82, 7, 8, 9, 10, b'3' ^ 7];
        assert!(!is_heartbeat(&longer));
    }
}
