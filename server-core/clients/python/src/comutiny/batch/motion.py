"""Where a player is and how it moves, as both sides of a stream remember it.

A coordinate is a whole number of the smallest digit, so that differences are exact; one that is no short decimal is
``raw``, and ``at`` is the number itself.
"""

from dataclasses import dataclass

from .reader import BatchError, Reader

MOST_DECIMALS = 4

#: Places are below this, paces below twice this.
LIMIT = 2**27

RAW_X = 8
MOVING = 64
KNOWN_SHAPE = 127


@dataclass
class Axis:
    raw: bool
    at: float
    #: How far the last step went.
    pace: int = 0

    def go_on(self) -> None:
        """As far as the step before. What is raw stays."""
        if not self.raw and self.pace != 0:
            self._move(self.at + self.pace)

    def go_by(self, more: int) -> None:
        """So much further than the step before. What was raw is from here on this number, standing still."""
        if self.raw:
            self.raw = False
            self._move(more)
            self.pace = 0
            return
        start = self.at
        self._move(start + self.pace + more)
        self.pace = int(self.at - start)

    def stand(self) -> None:
        self.pace = 0

    def jump(self, value: float) -> None:
        self.raw = True
        self.at = value

    def _move(self, at: float) -> None:
        if abs(at) >= LIMIT:
            raise BatchError("out-of-range")
        self.at = at


@dataclass
class Motion:
    decimals: int
    x: Axis
    y: Axis
    z: Axis

    @property
    def axes(self) -> tuple[Axis, Axis, Axis]:
        return (self.x, self.y, self.z)

    def position(self) -> dict:
        """Dividing gives exactly the double nearest to the decimal: IEEE 754 division is correctly rounded."""
        scale = 10**self.decimals
        return {name: it.at if it.raw else it.at / scale for name, it in zip("xyz", self.axes)}

    def refine(self, decimals: int) -> None:
        """Goes over to more decimals; a place that would be too large becomes raw, a pace nothing."""
        scale = 10**self.decimals
        factor = 10**decimals // scale
        for axis in self.axes:
            if axis.raw:
                continue
            if abs(axis.at * factor) >= LIMIT:
                axis.raw = True
                axis.at /= scale
            else:
                axis.at *= factor
                axis.pace = axis.pace * factor if abs(axis.pace * factor) < 2 * LIMIT else 0
        self.decimals = decimals


def read_motion(reader: Reader) -> Motion:
    """The position of a new slot."""
    shape = reader.byte()
    decimals = shape & 7
    if shape > KNOWN_SHAPE or decimals > MOST_DECIMALS:
        raise BatchError("bad-shape")
    motion = Motion(decimals, *(_place(reader, bool(shape & RAW_X << axis)) for axis in range(3)))
    if shape & MOVING:
        for axis in motion.axes:
            _read_pace(reader, axis)
    return motion


def _place(reader: Reader, raw: bool) -> Axis:
    if raw:
        return Axis(raw, reader.double())
    at = reader.signed()
    if abs(at) >= LIMIT:
        raise BatchError("out-of-range")
    return Axis(raw, at)


def _read_pace(reader: Reader, axis: Axis) -> None:
    if axis.raw:
        return
    axis.pace = reader.signed()
    if abs(axis.pace) >= 2 * LIMIT:
        raise BatchError("out-of-range")
