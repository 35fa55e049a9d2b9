//! How a place and how somebody moves are written.

use bytes::{BufMut as _, BytesMut};

use super::super::number::{put_varint, zigzag};
use super::motion::{Axis, Motion, Turn};
use super::{head, shape};

pub(super) fn put_motion(buf: &mut BytesMut, motion: &Motion) {
    let moving = motion
        .axes
        .iter()
        .any(|axis| matches!(axis, Axis::Fixed { pace, .. } if *pace != 0));
    let mut bits = motion.decimals | if moving { shape::MOVING } else { 0 };
    for (place, axis) in motion.axes.iter().enumerate() {
        if matches!(axis, Axis::Raw(_)) {
            bits |= shape::RAW << place;
        }
    }
    buf.put_u8(bits);
    for axis in motion.axes {
        match axis {
            Axis::Fixed { at, .. } => put_varint(buf, zigzag(at)),
            Axis::Raw(value) => buf.put_f64_le(value),
        }
    }
    for axis in motion.axes.iter().filter(|_| moving) {
        if let Axis::Fixed { pace, .. } = axis {
            put_varint(buf, zigzag(*pace));
        }
    }
}

/// Both differences in a byte, x in the low half, when they are small and the height goes on. A half of nought
/// goes on; the nought that a raw coordinate becomes is none of these.
pub(super) fn nudge(turns: [Turn; 3]) -> Option<u8> {
    let half = |turn| match turn {
        Turn::On => Some(0),
        Turn::By(0) => None,
        Turn::By(more) => u8::try_from(zigzag(more)).ok().filter(|it| *it < 16),
        Turn::Still | Turn::To(_) => None,
    };
    let [x, y, z] = turns;
    (y == Turn::On).then_some(half(x)? | half(z)? << 4)
}

pub(super) fn put_turns(buf: &mut BytesMut, decimals: Option<u8>, turns: [Turn; 3], words: bool) {
    let mut bits = if words { head::WORDS } else { 0 };
    if decimals.is_some() {
        bits |= head::DECIMALS;
    }
    for (place, turn) in turns.iter().enumerate() {
        let kind = match turn {
            Turn::On => 0,
            Turn::Still => 1,
            Turn::By(_) => 2,
            Turn::To(_) => 3,
        };
        bits |= kind << (2 * place);
    }
    buf.put_u8(bits);
    if let Some(decimals) = decimals {
        buf.put_u8(decimals);
    }
    for turn in turns {
        match turn {
            Turn::On | Turn::Still => {}
            Turn::By(more) => put_varint(buf, zigzag(more)),
            Turn::To(value) => buf.put_f64_le(value),
        }
    }
}
