"""The decoders that PROTOCOL.md shows read every test vector of the contract."""

import json
import pathlib
import re
import struct

import pytest

SERVER = pathlib.Path(__file__).parents[3] / "server-core"
BATCH = SERVER / "crates" / "contract" / "src" / "batch"


def documented(chapter):
    """What the Python of a chapter defines."""
    page = (SERVER / "PROTOCOL.md").read_text()
    code = re.search(rf"### {chapter}\n.*?```python\n(.*?)```", page, re.S).group(1)
    names = {}
    exec(compile(code, chapter, "exec"), names)
    return names


def change(vector):
    """A change of the vectors as the decoders give it."""
    wanted = {"full": False, **vector}
    if "position" in wanted:
        wanted["position"] = dict(zip("xyz", wanted["position"]))
    if "metadata" in wanted:
        wanted["metadata"] = json.loads(wanted["metadata"])
    return wanted


def bits(changes):
    """The numbers to compare in every bit: the two zeros are equal."""
    positions = [change["position"].values() for change in changes if "position" in change]
    return [struct.pack("<3d", *position) for position in positions]


def check(read, vectors):
    by_id = lambda change: change["id"]
    read, wanted = sorted(read, key=by_id), sorted(map(change, vectors), key=by_id)
    assert read == wanted
    assert bits(read) == bits(wanted)


def test_batches():
    decode = documented("A decoder in Python")["decode_batch"]
    vectors = json.loads((BATCH / "vectors.json").read_text())
    for vector in vectors["encoded"] + vectors["accepted"]:
        check(decode(bytes.fromhex(vector["hex"])), vector["changes"])
    for vector in vectors["refused"]:
        with pytest.raises(Exception):
            decode(bytes.fromhex(vector["hex"]))


def test_streams():
    decoder = documented("A decoder for streams in Python")["StreamDecoder"]
    for stream in json.loads((BATCH / "stream" / "vectors.json").read_text())["streams"]:
        reader = decoder()
        for frame in stream["frames"]:
            data = bytes.fromhex(frame["hex"])
            if "error" in frame:
                with pytest.raises(Exception):
                    reader.read(data)
            else:
                check(reader.read(data), frame["steps"])
