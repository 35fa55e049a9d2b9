"""A client's mirror of the world, changed by what the server sends. It knows no socket and no clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: Lines of chat a client keeps.
CHAT_LINES_KEPT = 200


@dataclass(frozen=True)
class Event:
    """Something happened. ``kind`` says what, ``value`` is what it is about:

    ``snapshot`` the snapshot, ``joined`` a player, ``updated`` a list of players as they are now, ``left`` the player
    who was there, ``emoted`` ``{id, name}``, ``chat`` and ``restored`` a message, ``removed`` its id, ``staff`` a list of
    ``{id, role}``, ``mood`` the light, ``pinned`` the announcement that stands or ``None``, ``notice`` a moderator's word, ``ended`` the end of the session.
    """

    kind: str
    value: Any


@dataclass
class Mirror:
    #: What the world says about itself, with those who look after it (``staff``) and its light (``mood``), and the
    #: announcement that stands (``pinned``) as they are now; empty until the first snapshot.
    world: dict = field(default_factory=dict)
    #: Everybody who is in, by id.
    players: dict[str, dict] = field(default_factory=dict)
    #: The last lines, oldest first.
    chat: list[dict] = field(default_factory=list)

    def apply(self, name: str, payload: Any) -> Event | None:
        """Takes in an event of the server's; ``None`` for one that changes nothing or is unknown."""
        read = _READ.get(name)
        return read(self, payload) if read else None

    def patch(self, changes: list[dict]) -> Event | None:
        """Takes in the changes of a batch. Somebody unknown comes in by a full change alone."""
        changed = []
        for change in changes:
            known = self.players.get(change["id"])
            if known is None and not change["full"]:
                continue
            fields = {key: value for key, value in change.items() if key != "full"}
            if known is not None and not change["full"] and "metadata" in fields:
                fields["metadata"] = known.get("metadata", {}) | fields["metadata"]
            self.players[change["id"]] = (known or {}) | fields
            changed.append(self.players[change["id"]])
        return Event("updated", changed) if changed else None

    def _snapshot(self, snapshot: dict) -> Event:
        self.world = snapshot["world"]
        self.players = {player["id"]: player for player in snapshot["players"]}
        self.chat = snapshot["chat"][-CHAT_LINES_KEPT:]
        return Event("snapshot", snapshot)

    def _staff(self, news: dict) -> Event:
        self.world = self.world | {"staff": news["staff"]}
        return Event("staff", news["staff"])

    def _mood(self, news: dict) -> Event:
        self.world = self.world | {"mood": news["mood"]}
        return Event("mood", news["mood"])

    def _pinned(self, news: dict) -> Event:
        world = {key: value for key, value in self.world.items() if key != "pinned"}
        self.world = world if news["pinned"] is None else world | {"pinned": news["pinned"]}
        return Event("pinned", news["pinned"])

    def _joined(self, player: dict) -> Event:
        self.players[player["id"]] = player
        return Event("joined", player)

    def _updated(self, player: dict) -> Event | None:
        return self.patch([player | {"full": True}])

    def _left(self, gone: dict) -> Event | None:
        player = self.players.pop(gone["id"], None)
        return None if player is None else Event("left", player)

    def _chat(self, message: dict) -> Event | None:
        if any(line["id"] == message["id"] for line in self.chat):
            return None
        self.chat = [*self.chat, message][-CHAT_LINES_KEPT:]
        return Event("chat", message)

    def _restored(self, message: dict) -> Event:
        others = [line for line in self.chat if line["id"] != message["id"]]
        later = (n for n, line in enumerate(others) if _moment(line) > _moment(message))
        others.insert(next(later, len(others)), message)
        self.chat = others[-CHAT_LINES_KEPT:]
        return Event("restored", message)

    def _removed(self, gone: dict) -> Event:
        self.chat = [line for line in self.chat if line["id"] != gone["id"]]
        return Event("removed", gone["id"])


def _moment(line: dict) -> tuple[str, str]:
    """What orders lines by time: those of one millisecond are told apart by their ids, which grow with time."""
    return line["timestamp"], line["id"]


_READ: dict[str, Callable[[Mirror, Any], Event | None]] = {
    "world:state": Mirror._snapshot,
    "world:staff": Mirror._staff,
    "world:mood": Mirror._mood,
    "world:pinned": Mirror._pinned,
    "player:joined": Mirror._joined,
    "player:updated": Mirror._updated,
    "player:left": Mirror._left,
    "player:emoted": lambda _, emoted: Event("emoted", emoted),
    "chat:message": Mirror._chat,
    "chat:restored": Mirror._restored,
    "chat:removed": Mirror._removed,
    "moderation:notice": lambda _, notice: Event("notice", notice),
    "session:terminated": lambda _, end: Event("ended", end),
}
