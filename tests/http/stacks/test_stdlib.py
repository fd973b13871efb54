"""The stack `stdlib`: what it loads, and how strictly it reads responses."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Any

import h11
import pytest

from orbitconnect import ConnectionFailedError, OrbitServer, OrbitServerError, UnreadableResponseError
from orbitconnect._http.over_stdlib import adapter, incoming, request
from orbitconnect._pipeline.prepare import prepare
from tests.for_each import for_each
from tests.http.faults.harness import CHUNKED, DATA, GOOD, OK, for_ever, in_pieces
from tests.pipeline.harness import KEY, NEVER, Step, answer, loopback, request_of


@pytest.fixture
def client() -> Iterator[OrbitServer]:
    with OrbitServer(KEY, transport="stdlib", max_retries=0, timeout=10) as made:
        yield made


def test_calls_load_no_http_library() -> None:
    code = """
import sys
from orbitconnect import OrbitServer
from orbitconnect_api import operations
from orbitconnect_api.types import Request
operations.BASE_URL = sys.argv[1]
with OrbitServer("sk_test_x", transport="stdlib") as orbit:
    orbit.preload()
    assert orbit.users.get("usr_1").id == "x"
    loaded = [name for name in ("httpx", "httpcore", "h11", "anyio", "asyncio") if name in sys.modules]
    assert not loaded, loaded
    # A streamed response uses httpx.
    with orbit.raw.execute_stream(Request(operations.GET_APP_USER, "/users/usr_1", lambda data: data)) as streamed:
        assert streamed.parsed == {"id": "x"}
    assert "httpcore" in sys.modules
"""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    with loopback(GOOD) as server:
        command = [sys.executable, "-W", "error", "-c", code, server.url]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_call_starts_no_thread(client: OrbitServer) -> None:
    with loopback(GOOD):
        client.raw.execute(request_of())
        before = threading.active_count()
        for _ in range(20):
            client.raw.execute(request_of())
        assert threading.active_count() == before


def test_head_and_body_are_sent_in_one_piece(client: OrbitServer, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[bytes] = []
    with loopback(GOOD):
        client.raw.execute(request_of())
        (adapter,) = client._connection._adapters.values()
        connection = adapter._pool._idle[0][0]  # type: ignore[attr-defined]  # Only this adapter has a pool.
        real = connection._kept.channel.send

        def send(data: bytes, limit: float | None) -> None:
            pieces.append(data)
            real(data, limit)

        monkeypatch.setattr(connection._kept.channel, "send", send)
        client.raw.execute(request_of(body={"content": "words"}))
    assert len(pieces) == 1
    reader = h11.Connection(h11.SERVER)
    reader.receive_data(pieces[0])
    head, body, end = reader.next_event(), reader.next_event(), reader.next_event()
    assert isinstance(head, h11.Request)
    names = [name for name, _ in head.headers]
    assert len(names) == len(set(names))
    assert isinstance(body, h11.Data)
    assert body.data == b'{"content":"words"}'
    assert isinstance(end, h11.EndOfMessage)


CHUNK: bytes = DATA + b"\r\n0\r\n\r\n"
REJECTED: dict[str, bytes] = {
    "size with a sign": CHUNKED + b"+13\r\n" + CHUNK,
    "size with an underscore": CHUNKED + b"1_3\r\n" + CHUNK,
    "size with a prefix": CHUNKED + b"0x13\r\n" + CHUNK,
    "size after a space": CHUNKED + b" 13\r\n" + CHUNK,
    "size without CR": CHUNKED + b"13\n" + CHUNK,
    "size of 21 digits": CHUNKED + b"0" * 19 + b"13\r\n" + CHUNK,
    "CR in an extension": CHUNKED + b"13;a\rb\r\n" + CHUNK,
    "NUL in an extension": CHUNKED + b"13;a\0b\r\n" + CHUNK,
    "wrong end of a chunk": CHUNKED + b"13\r\n" + DATA + b"xx0\r\n\r\n",
    "trailer without a colon": CHUNKED + b"13\r\n" + DATA + b"\r\n0\r\nnonsense\r\n\r\n",
    "NUL in a trailer": CHUNKED + b"13\r\n" + DATA + b"\r\n0\r\nX: \0\r\n\r\n",
    "chunked twice": OK + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n13\r\n" + CHUNK,
    "gzip and chunked": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n13\r\n" + CHUNK,
    "gzip as transfer encoding": OK + b"Transfer-Encoding: gzip\r\nContent-Length: 19\r\n\r\n" + DATA,
    "length with an underscore": OK + b"Content-Length: 1_9\r\n\r\n" + DATA,
    "two lengths in one header": OK + b"Content-Length: 19, 2\r\n\r\n" + DATA,
    "length and nothing": OK + b"Content-Length: 19\r\nContent-Length:\r\n\r\n" + DATA,
    "lengths that differ in zeros": OK + b"Content-Length: 19\r\nContent-Length: 019\r\n\r\n" + DATA,
    "malformed length and chunks": OK + b"Content-Length: 5x\r\nTransfer-Encoding: chunked\r\n\r\n13\r\n" + CHUNK,
    "different lengths and chunks": OK
    + b"Content-Length: 5\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n13\r\n"
    + CHUNK,
    "switch of protocols": b"HTTP/1.1 101 Odd\r\nConnection: upgrade\r\nUpgrade: odd\r\n\r\n",
    "status with a sign": b"HTTP/1.1 +20 OK\r\nContent-Length: 19\r\n\r\n" + DATA,
    "two spaces in the status line": b"HTTP/1.1  200 OK\r\nContent-Length: 19\r\n\r\n" + DATA,
    "tab in the status line": b"HTTP/1.1\t200 OK\r\nContent-Length: 19\r\n\r\n" + DATA,
    "HTTP/1.2": b"HTTP/1.2 200 OK\r\nContent-Length: 19\r\n\r\n" + DATA,
    "http/1.1": b"http/1.1 200 OK\r\nContent-Length: 19\r\n\r\n" + DATA,
    "folded status line": b"HTTP/1.1 200 OK\r\n folded\r\nContent-Length: 19\r\n\r\n" + DATA,
    "vertical tab in a header": OK + b"X-A: a\x0bb\r\nContent-Length: 19\r\n\r\n" + DATA,
    "name with a space": OK + b"X A: b\r\nContent-Length: 19\r\n\r\n" + DATA,
    "name in Latin-1": OK + b"X-\xe9: b\r\nContent-Length: 19\r\n\r\n" + DATA,
    "NUL in a 100 Continue": b"HTTP/1.1 100 Continue\r\nX: \0\r\n\r\n" + GOOD,
}


@for_each(("name", "raw"), REJECTED.items())
def test_responses_that_parsers_read_differently_are_rejected(client: OrbitServer, name: str, raw: bytes) -> None:
    with loopback(raw, GOOD) as server:
        with pytest.raises((ConnectionFailedError, UnreadableResponseError)):
            client.raw.execute(request_of(NEVER))
        assert client.raw.execute(request_of(NEVER)) == {"id": "x"}
    assert server.connections == 2


READ_ONCE: dict[str, bytes] = {
    "length and chunks": OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n13\r\n" + CHUNK,
    "the same length twice": OK + b"Content-Length: 19\r\nContent-Length: 19\r\n\r\n" + DATA,
    "the same length twice in one header": OK + b"Content-Length: 19 , 19\r\n\r\n" + DATA,
    "HTTP/1.0, kept alive": b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 19\r\n\r\n" + DATA,
    "close in the second header": OK + b"Connection: x\r\nConnection: Close\r\nContent-Length: 19\r\n\r\n" + DATA,
}
READ: dict[str, bytes] = {
    "space after the values": OK + b"Content-Length: 19 \t\r\nX-A:\t \r\n\r\n" + DATA,
    "space after chunked": OK + b"Transfer-Encoding: Chunked \r\n\r\n13 \r\n" + CHUNK,
    "extension with a value": CHUNKED + b'13;a="b;c"\r\n' + CHUNK,
    "folded header": OK + b"X-A: a\r\n\tb\r\nContent-Length: 19\r\n\r\n" + DATA,
    "empty reason": b"HTTP/1.1 200 \r\nContent-Length: 19\r\n\r\n" + DATA,
    "1,000 headers": OK + b"X-A: 1\r\n" * 1_000 + b"Content-Length: 19\r\n\r\n" + DATA,
}


@for_each(
    ("name", "raw", "connections"),
    [*((*item, 2) for item in READ_ONCE.items()), *((*item, 1) for item in READ.items())],
)
def test_a_connection_is_closed_after_an_ambiguous_response(
    client: OrbitServer, name: str, raw: bytes, connections: int
) -> None:
    with loopback(raw, GOOD) as server:
        for _ in range(2):
            assert client.raw.execute(request_of(NEVER)) == {"id": "x"}
    assert server.connections == connections


def test_responses_without_a_body_leave_the_connection_usable(client: OrbitServer) -> None:
    with loopback(b"HTTP/1.1 204 No Content\r\n\r\n", b"HTTP/1.1 304 Not Modified\r\n\r\n", GOOD) as server:
        for _ in range(2):
            with pytest.raises(OrbitServerError):
                client.raw.execute(request_of(NEVER))
        assert client.raw.execute(request_of(NEVER)) == {"id": "x"}
    assert server.connections == 1


ENDLESS: dict[str, Step] = {
    "interim responses": for_ever(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "headers": for_ever(b"X-A: 1\r\n", after=OK),
    "one header": for_ever(b"a", after=OK + b"X-A: "),
    "status line": for_ever(b"a", after=b"HTTP/1.1 200 "),
    "size of a chunk": for_ever(b"0", after=CHUNKED),
    "extension": for_ever(b"a", after=CHUNKED + b"13;"),
    "trailers": for_ever(b"X-A: 1\r\n", after=CHUNKED + b"13\r\n" + DATA + b"\r\n0\r\n"),
    "one trailer": for_ever(b"a", after=CHUNKED + b"13\r\n" + DATA + b"\r\n0\r\nX-A: "),
}


@pytest.mark.parametrize("step", ENDLESS.values(), ids=ENDLESS)
def test_endless_responses_are_given_up_without_a_time_limit(step: Step) -> None:
    with (
        OrbitServer(KEY, transport="stdlib", max_retries=0, timeout=None) as orbit,
        loopback(step),
        pytest.raises((ConnectionFailedError, UnreadableResponseError)),
    ):
        orbit.raw.execute(request_of(NEVER))


def test_a_head_that_arrives_byte_by_byte_is_read_in_linear_time() -> None:
    raw = OK + b"X-A: " + b"a" * 60_000 + b"\r\nContent-Length: 19\r\n\r\n"

    class Channel:
        received = 0

        def receive(self, count: int, limit: float | None) -> bytes:
            self.received += 1
            return raw[self.received - 1 : self.received]

    channel = Channel()
    searched = 0

    class Pattern:
        def search(self, text: bytes, start: int = 0) -> object:
            nonlocal searched
            searched += len(text) - start
            return incoming._HEAD_END.search(text, start)

    made = incoming.Incoming(channel, None)  # type: ignore[arg-type]  # It needs only `receive`.
    made._receive_until(Pattern(), incoming.HEAD_BYTES)  # type: ignore[arg-type]  # It needs only `search`.
    assert channel.received == len(raw)
    assert searched < 4 * len(raw)


def test_a_surplus_answer_in_the_buffer_is_not_taken_for_the_next_one(client: OrbitServer) -> None:
    other = answer(b'{"data":"of somebody else"}')
    steps = [GOOD + other, in_pieces(GOOD[:-5], GOOD[-5:] + other), in_pieces(GOOD, other), GOOD]
    with loopback(*steps) as server:
        for _ in steps:
            assert client.raw.execute(request_of(NEVER)) == {"id": "x"}
            time.sleep(0.1)
    assert [seen.connection for seen in server.seen] == [1, 2, 3, 4]


def test_an_answer_that_arrives_before_a_request_is_sent_is_not_its_answer(
    client: OrbitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, sent = threading.Event(), threading.Event()
    requests: list[object] = []

    def step(connection: socket.socket) -> None:
        connection.sendall(GOOD)
        assert taken.wait(10)
        connection.sendall(answer(b'{"data":"of somebody else"}'))
        sent.set()

    def late(*arguments: Any) -> Any:
        made = request.request_of(*arguments)
        requests.append(made)
        if len(requests) == 2:
            taken.set()
            assert sent.wait(10)
            time.sleep(0.05)
        return made

    monkeypatch.setattr(adapter, "request_of", late)
    with loopback(step, GOOD) as server:
        for _ in range(3):
            assert client.raw.execute(request_of(NEVER)) == {"id": "x"}
    assert [seen.connection for seen in server.seen] == [1, 2, 2], "the request was not sent over the first connection"


def test_a_request_that_would_contain_another_line_is_not_sent(client: OrbitServer) -> None:
    prepared = prepare(request_of(), client._settings)
    prepared.more_headers = ((b"x-a", b"b\r\nx-c: d"),)
    with pytest.raises(request.RequestFlaw):
        request.request_of(prepared, 0)
    prepared.more_headers = ()
    for path in ("/a b", "/a\rb", "/caf\u00e9"):
        prepared.url = f"https://api.test{path}"
        with pytest.raises(request.RequestFlaw):
            request.request_of(prepared, 0)


def test_an_interrupt_while_a_response_is_closed_reaches_the_caller(
    client: OrbitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(reader: HTTPResponse) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    with loopback(GOOD):
        raw = client.raw
        monkeypatch.setattr(HTTPResponse, "close", interrupt)
        with pytest.raises(KeyboardInterrupt):
            raw.execute(request_of())
