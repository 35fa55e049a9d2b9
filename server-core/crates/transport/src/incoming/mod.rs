//! Frames of a websocket's client, some of which are read beside the library that owns it.
//!
//! Most of what clients send are small events. On the library's way each costs two reads, a parse in
//! three layers and as many look-ups, so a [`Transport`](super::Transport) shows whole texts to a
//! [`TextReader`] first. What it does not take, and everything unusual (fragments, large or binary
//! messages, control frames, broken bytes), is left to the owner unchanged and in its place: the owner
//! asks for more only after it has handled what it has, so nothing overtakes anything. Whoever reads,
//! CONNECT packets that no honest client sends end the connection, and so does too much of what is no
//! event; see [`connect_packets`](super::connect_packets).

use std::ops::Range;
use std::time::Instant;

use super::connect_packets::{ConnectPackets, Excess};
use super::packet_count::PacketCount;

/// Largest payload that is shown to a reader, in bytes; what is larger goes to the owner.
const SHOWN_BYTES: u64 = 4096;
/// Bytes before a masked frame's payload at most (RFC 6455, section 5.2).
const MAX_HEAD: usize = 14;
/// Bytes asked of the system at once. Room for several frames that are not complete.
pub(super) const READ_BYTES: usize = 16 * 1024;
const _: () = assert!(SHOWN_BYTES as usize + MAX_HEAD < READ_BYTES / 2);

/// Reads messages of a websocket's client before the websocket's owner does.
pub trait TextReader: Send + Sync {
    /// Takes a whole text message, or leaves it to the owner by answering `false`.
    fn take(&self, text: &str) -> bool;
}

/// Where a connection's incoming bytes stand.
#[derive(Debug, Default)]
pub(super) struct IncomingBytes {
    stage: ReadStage,
    /// Read, and neither taken nor left to the owner yet.
    pub(super) ahead: Vec<u8>,
    /// `ahead` is the beginning of a frame, and nothing can be done before more of it was read.
    pub(super) is_partial: bool,
}

#[derive(Debug, Default)]
enum ReadStage {
    /// Requests, or bytes nobody looks at.
    #[default]
    Http,
    Frames(Frames),
}

/// A position among a client's frames.
#[derive(Debug, Default)]
struct Frames {
    /// Bytes of a head that the owner still has to get.
    head_rest: usize,
    /// Bytes of the payload behind it that the owner still has to get.
    payload_rest: u64,
    /// What the next byte of that payload is masked with, and the bytes after it.
    mask: [u8; 4],
    /// Within a message of several frames.
    fragmented: bool,
    /// That payload is a control frame's, within or between messages.
    control: bool,
    /// There was a control frame.
    had_control: bool,
    /// The beginning of a head of which the owner has read no more yet.
    head: Vec<u8>,
    /// Messages that have begun.
    begun: u64,
    /// Bytes of the last of them that the owner got.
    collected: usize,
    connects: ConnectPackets,
    count: PacketCount,
}

impl IncomingBytes {
    /// The client's next byte begins a frame, after `behind`, which the owner has read with the request
    /// to become a websocket.
    ///
    /// # Errors
    /// [`Excess`].
    pub(super) fn begin_frames(&mut self, behind: &[u8]) -> Result<(), Excess> {
        self.stage = ReadStage::Frames(Frames::default());
        self.read(behind)
    }

    /// Whether what is read next can be shown: frames, and how far the owner is in them is known.
    pub(super) fn has_frames(&self) -> bool {
        matches!(&self.stage, ReadStage::Frames(frames) if frames.head.is_empty())
    }

    /// Whether the owner has only been left whole messages, and none after which it may know something that
    /// nobody else does ([`ConnectPackets::holds_state`]).
    pub(super) fn is_settled(&self) -> bool {
        match &self.stage {
            ReadStage::Frames(frames) => frames.is_settled(),
            ReadStage::Http => false,
        }
    }

    /// The number of the message of which a part has come and more has to; `None` between two messages,
    /// and before frames.
    pub(super) fn unfinished(&self) -> Option<u64> {
        let ReadStage::Frames(frames) = &self.stage else {
            return None;
        };
        if frames.fragmented || !frames.is_between() {
            return Some(frames.begun);
        }
        let has_beginning = !frames.head.is_empty() || !self.ahead.is_empty();
        has_beginning.then_some(frames.begun + 1)
    }

    /// Bytes of that message so far.
    pub(super) fn unfinished_bytes(&self) -> usize {
        match &self.stage {
            ReadStage::Http => 0,
            ReadStage::Frames(frames) => {
                let is_within = frames.fragmented || !(frames.is_between() || frames.control);
                self.ahead.len() + if is_within { frames.collected } else { 0 }
            }
        }
    }

    /// The owner has read `bytes` itself.
    ///
    /// # Errors
    /// [`Excess`].
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(), Excess> {
        match &mut self.stage {
            ReadStage::Frames(frames) => frames.follow(bytes),
            ReadStage::Http => Ok(()),
        }
    }

    /// Shows whole texts to `take` until something has to be left to the owner. Returns which of
    /// `bytes` that are. Those before are done with; those after have to wait for the owner, or, when
    /// nothing is left to it, for the rest of their frame.
    ///
    /// # Errors
    /// [`Excess`].
    pub(super) fn pass(
        &mut self,
        bytes: &mut [u8],
        mut take: impl FnMut(&str) -> bool,
    ) -> Result<Range<usize>, Excess> {
        let ReadStage::Frames(frames) = &mut self.stage else {
            return Ok(0..bytes.len());
        };
        let mut start = 0;
        while frames.is_between() {
            let Some(head) = Head::read(&bytes[start..]) else {
                return Ok(start..start);
            };
            if head.is_text && !frames.fragmented && head.payload <= SHOWN_BYTES {
                let Some(frame) = bytes[start..].get_mut(..head.whole() as usize) else {
                    return Ok(start..start);
                };
                if frame_text(frame, &head, &mut take) {
                    frames.begun += 1;
                    start += frame.len();
                    continue;
                }
            }
            frames.begin(&head, &bytes[start..])?;
        }
        let len = frames.advance(&bytes[start..])?;
        Ok(start..start + len)
    }

    /// Keeps what was read and is not done with.
    pub(super) fn keep(&mut self, bytes: &[u8], is_partial: bool) {
        self.is_partial = is_partial;
        if bytes.is_empty() {
            // An idle connection keeps no buffer.
            self.ahead = Vec::new();
        } else {
            self.ahead.clear();
            self.ahead.extend_from_slice(bytes);
        }
    }
}

impl Frames {
    fn is_between(&self) -> bool {
        self.head_rest == 0 && self.payload_rest == 0
    }

    fn is_settled(&self) -> bool {
        let is_between = self.is_between() && self.head.is_empty() && !self.fragmented;
        is_between && !self.had_control && !self.connects.holds_state()
    }

    /// Goes on by what the owner has read. Frames arrive in any pieces, and reading may change hands
    /// in the middle of one.
    fn follow(&mut self, mut bytes: &[u8]) -> Result<(), Excess> {
        while let [first, after @ ..] = bytes {
            if !self.is_between() {
                let passed = self.advance(bytes)?;
                bytes = &bytes[passed..];
                continue;
            }
            self.head.push(*first);
            bytes = after;
            if let Some(head) = Head::read(&self.head) {
                let read = std::mem::take(&mut self.head);
                self.begin(&head, &read)?;
                self.head_rest = 0;
            }
        }
        Ok(())
    }

    /// A frame begins with this head, which `bytes` begin with.
    fn begin(&mut self, head: &Head, bytes: &[u8]) -> Result<(), Excess> {
        self.head_rest = head.len;
        self.payload_rest = head.payload;
        // A frame without a mask is the owner's to complain about.
        self.mask = head.mask(bytes).unwrap_or_default();
        self.control = head.kind == FrameKind::Control;
        if self.control {
            self.had_control = true;
            return Ok(self.count.add(Instant::now())?);
        }
        if !self.fragmented {
            self.begun += 1;
            self.collected = 0;
        }
        match head.kind {
            FrameKind::Text if !self.fragmented => self.connects.begin(),
            FrameKind::Other if !self.fragmented => {
                self.count.add(Instant::now())?;
                self.connects.begin_other();
            }
            // More of the same message, which costs as much when there is nothing in it.
            FrameKind::Text | FrameKind::Other | FrameKind::Control => {
                self.count.add(Instant::now())?;
            }
        }
        self.fragmented = !head.is_final;
        self.connects.announce(head.payload)
    }

    /// The owner gets so many of `bytes`: at most up to the frame's end.
    fn advance(&mut self, bytes: &[u8]) -> Result<usize, Excess> {
        let head = self.head_rest.min(bytes.len());
        self.head_rest -= head;
        let rest = &bytes[head..];
        let len = usize::try_from(self.payload_rest).map_or(rest.len(), |it| it.min(rest.len()));
        self.payload_rest -= len as u64;
        if !self.control {
            self.collected = self.collected.saturating_add(len);
        }
        if !self.control && self.connects.is_open() {
            let masked = rest[..len].iter().zip(self.mask.iter().cycle());
            self.connects
                .pass(masked.map(|(byte, key)| byte ^ key), &mut self.count)?;
        }
        self.mask.rotate_left(len % 4);
        Ok(head + len)
    }
}

/// The head of a client's frame.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    len: usize,
    payload: u64,
    /// A whole, masked text message without extensions.
    is_text: bool,
    kind: FrameKind,
    /// The last of its message.
    is_final: bool,
}

/// What a frame carries, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    Text,
    /// A binary message, or more of any.
    Other,
    Control,
}

impl Head {
    /// `None` when it is not complete.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        const FIN: u8 = 0x80;
        const TEXT: u8 = 1;
        const FIRST_CONTROL: u8 = 8;
        let (kind, second) = (*bytes.first()?, *bytes.get(1)?);
        let masked = second & 0x80 != 0;
        let (size, payload) = match second & 0x7F {
            126 => (2, u64::from(u16::from_be_bytes(*bytes[2..].first_chunk()?))),
            127 => (8, u64::from_be_bytes(*bytes[2..].first_chunk()?)),
            short => (0, u64::from(short)),
        };
        let len = 2 + size + if masked { 4 } else { 0 };
        let opcode = kind & 0x0F;
        (bytes.len() >= len).then_some(Self {
            len,
            payload,
            is_text: kind == FIN | TEXT && masked,
            kind: match opcode {
                TEXT => FrameKind::Text,
                FIRST_CONTROL.. => FrameKind::Control,
                _ => FrameKind::Other,
            },
            is_final: kind & FIN != 0,
        })
    }

    /// Its own bytes.
    pub fn head_len(&self) -> usize {
        self.len
    }

    /// Bytes of what follows it.
    pub fn payload(&self) -> u64 {
        self.payload
    }

    /// The mask at the end of it, in `bytes` that begin with it; clients have to mask.
    pub fn mask(&self, bytes: &[u8]) -> Option<[u8; 4]> {
        const MASKED: u8 = 0x80;
        let head = bytes.get(..self.len)?;
        head.last_chunk::<4>()
            .copied()
            .filter(|_| head[1] & MASKED != 0)
    }

    fn whole(&self) -> u64 {
        self.payload.saturating_add(self.len as u64)
    }
}

/// Unmasks a frame's text for `take`. A text that is not taken is masked again.
fn frame_text(frame: &mut [u8], head: &Head, take: impl FnOnce(&str) -> bool) -> bool {
    let (head, payload) = frame.split_at_mut(head.len);
    let Some(mask) = head.last_chunk::<4>() else {
        return false;
    };
    apply_mask(payload, *mask);
    let taken = str::from_utf8(payload).is_ok_and(take);
    if !taken {
        apply_mask(payload, *mask);
    }
    taken
}

fn apply_mask(payload: &mut [u8], mask: [u8; 4]) {
    let (words, rest) = payload.as_chunks_mut::<4>();
    for word in words {
        *word = (u32::from_ne_bytes(*word) ^ u32::from_ne_bytes(mask)).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(mask) {
        *byte ^= key;
    }
}

mod fuzzing;
#[doc(hidden)]
pub use fuzzing::fuzz;

#[cfg(test)]
mod tests;
