"""Steps that make a server on a loopback socket misbehave."""

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
from tests.pipeline.harness import KEYED, NEVER, SAFE, Seen, Step, answer

FewConnections = Callable[[int], None]

CLASSES: Final[dict[str, Operation]] = {"safe": SAFE, "keyed": KEYED, "never": NEVER}
"""One operation of each retry class."""

GOOD: Final = answer()
OK: Final = b"HTTP/1.1 200 OK\r\n"
DATA: Final = b'{"data":{"id":"x"}}'
CHUNKED: Final = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def reset(connection: socket.socket) -> None:
    """Reset a connection."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def and_reset(raw: bytes) -> Step:
    """Send bytes, and reset the connection when they have arrived."""

    def step(connection: socket.socket) -> None:
        connection.sendall(raw)
        time.sleep(0.02)
        reset(connection)

    return step


def half_close(raw: bytes = b"") -> Step:
    """Send bytes and close the sending side, but keep reading."""

    def step(connection: socket.socket) -> None:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass

    return step


def in_pieces(*pieces: bytes, pause: float = 0.02) -> Step:
    """Send pieces one after the other, so that they do not arrive together."""

    def step(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return step


def for_ever(raw: bytes, *, after: bytes = b"") -> Step:
    """Send the same bytes repeatedly, as fast as possible."""

    def step(connection: socket.socket) -> None:
        connection.sendall(after)
        many = raw * max(1, 65_536 // len(raw))
        while True:
            connection.sendall(many)

    return step


def stall(stopping: threading.Event, raw: bytes = b"") -> Step:
    """Send bytes, then nothing until the test ends."""

    def step(connection: socket.socket) -> None:
        connection.sendall(raw)
        stopping.wait(20)

    return step


def open_sockets() -> int:
    """Return the number of open sockets of this process."""
    count = 0
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # The socket may have been closed in the meantime.
            count += str(file.readlink()).startswith("socket:")
    return count


def idempotency_keys(operation: Operation, seen: list[Seen]) -> set[Any]:
    """Return the idempotency keys of requests."""
    return {json.loads(one.body)[operation.idempotency_field] for one in seen}
