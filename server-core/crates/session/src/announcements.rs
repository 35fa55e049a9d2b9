//! What a whole crowd is told on one tick, written down once for everybody.

use std::ops::Range;
use std::sync::OnceLock;

use bytes::Bytes;
use foldhash::HashSet;
use serde_json::value::RawValue;

use super::frame::Frame;
use contract::{events, packed};
use world::ConnectionId;

/// Bytes of events from which on a tick's are packed: below that a client gains less than a packet.
const PACKED_FROM: usize = 1024;

/// One event for everybody but its causer.
#[derive(Debug)]
pub(crate) struct AnnouncedEvent {
    pub(crate) frame: Frame,
    /// Who is not told.
    pub(crate) except: Option<ConnectionId>,
    /// Whether those outside a closed world are told as well.
    pub(crate) outside: bool,
}

impl AnnouncedEvent {
    pub(crate) fn concerns(&self, id: ConnectionId, is_inside: bool) -> bool {
        self.except != Some(id) && (is_inside || self.outside)
    }
}

/// See the module. They are encoded one behind the other, so that a recipient gets all that concern it in
/// one piece, or a few around those it caused.
#[derive(Debug)]
pub struct Announcements {
    items: Vec<AnnouncedEvent>,
    /// Whom one of them does not concern although they are inside.
    causers: HashSet<ConnectionId>,
    /// Bytes up to the end of each, as they count while they wait.
    weights: Vec<usize>,
    encoded: OnceLock<EncodedEvents>,
    packed: OnceLock<Option<Frame>>,
}

#[derive(Debug)]
struct EncodedEvents {
    bytes: Bytes,
    /// Where each ends in `bytes`.
    ends: Vec<usize>,
}

impl Announcements {
    pub(crate) fn new(items: Vec<AnnouncedEvent>) -> Self {
        let weights = items.iter().scan(0, |sum, it| {
            *sum += it.frame.weight();
            Some(*sum)
        });
        Self {
            causers: items.iter().filter_map(|it| it.except).collect(),
            weights: weights.collect(),
            items,
            encoded: OnceLock::new(),
            packed: OnceLock::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The frames of a part of them.
    pub fn frames(&self, range: Range<usize>) -> impl Iterator<Item = &Frame> {
        self.items[range].iter().map(|it| &it.frame)
    }

    /// Whether a part is all of them.
    pub(crate) fn is_whole(&self, range: &Range<usize>) -> bool {
        *range == (0..self.len())
    }

    /// Whether they are enough to be worth packing.
    pub(crate) fn is_worth_packing(&self) -> bool {
        self.weight(&(0..self.len())) >= PACKED_FROM
    }

    /// Whether [`Self::packed`] costs nothing, since somebody has asked before.
    pub(crate) fn is_packed(&self) -> bool {
        self.packed.get().is_some()
    }

    /// All of them as one `events:packed`, made at the first call; `None` where that is not worth it.
    pub(crate) fn packed(&self) -> Option<&Frame> {
        let pack = || {
            if !self.is_worth_packing() {
                return None;
            }
            let events: Option<Vec<(&str, &RawValue)>> = self
                .items
                .iter()
                .map(|it| match &it.frame {
                    Frame::Event { name, payload, .. } => Some((*name, payload.as_ref())),
                    _ => None,
                })
                .collect();
            Some(Frame::binary(
                events::EVENTS_PACKED,
                packed::pack(&events?)?,
            ))
        };
        self.packed.get_or_init(pack).as_ref()
    }

    /// Which of `range` concern a recipient, in as few ranges as there are.
    pub(crate) fn ranges_for(
        &self,
        id: ConnectionId,
        is_inside: bool,
        range: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        let all = is_inside && !self.causers.contains(&id);
        let mut next = range.start;
        std::iter::from_fn(move || {
            let concerns = |it: &AnnouncedEvent| all || it.concerns(id, is_inside);
            if all {
                let rest = next..range.end;
                next = range.end;
                return (!rest.is_empty()).then_some(rest);
            }
            let start = next + self.items[next..range.end].iter().position(concerns)?;
            let rest = &self.items[start..range.end];
            let len = rest.iter().position(|it| !concerns(it));
            next = start + len.unwrap_or(rest.len());
            Some(start..next)
        })
    }

    /// Bytes of a part of them, as they count while they wait.
    pub(crate) fn weight(&self, range: &Range<usize>) -> usize {
        let end_of = |count: usize| count.checked_sub(1).map_or(0, |last| self.weights[last]);
        end_of(range.end) - end_of(range.start)
    }

    /// A part of them as bytes; `encode` appends one event and is asked once for each.
    ///
    /// # Panics
    /// When `range` reaches beyond the last one.
    pub fn encoded(&self, range: Range<usize>, encode: impl Fn(&mut Vec<u8>, &Frame)) -> Bytes {
        let encoded = self.encoded.get_or_init(|| {
            let mut bytes = Vec::with_capacity(self.weight(&(0..self.len())));
            let mut ends = Vec::with_capacity(self.len());
            for item in &self.items {
                encode(&mut bytes, &item.frame);
                ends.push(bytes.len());
            }
            EncodedEvents {
                bytes: bytes.into(),
                ends,
            }
        });
        let end_of = |count: usize| count.checked_sub(1).map_or(0, |last| encoded.ends[last]);
        encoded.bytes.slice(end_of(range.start)..end_of(range.end))
    }
}

impl Frame {
    /// How many lines of chat this is.
    pub(crate) fn lines(&self) -> usize {
        match self {
            Self::Event { name, .. } => usize::from(*name == events::CHAT_MESSAGE),
            // Nobody knows which of its lines a client has from elsewhere.
            Self::World(_) | Self::PackedWorld(_) => usize::MAX,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::PlayerId;

    fn announcements(except: &[Option<u64>]) -> Announcements {
        let items = except.iter().enumerate().map(|(number, except)| {
            let payload = crate::to_json(&number);
            let player = PlayerId::trusted(number.to_string());
            AnnouncedEvent {
                frame: Frame::about(events::PLAYER_JOINED, payload, player),
                except: except.map(ConnectionId),
                outside: number == 1,
            }
        });
        Announcements::new(items.collect())
    }

    #[test]
    fn everybody_is_told_all_but_what_they_caused() {
        let told = announcements(&[None, Some(7), None, Some(7), Some(8)]);
        let check = |id, is_inside, range, expected: &[(usize, usize)]| {
            let ranges = told.ranges_for(ConnectionId(id), is_inside, range);
            let ends: Vec<_> = ranges.map(|it| (it.start, it.end)).collect();
            assert_eq!(ends, expected);
        };
        check(1, true, 0..5, &[(0, 5)]);
        check(1, true, 2..2, &[]);
        check(7, true, 0..5, &[(0, 1), (2, 3), (4, 5)]);
        check(7, true, 1..4, &[(2, 3)]);
        check(8, true, 0..5, &[(0, 4)]);
        check(1, false, 0..5, &[(1, 2)]);
        check(7, false, 0..5, &[]);
    }

    #[test]
    fn many_are_packed_and_few_are_not() {
        assert!(announcements(&[None; 5]).packed().is_none());
        let told = announcements(&[None; 50]);
        let Some(Frame::Binary { name, payload, .. }) = told.packed() else {
            panic!("not packed");
        };
        assert_eq!(*name, events::EVENTS_PACKED);
        let text = packed::unpack(payload).unwrap();
        let read = packed::events(&text).unwrap();
        let payloads: Vec<_> = read.iter().map(|it| it.payload().to_owned()).collect();
        assert_eq!(
            payloads,
            (0..50).map(|it| it.to_string()).collect::<Vec<_>>()
        );
        assert!(read.iter().all(|it| it.name() == events::PLAYER_JOINED));
    }

    #[test]
    fn a_part_is_encoded_as_it_is_in_the_whole() {
        let told = announcements(&[None, None, None]);
        let encode = |out: &mut Vec<u8>, frame: &Frame| {
            if let Frame::Event { payload, .. } = frame {
                out.extend_from_slice(payload.get().as_bytes());
                out.push(b';');
            }
        };
        assert_eq!(told.encoded(1..3, encode), "1;2;");
        assert_eq!(told.encoded(0..1, encode), "0;");
        assert_eq!(told.encoded(0..0, encode), "");
        assert_eq!(told.weight(&(0..3)), 3 * told.weight(&(1..2)));
    }
}
