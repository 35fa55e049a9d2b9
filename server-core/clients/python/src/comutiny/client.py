"""One visitor of a world: connects, joins, and comes back as the same player after a lost connection."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any

import socketio

from .batch import BatchError, decode_batch
from .mirror import Event, Mirror
from .packed import PackedError, unpack
from .protocol import PROTOCOL, is_newer, warn_of_newer

#: Longest wait for an answer, in seconds; above the server's own limits.
ANSWER_TIMEOUT_S = 10

#: Longest wait between two attempts to connect anew, in seconds.
LONGEST_WAIT_S = 30


class Refused(Exception):
    """The server's refusal: a sentence, and its ``code`` in kebab-case."""

    def __init__(self, answer: Any) -> None:
        fields = answer if isinstance(answer, dict) else {}
        super().__init__(fields.get("message", ""))
        self.code: str = fields.get("code", "no-answer")


class PatientSocket(socketio.AsyncClient):
    """Waits as long for the answer to CONNECT as for any other, also when it comes back by itself.

    The library gives up after a second, which a server that lets a whole crowd in after a restart may need.
    """

    async def connect(self, *args: Any, wait_timeout: float = ANSWER_TIMEOUT_S, **settings: Any) -> None:
        await super().connect(*args, wait_timeout=wait_timeout, **settings)


class Client:
    """A visitor of the world at ``address``, an origin such as ``http://localhost:4000``.

    ``async with`` connects and joins, and leaves at the end::

        async with Client("http://localhost:4000", name="Ada") as ada:
            await ada.say("Hello!")

    Without ``player_id`` it is a guest under a random one. An account's client brings its ``token`` and the account's
    id. What else a join may carry, ``position``, ``avatarId`` and ``metadata``, goes into ``profile``.
    """

    def __init__(
        self,
        address: str,
        *,
        name: str | None = None,
        player_id: str | None = None,
        token: str | None = None,
        guest_token: str | None = None,
        pin: str | None = None,
        profile: dict | None = None,
    ) -> None:
        self.mirror = Mirror()
        #: This client's player, while it is in.
        self.player_id: str | None = None
        #: Proves after a restart of this program that a guest's id is its own.
        self.guest_token = guest_token
        #: Why the server ended the session for good.
        self.ended: dict | None = None
        self._address = address
        self._auth = {"token": token, "pin": pin}
        self._profile = {**(profile or {}), "playerId": player_id or f"guest-{secrets.token_hex(12)}"}
        if name is not None:
            self._profile["name"] = name
        self._wants_in = False
        self._closed = False
        #: Binary forms of events that this client asks for.
        self._binary = ["batch", "packed"]
        self._warned = False
        self._waiting: list[asyncio.Queue[Event | None]] = []
        self._snapshot = asyncio.Event()
        self._socket = PatientSocket()
        self._socket.on("*", self._receive)
        self._socket.on("connect", self._connected)
        self._socket.on("disconnect", self._disconnected)

    async def __aenter__(self) -> "Client":
        await self.connect()
        try:
            await self.join()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def connect(self) -> None:
        """Looks on. Afterwards the mirror shows the world."""
        self._closed = False
        await self._socket.connect(self._address, auth=self._handshake, transports=["websocket"])
        await asyncio.wait_for(self._snapshot.wait(), ANSWER_TIMEOUT_S)

    async def join(self) -> dict:
        """Enters the world as a player, and from now on again after every lost connection.

        Raises :class:`Refused` when the server says no; then this client goes on looking on.
        """
        answer = await self._ask("player:join", self._profile)
        self._wants_in = True
        self.guest_token = answer.get("guestToken", self.guest_token)
        self.player_id = answer["player"]["id"]
        # The mirror has the rest already, and what came after this answer was made.
        self.mirror.apply("player:joined", answer["player"])
        return answer["player"]

    async def update(self, **change: Any) -> dict:
        """Changes this player: ``position``, ``animation``, ``name``, ``metadata``. What is left out stays."""
        player = (await self._ask("player:update", change))["player"]
        self._profile.update({key: player[key] for key in change})
        self.mirror.apply("player:joined", player)
        return player

    async def move(self, x: float, z: float, animation: str = "walk") -> dict:
        """Stands there now; x to the right, z towards the viewer, in tiles."""
        return await self.update(position={"x": x, "z": z}, animation=animation)

    async def say(self, content: str) -> dict:
        """A line of chat, as the server took it."""
        return (await self._ask("chat:message", {"content": content}))["message"]

    async def emote(self, name: str) -> None:
        """Shows a feeling over this player's head, for a moment."""
        await self._ask("player:emote", {"name": name})

    async def leave(self) -> None:
        """Steps out of the world but stays connected, looking on."""
        self._wants_in = False
        await self._ask("player:leave")
        gone, self.player_id = self.player_id, None
        self.mirror.apply("player:left", {"id": gone})

    async def close(self) -> None:
        """Ends the connection, and every :meth:`events`."""
        self._wants_in = False
        self._closed = True
        await self._socket.shutdown()
        self._finish()

    async def events(self) -> AsyncIterator[Event]:
        """What happens from the first question on, in order; ends with the session.

        A reader that is slower than the world grows this queue, so do not wait long in the loop.
        """
        if self.ended is not None:
            return
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._waiting.append(queue)
        try:
            while (event := await queue.get()) is not None:
                yield event
        finally:
            self._waiting.remove(queue)

    def _handshake(self) -> dict:
        said = {**self._auth, "guestToken": self.guest_token}
        return {
            **{key: value for key, value in said.items() if value is not None},
            "protocol": PROTOCOL,
            "features": ["lean", "log", *self._binary],
        }

    async def _ask(self, name: str, payload: dict | None = None) -> dict:
        try:
            answer = await self._socket.call(name, payload, timeout=ANSWER_TIMEOUT_S)
        except (socketio.exceptions.SocketIOError, asyncio.TimeoutError):
            answer = None
        if not isinstance(answer, dict) or answer.get("ok") is not True:
            raise Refused(answer)
        return answer

    def _receive(self, name: str, payload: Any = None) -> None:
        """No coroutine: the library would let two of them overtake each other."""
        if name == "events:packed":
            self._unpack(payload)
            return
        event = self._batch(payload) if name == "players:updated" else self.mirror.apply(name, payload)
        if event is None:
            return
        if event.kind == "snapshot":
            self._snapshot.set()
            if is_newer(self.mirror.world) and not self._warned:
                self._warned = True
                warn_of_newer(self.mirror.world)
        if event.kind == "ended":
            self._wants_in = False
            self.ended = event.value
        for queue in self._waiting:
            queue.put_nowait(event)

    def _batch(self, data: bytes) -> Event | None:
        try:
            return self.mirror.patch(decode_batch(data))
        except BatchError:
            self._give_up("batch")
            return None

    def _unpack(self, data: bytes) -> None:
        try:
            events = unpack(data)
        except PackedError:
            self._give_up("packed")
            return
        for name, payload in events:
            if name != "events:packed":
                self._receive(name, payload)

    def _give_up(self, form: str) -> None:
        """What could not be read is lost. A new connection brings a snapshot, and then events in the simpler form."""
        if form in self._binary:
            self._binary.remove(form)
            self._socket.start_background_task(self._start_over)

    async def _start_over(self) -> None:
        await self._socket.disconnect()
        wait = 1
        while not self._closed:
            try:
                await self._socket.connect(self._address, auth=self._handshake, transports=["websocket"])
            except socketio.exceptions.ConnectionError:
                # The library comes back by itself from a connection that was lost, and not from one that it ended.
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT_S)
            else:
                break
        if self._closed:
            await self._socket.disconnect()

    def _connected(self) -> None:
        if self._wants_in:
            self._socket.start_background_task(self._come_back)

    async def _come_back(self) -> None:
        try:
            await self.join()
        except Refused as refusal:
            if self._socket.connected:
                self._receive("session:terminated", {"code": refusal.code, "message": str(refusal), "reason": ""})
                await self._socket.shutdown()
                self._finish()

    def _disconnected(self, reason: str) -> None:
        if reason != self._socket.reason.SERVER_DISCONNECT:
            return
        if self.ended is None:
            self._receive("session:terminated", {"code": "closed", "message": "", "reason": ""})
        self._finish()

    def _finish(self) -> None:
        for queue in self._waiting:
            queue.put_nowait(None)
