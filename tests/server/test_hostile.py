"""Broken and malicious clients get a 4xx response or a closed connection, and nothing else happens."""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from orbitconnect.emulator import Emulator, ManualClock
from orbitconnect.emulator.server import bodies, protocol
from orbitconnect.emulator.server.control.actions import ACTIONS
from orbitconnect.emulator.server.run import LoopbackServer
from tests.base_url import BASE_PATH
from tests.emulator.conformance import CheckedEmulator
from tests.server.conftest import PARSERS, connected, request, serving, status

USERS = f"{BASE_PATH}/app-users".encode()
GET = request("GET", f"{BASE_PATH}/app-users", "Connection: close")
GIB = 1024**3


@pytest.fixture(scope="module")
def emulator() -> Iterator[CheckedEmulator]:
    with CheckedEmulator(clock=ManualClock(), seed=1) as emulator:
        yield emulator


@pytest.fixture(scope="module", params=PARSERS)
def server(emulator: CheckedEmulator, request: pytest.FixtureRequest) -> Iterator[LoopbackServer]:
    with serving(emulator, request.param) as server:
        yield server


@pytest.fixture(autouse=True)
def _survives(
    server: LoopbackServer,
    emulator: CheckedEmulator,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """After every test, the server still responds, has logged nothing, and its state has not changed."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    yield
    with connected(server) as raw:
        raw.send(GET)
        assert status(raw.read()) == 200
    assert [record.getMessage() for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []
    with emulator.client() as orbit:
        assert orbit.users.list() == []
    assert list(here.iterdir()) == []


def outcome(server: LoopbackServer, data: bytes) -> int:
    """The status of the response, or 0 if the connection was closed without a response. Fails after 10 s."""
    with connected(server) as raw:
        with suppress(ConnectionError):
            raw.send(data)
        response = raw.read()
    return status(response) if response else 0


NOT_HTTP = [
    b"\x00\x00\x00\x00\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS hello \r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET " + USERS + b"\r\n\r\n",
    b"GET " + USERS + b" more HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET " + USERS + b"\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET " + USERS + b"/\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET " + USERS + b" HTTP/9\r\nHost: localhost\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nx\x00y: z\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nx-api-key: sk_test_\x00\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nx-api-key : sk_test_x\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1e9\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"POST " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    b"POST " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno colon\r\n\r\n",
    b"GET " + USERS + b" HTTP/2\r\nHost: localhost\r\n\r\n",
    b"GET " + USERS + b"?\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET " + USERS + b" HTTP/1.1\r\nHost: localhost\r\nx: " + b"y" * 1_000_000,
    b"GET " + USERS + b"?" + b"y" * 1_000_000,
    b"\r\n" * 100_000,
]


@pytest.mark.parametrize("data", NOT_HTTP, ids=range(len(NOT_HTTP)))
def test_bytes_that_are_not_http(server: LoopbackServer, data: bytes) -> None:
    assert outcome(server, data) in (0, *range(400, 500), 501)


@pytest.mark.parametrize(
    "chunks",
    [
        b"zz\r\n{}\r\n0\r\n\r\n",
        b"-2\r\n{}\r\n0\r\n\r\n",
        b"2\r\n{}xx0\r\n\r\n",
        b"ffffffffffffffffffffffff\r\n{}",
        b"2;" + b"x" * 200_000 + b"\r\n{}\r\n0\r\n\r\n",
        b"2\r\n{}\r\n0\r\n" + b"x: y\r\n" * 100_000 + b"\r\n",
    ],
)
def test_bad_chunks(server: LoopbackServer, chunks: bytes) -> None:
    head = request("POST", f"{BASE_PATH}/app-users", "Transfer-Encoding: chunked")
    assert outcome(server, head + chunks) in (0, 400, 413, 422, 431)


def test_a_bad_chunk_after_a_good_one(server: LoopbackServer) -> None:
    with connected(server) as raw:
        raw.send(request("POST", f"{BASE_PATH}/app-users", "Transfer-Encoding: chunked") + b"2\r\n{}\r\n")
        # A response on another connection shows that the application is waiting for the rest.
        assert outcome(server, GET) == 200
        raw.send(b"no size\r\n")
        assert status(raw.read()) == 400


def test_two_declared_sizes(server: LoopbackServer) -> None:
    smuggled = request("POST", f"{BASE_PATH}/app-users", body=b'{"external_id": "a", "display_name": "A"}')
    data = request("POST", f"{BASE_PATH}/app-users", "Transfer-Encoding: chunked", "Content-Length: 5") + b"0\r\n\r\n"
    with connected(server) as raw:
        raw.send(data + smuggled)
        assert len(re.findall(rb"HTTP/1.1 \d", raw.read())) == 1
    assert outcome(server, data) == 400


def test_large_heads(server: LoopbackServer) -> None:
    assert outcome(server, request("GET", f"{BASE_PATH}/app-users", "x: " + "y" * 100_000)) in (0, 431)
    assert outcome(server, request("GET", f"{BASE_PATH}/app-users", "x: " + "y" * 1_000_000)) in (0, 431)
    assert outcome(server, request("GET", f"{BASE_PATH}/" + "y" * 100_000)) in (0, 431)
    assert outcome(server, request("GET", f"{BASE_PATH}/app-users?" + "y" * 100_000)) in (0, 431)
    assert outcome(server, request("GET", f"{BASE_PATH}/app-users", *["x: y"] * 50_000)) in (0, 431)
    assert outcome(server, request("GET", "/_emulator/health", *["x: y"] * 50_000)) in (0, 431)
    assert outcome(server, request("GET", f"{BASE_PATH}/" + "a/" * 20_000, "Connection: close")) == 404
    assert outcome(server, request("GET", f"{BASE_PATH}/app-users?" + "a=b&" * 10_000, "Connection: close")) == 400


@pytest.mark.parametrize("path", [f"{BASE_PATH}/app-users", "/_emulator/clock/advance", "/uploads/x?signature=y", "/x"])
def test_declaring_a_gibibyte(server: LoopbackServer, path: str) -> None:
    method = "PUT" if path.startswith("/uploads") else "POST"
    data = request(method, path, f"Content-Length: {GIB}", "Expect: 100-continue")
    assert outcome(server, data) in (403, 404, 413)


@pytest.mark.parametrize("path", [f"{BASE_PATH}/app-users", "/_emulator/faults", "/uploads/x?signature=y", "/x"])
def test_streaming_a_gibibyte(server: LoopbackServer, path: str) -> None:
    method = "PUT" if path.startswith("/uploads") else "POST"
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    sent = 0
    with connected(server) as raw:
        raw.send(request(method, path, "Transfer-Encoding: chunked"))
        try:
            while sent < GIB:
                raw.send(chunk)
                sent += len(chunk)
        except ConnectionError:
            pass
        response = raw.read()
    assert sent < 128 * 1024 * 1024
    assert not response or status(response) in (403, 404, 413)


TRICKS = [
    "/../../../../etc/passwd",
    "/files/../../etc/passwd",
    "/files/%2e%2e/%2e%2e/etc/passwd/download?expires=9999999999&signature=x",
    "/uploads/..%2f..%2fevil",
    "/uploads/%2Ftmp%2Fevil?expires=9999999999&signature=0",
    f"{BASE_PATH}/../_emulator/state/reset",
    f"{BASE_PATH}/%2e%2e/_emulator/state/reset",
    f"{BASE_PATH}/..%2f..%2f_emulator",
    f"/{BASE_PATH}/app-users",
    f"{BASE_PATH}//app-users",
    f"/_emulator/..{BASE_PATH}/app-users",
    "/_emulator/state/export/../../../etc/passwd",
    "/_emulator/state/snapshots/..%2f..%2fevil/restore",
    "/_emulator%2fstate%2freset",
    "/_emulator/%00",
    f"{BASE_PATH}/app-users/%00",
    f"{BASE_PATH}/app-users/%0d%0aset-cookie:%20a=b",
    f"{BASE_PATH}/app-users/%ff%fe",
    f"{BASE_PATH}/app-users/%c0%ae%c0%ae%c0%af",
    "/files/" + "a/" * 3000,
    f"http://evil.example{BASE_PATH}/app-users",
    "*",
    "?",
    f"{BASE_PATH}/app-users/" + "%2e%2e%2f" * 1000,
]


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT", "x-y"])
def test_path_tricks(server: LoopbackServer, method: str) -> None:
    for target in TRICKS:
        with connected(server) as raw:
            raw.send(request(method, target, "Connection: close"))
            response = raw.read()
        assert status(response) in range(400, 500), (target, response)
        assert b"root:" not in response
        assert b"set-cookie:" not in response.lower().partition(b"\r\n\r\n")[0]


def status_of(server: LoopbackServer, path: str, *headers: str, method: str = "GET") -> int:
    lines = [f"{method} {path} HTTP/1.1", "x-api-key: sk_test_x", "Connection: close", *headers, "", ""]
    return outcome(server, "\r\n".join(lines).encode())


@pytest.mark.parametrize("path", ["/_emulator/health", f"{BASE_PATH}/app-users"])
@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:80", 200),
        ("localhost:1", 200),
        ("LOCALHOST", 200),
        ("[::1]:7357", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost.evil.example", 403),
        ("evil.example:7357", 403),
        ("evil.example#127.0.0.1", 400),
        ("127.0.0.1@evil.example", 400),
        ("192.168.0.1", 403),
        ("0.0.0.0", 403),
        ("", 403),
    ],
)
def test_host(server: LoopbackServer, path: str, host: str, expected: int) -> None:
    assert status_of(server, path, f"Host: {host}") in (expected, 403 if expected == 400 else expected)


@pytest.mark.parametrize(
    ("origin", "api", "control"),
    [
        ("http://127.0.0.1:7357", 200, 200),
        ("http://localhost:3000", 200, 403),
        ("http://127.0.0.1:3000", 200, 403),
        ("https://evil.example", 403, 403),
        ("http://127.0.0.1.evil.example:7357", 403, 403),
        ("http://127.0.0.1:7357.evil.example", 403, 403),
        ("null", 403, 403),
        ("file://", 403, 403),
        ("", 403, 403),
    ],
)
def test_origin(server: LoopbackServer, origin: str, api: int, control: int) -> None:
    headers = ("Host: 127.0.0.1:7357", f"Origin: {origin}")
    assert status_of(server, f"{BASE_PATH}/app-users", *headers) == api
    assert status_of(server, "/_emulator/health", *headers) == control
    assert status_of(server, "/_emulator/state/reset", *headers, "Content-Length: 0", method="POST") == control


@pytest.mark.parametrize(
    ("site", "allowed"),
    [
        ("none", True),  # The user typed the address.
        ("same-origin", True),
        ("cross-site", False),
        ("same-site", False),  # http://localhost:3000 counts as the same site.
        ("Cross-Site", False),
        ("", False),
        ("none, cross-site", False),
    ],
)
def test_requests_of_a_page_without_an_origin(
    server: LoopbackServer, emulator: CheckedEmulator, site: str, *, allowed: bool
) -> None:
    """Browsers send no Origin header for links, images and scripts."""
    headers = ("Host: 127.0.0.1:7357", f"Sec-Fetch-Site: {site}")
    reads = [path for method, path in ACTIONS if method == "GET"]
    for path in (*reads, "/state/export"):
        assert status_of(server, f"/_emulator{path}", *headers) == (200 if allowed else 403), path
    for method, path in (("POST", "/state/reset"), ("DELETE", "/journal")):
        assert status_of(server, f"/_emulator{path}", *headers, "Content-Length: 0", method=method) in (
            (200,) if allowed else (403,)
        )
    assert status_of(server, f"{BASE_PATH}/app-users", *headers) == (200 if allowed else 403)
    # If there is an Origin header, only that header counts.
    assert status_of(server, f"{BASE_PATH}/app-users", *headers, "Origin: http://localhost:3000") == 200
    assert status_of(server, "/_emulator/health", *headers, "Origin: http://127.0.0.1:7357") == 200


def test_pages_of_other_sites_cannot_read_control_responses(server: LoopbackServer) -> None:
    for path in ("/health", "/state/export", "/journal"):
        headers = httpx.get(f"{server.url}/_emulator{path}", trust_env=False).headers
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"


def test_slow_heads_and_bodies(server: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.05)
    monkeypatch.setattr(bodies, "IDLE_SECONDS", 0.05)
    begun = request("POST", f"{BASE_PATH}/app-users", "Content-Length: 10")
    assert outcome(server, b"") == 0
    assert outcome(server, begun[:30]) == 0
    assert outcome(server, begun + b"{") == 408
    assert outcome(server, GET[:-2]) == 0
    # The same holds on a connection that has been used before.
    with connected(server) as raw:
        raw.send(request("GET", f"{BASE_PATH}/app-users"))
        assert status(raw.read_response()) == 200
        raw.send(b"GET " + USERS)
        assert raw.read() == b""


def test_a_slow_body(server: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "TOTAL_SECONDS", 0.1)
    with connected(server) as raw:
        raw.send(request("POST", f"{BASE_PATH}/app-users", "Content-Length: 1000000"))
        try:
            while True:
                raw.send(b" ")
                raw.socket.settimeout(0.01)
                try:
                    response = raw.socket.recv(1000)
                    break
                except TimeoutError:
                    pass
        except ConnectionError:
            response = b""
    assert not response or status(response) == 408


def test_clients_that_disconnect(server: LoopbackServer) -> None:
    whole = request("POST", f"{BASE_PATH}/app-users", body=b'{"display_name": "A", "external_id": ""}')
    for end in (1, 20, len(whole) - 1, len(whole)):
        with connected(server) as raw:
            raw.send(whole[:end])
        with connected(server) as raw:
            raw.send(whole[:end])
            raw.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, protocol._NO_LINGER)
    for _ in range(300):
        with connected(server):
            pass


def test_a_client_that_does_not_read(server: LoopbackServer) -> None:
    with connected(server) as raw:
        raw.socket.setblocking(False)
        data = request("GET", "/_emulator/health") * 100
        try:
            for _ in range(200):
                raw.socket.send(data)
        except BlockingIOError:
            pass
        assert outcome(server, GET) == 200


def test_a_flood_of_pipelined_requests(server: LoopbackServer) -> None:
    with connected(server) as raw:
        raw.send(request("GET", f"{BASE_PATH}/nothing") * 500 + GET)
        responses = raw.read()
    assert responses.count(b"HTTP/1.1 404") == 500
    assert responses.count(b"HTTP/1.1 200") == 1


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 500_000,
        b'{"external_id": "\x00"}',
        b'{"external_id": "\\ud800", "display_name": "x"}',
        b'{"external_id": 1e999}',
        b"\xff\xfe{\x00}\x00",
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"external_id": ' + b"9" * 100_000 + b"}",
    ],
)
@pytest.mark.parametrize("path", [f"{BASE_PATH}/app-users", "/_emulator/faults", "/_emulator/clock/advance"])
def test_bodies_that_are_not_json(server: LoopbackServer, path: str, body: bytes) -> None:
    assert outcome(server, request("POST", path, "Connection: close", body=body)) in (400, 422)


def test_random_bytes(server: LoopbackServer) -> None:
    """Requests with a few random bytes changed. The seed is fixed."""
    chance = random.Random(4)
    whole = (
        request("POST", f"{BASE_PATH}/app-users", "Transfer-Encoding: chunked", "Connection: close")
        + b"2\r\n{}\r\n0\r\n\r\n"
    )
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with connected(server) as raw:
            raw.send(bytes(data))
            raw.socket.shutdown(socket.SHUT_WR)
            response = raw.read()
        assert not response or status(response) in (*range(400, 500), 501), bytes(data)


def test_upgrades_are_ignored(server: LoopbackServer) -> None:
    headers = (
        "Upgrade: websocket",
        "Connection: Upgrade, close",
        "Sec-WebSocket-Key: eA==",
        "Sec-WebSocket-Version: 13",
    )
    assert outcome(server, request("GET", f"{BASE_PATH}/app-users", *headers)) in (200, 400, 426)
    assert (
        outcome(server, request("GET", f"{BASE_PATH}/app-users", "Upgrade: h2c", "Connection: Upgrade, close")) == 200
    )


def test_only_the_database_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    with Emulator(folder / "state.db") as emulator, emulator.serve() as server:
        for target in TRICKS:
            outcome(server, request("PUT", target, "Connection: close", body=b"evil"))
    assert {path.name for path in tmp_path.iterdir()} == {"own", "here"}
    assert all(path.name.startswith("state.db") for path in folder.iterdir())
