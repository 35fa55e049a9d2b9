//! Frames of a websocket's client, some of which are read beside the library that owns it.
//!
//! Most of what clients send are small events. On the library's way each costs two reads, a parse in
//! three layers and as many look-ups, so a [`Transport`](super::Transport) shows whole texts to a
//! [`TextReader`] first. What it does not take, and everything unusual (fragments, large or binary
//! messages, control frames, broken bytes), is left to the owner unchanged and in its place: the owner
//! asks for more only after it has handled what it has, so nothing overtakes anything.

use std::ops::Range;

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
#[derive(Debug)]
pub(super) struct IncomingBytes {
    stage: ReadStage,
    /// Read, and neither taken nor left to the owner yet.
    pub(super) ahead: Vec<u8>,
    /// `ahead` is the beginning of a frame, and nothing can be done before more of it was read.
    pub(super) is_partial: bool,
}

#[derive(Debug)]
enum ReadStage {
    /// Requests, of which the last bytes are remembered.
    Http([u8; 4]),
    Frames(Frames),
    /// Nobody knows where frames begin.
    Opaque,
}

/// A position among a client's frames.
#[derive(Debug, Default)]
struct Frames {
    /// Bytes of a frame that the owner still has to get.
    rest: u64,
    /// Within a message of several frames.
    fragmented: bool,
    /// The beginning of a head of which the owner has read no more yet.
    head: Vec<u8>,
}

impl Default for IncomingBytes {
    fn default() -> Self {
        Self {
            stage: ReadStage::Http([0; 4]),
            ahead: Vec::new(),
            is_partial: false,
        }
    }
}

impl IncomingBytes {
    /// Whether what is read next can be shown: frames, and how far the owner is in them is known.
    pub(super) fn has_frames(&self) -> bool {
        matches!(&self.stage, ReadStage::Frames(frames) if frames.head.is_empty())
    }

    /// The owner has read `bytes` itself.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        match &mut self.stage {
            ReadStage::Http(last) => {
                let new = &bytes[bytes.len().saturating_sub(last.len())..];
                last.rotate_left(new.len());
                let from = last.len() - new.len();
                last[from..].copy_from_slice(new);
            }
            ReadStage::Frames(frames) => frames.follow(bytes),
            ReadStage::Opaque => {}
        }
    }

    /// The owner writes `bytes`. If they answer a request to become a websocket, and nothing was
    /// sent behind the request, the next byte that is read begins a frame.
    pub(super) fn wrote(&mut self, bytes: &[u8]) {
        if let ReadStage::Http(last) = self.stage
            && bytes.starts_with(b"HTTP/1.1 101 ")
        {
            self.stage = match &last == b"\r\n\r\n" {
                true => ReadStage::Frames(Frames::default()),
                false => ReadStage::Opaque,
            };
        }
    }

    /// Shows whole texts to `take` until something has to be left to the owner. Returns which of
    /// `bytes` that are. Those before are done with; those after have to wait for the owner, or, when
    /// nothing is left to it, for the rest of their frame.
    pub(super) fn pass(
        &mut self,
        bytes: &mut [u8],
        mut take: impl FnMut(&str) -> bool,
    ) -> Range<usize> {
        let ReadStage::Frames(frames) = &mut self.stage else {
            return 0..bytes.len();
        };
        let mut start = 0;
        while frames.rest == 0 {
            let Some(head) = Head::read(&bytes[start..]) else {
                return start..start;
            };
            if head.is_text && !frames.fragmented && head.payload <= SHOWN_BYTES {
                let Some(frame) = bytes[start..].get_mut(..head.whole() as usize) else {
                    return start..start;
                };
                if frame_text(frame, &head, &mut take) {
                    start += frame.len();
                    continue;
                }
            }
            frames.begin(&head);
        }
        let rest = usize::try_from(frames.rest).unwrap_or(usize::MAX);
        let len = rest.min(bytes.len() - start);
        frames.rest -= len as u64;
        start..start + len
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
    /// Goes on by what the owner has read. Frames arrive in any pieces, and reading may change hands
    /// in the middle of one.
    fn follow(&mut self, mut bytes: &[u8]) {
        while let [first, after @ ..] = bytes {
            if self.rest > 0 {
                let passed =
                    usize::try_from(self.rest).map_or(bytes.len(), |it| it.min(bytes.len()));
                self.rest -= passed as u64;
                bytes = &bytes[passed..];
                continue;
            }
            self.head.push(*first);
            bytes = after;
            if let Some(head) = Head::read(&self.head) {
                self.begin(&head);
                self.rest -= self.head.len() as u64;
                self.head = Vec::new();
            }
        }
    }

    fn begin(&mut self, head: &Head) {
        self.rest = head.whole();
        self.fragmented = head.fragmented.unwrap_or(self.fragmented);
    }
}

/// The head of a client's frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    len: usize,
    payload: u64,
    /// A whole, masked text message without extensions.
    is_text: bool,
    /// Whether a message goes on after this frame; nothing for control frames.
    fragmented: Option<bool>,
}

impl Head {
    /// `None` when it is not complete.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
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
            fragmented: (opcode < FIRST_CONTROL).then_some(kind & FIN == 0),
        })
    }

    /// Its own bytes.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Bytes of what follows it.
    pub(crate) fn payload(&self) -> u64 {
        self.payload
    }

    /// The mask at the end of it, in `bytes` that begin with it; clients have to mask.
    pub(crate) fn mask(&self, bytes: &[u8]) -> Option<[u8; 4]> {
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

#[cfg(test)]
mod tests;
