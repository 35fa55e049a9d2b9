"""A client for worlds of CoMutiNy.

It joins, walks, chats, and keeps a mirror of the world. What a server and a client say to each other is written down in
``server-core/PROTOCOL.md`` of CoMutiNy's repository.
"""

from .batch import BatchError, StreamDecoder, decode_batch, is_streamed
from .client import Client, Refused
from .mirror import Event, Mirror
from .packed import PackedError, unpack
from .protocol import PROTOCOL

__all__ = [
    "PROTOCOL",
    "BatchError",
    "Client",
    "Event",
    "Mirror",
    "PackedError",
    "Refused",
    "StreamDecoder",
    "decode_batch",
    "is_streamed",
    "unpack",
]
