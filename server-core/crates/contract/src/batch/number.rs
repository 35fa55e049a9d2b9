//! How one coordinate is written: as small as possible, never inexactly.
//!
//! Clients send round decimals far more often than doubles that use all their bits, and one axis is usually zero. A
//! decimal such as 12.34 is no `f32`, but dividing the integer 1234 by 100 gives exactly the double nearest to 12.34,
//! because IEEE 754 division is correctly rounded, in Rust and in JavaScript alike. The encoder proves it for each
//! number by doing the division and comparing bits.

use bytes::{BufMut, BytesMut};

/// How many kinds of number there are. The kinds of three axes share one byte, as digits in this base.
pub(super) const KINDS: u8 = 6;

/// The position shapes that mean something: all three digits in range.
pub(super) const SHAPES: u8 = KINDS * KINDS * KINDS;

/// Integers of this size and above need a fifth varint byte, and a single has four.
pub(super) const INTEGER_LIMIT: i32 = 1 << 27;

/// A number in the form it takes on the wire. The order is the order of preference: the first that is exact is also
/// the shortest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    /// Positive zero, without a byte of its own.
    Zero,
    /// An integer, as a zigzag varint.
    Integer(i32),
    /// An integer to be divided by 100, as a zigzag varint.
    Hundredths(i32),
    /// An integer to be divided by 1000, as a zigzag varint.
    Thousandths(i32),
    /// IEEE 754 single precision, little-endian.
    Single(f32),
    /// IEEE 754 double precision, little-endian.
    Double(f64),
}

impl Number {
    /// The shortest form that gives back `value` bit for bit. What is not finite becomes zero, see
    /// [`BatchEncoder::push`](super::BatchEncoder::push).
    pub(super) fn of(value: f64) -> Self {
        if value.to_bits() == 0 || !value.is_finite() {
            return Self::Zero;
        }
        if let Some(integer) = scaled(value, 1.0) {
            return Self::Integer(integer);
        }
        if let Some(integer) = scaled(value, 100.0) {
            return Self::Hundredths(integer);
        }
        if let Some(integer) = scaled(value, 1000.0) {
            return Self::Thousandths(integer);
        }
        let single = value as f32;
        if f64::from(single).to_bits() == value.to_bits() {
            return Self::Single(single);
        }
        Self::Double(value)
    }

    /// This number's digit in the shape byte.
    pub(super) fn kind(self) -> u8 {
        match self {
            Self::Zero => 0,
            Self::Integer(_) => 1,
            Self::Hundredths(_) => 2,
            Self::Thousandths(_) => 3,
            Self::Single(_) => 4,
            Self::Double(_) => 5,
        }
    }

    pub(super) fn value(self) -> f64 {
        match self {
            Self::Zero => 0.0,
            Self::Integer(integer) => f64::from(integer),
            Self::Hundredths(integer) => f64::from(integer) / 100.0,
            Self::Thousandths(integer) => f64::from(integer) / 1000.0,
            Self::Single(single) => f64::from(single),
            Self::Double(double) => double,
        }
    }

    pub(super) fn put(self, buf: &mut BytesMut) {
        match self {
            Self::Zero => {}
            Self::Integer(n) | Self::Hundredths(n) | Self::Thousandths(n) => {
                put_varint(buf, zigzag(n));
            }
            Self::Single(single) => buf.put_f32_le(single),
            Self::Double(double) => buf.put_f64_le(double),
        }
    }
}

/// Appends x, y and z behind the byte that says which kinds they are.
pub(super) fn put_position(buf: &mut BytesMut, position: [f64; 3]) {
    let [x, y, z] = position.map(Number::of);
    buf.put_u8(x.kind() + KINDS * (y.kind() + KINDS * z.kind()));
    for number in [x, y, z] {
        number.put(buf);
    }
}

/// The integer that divided by `divisor` is `value` bit for bit, if a small one exists.
///
/// The bits are compared, so negative zero is refused here and travels as a single.
pub(super) fn scaled(value: f64, divisor: f64) -> Option<i32> {
    let product = value * divisor;
    // The cast saturates and truncates; with half a unit added that is rounding, without a library call.
    let integer = (product + 0.5_f64.copysign(product)) as i32;
    let exact = (f64::from(integer) / divisor).to_bits() == value.to_bits();
    (exact && integer.unsigned_abs() < INTEGER_LIMIT.unsigned_abs()).then_some(integer)
}

/// Appends an unsigned LEB128 number.
pub(super) fn put_varint(buf: &mut BytesMut, mut value: u32) {
    while value >= 0x80 {
        buf.put_u8(value as u8 | 0x80);
        value >>= 7;
    }
    buf.put_u8(value as u8);
}

/// Maps small integers of either sign to small unsigned ones: 0, -1, 1, -2 to 0, 1, 2, 3.
pub(super) fn zigzag(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)) as u32
}

/// The inverse of [`zigzag`].
pub(super) fn unzigzag(value: u32) -> i32 {
    (value >> 1) as i32 ^ -((value & 1) as i32)
}

/// Bytes of an unsigned LEB128 number.
pub(super) fn varint_length(value: usize) -> usize {
    1 + value.checked_ilog2().unwrap_or(0) as usize / 7
}

/// Appends a text behind its length.
pub(super) fn put_text(buf: &mut BytesMut, text: &str) {
    put_varint(buf, text.len() as u32);
    buf.put_slice(text.as_bytes());
}
