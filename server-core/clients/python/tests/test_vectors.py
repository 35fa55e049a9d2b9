"""The decoders read what the server's encoders write, by the vectors that Rust and TypeScript run as well."""

import json
import random
from pathlib import Path

import pytest

from comutiny import BatchError, StreamDecoder, decode_batch, is_streamed

BATCH = Path(__file__).parents[3] / "crates" / "contract" / "src" / "batch"
VECTORS = json.loads((BATCH / "vectors.json").read_text())
STREAMS = json.loads((BATCH / "stream" / "vectors.json").read_text())["streams"]


def by_name(vectors):
    return pytest.mark.parametrize("vector", vectors, ids=lambda vector: vector["name"])


def change(vector):
    """As a decoder answers it."""
    wanted = {"full": False, **vector}
    if "position" in vector:
        wanted["position"] = dict(zip("xyz", vector["position"]))
    if "metadata" in vector:
        wanted["metadata"] = json.loads(vector["metadata"])
    return wanted


def check(changes, vectors):
    """As text, because -0.0 equals 0.0."""
    wanted = [change(vector) for vector in vectors]
    assert sorted(map(text, changes)) == sorted(map(text, wanted))


def text(value):
    return json.dumps(value, sort_keys=True)


def refusal(decode, data):
    with pytest.raises(BatchError) as refused:
        decode(data)
    return refused.value.code


@by_name(VECTORS["encoded"] + VECTORS["accepted"])
def test_a_batch_is_read(vector):
    check(decode_batch(bytes.fromhex(vector["hex"])), vector["changes"])


@by_name(VECTORS["refused"])
def test_a_batch_is_refused(vector):
    assert refusal(decode_batch, bytes.fromhex(vector["hex"])) == vector["error"]


@by_name(VECTORS["encoded"])
def test_every_beginning_of_a_batch_is_truncated(vector):
    data = bytes.fromhex(vector["hex"])
    assert {refusal(decode_batch, data[:length]) for length in range(len(data))} == {"truncated"}


@by_name(STREAMS)
def test_a_stream_is_read(vector):
    decoder = StreamDecoder()
    for frame in vector["frames"]:
        data = bytes.fromhex(frame["hex"])
        if "steps" in frame:
            check(decoder.read(data), frame["steps"])
        else:
            assert refusal(decoder.read, data) == frame["error"]
        assert decoder.in_step == ("steps" in frame)


def test_a_frame_is_told_by_its_first_byte():
    assert [is_streamed(data) for data in (b"\x02\x00", b"\x01\x00", b"")] == [True, False, False]


def test_damaged_bytes_are_read_or_refused():
    chance = random.Random(1)
    frames = [bytes.fromhex(frame["hex"]) for vector in STREAMS for frame in vector["frames"]]
    samples = [bytes.fromhex(vector["hex"]) for vector in VECTORS["encoded"]] + frames
    decoder = StreamDecoder()
    for _ in range(5000):
        data = bytearray(chance.choice(samples))
        data[chance.randrange(len(data))] = chance.randrange(256)
        for decode in (decode_batch, decoder.read):
            try:
                decode(bytes(data))
            except BatchError:
                continue
