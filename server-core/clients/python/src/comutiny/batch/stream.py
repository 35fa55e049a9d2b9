"""Updates as frames that go on from each other, for the feature ``batch2``. No server sends them yet."""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .decode import read_position
from .motion import MOST_DECIMALS, Axis, Motion, read_motion
from .reader import BatchError, Reader
from .words import Words

VERSION = 2

KEYFRAME = 1
INTRODUCED = 2
MAPPED = 4
FREED = 8
CHECK = 16
NEAR = 32
#: Of a frame that goes on.
KNOWN = 30

ABSENT = 0
ON = 1
NUDGED = 2

WORDS = 64
DECIMALS = 128

ANIMATION = 1
NAME = 2
METADATA = 4
ALL_WORDS = 7
FULL = 8

SLOT_LIMIT = 2**20


def is_streamed(data: bytes) -> bool:
    """Whether an attachment is a frame of a stream, and not a batch that stands alone."""
    return data[:1] == bytes((VERSION,))


@dataclass
class Slot:
    id: str
    motion: Motion


class StreamDecoder:
    """One connection's side of a stream. Starts out of step: until a keyframe came it refuses everything else."""

    def __init__(self) -> None:
        self._place: tuple[int, int] | None = None
        self._slots: dict[int, Slot] = {}
        self._words = Words()

    @property
    def in_step(self) -> bool:
        """Whether the next frame can be read."""
        return self._place is not None

    def read(self, data: bytes) -> list[dict]:
        """The changes of the next frame, each with ``id``, ``full``, ``position`` and what else it carries.

        Raises a :class:`BatchError` for what the format does not allow, for what does not follow the frame before, and
        for a picture that the checksum finds wrong. Then nothing of the frame may be applied, and the decoder is out of
        step until the next keyframe. A keyframe shows nobody.
        """
        before, self._place = self._place, None
        changes, place = self._frame(Reader(data), before)
        self._place = place
        return changes

    def _frame(self, reader: Reader, before: tuple[int, int] | None) -> tuple[list[dict], tuple[int, int]]:
        if reader.byte() != VERSION:
            raise BatchError("unsupported-version")
        kind = reader.byte()
        if kind & ~(KEYFRAME | CHECK if kind & KEYFRAME else NEAR if kind & NEAR else KNOWN):
            raise BatchError("unknown-field")
        place = (reader.uint32(), reader.unsigned())
        if kind & KEYFRAME:
            changes = self._keyframe(reader)
        elif kind & NEAR:
            if place != before:
                raise BatchError("out-of-step")
            changes = [self._record(reader) for _ in range(reader.unsigned())]
        elif before is None or place != (before[0], (before[1] + 1) % 2**32):
            raise BatchError("out-of-step")
        else:
            changes = self._steps(reader, kind)
        if kind & CHECK and reader.uint32() != self._checksum():
            raise BatchError("check-failed")
        if reader.remaining() > 0:
            raise BatchError("trailing-bytes")
        return changes, place

    def _record(self, reader: Reader) -> dict:
        """Somebody who is near. It changes nothing about the stream."""
        entry = reader.unsigned()
        slot = self._slots.get(entry >> 1)
        if slot is None:
            raise BatchError("bad-slot")
        position = read_position(reader)
        words = _word_bits(reader) if entry & 1 else 0
        change: dict = {"id": slot.id, "full": bool(words & FULL), "position": position}
        if words & ANIMATION:
            change["animation"] = reader.text()
        if words & NAME:
            change["name"] = reader.text()
        if words & METADATA:
            change["metadata"] = reader.metadata()
        return change

    def _keyframe(self, reader: Reader) -> list[dict]:
        self._slots.clear()
        self._words.restore(reader)
        self._introduce(reader)
        return []

    def _steps(self, reader: Reader, kind: int) -> list[dict]:
        if kind & INTRODUCED:
            self._introduce(reader)
        changes = list(self._mapped(reader) if kind & MAPPED else self._listed(reader))
        if kind & FREED:
            for number in _slots_behind(reader):
                if self._slots.pop(number, None) is None:
                    raise BatchError("bad-slot")
        return changes

    def _introduce(self, reader: Reader) -> None:
        for number in _slots_behind(reader):
            form = reader.byte()
            slot = Slot(reader.id(form & 127, form > 127), read_motion(reader))
            if number in self._slots:
                raise BatchError("bad-slot")
            self._slots[number] = slot

    def _mapped(self, reader: Reader) -> Iterator[dict]:
        first = _slot_behind(0, reader.unsigned())
        span = reader.unsigned()
        bits = reader.take((span + 3) // 4)
        for place in range(len(bits) * 4):
            form = bits[place >> 2] >> (place & 3) * 2 & 3
            if form == ABSENT:
                continue
            if place >= span:
                raise BatchError("unknown-field")
            yield self._step(reader, first + place, form)

    def _listed(self, reader: Reader) -> Iterator[dict]:
        after = 0
        for _ in range(reader.unsigned()):
            entry = reader.unsigned()
            number = _slot_behind(after, entry >> 2)
            if entry & 3 == ABSENT:
                raise BatchError("empty-record")
            yield self._step(reader, number, entry & 3)
            after = number + 1

    def _step(self, reader: Reader, number: int, form: int) -> dict:
        slot = self._slots.get(number)
        if slot is None:
            raise BatchError("bad-slot")
        words = 0
        if form == ON:
            for axis in slot.motion.axes:
                axis.go_on()
        elif form == NUDGED:
            _nudge(reader, slot.motion)
        else:
            words = _general(reader, slot.motion)
        change: dict = {"id": slot.id, "full": bool(words & FULL), "position": slot.motion.position()}
        if words & ANIMATION:
            change["animation"] = self._words.read(reader)
        if words & NAME:
            change["name"] = reader.text()
        if words & METADATA:
            change["metadata"] = reader.metadata()
        return change

    def _checksum(self) -> int:
        """CRC-32 over each slot in ascending order: its number, its id, and the position as doubles."""
        crc = 0
        for number, slot in sorted(self._slots.items()):
            position = struct.pack("<ddd", *slot.motion.position().values())
            crc = zlib.crc32(struct.pack("<I", number) + slot.id.encode() + position, crc)
        return crc


def _slots_behind(reader: Reader) -> Iterator[int]:
    """Ascending slots, as many as a varint says, each by what lies between it and the one before."""
    after = 0
    for _ in range(reader.unsigned()):
        number = _slot_behind(after, reader.unsigned())
        yield number
        after = number + 1


def _slot_behind(after: int, gap: int) -> int:
    if after + gap >= SLOT_LIMIT:
        raise BatchError("bad-slot")
    return after + gap


def _nudge(reader: Reader, motion: Motion) -> None:
    """x in the low half of a byte, z in the high one; the height goes on."""
    byte = reader.byte()
    for axis, half in ((motion.x, byte & 15), (motion.y, 0), (motion.z, byte >> 4)):
        if half == 0:
            axis.go_on()
        else:
            axis.go_by(half >> 1 ^ -(half & 1))


def _general(reader: Reader, motion: Motion) -> int:
    """Returns which words follow."""
    head = reader.byte()
    if head & DECIMALS:
        decimals = reader.byte()
        if decimals <= motion.decimals or decimals > MOST_DECIMALS:
            raise BatchError("bad-shape")
        motion.refine(decimals)
    turns = [_turn(reader, axis, head >> 2 * index & 3) for index, axis in enumerate(motion.axes)]
    words = _word_bits(reader) if head & WORDS else 0
    for turn in turns:
        turn()
    return words


def _turn(reader: Reader, axis: Axis, kind: int) -> Callable[[], None]:
    """What is to be done with an axis, once all of the step is read."""
    if kind == 0:
        return axis.go_on
    if kind == 1:
        return axis.stand
    if kind == 2:
        more = reader.signed()
        return lambda: axis.go_by(more)
    value = reader.double()
    return lambda: axis.jump(value)


def _word_bits(reader: Reader) -> int:
    words = reader.byte()
    if words == 0:
        raise BatchError("empty-record")
    if words > ALL_WORDS | FULL:
        raise BatchError("unknown-field")
    if words & FULL and words & ALL_WORDS != ALL_WORDS:
        raise BatchError("incomplete-full")
    return words
