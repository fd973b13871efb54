"""A program whose calls are interrupted by a signal, like Ctrl-C. It prints the result of each phase as JSON.

Usage: python -m tests.http.faults.interrupted httpx
"""

from __future__ import annotations

import gc
import json
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from orbitconnect import OrbitServer, OrbitServerError
from tests.base_url import base_url
from tests.http.faults.harness import GOOD, OK, open_sockets
from tests.pipeline.harness import KEY, SAFE, SocketServer, answer, in_place_of_the_api, loopback, request_of

AFTER = 0.15
LONG = 30


armed: list[bool] = []
"""Not empty while a signal may interrupt a call. Later signals are ignored."""


def interrupt(number: int, frame: FrameType | None) -> None:
    if armed:
        armed.clear()
        raise KeyboardInterrupt


def attempt(seconds: float, call: Callable[[], Any]) -> str:
    """Make a call that is interrupted after `seconds`."""
    try:
        try:
            armed.append(True)
            signal.setitimer(signal.ITIMER_REAL, seconds)
            return repr(call())
        finally:
            armed.clear()
    except KeyboardInterrupt:
        return "KeyboardInterrupt"
    except OrbitServerError as error:
        return repr(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def interrupted(client: OrbitServer, **fields: Any) -> dict[str, Any]:
    """Make a call that is interrupted, and check that it ends immediately."""
    began = time.monotonic()
    raised = attempt(AFTER, lambda: client.raw.execute(request_of(SAFE, **fields)))
    return {"raised": raised, "at once": time.monotonic() - began < 5}


def after(client: OrbitServer) -> dict[str, Any]:
    """Return whether the client can still be used."""
    with loopback(GOOD):
        return {"usable": client.raw.execute(request_of()) == {"id": "x"}}


def left_open(before: int) -> int:
    ends = time.monotonic() + 5
    while open_sockets() > before and time.monotonic() < ends:
        time.sleep(0.01)
    return open_sockets() - before


def while_waiting(client: OrbitServer, raw: bytes, reads: bool = True, **fields: Any) -> dict[str, Any]:
    """Interrupt a call to a server that sends only `raw`."""
    gone = threading.Event()

    def serve(connection: socket.socket, number: int) -> None:
        if reads:
            connection.recv(65_536)
            connection.sendall(raw)
            with suppress(OSError):
                while connection.recv(65_536):
                    pass
            gone.set()
        else:
            gone.wait(20)

    server = SocketServer(serve)
    server.start()
    with in_place_of_the_api(server):
        found = interrupted(client, **fields)
        if reads:
            found["hung up"] = gone.wait(5)
        gone.set()
    return found | after(client)


def connecting(client: OrbitServer) -> dict[str, Any]:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        with base_url(f"http://127.0.0.1:{listener.getsockname()[1]}"):
            found = interrupted(client)
        for each in waiting:
            each.close()
    return found | after(client)


def backing_off(client: OrbitServer) -> dict[str, Any]:
    with loopback(answer(b"", "503 Service Unavailable", "Retry-After: 20")) as server:
        found = interrupted(client)
    return found | {"requests": len(server.seen)} | after(client)


def anywhere(client: OrbitServer) -> dict[str, Any]:
    """Interrupt many calls at different moments."""
    dice, interrupts, right = random.Random(7), 0, 0
    rounds = 300
    with loopback(GOOD):
        for _ in range(rounds):
            seconds = 0.000_01 + dice.random() * 0.001
            interrupts += attempt(seconds, lambda: client.raw.execute(request_of(SAFE))) == "KeyboardInterrupt"
            right += client.raw.execute(request_of()) == {"id": "x"}
    found = {"rounds": rounds, "right": right, "interrupts": interrupts}
    pool = getattr(client._connection._adapter(), "_pool", None)
    return found if pool is None else found | {"places": pool._slots._free.qsize()}


PHASES: dict[str, Callable[[OrbitServer], dict[str, Any]]] = {
    "connecting": connecting,
    "sending": lambda client: while_waiting(client, b"", reads=False, body={"content": "x" * 20_000_000}),
    "waiting for an answer": lambda client: while_waiting(client, b""),
    "reading the headers": lambda client: while_waiting(client, OK + b"X-A: "),
    "reading the body": lambda client: while_waiting(client, OK + b"Content-Length: 99\r\n\r\n{"),
    "backing off": backing_off,
    "anywhere": anywhere,
}


@contextmanager
def client_of(stack: str) -> Any:
    with OrbitServer(KEY, transport=stack, timeout=LONG) as client:  # type: ignore[arg-type]
        yield client


def main(stack: str) -> None:
    """Run all phases."""
    signal.signal(signal.SIGALRM, interrupt)
    found = {}
    for name, phase in PHASES.items():
        gc.collect()  # The threads of the last server are freed now, not in a call that is interrupted.
        before = open_sockets()
        with client_of(stack) as client:
            found[name] = phase(client)
        found[name]["left open"] = left_open(before)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
