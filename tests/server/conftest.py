from __future__ import annotations

import asyncio
import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from orbitconnect.emulator import ManualClock
from orbitconnect.emulator.server import run
from orbitconnect.emulator.server.h11_protocol import LoopbackH11Protocol
from orbitconnect.emulator.server.run import LoopbackServer
from orbitconnect_api.operations import SECRET_KEY_HEADER
from tests.emulator.conformance import CheckedEmulator

KEY = {SECRET_KEY_HEADER: "sk_test_x"}


@pytest.fixture
def emulator() -> Iterator[CheckedEmulator]:
    with CheckedEmulator(clock=ManualClock(), seed=1) as emulator:
        yield emulator


@pytest.fixture
def server(emulator: CheckedEmulator) -> Iterator[LoopbackServer]:
    with emulator.serve() as server:
        yield server


PARSERS: Final = ("h11", "httptools")
"""The HTTP parsers that the server can use. httptools is tested with uvloop, and h11 with asyncio's own loop."""


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest) -> str:
    """The name of an HTTP parser."""
    name: str = request.param
    return name


@contextmanager
def serving(emulator: CheckedEmulator, parser: str) -> Generator[LoopbackServer]:
    """Run a server with one of the parsers."""
    with pytest.MonkeyPatch.context() as patch:
        if parser == "h11":
            patch.setattr(run, "protocol_class", lambda: LoopbackH11Protocol)
            patch.setattr(run, "new_event_loop", asyncio.new_event_loop)
        else:
            pytest.importorskip("httptools")
        with emulator.serve() as server:
            yield server


class Raw:
    """A raw connection, for requests that no HTTP client would send."""

    def __init__(self, server: LoopbackServer) -> None:
        host, _, port = server.url.removeprefix("http://").partition(":")
        self.socket = socket.create_connection((host, int(port)), timeout=10)

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def read(self) -> bytes:
        """Read until the server closes or resets the connection."""
        received = bytearray()
        try:
            while data := self.socket.recv(65536):
                received += data
        except ConnectionError:
            pass
        return bytes(received)

    def read_response(self) -> bytes:
        """Read one response with a Content-Length."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._some()
        head, _, body = received.partition(b"\r\n\r\n")
        lines = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        while len(body) < int(lines[0]):
            body += self._some()
        return head + b"\r\n\r\n" + body

    def _some(self) -> bytes:
        data = self.socket.recv(65536)
        assert data, "the connection was closed"
        return data


@contextmanager
def connected(server: LoopbackServer) -> Iterator[Raw]:
    raw = Raw(server)
    try:
        yield raw
    finally:
        raw.socket.close()


def request(method: str, target: str, *headers: str, body: bytes = b"", version: str = "1.1") -> bytes:
    """A request that is valid in every other respect."""
    lines = [f"{method} {target} HTTP/{version}", "Host: 127.0.0.1", f"{SECRET_KEY_HEADER}: sk_test_x", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def status(response: bytes) -> int:
    return int(response.split(b" ", 2)[1])
