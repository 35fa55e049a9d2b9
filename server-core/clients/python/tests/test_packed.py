"""Packed events are read as the server writes them, by the vectors that Rust and TypeScript run as well."""

import asyncio
import json
import random
import zlib
from pathlib import Path

import pytest
import socketio

from comutiny import Client, PackedError, unpack
from comutiny.packed import LIMIT_BYTES

CONTRACT = Path(__file__).parents[3] / "crates" / "contract" / "src"
VECTORS = json.loads((CONTRACT / "packed" / "vectors.json").read_text())


def by_name(vectors):
    return pytest.mark.parametrize("vector", vectors, ids=lambda vector: vector["name"])


def packed(events):
    return zlib.compress(json.dumps(events).encode())


def refusal(data):
    with pytest.raises(PackedError) as refused:
        unpack(data)
    return refused.value.code


@by_name(VECTORS["read"])
def test_packed_events_are_read(vector):
    assert unpack(bytes.fromhex(vector["hex"])) == [tuple(event) for event in vector["events"]]


@by_name(VECTORS["refused"])
def test_what_is_no_packed_event_is_refused(vector):
    assert refusal(bytes.fromhex(vector["hex"])) == vector["error"]


@by_name(VECTORS["read"])
def test_every_beginning_is_damaged(vector):
    data = bytes.fromhex(vector["hex"])
    assert {refusal(data[:length]) for length in range(len(data))} == {"damaged"}


def test_a_few_bytes_that_stand_for_too_many_are_refused():
    assert refusal(zlib.compress(bytes(LIMIT_BYTES + 1))) == "too-large"


def test_damaged_bytes_are_read_or_refused():
    chance = random.Random(1)
    samples = [bytes.fromhex(vector["hex"]) for vector in VECTORS["read"]]
    for _ in range(5000):
        data = bytearray(chance.choice(samples))
        data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            unpack(bytes(data))
        except PackedError:
            continue


def test_a_client_takes_packed_events_in_their_order():
    client = Client("http://localhost:1")
    assert {"lean", "log", "batch", "packed"} == set(client._handshake()["features"])
    ada = {"id": "ada", "name": "Ada"}
    snapshot = {"world": {"id": "w"}, "players": [], "chat": []}
    client._receive("events:packed", packed([["world:state", snapshot], ["player:joined", ada], ["later:event", 1]]))
    assert client.mirror.players == {"ada": ada}
    client._receive("events:packed", packed([["player:left", {"id": "ada"}], ["events:packed", "x"]]))
    assert client.mirror.players == {}
    client._receive("world:state", snapshot | {"players": [ada]})
    assert client.mirror.players == {"ada": ada}


def test_a_client_that_starts_over_tries_until_there_is_a_connection(monkeypatch):
    client = Client("http://localhost:1")
    asked, waits = [], []

    async def connect(*_, **__):
        asked.append(client._handshake()["features"])
        if len(asked) < 3:
            raise socketio.exceptions.ConnectionError("nobody answers")

    async def disconnect():
        pass

    async def sleep(seconds):
        waits.append(seconds)

    monkeypatch.setattr(client._socket, "connect", connect)
    monkeypatch.setattr(client._socket, "disconnect", disconnect)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    client._binary.remove("packed")
    asyncio.run(client._start_over())
    assert asked == [["lean", "log", "batch"]] * 3
    assert waits == [1, 2]
