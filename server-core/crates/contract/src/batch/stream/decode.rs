//! Reading a stream that may be hostile: no panic, work linear in the input, and memory bounded by it.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::BatchError;
use super::super::id::IdReader;
use super::super::number::unzigzag;
use super::super::reader::Reader;
use super::check::checksum;
use super::motion::{Axis, MOST_DECIMALS, Motion, Turn, inside, within};
use super::words::{REMEMBERED, WordMemory};
use super::{SLOT_LIMIT, VERSION, form, head, kind, shape, word};

/// One player's step as read from a frame.
#[derive(Debug, Clone, PartialEq)]
pub struct SteppedPlayer<'a> {
    /// The player id, never empty.
    pub id: Arc<str>,
    /// Where the player is now, as x, y, z: finite numbers, in world units.
    pub position: [f64; 3],
    /// Whether the metadata replaces what was known, see [`PlayerStep::full`](super::PlayerStep::full).
    pub full: bool,
    /// The new animation.
    pub animation: Option<Arc<str>>,
    /// The new display name.
    pub name: Option<&'a str>,
    /// The JSON text of one object: changed top-level keys, or of a full player all of them.
    pub metadata: Option<&'a str>,
}

/// What every frame begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameHead {
    /// Whether it says everything, to readers who come in.
    pub keyframe: bool,
    /// Whether it stands behind a frame, for some readers, and changes nothing about the stream.
    pub near: bool,
    /// Of which stream it is.
    pub epoch: u32,
    /// Its place in the stream; that of a keyframe and of who is near is that of the frame after which it holds.
    pub number: u32,
    kind: u8,
}

impl FrameHead {
    /// Reads the head of a frame.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn of(data: &[u8]) -> Result<Self, BatchError> {
        Self::read(&mut Reader::new(data))
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BatchError> {
        let version = reader.byte()?;
        if version != VERSION {
            return Err(BatchError::UnsupportedVersion(version));
        }
        let kind = reader.byte()?;
        let (keyframe, near) = (kind & kind::KEYFRAME != 0, kind & kind::NEAR != 0);
        let unknown = match near {
            _ if keyframe => kind & !(kind::KEYFRAME | kind::CHECK),
            true => kind & !kind::NEAR,
            false => kind & !kind::KNOWN,
        };
        if unknown != 0 {
            return Err(BatchError::UnknownField(unknown));
        }
        Ok(Self {
            keyframe,
            near,
            epoch: u32::from_le_bytes(reader.array()?),
            number: reader.varint()?,
            kind,
        })
    }

    fn has(self, bit: u8) -> bool {
        self.kind & bit != 0
    }
}

/// The side of a stream that follows. Starts out of step: until a keyframe came it refuses everything else.
#[derive(Debug, Clone, Default)]
pub struct StreamDecoder {
    /// Epoch and number of the frame read last; none when out of step.
    place: Option<(u32, u32)>,
    slots: HashMap<u32, DecodedSlot>,
    words: WordMemory,
}

#[derive(Debug, Clone)]
struct DecodedSlot {
    id: Arc<str>,
    motion: Motion,
}

impl StreamDecoder {
    /// Whether the next frame of its stream can be read.
    #[must_use]
    pub fn in_step(&self) -> bool {
        self.place.is_some()
    }

    /// Reads one frame. A keyframe shows nobody: what it holds was told otherwise.
    ///
    /// # Errors
    ///
    /// Any deviation from the format, a frame that does not follow the one before, and a checksum that differs. Nothing
    /// of that frame is to be applied, and the decoder is out of step until the next keyframe.
    pub fn read<'a>(&mut self, data: &'a [u8]) -> Result<Vec<SteppedPlayer<'a>>, BatchError> {
        let read = self.read_frame(data);
        if read.is_err() {
            *self = Self::default();
        }
        read
    }

    fn read_frame<'a>(&mut self, data: &'a [u8]) -> Result<Vec<SteppedPlayer<'a>>, BatchError> {
        let mut reader = Reader::new(data);
        let head = FrameHead::read(&mut reader)?;
        let steps = if head.keyframe {
            self.slots.clear();
            self.words = read_words(&mut reader)?;
            self.introduce(&mut reader)?;
            Vec::new()
        } else if head.near {
            if self.place != Some((head.epoch, head.number)) {
                return Err(BatchError::OutOfStep);
            }
            self.read_records(&mut reader)?
        } else {
            let next = self
                .place
                .map(|(epoch, number)| (epoch, number.wrapping_add(1)));
            if next != Some((head.epoch, head.number)) {
                return Err(BatchError::OutOfStep);
            }
            if head.has(kind::INTRODUCED) {
                self.introduce(&mut reader)?;
            }
            let steps = match head.has(kind::MAPPED) {
                true => self.read_map(&mut reader)?,
                false => self.read_list(&mut reader)?,
            };
            if head.has(kind::FREED) {
                self.free(&mut reader)?;
            }
            steps
        };
        if head.has(kind::CHECK) && u32::from_le_bytes(reader.array()?) != self.checksum() {
            return Err(BatchError::CheckFailed);
        }
        if reader.remaining() > 0 {
            let extra = reader.remaining();
            return Err(BatchError::TrailingBytes { extra });
        }
        self.place = Some((head.epoch, head.number));
        Ok(steps)
    }

    /// As [`Self::read`], of a frame about who is near, whichever frame it stands behind: for one decoder that reads for
    /// many clients, some of whom are a little behind.
    ///
    /// # Errors
    ///
    /// When it is none, or no keyframe came.
    pub fn read_near<'a>(&self, data: &'a [u8]) -> Result<Vec<SteppedPlayer<'a>>, BatchError> {
        let mut reader = Reader::new(data);
        let head = FrameHead::read(&mut reader)?;
        if !head.near || self.place.map(|it| it.0) != Some(head.epoch) {
            return Err(BatchError::OutOfStep);
        }
        self.read_records(&mut reader)
    }

    fn read_records<'a>(
        &self,
        reader: &mut Reader<'a>,
    ) -> Result<Vec<SteppedPlayer<'a>>, BatchError> {
        let mut near = Vec::new();
        for _ in 0..reader.varint()? {
            let entry = reader.varint()?;
            let slot = self.slots.get(&(entry >> 1));
            let slot = slot.ok_or(BatchError::BadSlot(entry >> 1))?;
            let position = reader.position()?;
            let words = match entry & 1 {
                0 => 0,
                _ => read_word_bits(reader)?,
            };
            let has = |bit: u8| words & bit != 0;
            let animation = has(word::ANIMATION).then(|| reader.text()).transpose()?;
            near.push(SteppedPlayer {
                id: slot.id.clone(),
                position,
                full: has(word::FULL),
                animation: animation.map(Into::into),
                name: has(word::NAME).then(|| reader.text()).transpose()?,
                metadata: has(word::METADATA)
                    .then(|| reader.json_object())
                    .transpose()?,
            });
        }
        Ok(near)
    }

    fn introduce(&mut self, reader: &mut Reader<'_>) -> Result<(), BatchError> {
        let mut ids = IdReader::default();
        let mut after = 0;
        for _ in 0..reader.varint()? {
            let number = slot_behind(&mut after, reader.varint()?)?;
            let form = reader.byte()?;
            let id = ids.read(reader, form & 0x7f, form & 0x80 != 0)?;
            let slot = DecodedSlot {
                id: id.into(),
                motion: read_motion(reader)?,
            };
            if self.slots.insert(number, slot).is_some() {
                return Err(BatchError::BadSlot(number));
            }
        }
        Ok(())
    }

    fn free(&mut self, reader: &mut Reader<'_>) -> Result<(), BatchError> {
        let mut after = 0;
        for _ in 0..reader.varint()? {
            let number = slot_behind(&mut after, reader.varint()?)?;
            if self.slots.remove(&number).is_none() {
                return Err(BatchError::BadSlot(number));
            }
        }
        Ok(())
    }

    fn read_map<'a>(
        &mut self,
        reader: &mut Reader<'a>,
    ) -> Result<Vec<SteppedPlayer<'a>>, BatchError> {
        let mut after = 0;
        let first = slot_behind(&mut after, reader.varint()?)?;
        let span = reader.varint()?;
        let map = reader.bytes(span.div_ceil(4) as usize)?;
        let forms = map
            .iter()
            .flat_map(|byte| [0, 2, 4, 6].map(|at| byte >> at & 3));
        let mut steps = Vec::new();
        for (place, form) in (0_u32..).zip(forms) {
            if form == form::ABSENT {
                continue;
            }
            if place >= span {
                return Err(BatchError::UnknownField(form));
            }
            let number = first.checked_add(place).ok_or(BatchError::BadSlot(first))?;
            steps.push(self.read_step(reader, number, form)?);
        }
        Ok(steps)
    }

    fn read_list<'a>(
        &mut self,
        reader: &mut Reader<'a>,
    ) -> Result<Vec<SteppedPlayer<'a>>, BatchError> {
        let mut after = 0;
        let mut steps = Vec::new();
        for _ in 0..reader.varint()? {
            let entry = reader.varint()?;
            let number = slot_behind(&mut after, entry >> 2)?;
            let form = (entry & 3) as u8;
            if form == form::ABSENT {
                return Err(BatchError::EmptyRecord);
            }
            steps.push(self.read_step(reader, number, form)?);
        }
        Ok(steps)
    }

    fn read_step<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        number: u32,
        form: u8,
    ) -> Result<SteppedPlayer<'a>, BatchError> {
        let slot = self.slots.get_mut(&number);
        let slot = slot.ok_or(BatchError::BadSlot(number))?;
        let mut words = 0;
        let turns = match form {
            form::ON => [Turn::On; 3],
            form::NUDGED => {
                let byte = reader.byte()?;
                [nudged(byte & 15), Turn::On, nudged(byte >> 4)]
            }
            _ => {
                let bits = reader.byte()?;
                if bits & head::DECIMALS != 0 {
                    let decimals = reader.byte()?;
                    if decimals <= slot.motion.decimals || decimals > MOST_DECIMALS {
                        return Err(BatchError::BadShape(decimals));
                    }
                    slot.motion.refine(decimals);
                }
                let mut turns = [Turn::On; 3];
                for (turn, at) in turns.iter_mut().zip([0, 2, 4]) {
                    *turn = read_turn(reader, bits >> at & 3)?;
                }
                if bits & head::WORDS != 0 {
                    words = read_word_bits(reader)?;
                }
                turns
            }
        };
        slot.motion.take(turns)?;
        let (id, position) = (slot.id.clone(), slot.motion.position());
        let has = |bit: u8| words & bit != 0;
        let animation = has(word::ANIMATION).then(|| self.read_animation(reader));
        Ok(SteppedPlayer {
            id,
            position,
            full: has(word::FULL),
            animation: animation.transpose()?,
            name: has(word::NAME).then(|| reader.text()).transpose()?,
            metadata: has(word::METADATA)
                .then(|| reader.json_object())
                .transpose()?,
        })
    }

    fn read_animation(&mut self, reader: &mut Reader<'_>) -> Result<Arc<str>, BatchError> {
        let number = reader.byte()?;
        if number != 0 {
            let known = self.words.get(number).cloned();
            return known.ok_or(BatchError::BadWord(number));
        }
        let word: Arc<str> = reader.text()?.into();
        self.words.keep(word.clone());
        Ok(word)
    }

    fn checksum(&self) -> u32 {
        let mut slots: Vec<_> = self.slots.iter().collect();
        slots.sort_unstable_by_key(|(number, _)| **number);
        let slots = slots.into_iter();
        checksum(slots.map(|(number, slot)| (*number, &*slot.id, slot.motion.position())))
    }
}

/// The number that lies `gap` behind the one before.
fn slot_behind(after: &mut u32, gap: u32) -> Result<u32, BatchError> {
    let number = after.checked_add(gap).filter(|it| *it < SLOT_LIMIT);
    let number = number.ok_or(BatchError::BadSlot(gap))?;
    *after = number + 1;
    Ok(number)
}

fn read_words(reader: &mut Reader<'_>) -> Result<WordMemory, BatchError> {
    let (count, next) = (reader.byte()?, reader.byte()?);
    if usize::from(count) > REMEMBERED {
        return Err(BatchError::BadWord(count));
    }
    let mut kept = Vec::new();
    for _ in 0..count {
        kept.push(reader.text()?.into());
    }
    WordMemory::restored(kept, next.into()).ok_or(BatchError::BadWord(next))
}

fn read_word_bits(reader: &mut Reader<'_>) -> Result<u8, BatchError> {
    let words = reader.byte()?;
    match words {
        0 => Err(BatchError::EmptyRecord),
        _ if words & !word::KNOWN != 0 => Err(BatchError::UnknownField(words & !word::KNOWN)),
        _ if words & word::FULL != 0 && words & word::ALL != word::ALL => {
            Err(BatchError::IncompleteFull)
        }
        _ => Ok(words),
    }
}

fn read_motion(reader: &mut Reader<'_>) -> Result<Motion, BatchError> {
    let bits = reader.byte()?;
    let decimals = bits & shape::DECIMALS;
    if bits & !shape::KNOWN != 0 || decimals > MOST_DECIMALS {
        return Err(BatchError::BadShape(bits));
    }
    let mut axes = [Axis::Raw(0.0); 3];
    for (place, axis) in axes.iter_mut().enumerate() {
        *axis = match bits & shape::RAW << place {
            0 => Axis::Fixed {
                at: inside(unzigzag(reader.varint()?).into())?,
                pace: 0,
            },
            _ => Axis::Raw(finite(reader)?),
        };
    }
    if bits & shape::MOVING != 0 {
        for axis in &mut axes {
            if let Axis::Fixed { pace, .. } = axis {
                *pace = within(unzigzag(reader.varint()?)).ok_or(BatchError::OutOfRange)?;
            }
        }
    }
    Ok(Motion { decimals, axes })
}

fn read_turn(reader: &mut Reader<'_>, kind: u8) -> Result<Turn, BatchError> {
    Ok(match kind {
        0 => Turn::On,
        1 => Turn::Still,
        2 => Turn::By(unzigzag(reader.varint()?)),
        _ => Turn::To(finite(reader)?),
    })
}

fn finite(reader: &mut Reader<'_>) -> Result<f64, BatchError> {
    let value = f64::from_le_bytes(reader.array()?);
    match value.is_finite() {
        true => Ok(value),
        false => Err(BatchError::NotFinite),
    }
}

/// One half of the byte of a nudge.
fn nudged(half: u8) -> Turn {
    match half {
        0 => Turn::On,
        half => Turn::By(unzigzag(half.into())),
    }
}
