"""A batch that stands alone; "Format, version 1" in PROTOCOL.md."""

from .reader import BatchError, Reader

VERSION = 1

POSITION = 1
ANIMATION = 2
NAME = 4
METADATA = 8
ALL_FIELDS = 15
FULL = 16
UUID = 32
SHARED = 64
UNKNOWN = 128

#: Kinds of number; the kinds of three axes are one byte, as digits in this base.
KINDS = 6


def decode_batch(data: bytes) -> list[dict]:
    """The changes of a batch, in order: ``id``, ``full``, and those of the four fields that it carries.

    Raises a :class:`BatchError`; then nothing of the batch may be applied.
    """
    reader = Reader(data)
    if reader.byte() != VERSION:
        raise BatchError("unsupported-version")
    changes = []
    while flags := reader.byte():
        changes.append(_change(reader, flags))
    if reader.remaining() > 0:
        raise BatchError("trailing-bytes")
    return changes


def _change(reader: Reader, flags: int) -> dict:
    fields = flags & ALL_FIELDS
    if flags & UNKNOWN:
        raise BatchError("unknown-field")
    if flags & FULL and fields != ALL_FIELDS:
        raise BatchError("incomplete-full")
    if not fields:
        raise BatchError("empty-record")
    shared = reader.byte() if flags & SHARED else 0
    change: dict = {"id": reader.id(shared, bool(flags & UUID)), "full": bool(flags & FULL)}
    if flags & POSITION:
        change["position"] = read_position(reader)
    if flags & ANIMATION:
        change["animation"] = reader.text()
    if flags & NAME:
        change["name"] = reader.text()
    if flags & METADATA:
        change["metadata"] = reader.metadata()
    return change


def read_position(reader: Reader) -> dict:
    shape = reader.byte()
    if shape >= KINDS**3:
        raise BatchError("bad-shape")
    kinds = (shape % KINDS, shape // KINDS % KINDS, shape // KINDS**2)
    return {axis: _number(reader, kind) for axis, kind in zip("xyz", kinds)}


def _number(reader: Reader, kind: int) -> float:
    """Dividing gives exactly the double nearest to the decimal: IEEE 754 division is correctly rounded."""
    if kind == 0:
        return 0.0
    if kind <= 3:
        return reader.signed() / (1, 100, 1000)[kind - 1]
    return reader.single() if kind == 4 else reader.double()
