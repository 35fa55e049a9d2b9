"""Decoders for the binary attachment of ``players:updated``.

``decode_batch`` reads one that stands alone (feature ``batch``), ``StreamDecoder`` frames that go on from each other
(``batch2``). The test vectors beside the server's encoders hold both.
"""

from .decode import decode_batch
from .reader import BatchError
from .stream import StreamDecoder, is_streamed

__all__ = ["BatchError", "StreamDecoder", "decode_batch", "is_streamed"]
