//! Writing a stream.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use bytes::{BufMut as _, Bytes, BytesMut};

use super::super::id::IdForm;
use super::super::number::{put_text, put_varint, varint_length};
use super::check::checksum;
use super::forms::{nudge, put_motion, put_turns};
use super::motion::{Motion, Turn};
use super::words::WordMemory;
use super::{CHECK_EVERY, SLOT_LIMIT, VERSION, form, kind, word};

/// One player's state and what changed about it since the frame before.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PlayerStep<'a> {
    /// The player id, never empty.
    pub id: &'a str,
    /// Where the player is, whether or not that changed: x, y, z in world units. Finite numbers only.
    pub position: [f64; 3],
    /// Whether the three texts are all given, and the metadata replaces what a recipient has instead of being merged
    /// into it.
    pub full: bool,
    /// The new animation.
    pub animation: Option<&'a str>,
    /// The new display name.
    pub name: Option<&'a str>,
    /// The JSON text of an object with the changed top-level keys, `appearance` whole; of a full player, all keys.
    pub metadata: Option<&'a str>,
}

/// The one side of a stream that decides: it gives out slots and writes the frames for all readers.
///
/// ```
/// use contract::batch::stream::{PlayerStep, StreamDecoder, StreamEncoder};
///
/// let mut encoder = StreamEncoder::new(7);
/// let mut decoder = StreamDecoder::default();
/// decoder.read(&encoder.keyframe())?;
/// for x in [1.0, 1.25, 1.5] {
///     encoder.push(&PlayerStep { id: "ada", position: [x, 0.0, -2.0], ..PlayerStep::default() });
///     let frame = encoder.finish(|_| true);
///     assert_eq!(decoder.read(&frame)?[0].position, [x, 0.0, -2.0]);
/// }
/// # Ok::<(), contract::batch::BatchError>(())
/// ```
#[derive(Debug)]
pub struct StreamEncoder {
    epoch: u32,
    /// Of the frame that was finished last.
    number: u32,
    slots: Vec<Option<Slot>>,
    by_id: HashMap<Arc<str>, u32>,
    free: BTreeSet<u32>,
    words: WordMemory,
    steps: Vec<WrittenStep>,
    /// What the steps say, in the order in which they were pushed.
    said: BytesMut,
    introduced: Vec<u32>,
    buf: BytesMut,
}

#[derive(Debug)]
struct Slot {
    /// The frame it stepped in last.
    stepped: u32,
    id: Arc<str>,
    motion: Motion,
}

#[derive(Debug, Clone)]
struct WrittenStep {
    slot: u32,
    form: u8,
    /// Where it says what it says.
    said: Range<usize>,
    /// Its animation and where that stands in `said`. Which number it has is settled in the order in which steps are
    /// read, by slots, and not in that in which they are pushed.
    animation: Option<(usize, Arc<str>)>,
}

impl WrittenStep {
    fn put(&self, buf: &mut BytesMut, said: &[u8], words: &mut WordMemory) {
        let Some((at, animation)) = &self.animation else {
            buf.put_slice(&said[self.said.clone()]);
            return;
        };
        buf.put_slice(&said[self.said.start..*at]);
        let number = words.number(animation);
        buf.put_u8(number.unwrap_or(0));
        if number.is_none() {
            put_text(buf, animation);
            words.keep(animation.clone());
        }
        buf.put_slice(&said[*at..self.said.end]);
    }
}

impl StreamEncoder {
    /// A stream in which nobody has moved yet. `epoch` tells it from every other one that a reader may have seen.
    #[must_use]
    pub fn new(epoch: u32) -> Self {
        Self {
            epoch,
            number: 0,
            slots: Vec::new(),
            by_id: HashMap::new(),
            free: BTreeSet::new(),
            words: WordMemory::default(),
            steps: Vec::new(),
            said: BytesMut::new(),
            introduced: Vec::new(),
            buf: BytesMut::new(),
        }
    }

    /// Forgets everybody, when nobody has read for a while. Whoever reads from here on needs the keyframe.
    pub fn restart(&mut self) {
        let number = self.number.wrapping_add(1);
        *self = Self {
            number,
            ..Self::new(self.epoch)
        };
    }

    /// Adds one player's step. Each player at most once in a frame.
    ///
    /// As in version 1 one odd player does not spoil it for everyone: a number that is not finite is sent as 0, a full
    /// player that lacks a text as an ordinary one, and a step without an id not at all.
    pub fn push(&mut self, step: &PlayerStep<'_>) {
        let position = step.position.map(finite);
        let frame = self.number.wrapping_add(1);
        let Some(number) = self.slot_of(step.id, position) else {
            return;
        };
        let Some(Some(slot)) = self.slots.get_mut(number as usize) else {
            return;
        };
        debug_assert_ne!(slot.stepped, frame, "a player steps once in a frame");
        slot.stepped = frame;
        let (decimals, turns) = slot.motion.follow(position);
        let words = words_of(step);
        let start = self.said.len();
        let form = match (decimals, words, nudge(turns)) {
            (None, 0, _) if turns == [Turn::On; 3] => form::ON,
            (None, 0, Some(nudge)) => {
                self.said.put_u8(nudge);
                form::NUDGED
            }
            _ => {
                put_turns(&mut self.said, decimals, turns, words != 0);
                form::GENERAL
            }
        };
        if words != 0 {
            self.said.put_u8(words);
        }
        let animation = step.animation.map(|it| (self.said.len(), it.into()));
        for text in [step.name, step.metadata].into_iter().flatten() {
            put_text(&mut self.said, text);
        }
        self.steps.push(WrittenStep {
            slot: number,
            form,
            said: start..self.said.len(),
            animation,
        });
    }

    /// The number of the frame that was finished last.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    pub(super) fn epoch(&self) -> u32 {
        self.epoch
    }

    /// The slot of a player who has one.
    #[must_use]
    pub fn slot(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// Has the frame give a slot to a player who has none, standing there, whether or not it steps.
    pub fn introduce(&mut self, id: &str, position: [f64; 3]) {
        self.slot_of(id, position.map(finite));
    }

    /// Whether the frame holds anything yet.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        !self.steps.is_empty() || !self.introduced.is_empty()
    }

    /// How many steps the frame holds so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nobody has moved since the last frame.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Closes the frame and hands it out. Now and then it asks of every player whether it `is_here` still, and frees the
    /// slots of the others.
    pub fn finish(&mut self, is_here: impl Fn(&str) -> bool) -> Bytes {
        self.number = self.number.wrapping_add(1);
        self.steps.sort_unstable_by_key(|step| step.slot);
        let checks = self.number.is_multiple_of(CHECK_EVERY);
        let freed = match checks {
            true => self.sweep(is_here),
            false => Vec::new(),
        };
        let mapped = Mapped::of(&self.steps);
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        self.begin(
            flag(!self.introduced.is_empty(), kind::INTRODUCED)
                | flag(mapped.is_some(), kind::MAPPED)
                | flag(!freed.is_empty(), kind::FREED)
                | flag(checks, kind::CHECK),
        );
        let introduced = std::mem::take(&mut self.introduced);
        if !introduced.is_empty() {
            self.put_slots(introduced);
        }
        match mapped {
            Some(mapped) => self.put_map(&mapped),
            None => self.put_list(),
        }
        if !freed.is_empty() {
            put_varint(&mut self.buf, freed.len() as u32);
            put_gaps(&mut self.buf, &freed, |_, _| {});
        }
        for slot in freed {
            self.free(slot);
        }
        if checks {
            let check = self.checksum();
            self.buf.put_u32_le(check);
        }
        self.steps.clear();
        self.said.clear();
        self.buf.split().freeze()
    }

    /// All that a decoder has to know to read the frame after the one that was finished last.
    ///
    /// To be asked for between two frames: steps that are pushed already would be in it and come again.
    pub fn keyframe(&mut self) -> Bytes {
        debug_assert!(self.steps.is_empty(), "a keyframe stands between frames");
        self.begin(kind::KEYFRAME | kind::CHECK);
        self.buf.put_u8(self.words.kept().len() as u8);
        self.buf.put_u8(self.words.next() as u8);
        for word in self.words.kept() {
            put_text(&mut self.buf, word);
        }
        let taken = (0_u32..).zip(&self.slots);
        let taken = taken.filter_map(|(number, slot)| slot.as_ref().map(|_| number));
        let taken = taken.collect();
        self.put_slots(taken);
        let check = self.checksum();
        self.buf.put_u32_le(check);
        self.buf.split().freeze()
    }

    fn begin(&mut self, kind: u8) {
        self.buf.put_u8(VERSION);
        self.buf.put_u8(kind);
        self.buf.put_u32_le(self.epoch);
        put_varint(&mut self.buf, self.number);
    }

    /// The slot of a player, a new one if it has none. `None` for nobody, and when there are no more slots.
    fn slot_of(&mut self, id: &str, position: [f64; 3]) -> Option<u32> {
        if let Some(number) = self.by_id.get(id) {
            return Some(*number);
        }
        if id.is_empty() {
            return None;
        }
        let next = u32::try_from(self.slots.len()).ok();
        let next = next.filter(|number| *number < SLOT_LIMIT);
        let number = self.free.pop_first().or(next)?;
        let id: Arc<str> = id.into();
        let slot = Some(Slot {
            id: id.clone(),
            stepped: self.number,
            motion: Motion::standing(position),
        });
        match self.slots.get_mut(number as usize) {
            Some(place) => *place = slot,
            None => self.slots.push(slot),
        }
        self.by_id.insert(id, number);
        self.introduced.push(number);
        Some(number)
    }

    /// The slots of players who are gone, in ascending order.
    fn sweep(&self, is_here: impl Fn(&str) -> bool) -> Vec<u32> {
        let stepped = |number: u32| {
            let found = self.steps.binary_search_by_key(&number, |step| step.slot);
            found.is_ok()
        };
        let slots = (0_u32..).zip(&self.slots);
        slots
            .filter_map(|(number, slot)| slot.as_ref().map(|slot| (number, slot)))
            .filter(|(number, slot)| !stepped(*number) && !is_here(&slot.id))
            .map(|(number, _)| number)
            .collect()
    }

    fn free(&mut self, number: u32) {
        if let Some(slot) = self.slots.get_mut(number as usize).and_then(Option::take) {
            self.by_id.remove(&slot.id);
            self.free.insert(number);
        }
    }

    fn checksum(&self) -> u32 {
        let slots = (0_u32..).zip(&self.slots);
        checksum(slots.filter_map(|(number, slot)| {
            let slot = slot.as_ref()?;
            Some((number, &*slot.id, slot.motion.position()))
        }))
    }

    fn put_slots(&mut self, mut numbers: Vec<u32>) {
        numbers.sort_unstable();
        put_varint(&mut self.buf, numbers.len() as u32);
        let mut previous = "";
        let slots = &self.slots;
        put_gaps(&mut self.buf, &numbers, |buf, number| {
            if let Some(Some(slot)) = slots.get(number as usize) {
                let id = IdForm::of(&slot.id, previous);
                buf.put_u8(id.shared() | u8::from(id.is_uuid()) << 7);
                id.put_tail(buf);
                put_motion(buf, &slot.motion);
                previous = &slot.id;
            }
        });
    }

    fn put_map(&mut self, map: &Mapped) {
        put_varint(&mut self.buf, map.first);
        put_varint(&mut self.buf, map.span);
        let start = self.buf.len();
        self.buf.put_bytes(0, map.span.div_ceil(4) as usize);
        for step in &self.steps {
            let place = (step.slot - map.first) as usize;
            self.buf[start + place / 4] |= step.form << (place % 4 * 2);
        }
        for step in &self.steps {
            step.put(&mut self.buf, &self.said, &mut self.words);
        }
    }

    fn put_list(&mut self) {
        put_varint(&mut self.buf, self.steps.len() as u32);
        let mut after = 0;
        for step in &self.steps {
            put_varint(&mut self.buf, list_entry(step, after));
            step.put(&mut self.buf, &self.said, &mut self.words);
            after = step.slot + 1;
        }
    }
}

/// The forms of a frame as a map of two bits for each slot from the first to the last that steps.
struct Mapped {
    first: u32,
    span: u32,
}

impl Mapped {
    /// `None` when a list is shorter.
    fn of(steps: &[WrittenStep]) -> Option<Self> {
        let (first, last) = (steps.first()?.slot, steps.last()?.slot);
        let span = last - first + 1;
        let map = varint_length(first as usize)
            + varint_length(span as usize)
            + span.div_ceil(4) as usize;
        let mut after = 0;
        let mut list = varint_length(steps.len());
        for step in steps {
            list += varint_length(list_entry(step, after) as usize);
            after = step.slot + 1;
        }
        (map < list).then_some(Self { first, span })
    }
}

/// How far behind the slot before, and the form in the two lowest bits.
fn list_entry(step: &WrittenStep, after: u32) -> u32 {
    (step.slot - after) << 2 | u32::from(step.form)
}

/// Ascending numbers by what lies between them, each followed by what `put` adds.
fn put_gaps(buf: &mut BytesMut, numbers: &[u32], mut put: impl FnMut(&mut BytesMut, u32)) {
    let mut after = 0;
    for number in numbers {
        put_varint(buf, number - after);
        put(buf, *number);
        after = number + 1;
    }
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

pub(super) fn words_of(step: &PlayerStep<'_>) -> u8 {
    let flag = |set: bool, bit: u8| if set { bit } else { 0 };
    let words = flag(step.animation.is_some(), word::ANIMATION)
        | flag(step.name.is_some(), word::NAME)
        | flag(step.metadata.is_some(), word::METADATA);
    words | flag(step.full && words == word::ALL, word::FULL)
}

#[cfg(test)]
impl StreamEncoder {
    /// As [`Self::new`], with `number` as that of the frame finished last.
    pub(super) fn starting_at(epoch: u32, number: u32) -> Self {
        Self {
            number,
            ..Self::new(epoch)
        }
    }

    /// How many slots there have been at once.
    pub(super) fn slot_count(&self) -> usize {
        self.slots.len()
    }
}
