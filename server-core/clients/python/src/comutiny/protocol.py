"""The number of the protocol this client was written for, and what it does with another."""

import logging

#: What the handshake says as ``auth.protocol``.
PROTOCOL = 1

_log = logging.getLogger("comutiny")


def is_newer(world: dict) -> bool:
    """Whether a server speaks a newer protocol than this client. A server that says nothing speaks the first one."""
    protocol = world.get("protocol", 1)
    return isinstance(protocol, int) and protocol > PROTOCOL


def warn_of_newer(world: dict) -> None:
    """A newer server goes on serving older clients, and whoever runs one should know that it is old."""
    _log.warning(
        "This world speaks protocol %s, and this client protocol %s. It goes on; a newer client knows more.",
        world["protocol"],
        PROTOCOL,
    )
