"""A server that takes its time, as when a whole crowd comes back at once."""

import asyncio

import socketio
from aiohttp import web
from comutiny import Client

#: Longer than the library waits where nobody says otherwise.
SLOW_S = 1.3

WORLD = {"world": {"id": "w", "name": "W", "description": ""}, "players": [], "chat": [], "spriteAtlas": {}}


async def slow_server():
    """Its address, who has connected, and what ends it."""
    server = socketio.AsyncServer(async_mode="aiohttp")
    visits = []

    @server.event
    async def connect(sid, environ, auth):
        visits.append(sid)
        await asyncio.sleep(SLOW_S)
        await server.emit("world:state", WORLD, to=sid)

    app = web.Application()
    server.attach(app)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}", visits, runner


def test_who_is_answered_late_is_in_all_the_same():
    async def story():
        address, visits, runner = await slow_server()
        client = Client(address)
        try:
            await client.connect()
            assert client.mirror.world["name"] == "W"
            assert len(visits) == 1
        finally:
            await client.close()
            await runner.cleanup()

    asyncio.run(story())
