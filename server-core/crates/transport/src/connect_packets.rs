//! CONNECT packets of Socket.IO among a client's messages, which are bounded in size, and events of
//! the world, the only messages that are not [counted](super::packet_count) here.
//!
//! The library answers a CONNECT to a namespace that it does not know by itself: with the namespace's
//! name, into a channel that counts packets and not bytes. A client that reads nothing and sends names
//! of a megabyte would fill it with gigabytes. So a CONNECT that no honest client sends ends its
//! connection before the library has seen it. The bytes are looked at as they pass, on either transport.

use std::time::Instant;

use crate::packet_count::{PacketCount, TooManyPackets};

/// Bytes of a CONNECT at most, its type included. An `auth` object holds a login token (below 700
/// bytes), a guest secret (below 200), a PIN (128), a load test's token (below 500) and the names of
/// a few features; twice of all that, rounded up.
pub const MAX_CONNECT_BYTES: u64 = 4096;
/// Bytes of a namespace's name in it at most, the slash included. Those of this server have one and six.
pub const MAX_NAMESPACE_BYTES: u8 = 64;
/// How a packet of Socket.IO begins: as a message of Engine.IO.
const MESSAGE: u8 = b'4';
/// Messages of Engine.IO that mean nothing once they were read: heartbeats and the end of an upgrade.
const PASSING: [u8; 3] = *b"235";
/// Its type when it is a CONNECT.
const CONNECT: u8 = b'0';
/// Its type when it is an event without attachments, the only ones that mean anything here.
const EVENT: u8 = b'2';
/// Begins a namespace's name; without one a packet is for the world.
const NAME: u8 = b'/';
/// Parts a packet's head: what follows is not the namespace's name.
const HEAD_ENDS: u8 = b',';

/// What no honest client sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    /// More than [`MAX_CONNECT_BYTES`].
    #[error("a CONNECT is larger than {MAX_CONNECT_BYTES} bytes")]
    Large,
    /// A name of more than [`MAX_NAMESPACE_BYTES`].
    #[error("a namespace's name is longer than {MAX_NAMESPACE_BYTES} bytes")]
    LongName,
    /// [`TooManyPackets`] that are no events.
    #[error(transparent)]
    Many(#[from] TooManyPackets),
}

/// See the module; messages, one after the other.
#[derive(Debug, Default)]
pub struct ConnectPackets {
    stage: MessageStage,
    /// Bytes of the message that have been announced.
    announced: u64,
    /// See [`Self::holds_state`].
    holds_state: bool,
}

/// How much of a message is known.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum MessageStage {
    /// Nothing.
    #[default]
    Begins,
    /// It is a packet of Socket.IO.
    Type,
    /// An event.
    Event,
    /// A CONNECT, of whose namespace's name so many bytes have passed.
    Name(u8),
    /// A CONNECT whose name has ended.
    Named,
    /// Something else.
    Other,
}

impl ConnectPackets {
    /// The next message begins.
    pub fn begin(&mut self) {
        (self.stage, self.announced) = (MessageStage::default(), 0);
    }

    /// The next message begins, and is not text.
    pub fn begin_other(&mut self) {
        (self.stage, self.announced) = (MessageStage::Other, 0);
        self.holds_state = true;
    }

    /// Whether a message has passed after which the library may know something about its client that
    /// nobody else does: an attachment that is due, another namespace, one that was left. Heartbeats,
    /// events of the world and entering it are none.
    #[must_use]
    pub fn holds_state(&self) -> bool {
        self.holds_state
    }

    /// The message has so many bytes more.
    ///
    /// # Errors
    /// [`Excess`], when it is a CONNECT and too large by them.
    pub fn announce(&mut self, bytes: u64) -> Result<(), Excess> {
        self.announced = self.announced.saturating_add(bytes);
        self.check_size()
    }

    /// Whether the next bytes of the message make a difference.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(
            self.stage,
            MessageStage::Begins | MessageStage::Type | MessageStage::Event | MessageStage::Name(_)
        )
    }

    /// The next bytes of the message pass. They have been announced. What is no event is counted.
    ///
    /// # Errors
    /// [`Excess`].
    pub fn pass(
        &mut self,
        bytes: impl Iterator<Item = u8>,
        count: &mut PacketCount,
    ) -> Result<(), Excess> {
        for byte in bytes {
            self.stage = match self.stage {
                MessageStage::Begins if byte == MESSAGE => MessageStage::Type,
                MessageStage::Type if byte == EVENT => MessageStage::Event,
                MessageStage::Event if byte != NAME => MessageStage::Other,
                MessageStage::Type if byte == CONNECT => {
                    count.add(Instant::now())?;
                    MessageStage::Name(0)
                }
                MessageStage::Begins | MessageStage::Type | MessageStage::Event => {
                    let is_short = self.stage == MessageStage::Begins && PASSING.contains(&byte);
                    self.holds_state |= !is_short;
                    count.add(Instant::now())?;
                    MessageStage::Other
                }
                MessageStage::Name(0) if byte != NAME => MessageStage::Named,
                MessageStage::Name(0) => {
                    self.holds_state = true;
                    MessageStage::Name(1)
                }
                MessageStage::Name(_) if byte == HEAD_ENDS => MessageStage::Named,
                MessageStage::Name(MAX_NAMESPACE_BYTES) => return Err(Excess::LongName),
                MessageStage::Name(len) => MessageStage::Name(len + 1),
                known => known,
            };
            match self.stage {
                MessageStage::Name(0) => self.check_size()?,
                MessageStage::Named | MessageStage::Other => return Ok(()),
                MessageStage::Begins
                | MessageStage::Type
                | MessageStage::Event
                | MessageStage::Name(_) => {}
            }
        }
        Ok(())
    }

    fn check_size(&self) -> Result<(), Excess> {
        let is_connect = matches!(self.stage, MessageStage::Name(_) | MessageStage::Named);
        match is_connect && self.announced > MAX_CONNECT_BYTES {
            true => Err(Excess::Large),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet_count::MAX_PACKETS;

    /// One message in pieces of every size.
    #[track_caller]
    fn check(message: &[u8], expected: Result<(), Excess>) {
        for size in [1, 2, 3, 7, 100, usize::MAX] {
            let mut packets = ConnectPackets::default();
            packets.begin();
            let mut pieces = message.chunks(size.min(message.len()));
            let passed = pieces.try_for_each(|piece| {
                packets.announce(piece.len() as u64)?;
                packets.pass(piece.iter().copied(), &mut PacketCount::default())
            });
            let text = String::from_utf8_lossy(&message[..message.len().min(40)]);
            assert_eq!(passed, expected, "{text} in pieces of {size}");
        }
    }

    #[test]
    fn only_connects_are_bounded() {
        let max = usize::try_from(MAX_CONNECT_BYTES).unwrap();
        let of_len = |head: &str, len: usize| format!("{head}{}", "x".repeat(len - head.len()));
        check(b"40", Ok(()));
        check(br#"40{"token":"a"}"#, Ok(()));
        check(br#"40/admin,{"token":"a"}"#, Ok(()));
        check(of_len("40{", max).as_bytes(), Ok(()));
        check(of_len("40{", max + 1).as_bytes(), Err(Excess::Large));
        check(of_len("40/admin,{", max).as_bytes(), Ok(()));
        check(of_len("40/admin,{", max + 1).as_bytes(), Err(Excess::Large));
        check(of_len("40/", 2 + 64).as_bytes(), Ok(()));
        check(format!("{},{{}}", of_len("40/", 2 + 64)).as_bytes(), Ok(()));
        check(of_len("40/", 2 + 65).as_bytes(), Err(Excess::LongName));
        for other in ["42[", "41/", "4", "400", "2", "0", "b", "040"] {
            let large = of_len(other, 100_000);
            let expected = match other {
                "400" => Err(Excess::Large),
                _ => Ok(()),
            };
            check(large.as_bytes(), expected);
        }
    }

    #[test]
    fn heartbeats_events_and_entering_leave_nothing_behind() {
        for (message, expected) in [
            ("2", false),
            ("3", false),
            ("2probe", false),
            ("5", false),
            ("40", false),
            ("40{\"token\":\"a\"}", false),
            ("42[\"player:update\",{}]", false),
            ("4217[\"chat:message\",{}]", false),
            ("40/admin,", true),
            ("41", true),
            ("42/admin,[\"resync\"]", true),
            ("430[]", true),
            ("451-[\"x\",{}]", true),
            ("bAQID", true),
            ("1", true),
        ] {
            let mut packets = ConnectPackets::default();
            packets.begin();
            for byte in message.bytes() {
                packets
                    .pass([byte].into_iter(), &mut PacketCount::default())
                    .unwrap();
            }
            assert_eq!(packets.holds_state(), expected, "{message}");
        }
        let mut packets = ConnectPackets::default();
        packets.begin_other();
        packets.begin();
        assert!(packets.holds_state(), "an attachment");
    }

    #[test]
    fn what_is_announced_counts_before_it_comes() {
        let mut count = PacketCount::default();
        let mut packets = ConnectPackets::default();
        let mut pass = |packets: &mut ConnectPackets, text: &[u8]| {
            packets.pass(text.iter().copied(), &mut count)
        };
        packets.begin();
        assert_eq!(packets.announce(1_000_000), Ok(()), "it may be anything");
        assert_eq!(pass(&mut packets, b"40"), Err(Excess::Large));
        packets.begin();
        packets.announce(3).unwrap();
        pass(&mut packets, b"40{").unwrap();
        assert_eq!(packets.announce(4094), Err(Excess::Large), "its next part");
        packets.begin_other();
        assert_eq!(packets.announce(1_000_000), Ok(()));
        assert_eq!(pass(&mut packets, b"40"), Ok(()), "binary");
    }
    #[test]
    fn what_is_no_event_of_the_world_is_counted() {
        for (message, counts) in [
            ("42[\"player:update\",{}]", false),
            ("4217[\"chat:message\",{}]", false),
            ("42/admin,[\"resync\"]", true),
            ("40", true),
            ("40/nowhere", true),
            ("41", true),
            ("430[]", true),
            ("451-[\"x\",{}]", true),
            ("2", true),
            ("3", true),
            ("bAQID", true),
        ] {
            for size in [1, 2, 100] {
                let mut count = PacketCount::default();
                for _ in 0..MAX_PACKETS {
                    count.add(Instant::now()).unwrap();
                }
                let mut packets = ConnectPackets::default();
                packets.begin();
                packets.announce(message.len() as u64).unwrap();
                let mut pieces = message.as_bytes().chunks(size);
                let passed = pieces.try_for_each(|it| packets.pass(it.iter().copied(), &mut count));
                let expected = match counts {
                    true => Err(Excess::Many(TooManyPackets)),
                    false => Ok(()),
                };
                assert_eq!(passed, expected, "{message} in pieces of {size}");
            }
        }
    }
}
