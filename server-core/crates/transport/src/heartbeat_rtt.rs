//! The round trip of a websocket's heartbeat, seen from the bytes that pass.
//!
//! Engine.IO sends the text frame `2` now and then, and the client answers `3`; the library tells
//! nobody how long that took. Both are frames of one byte, easy to recognise, the question where a
//! write begins or ends with it. One that is not found, or an answer because a read began inside
//! another frame, costs a sample and nothing else.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// The heartbeat as the server writes it: a final text frame of one byte, unmasked.
pub(super) const PING: [u8; 3] = [0x81, 0x01, b'2'];
/// How a client's text frame of one byte begins: final, masked.
const PONG_HEAD: [u8; 2] = [0x81, 0x81];

/// See the module. Times are microseconds after the connection was opened; 0 is "none".
#[derive(Debug, Default)]
pub(super) struct HeartbeatRtt {
    asked_us: AtomicU64,
    round_trip_us: AtomicU64,
    /// When the last question left, or frames began.
    last_us: AtomicU64,
}

impl HeartbeatRtt {
    /// Bytes left towards the client.
    pub(super) fn wrote(&self, bytes: &[u8], now: impl FnOnce() -> Duration) {
        if bytes.starts_with(&PING) || bytes.ends_with(&PING) {
            let now = micros(now());
            self.asked_us.store(now, Relaxed);
            self.last_us.store(now, Relaxed);
        }
    }

    /// Frames begin: from now on there are heartbeats.
    pub(super) fn begin(&self, now: Duration) {
        self.last_us.store(micros(now), Relaxed);
    }

    /// When the last question left, or frames began.
    pub(super) fn last(&self) -> Duration {
        Duration::from_micros(self.last_us.load(Relaxed))
    }

    /// Bytes came from the client.
    pub(super) fn read(&self, bytes: &[u8], now: impl FnOnce() -> Duration) {
        let asked = self.asked_us.load(Relaxed);
        if asked != 0 && holds_pong(bytes) {
            self.asked_us.store(0, Relaxed);
            let took = micros(now()).saturating_sub(asked).max(1);
            self.round_trip_us.store(took, Relaxed);
        }
    }

    /// The last round trip, if there was one.
    pub(super) fn round_trip(&self) -> Option<Duration> {
        match self.round_trip_us.load(Relaxed) {
            0 => None,
            us => Some(Duration::from_micros(us)),
        }
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1)
}

/// Walks over the frames of a read that begins with one.
fn holds_pong(mut bytes: &[u8]) -> bool {
    while let [first, second, rest @ ..] = bytes {
        let (length, rest) = match (second & 0x7f, rest) {
            (126, [a, b, rest @ ..]) => (usize::from(u16::from_be_bytes([*a, *b])), rest),
            (127, _) => return false,
            (length, rest) => (usize::from(length), rest),
        };
        let Some((mask, payload)) = rest.split_first_chunk::<4>() else {
            return false;
        };
        if [*first, *second] == PONG_HEAD
            && payload.first().is_some_and(|byte| byte ^ mask[0] == b'3')
        {
            return true;
        }
        let Some(next) = payload.get(length..) else {
            return false;
        };
        bytes = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(text: &[u8]) -> Vec<u8> {
        let mask = [7, 8, 9, 10];
        let length = u8::try_from(text.len()).unwrap();
        assert!(length < 126);
        let payload = text.iter().zip(mask.iter().cycle()).map(|(a, b)| a ^ b);
        [0x81, 0x80 | length]
            .into_iter()
            .chain(mask)
            .chain(payload)
            .collect()
    }

    fn at(ms: u64) -> impl Fn() -> Duration {
        move || Duration::from_millis(ms)
    }

    #[test]
    fn a_heartbeat_is_timed_also_between_other_frames() {
        let heartbeat = HeartbeatRtt::default();
        heartbeat.read(&frame(b"3"), at(5));
        assert_eq!(heartbeat.round_trip(), None, "nobody asked");
        heartbeat.wrote(&PING, at(100));
        heartbeat.read(&frame(b"42[\"player:leave\"]"), at(110));
        assert_eq!(heartbeat.round_trip(), None);
        let breath = [frame(b"42[\"a\"]"), frame(b"3"), frame(b"1")].concat();
        heartbeat.read(&breath, at(130));
        assert_eq!(heartbeat.round_trip(), Some(Duration::from_millis(30)));
        heartbeat.read(&frame(b"3"), at(900));
        assert_eq!(
            heartbeat.round_trip(),
            Some(Duration::from_millis(30)),
            "answered already"
        );
        let other = &b"\x81\x02ab"[..];
        for (n, mixed) in [[other, &PING], [&PING, other]].into_iter().enumerate() {
            let at_ms = 1000 * (n as u64 + 1);
            heartbeat.wrote(&mixed.concat(), at(at_ms));
            heartbeat.read(&frame(b"3"), at(at_ms + 1 + n as u64));
            let took = Duration::from_millis(1 + n as u64);
            assert_eq!(heartbeat.round_trip(), Some(took));
        }
    }

    #[test]
    fn broken_bytes_are_no_pong() {
        for bytes in [
            &b""[..],
            b"\x81",
            b"\x81\x81",
            b"\x81\x81\x00\x00\x00\x00",
            b"\x81\xff3333333333333",
        ] {
            assert!(!holds_pong(bytes), "{bytes:?}");
        }
        let beginning = &frame(b"42[\"long one\"]")[..9];
        assert!(!holds_pong(beginning));
    }
}
