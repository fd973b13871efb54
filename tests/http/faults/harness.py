"""What a broken server does, as steps for the server on a loopback socket."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from orbitconnect_api.types import Operation
from tests.pipeline.harness import KEYED, NEVER, SAFE, Sdk, Seen, Step, answer

TRANSPORTS: Final = [
    ("sync", "httpx"),
    ("async", "httpx"),
    ("async", "aiohttp"),
]

FewConnections = Callable[[Sdk, int], None]

CLASSES: Final[dict[str, Operation]] = {"safe": SAFE, "keyed": KEYED, "never": NEVER}
"""An operation of each retry class."""

GOOD: Final = answer()
OK: Final = b"HTTP/1.1 200 OK\r\n"
DATA: Final = b'{"data":{"id":"x"}}'
CHUNKED: Final = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def reset(connection: socket.socket) -> None:
    """Ends a connection with a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def and_reset(raw: bytes) -> Step:
    """Sends this, and a reset when it has arrived."""

    def step(connection: socket.socket) -> None:
        connection.sendall(raw)
        time.sleep(0.02)
        reset(connection)

    return step


def half_close(raw: bytes = b"") -> Step:
    """Sends this and says that nothing more will come, but goes on listening."""

    def step(connection: socket.socket) -> None:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass

    return step


def in_pieces(*pieces: bytes, pause: float = 0.02) -> Step:
    """Sends these one after the other, so that they do not arrive together."""

    def step(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return step


def for_ever(raw: bytes, *, after: bytes = b"") -> Step:
    """Sends this again and again, as fast as it goes."""

    def step(connection: socket.socket) -> None:
        connection.sendall(after)
        many = raw * max(1, 65_536 // len(raw))
        while True:
            connection.sendall(many)

    return step


def stall(stopping: threading.Event, raw: bytes = b"") -> Step:
    """Sends this, and nothing more until the test ends."""

    def step(connection: socket.socket) -> None:
        connection.sendall(raw)
        stopping.wait(20)

    return step


def open_sockets() -> int:
    """How many sockets of this process are open."""
    count = 0
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # It may be closed meanwhile.
            count += str(file.readlink()).startswith("socket:")
    return count


def idempotency_keys(operation: Operation, seen: list[Seen]) -> set[Any]:
    """The keys by which the API knows these requests."""
    return {json.loads(one.body)[operation.idempotency_field] for one in seen}
