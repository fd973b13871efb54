"""The server uses the fastest installed HTTP parser and event loop. What the parsers do differently is in the docs."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from orbitconnect.emulator.server import implementations
from orbitconnect.emulator.server.h11_protocol import LoopbackH11Protocol
from orbitconnect.emulator.server.run import LoopbackServer
from tests.base_url import BASE_PATH
from tests.emulator.conformance import CheckedEmulator
from tests.server.conftest import PARSERS, connected, request, serving, status

USERS = f"{BASE_PATH}/app-users"
USER = b'{"external_id": "a", "display_name": "A"}'
LIST = request("GET", USERS)


@pytest.fixture
def server(emulator: CheckedEmulator, parser: str) -> Iterator[LoopbackServer]:
    with serving(emulator, parser) as server:
        yield server


def statuses(server: LoopbackServer, *data: bytes) -> list[int]:
    """Send bytes in pieces, and return the statuses of all responses until the server closes the connection."""
    with connected(server) as raw:
        for piece in data:
            raw.send(piece)
        return [int(found) for found in re.findall(rb"HTTP/1.1 (\d+) ", raw.read())]


# What a client may send, and the statuses that h11 and httptools lead to.
DIFFERENCES: dict[str, tuple[bytes, int, int]] = {
    "an unknown method": (request("FETCH", USERS, "Connection: close"), 405, 400),
    "a method in lower case": (request("get", USERS, "Connection: close"), 405, 400),
    "two spaces": (request("GET ", USERS, "Connection: close"), 400, 200),
    "an empty line before the request": (b"\r\n" + request("GET", USERS, "Connection: close"), 400, 200),
    "lines that end with LF": (request("GET", USERS, "Connection: close").replace(b"\r\n", b"\n"), 200, 400),
    "a folded header": (request("GET", USERS, "Connection: close", "x: a\r\n b"), 200, 400),
    "a control character in a header": (request("GET", USERS, "Connection: close", "x: \x01"), 200, 400),
    "the same Content-Length twice": (
        request("POST", USERS, "Connection: close", f"Content-Length: {len(USER)}", body=USER),
        200,
        400,
    ),
    "another version": (request("GET", USERS, "Connection: close", version="1.2"), 200, 400),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_differences(server: LoopbackServer, parser: str, name: str) -> None:
    data, *expected = DIFFERENCES[name]
    assert statuses(server, data) == [expected[PARSERS.index(parser)]]


def test_a_transfer_encoding_other_than_chunked(server: LoopbackServer) -> None:
    data = request("POST", USERS, "Transfer-Encoding: gzip, chunked") + b"%x\r\n%s\r\n0\r\n\r\n" % (len(USER), USER)
    assert statuses(server, data) == [501]


@pytest.mark.parametrize("upgrade", ["Upgrade: h2c", "Upgrade: websocket"])
def test_an_upgrade_with_a_body(server: LoopbackServer, emulator: CheckedEmulator, upgrade: str) -> None:
    """Java's HTTP client asks for HTTP/2 with its first request, whatever that is."""
    create = request("POST", USERS, "Connection: Upgrade, HTTP2-Settings", upgrade, body=USER)
    last = request("GET", USERS, "Connection: close")
    assert statuses(server, create, last) == [200, 200]
    assert statuses(server, create + last) == [200, 200]
    assert statuses(server, create[:40], create[40:-10], create[-10:], last) == [200, 200]
    assert [user.external_id for user in emulator.client().users.list()] == ["a"]


def test_an_upgrade_after_other_requests(server: LoopbackServer) -> None:
    upgrade = request("GET", USERS, "Connection: Upgrade", "Upgrade: h2c")
    with connected(server) as raw:
        for data in (LIST, upgrade, LIST):
            raw.send(data)
            assert status(raw.read_response()) == 200


def test_requests_before_invalid_bytes_are_answered(server: LoopbackServer, parser: str) -> None:
    # h11 parses the next request after the response, and can therefore still respond to the invalid bytes.
    expected = [200, 200, 400] if parser == "h11" else [200, 200]
    assert statuses(server, LIST + LIST + b"\x00\x00\r\n\r\n") == expected


def test_the_fields_of_a_trailer_are_ignored(server: LoopbackServer) -> None:
    head = request("POST", USERS, "Transfer-Encoding: chunked", "Connection: close")
    body = b"%x\r\n%s\r\n0\r\nx-api-key: sk_live_x\r\n\r\n" % (len(USER), USER)
    assert statuses(server, head + body) == [200]


def test_a_body_in_single_bytes(server: LoopbackServer) -> None:
    # Each of these chunks has more framing than content.
    text = USER[:-1] + b', "metadata": {"a": "' + b"b" * 20_000 + b'"}}'
    head = request("POST", USERS, "Transfer-Encoding: chunked", "Connection: close")
    assert statuses(server, head, b"".join(b"1\r\n%c\r\n" % byte for byte in text), b"0\r\n\r\n") == [200]


def test_without_the_faster_packages(emulator: CheckedEmulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httptools", None)
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert implementations.protocol_class() is LoopbackH11Protocol
    loop = implementations.new_event_loop()
    loop.close()
    assert isinstance(loop, asyncio.SelectorEventLoop)
    with emulator.serve() as server:
        assert statuses(server, request("GET", USERS, "Connection: close")) == [200]


def test_the_server_leaves_the_event_loop_policy_alone(server: LoopbackServer) -> None:
    assert statuses(server, request("GET", USERS, "Connection: close")) == [200]
    loop = asyncio.new_event_loop()
    loop.close()
    assert type(loop).__module__.startswith("asyncio.")


def test_a_client_that_leaves_without_reading(
    emulator: CheckedEmulator, parser: str, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(emulator, parser) as server, connected(server) as raw:
        raw.socket.setblocking(False)
        data = request("GET", "/_emulator/health") * 100
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            with suppress(BlockingIOError):
                raw.socket.send(data)
        # Closing the server waits for the requests in progress.
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
