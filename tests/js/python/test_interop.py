"""The official Python client speaks the contract, on both transports."""

import asyncio

import pytest
import socketio


class Visitor:
    """A client that keeps what it hears in queues by event."""

    def __init__(self):
        self.sio = socketio.AsyncClient(reconnection=False)
        self.heard = {}
        self.sio.on("*", self._hear)
        self.gone = asyncio.Event()
        self.sio.on("disconnect", lambda *_: self.gone.set())

    async def _hear(self, name, *args):
        self._queue(name).put_nowait(args[0])

    def _queue(self, name):
        return self.heard.setdefault(name, asyncio.Queue())

    async def event(self, name):
        return await asyncio.wait_for(self._queue(name).get(), 10)

    async def ask(self, name, data=None):
        return await self.sio.call(name, data, timeout=10)


async def visit(url, transport, **auth):
    visitor = Visitor()
    await visitor.sio.connect(url, transports=[transport], auth=auth or None, wait_timeout=10)
    await visitor.event("world:state")
    return visitor


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_visit(url, transport):
    async def story():
        ana, ben = await visit(url, transport), await visit(url, transport)
        joined = await ana.ask("player:join", {"playerId": f"ana-{transport}", "name": "Ana"})
        assert joined["ok"], joined
        assert (await ben.event("player:joined"))["name"] == "Ana"
        moved = await ana.ask("player:update", {"position": {"x": 1.5}})
        assert moved["player"]["position"] == {"x": 1.5, "y": 0, "z": 0}
        assert (await ben.event("player:updated"))["position"]["x"] == 1.5
        refused = await ben.ask("chat:message", {"content": "hi"})
        assert (refused["ok"], refused["code"]) == (False, "not-joined")
        said = await ana.ask("chat:message", {"content": "hola"})
        assert await ben.event("chat:message") == said["message"]

        heir = await visit(url, transport, guestToken=joined["guestToken"])
        assert (await heir.ask("player:join", {"playerId": f"ana-{transport}"}))["ok"]
        assert (await ana.event("session:terminated"))["code"] == "duplicate"
        await asyncio.wait_for(ana.gone.wait(), 10)
        assert (await heir.ask("player:leave"))["ok"]
        assert (await ben.event("player:left"))["id"] == f"ana-{transport}"
        for visitor in (ben, heir):
            await visitor.sio.disconnect()

    asyncio.run(story())
