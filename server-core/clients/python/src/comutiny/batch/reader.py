"""A place in the bytes of a batch, and the forms of what stands there."""

import json
import math
import struct
import uuid

#: How many bytes an id may share with the one before it.
SHARED_PREFIX_LIMIT = 64


class BatchError(ValueError):
    """Why a batch was refused. ``code`` is one of the words the server has for it, such as ``truncated``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """Every method steps over what it reads, and raises a :class:`BatchError` where the bytes are not of that form."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0
        self._previous_id = b""

    def remaining(self) -> int:
        return len(self._data) - self._at

    def take(self, count: int) -> bytes:
        if count > self.remaining():
            raise BatchError("truncated")
        self._at += count
        return bytes(self._data[self._at - count : self._at])

    def byte(self) -> int:
        return self.take(1)[0]

    def uint32(self) -> int:
        """Four bytes, little-endian."""
        return int.from_bytes(self.take(4), "little")

    def unsigned(self) -> int:
        """An unsigned LEB128 number of at most 32 bits, in as few bytes as it needs."""
        value = 0
        for shift in range(0, 35, 7):
            byte = self.byte()
            if (shift == 28 and byte > 15) or (shift > 0 and byte == 0):
                raise BatchError("bad-varint")
            value |= (byte & 127) << shift
            if byte < 128:
                break
        return value

    def signed(self) -> int:
        """The same in zigzag coding: 0, 1, 2, 3 stand for 0, -1, 1, -2."""
        value = self.unsigned()
        return value >> 1 ^ -(value & 1)

    def single(self) -> float:
        return self._finite("<f", 4)

    def double(self) -> float:
        return self._finite("<d", 8)

    def text(self) -> str:
        return _decoded(self.take(self.unsigned()))

    def metadata(self) -> dict:
        """A text that holds one JSON object."""
        text = self.text()
        try:
            value = json.loads(text, parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise BatchError("bad-metadata") from None
        if not isinstance(value, dict):
            raise BatchError("bad-metadata")
        return value

    def id(self, shared: int, is_uuid: bool) -> str:
        """May begin with so many bytes of the id read before, and may end with a UUID in binary."""
        if shared > min(SHARED_PREFIX_LIMIT, len(self._previous_id)):
            raise BatchError("bad-prefix")
        try:
            head = self._previous_id[:shared].decode()
        except UnicodeDecodeError:
            raise BatchError("bad-prefix") from None
        found = head + (str(uuid.UUID(bytes=self.take(16))) if is_uuid else self.text())
        if found == "":
            raise BatchError("empty-id")
        self._previous_id = found.encode()
        return found

    def _finite(self, form: str, size: int) -> float:
        (value,) = struct.unpack(form, self.take(size))
        if not math.isfinite(value):
            raise BatchError("not-finite")
        return value


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BatchError("invalid-utf8") from None


def _no_number(word: str) -> None:
    """Python takes NaN and Infinity for JSON; JSON does not."""
    raise ValueError(word)
