//! The packets with which a client moves to a websocket: `2probe`, answered by `3probe`, and `5`.
//!
//! Nothing else may come before them. The websocket is read here without a websocket library, since
//! what follows `5`, often in the same read, belongs to the one that carries the session from then on.

use std::future::poll_fn;
use std::io;
use std::pin::pin;

use bytes::{Buf as _, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use super::session::UpgradeAttempt;
use transport::incoming::Head;

/// The client's packets, as frames that are masked with zeros; this is how the library reads them.
pub(super) const PROBE_FRAME: &[u8] = b"\x81\x86\0\0\0\x002probe";
pub(super) const UPGRADE_FRAME: &[u8] = b"\x81\x81\0\0\0\x005";
/// The server's answer to the probe.
pub(super) const ANSWER_FRAME: &[u8] = b"\x81\x063probe";

/// Bytes of a control frame's payload at most (RFC 6455, section 5.5); no packet here is longer.
const MAX_PAYLOAD: u64 = 125;
const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
const PONG: u8 = 0x8A;

/// Waits for the client to move, and gives what it sent behind `5`. What was read already is `behind`.
/// Tells `attempt` how far it came.
///
/// # Errors
/// When the websocket ends, is broken, or carries anything else.
pub(super) async fn await_upgrade(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    behind: Bytes,
    attempt: &UpgradeAttempt,
) -> io::Result<BytesMut> {
    let mut read = BytesMut::from(behind);
    expect(stream, &mut read, b"2probe", attempt).await?;
    stream.write_all(ANSWER_FRAME).await?;
    stream.flush().await?;
    attempt.probed();
    expect(stream, &mut read, b"5", attempt).await?;
    attempt.moving();
    Ok(read)
}

async fn expect(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    read: &mut BytesMut,
    packet: &[u8],
    attempt: &UpgradeAttempt,
) -> io::Result<()> {
    loop {
        let (kind, payload) = frame(stream, read, attempt).await?;
        match kind {
            TEXT if payload == packet => return Ok(()),
            PING => {
                let len = u8::try_from(payload.len()).map_err(|_| unexpected())?;
                stream
                    .write_all(&[&[PONG, len], &*payload].concat())
                    .await?;
                stream.flush().await?;
            }
            PONG => {}
            CLOSE => return Err(io::ErrorKind::ConnectionAborted.into()),
            _ => return Err(unexpected()),
        }
    }
}

/// The next frame: its first byte and what it carries.
async fn frame(
    stream: &mut (impl AsyncRead + Unpin),
    read: &mut BytesMut,
    attempt: &UpgradeAttempt,
) -> io::Result<(u8, Vec<u8>)> {
    loop {
        if let Some(head) = Head::read(read) {
            let len = head.payload();
            let mask = head.mask(read).ok_or_else(unexpected)?;
            if len > MAX_PAYLOAD {
                return Err(unexpected());
            }
            let (start, whole) = (head.head_len(), head.head_len() + len as usize);
            if let Some(payload) = read.get(start..whole) {
                let payload = payload.iter().zip(mask.iter().cycle());
                let payload = payload.map(|(byte, key)| byte ^ key).collect();
                let kind = read[0];
                read.advance(whole);
                return Ok((kind, payload));
            }
        }
        // Whatever the client has sent by now is looked at before it is said that there is no more.
        let more = poll_fn(|cx| {
            let asked = attempt.asked(cx.waker());
            let more = pin!(stream.read_buf(read)).poll(cx);
            if more.is_pending() {
                attempt.caught_up(asked);
            }
            more
        });
        if more.await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn unexpected() -> io::Error {
    io::ErrorKind::InvalidData.into()
}
