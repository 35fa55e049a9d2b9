"""The client package of this repository in a world."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from comutiny import Client, Refused

PACKAGE = Path(__file__).parents[3] / "server-core" / "clients" / "python"


async def until(events, kind):
    async for event in events:
        if event.kind == kind:
            return event.value
    pytest.fail(f"the session ended before {kind}")


def test_two_clients_see_each_other(url):
    async def story():
        async with Client(url, name="Ada") as ada:
            heard = ada.events()
            first = asyncio.ensure_future(until(heard, "joined"))
            async with Client(url, name="Bo") as bo:
                assert (await asyncio.wait_for(first, 10))["name"] == "Bo"
                assert {it["name"] for it in bo.mirror.players.values()} == {"Ada", "Bo"}
                moved = asyncio.ensure_future(until(heard, "updated"))
                await bo.move(1.5, -2)
                assert (await asyncio.wait_for(moved, 10))[0]["position"] == {"x": 1.5, "y": 0, "z": -2}
                said = asyncio.ensure_future(until(heard, "chat"))
                line = await bo.say("hola")
                assert await asyncio.wait_for(said, 10) == line
                gone = asyncio.ensure_future(until(heard, "left"))
            assert (await asyncio.wait_for(gone, 10))["name"] == "Bo"
            assert list(ada.mirror.players) == [ada.player_id]

    asyncio.run(story())


def test_a_refusal_is_raised_with_its_code(url):
    async def story():
        watcher = Client(url)
        await watcher.connect()
        with pytest.raises(Refused) as refused:
            await watcher.say("hi")
        assert (refused.value.code, str(refused.value)) == ("not-joined", "Join the world first.")
        await watcher.close()

    asyncio.run(story())


def test_a_takeover_ends_the_older_session(url):
    async def story():
        async with Client(url, player_id="heirloom") as older:
            events = older.events()
            end = asyncio.ensure_future(until(events, "ended"))
            async with Client(url, player_id="heirloom", guest_token=older.guest_token):
                assert (await asyncio.wait_for(end, 10))["code"] == "duplicate"
                assert [event async for event in events] == []
                assert older.ended["code"] == "duplicate"

    asyncio.run(story())


def test_the_example_greets(url):
    env = {**os.environ, "PYTHONPATH": str(PACKAGE / "src")}
    greeter = subprocess.Popen(
        [sys.executable, str(PACKAGE / "examples" / "greeter.py"), url], env=env, stdout=subprocess.PIPE, text=True
    )
    try:
        assert greeter.stdout.readline() == "Waiting for somebody to come in.\n"

        async def story():
            watcher = Client(url, name="Cleo")
            await watcher.connect()
            said = asyncio.ensure_future(until(watcher.events(), "chat"))
            await watcher.join()
            assert (await asyncio.wait_for(said, 10))["content"] == "Welcome, Cleo!"
            await watcher.close()

        asyncio.run(story())
    finally:
        greeter.terminate()
        greeter.wait(timeout=10)
