"""What this client does with a server of another age; "Newer and older" in PROTOCOL.md."""

import asyncio
import re
from pathlib import Path

from comutiny import PROTOCOL, Client

CONTRACT = Path(__file__).parents[4] / "ui/packages/client/src/contract/generated/contract.ts"


def snapshot(**world):
    return {"world": {"id": "w", **world}, "players": [], "chat": [], "spriteAtlas": {}}


def test_the_number_is_that_of_the_contract():
    assert re.findall(r"^export const PROTOCOL = (\d+);$", CONTRACT.read_text(), re.M) == [str(PROTOCOL)]


def test_a_newer_server_is_told_of_once_and_no_reason_to_end(caplog):
    async def told(*protocols):
        client = Client("http://localhost:4000", name="Ada")
        worlds = [{} if protocol is None else {"protocol": protocol} for protocol in protocols]
        for world in worlds:
            client._receive("world:state", snapshot(**world))
        assert client.mirror.world == {"id": "w", **worlds[-1]}
        assert client.ended is None
        return [record.getMessage() for record in caplog.records]

    assert asyncio.run(told(None, 1, PROTOCOL)) == []
    (line,) = asyncio.run(told(PROTOCOL + 1, PROTOCOL + 2))
    assert f"protocol {PROTOCOL + 1}," in line
