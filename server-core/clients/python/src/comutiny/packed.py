"""Reads ``events:packed``: events that everybody gets, packed into one attachment as zlib of ``[[name, payload], ...]``."""

import json
import zlib
from typing import Any

#: Bytes that an attachment may stand for; the server packs no more. A few bytes could stand for any number.
LIMIT_BYTES = 32 * 1024 * 1024


class PackedError(ValueError):
    """Why an attachment cannot be read, as the word that the test vectors use: ``code``."""

    def __init__(self, code: str) -> None:
        super().__init__(f"packed events that cannot be read: {code}")
        self.code = code


def unpack(attachment: bytes) -> list[tuple[str, Any]]:
    """The events of an attachment, each a name and a payload, in their order.

    Raises :class:`PackedError` for anything else.
    """
    zlib_stream = zlib.decompressobj()
    try:
        text = zlib_stream.decompress(attachment, LIMIT_BYTES + 1)
    except (zlib.error, TypeError):
        raise PackedError("damaged") from None
    if len(text) > LIMIT_BYTES:
        raise PackedError("too-large")
    if not zlib_stream.eof:
        raise PackedError("damaged")
    try:
        events = json.loads(text.decode("utf-8"))
    except UnicodeDecodeError:
        raise PackedError("damaged") from None
    except (ValueError, RecursionError):
        raise PackedError("not-events") from None
    if not isinstance(events, list) or not all(map(_is_event, events)):
        raise PackedError("not-events")
    return [(name, payload) for name, payload in events]


def _is_event(entry: Any) -> bool:
    return isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)
