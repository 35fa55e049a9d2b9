"""A bot that greets everybody who comes in. Run: python greeter.py http://localhost:4000"""

import asyncio
import sys

from comutiny import Client


async def main(address: str) -> None:
    profile = {"position": {"x": 2, "y": 0, "z": 2}, "metadata": {"bot": True}}
    async with Client(address, name="Greeter", profile=profile) as greeter:
        print("Waiting for somebody to come in.", flush=True)
        async for event in greeter.events():
            if event.kind == "joined":
                await greeter.say(f"Welcome, {event.value['name']}!")
            elif event.kind == "ended":
                print(event.value["message"])


asyncio.run(main(sys.argv[1]))
