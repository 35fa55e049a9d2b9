"""The animations a stream has named, numbered from 1."""

from .reader import BatchError, Reader

#: How many a stream remembers; the oldest makes room for a new one.
REMEMBERED = 63


class Words:
    def __init__(self) -> None:
        self._kept: list[str] = []
        #: The place that the next new one takes.
        self._next = 0

    def restore(self, reader: Reader) -> None:
        """Those of a keyframe."""
        count, self._next = reader.byte(), reader.byte()
        if count > REMEMBERED:
            raise BatchError("bad-word")
        self._kept = [reader.text() for _ in range(count)]
        if self._next != count if count < REMEMBERED else self._next >= REMEMBERED:
            raise BatchError("bad-word")

    def read(self, reader: Reader) -> str:
        """One that a step says: by its number, or whole and for the first time."""
        number = reader.byte()
        if number == 0:
            word = reader.text()
            self._kept[self._next : self._next + 1] = [word]
            self._next = (self._next + 1) % REMEMBERED
            return word
        if number > len(self._kept):
            raise BatchError("bad-word")
        return self._kept[number - 1]
