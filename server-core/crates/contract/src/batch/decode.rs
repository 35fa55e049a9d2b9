//! Reading a batch that may be hostile: no panic, work linear in the input, and memory bounded by it.

use std::borrow::Cow;
use std::iter::FusedIterator;

use super::id::IdReader;
use super::number::{KINDS, Number, SHAPES, unzigzag};
use super::reader::Reader;
use super::{BatchError, END, VERSION, flag};

/// One player's change as read from a batch. Text borrows from the input; only an id that was sent in parts is owned.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodedChange<'a> {
    /// The player id, never empty.
    pub id: Cow<'a, str>,
    /// Whether this is the whole player, see [`PlayerChange::full`](super::PlayerChange::full).
    pub full: bool,
    /// The new position as x, y, z: finite numbers, in world units.
    pub position: Option<[f64; 3]>,
    /// The new animation.
    pub animation: Option<&'a str>,
    /// The new display name.
    pub name: Option<&'a str>,
    /// The JSON text of one object: changed top-level keys, or of a full player all of them.
    pub metadata: Option<&'a str>,
}

/// Reads a whole batch.
///
/// # Errors
///
/// Any deviation from the format is an error for the whole batch, see [`BatchError`].
pub fn decode(data: &[u8]) -> Result<Vec<DecodedChange<'_>>, BatchError> {
    Changes::new(data).collect()
}

/// The changes of a batch one after the other, for readers that need no list.
///
/// Ends after the first error. What came before an error is well-formed, yet a careful reader applies nothing of a
/// batch that turns out to be broken; [`decode`] is for that.
#[derive(Debug, Clone)]
pub struct Changes<'a> {
    reader: Reader<'a>,
    ids: IdReader,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Records,
    Done,
}

impl<'a> Changes<'a> {
    /// Starts to read; nothing is checked before the first change is asked for.
    #[must_use]
    pub fn new(data: &'a [u8]) -> Self {
        Self {
            reader: Reader::new(data),
            ids: IdReader::default(),
            state: State::Start,
        }
    }

    /// The next change, or nothing after the end mark.
    fn read(&mut self) -> Result<Option<DecodedChange<'a>>, BatchError> {
        if self.state == State::Start {
            let version = self.reader.byte()?;
            if version != VERSION {
                return Err(BatchError::UnsupportedVersion(version));
            }
            self.state = State::Records;
        }
        let flags = self.reader.byte()?;
        if flags == END {
            return match self.reader.remaining() {
                0 => Ok(None),
                extra => Err(BatchError::TrailingBytes { extra }),
            };
        }
        check_flags(flags)?;
        let has = |bit| flags & bit != 0;
        let id = self.id(flags)?;
        Ok(Some(DecodedChange {
            id,
            full: has(flag::FULL),
            position: has(flag::POSITION)
                .then(|| self.reader.position())
                .transpose()?,
            animation: has(flag::ANIMATION)
                .then(|| self.reader.text())
                .transpose()?,
            name: has(flag::NAME).then(|| self.reader.text()).transpose()?,
            metadata: has(flag::METADATA)
                .then(|| self.reader.json_object())
                .transpose()?,
        }))
    }

    fn id(&mut self, flags: u8) -> Result<Cow<'a, str>, BatchError> {
        let shared = match flags & flag::SHARED {
            0 => 0,
            _ => self.reader.byte()?,
        };
        self.ids
            .read(&mut self.reader, shared, flags & flag::UUID != 0)
    }
}

impl<'a> Iterator for Changes<'a> {
    type Item = Result<DecodedChange<'a>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Done {
            return None;
        }
        let change = self.read().transpose();
        if !matches!(change, Some(Ok(_))) {
            self.state = State::Done;
        }
        change
    }
}

impl FusedIterator for Changes<'_> {}

fn check_flags(flags: u8) -> Result<(), BatchError> {
    let fields = flags & flag::ALL_FIELDS;
    if flags & !flag::KNOWN != 0 {
        Err(BatchError::UnknownField(flags & !flag::KNOWN))
    } else if flags & flag::FULL != 0 && fields != flag::ALL_FIELDS {
        Err(BatchError::IncompleteFull)
    } else if fields == 0 {
        Err(BatchError::EmptyRecord)
    } else {
        Ok(())
    }
}

/// Coordinates as this version writes them.
impl Reader<'_> {
    pub(super) fn position(&mut self) -> Result<[f64; 3], BatchError> {
        let shape = self.byte()?;
        if shape >= SHAPES {
            return Err(BatchError::BadShape(shape));
        }
        let kinds = [shape % KINDS, shape / KINDS % KINDS, shape / KINDS / KINDS];
        let mut position = [0.0; 3];
        for (coordinate, kind) in position.iter_mut().zip(kinds) {
            *coordinate = self.number(kind)?.value();
            if !coordinate.is_finite() {
                return Err(BatchError::NotFinite);
            }
        }
        Ok(position)
    }

    fn number(&mut self, kind: u8) -> Result<Number, BatchError> {
        Ok(match kind {
            0 => Number::Zero,
            1 => Number::Integer(unzigzag(self.varint()?)),
            2 => Number::Hundredths(unzigzag(self.varint()?)),
            3 => Number::Thousandths(unzigzag(self.varint()?)),
            4 => Number::Single(f32::from_le_bytes(self.array()?)),
            _ => Number::Double(f64::from_le_bytes(self.array()?)),
        })
    }
}
