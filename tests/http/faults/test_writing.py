"""How the httpx stack writes requests: head and body together, and never after bytes that nobody requested."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from orbitconnect._http import async_sockets, sockets
from orbitconnect._http.over_httpx._async.transport import AsyncTransport
from orbitconnect._http.over_httpx._sync.transport import Transport
from tests.http.faults.harness import GOOD
from tests.pipeline.harness import NEVER, LoopbackServer, Sdk, answer, in_place_of_the_api, loopback, request_of

OTHER = answer(b'{"data":"of somebody else"}')

pytestmark = pytest.mark.parametrize("sdk", [("sync", "httpx"), ("async", "httpx")], indirect=True, ids="-".join)


@pytest.fixture
def sends(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bytes of each `send` of the lowest channels, before encryption for threads and after it for asyncio."""
    seen: list[bytes] = []
    send, send_async = sockets.Socket.send, async_sockets.AsyncSocket.send

    def record(channel: sockets.Socket, data: bytes, limit: float | None) -> None:
        seen.append(bytes(data))
        send(channel, data, limit)

    async def record_async(channel: async_sockets.AsyncSocket, data: bytes, limit: float | None) -> None:
        seen.append(bytes(data))
        await send_async(channel, data, limit)

    monkeypatch.setattr(sockets.Socket, "send", record)
    monkeypatch.setattr(async_sockets.AsyncSocket, "send", record_async)
    return seen


def test_head_and_body_of_a_small_request_are_sent_at_once(sdk: Sdk, sends: list[bytes]) -> None:
    with loopback(GOOD) as server:
        client = sdk.client()
        for _ in range(3):
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)
    assert len(sends) == len(server.seen) == 3
    assert all(sent.startswith(b"POST ") and sent.endswith(b'{"content":"hello"}') for sent in sends)


@pytest.mark.usefixtures("trusted")
def test_head_and_body_are_sent_at_once_over_tls(sdk: Sdk, tls: ssl.SSLContext, sends: list[bytes]) -> None:
    with loopback(GOOD, tls=tls) as server:
        client = sdk.client()
        sdk.execute(client, request_of(NEVER))
        sends.clear()  # The handshake of asyncio's connections.
        for _ in range(3):
            sdk.execute(client, request_of(NEVER))
        sdk.close(client)
    assert len(sends) == len(server.seen) - 1 == 3


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in chunks, which calls `before` before each chunk with its number."""

    def __init__(self, *chunks: bytes, before: Callable[[int], None] = lambda number: None) -> None:
        self.length = sum(map(len, chunks))
        self._chunks = chunks
        self._before = before

    def __iter__(self) -> Iterator[bytes]:
        for number, chunk in enumerate(self._chunks):
            self._before(number)
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for number, chunk in enumerate(self._chunks):
            await asyncio.sleep(0)  # uvloop sends at the end of an iteration.
            self._before(number)
            yield chunk


class WholeBody(httpx.ByteStream):
    """A body in memory, which calls `before` before it is sent."""

    def __init__(self, content: bytes, before: Callable[[int], None]) -> None:
        super().__init__(content)
        self.length = len(content)
        self._before = before

    def __iter__(self) -> Iterator[bytes]:
        self._before(0)
        yield from super().__iter__()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._before(0)
        async for chunk in super().__aiter__():
            yield chunk


class Connection:
    """An httpx transport of the SDK, for one of the two clients."""

    def __init__(self, sdk: Sdk, server: LoopbackServer) -> None:
        self._sdk = sdk
        self.server = server
        self.transport: Any = Transport() if sdk.kind == "sync" else AsyncTransport()

    def post(self, body: Body | WholeBody, seconds: float = 10) -> bytes:
        """Send a request, and return the body of its response."""
        request = httpx.Request(
            "POST",
            self.server.url,
            headers={"host": "localhost", "content-length": str(body.length)},
            stream=body,
            extensions={"timeout": dict.fromkeys(("connect", "read", "write"), seconds)},
        )
        if self._sdk.kind == "sync":
            response = self.transport.handle_request(request)
            content: bytes = response.read()
            response.close()
            return content

        async def exchange() -> bytes:
            answered = await self.transport.handle_async_request(request)
            content = await answered.aread()
            await answered.aclose()
            return content

        return bytes(self._sdk.run(exchange()))

    def close(self) -> None:
        self._sdk.run(self.transport.close() if self._sdk.kind == "sync" else self.transport.aclose())


class Reader(LoopbackServer):
    """Counts the bytes of a request while they arrive."""

    def __init__(self) -> None:
        super().__init__(GOOD)
        self.received = b""
        self.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        while chunk := connection.recv(65_536):
            self.received += chunk
            if self.received.endswith(b"end"):
                connection.sendall(GOOD)

    def wait_for(self, end: bytes) -> bool:
        ends = time.monotonic() + 5
        while not self.received.endswith(end) and time.monotonic() < ends:
            time.sleep(0.001)
        return self.received.endswith(end)


@pytest.mark.parametrize("size", [1, 64 * 1024, 64 * 1024 + 1, 300_000])
def test_each_chunk_of_a_body_is_sent_before_the_next_one_is_read(sdk: Sdk, sends: list[bytes], size: int) -> None:
    server = Reader()
    arrived: list[bool] = []

    def check(number: int) -> None:
        if number:
            arrived.append(server.wait_for(b"abc"[number - 1 : number]))

    chunks = [b"x" * (size - 1) + letter for letter in (b"a", b"b", b"c")]
    with in_place_of_the_api(server), closing(Connection(sdk, server)) as connection:
        assert connection.post(Body(*chunks, b"end", before=check)) == GOOD.partition(b"\r\n\r\n")[2]
    assert arrived == [True] * 3
    assert server.received.partition(b"\r\n\r\n")[2] == b"".join(chunks) + b"end"
    # A large chunk is not copied to join it with the head.
    assert len(sends) == (4 if size <= 64 * 1024 else 5)


def test_a_request_whose_body_is_empty_is_sent(sdk: Sdk, sends: list[bytes]) -> None:
    with loopback(GOOD) as server, closing(Connection(sdk, server)) as connection:
        for body in (Body(), Body(b""), Body(b"", b"x")):
            assert b"data" in connection.post(body)
    assert [seen.body for seen in server.seen] == [b"", b"", b"x"]
    assert len(sends) == 4, "an empty chunk is taken for the end"


def test_nothing_is_sent_if_the_body_cannot_be_read(sdk: Sdk) -> None:
    def fail(number: int) -> None:
        raise OSError("the disk is broken")

    with loopback(GOOD) as server, closing(Connection(sdk, server)) as connection:
        with pytest.raises(OSError, match="disk"):
            connection.post(Body(b"x", before=fail))
        assert connection.transport.has_sent is False
    assert server.seen == []


class Intruding(LoopbackServer):
    """Sends unrequested bytes over the first connection, or closes it, when `intrude` is called for the first time."""

    def __init__(self, unasked: bytes) -> None:
        super().__init__(self._answer, GOOD)
        self._unasked = unasked
        self._first: Any = None
        self.start()

    def _answer(self, connection: socket.socket) -> None:
        self._first = connection
        connection.sendall(GOOD)

    def intrude(self, number: int) -> None:
        first, self._first = self._first, None
        if first is None:
            return
        if self._unasked:
            first.sendall(self._unasked)
        else:
            first.shutdown(socket.SHUT_RDWR)
        time.sleep(0.05)  # Until it arrived.


UNASKED = pytest.mark.parametrize("unasked", [OTHER, OTHER[:9], b"\r\n", b""], ids=["answer", "part", "line", "end"])


@UNASKED
def test_bytes_that_arrive_while_a_request_is_prepared_are_not_taken_for_its_response(sdk: Sdk, unasked: bytes) -> None:
    server = Intruding(unasked)
    with in_place_of_the_api(server), closing(Connection(sdk, server)) as connection:
        assert b'"x"' in connection.post(Body(b"1"))
        assert b'"x"' in connection.post(WholeBody(b"2", server.intrude)), "a new connection is used"
    assert [(seen.body, seen.connection) for seen in server.seen] == [(b"1", 1), (b"2", 2)]


@UNASKED
def test_a_body_that_can_be_read_once_is_not_sent_after_such_bytes(sdk: Sdk, unasked: bytes) -> None:
    server = Intruding(unasked)
    with in_place_of_the_api(server), closing(Connection(sdk, server)) as connection:
        connection.post(Body(b"1"))
        with pytest.raises(httpx.WriteError):
            connection.post(Body(b"2", before=server.intrude))
        assert connection.transport.has_sent is False, "so that the pipeline retries the call"
        assert b'"x"' in connection.post(Body(b"3"))
        connection.post(Body(b"4"))
    assert [(seen.body, seen.connection) for seen in server.seen] == [(b"1", 1), (b"3", 2), (b"4", 2)]


def test_an_idle_connection_that_was_closed_is_replaced_before_a_body_is_read(sdk: Sdk) -> None:
    readings: list[int] = []
    server = Intruding(b"")
    with in_place_of_the_api(server), closing(Connection(sdk, server)) as connection:
        connection.post(Body(b"1"))
        server.intrude(0)
        assert b'"x"' in connection.post(Body(b"2", before=readings.append))
    assert readings == [0]
    assert [seen.connection for seen in server.seen] == [1, 2]


def test_requests_to_another_server_use_another_connection(sdk: Sdk) -> None:
    with loopback(GOOD) as server, closing(Connection(sdk, server)) as connection:
        connection.post(Body(b"1"))
        with loopback(GOOD) as other:
            connection.server = other
            connection.post(Body(b"2"))
    assert [seen.body for seen in (*server.seen, *other.seen)] == [b"1", b"2"]


class Hesitating(LoopbackServer):
    """Reads nothing at first, so that the buffers of the system become full."""

    def _serve(self, connection: socket.socket, number: int) -> None:
        time.sleep(0.2)
        super()._serve(connection, number)


@pytest.mark.usefixtures("trusted")
def test_a_large_body_arrives_over_tls_although_the_server_reads_slowly(sdk: Sdk, tls: ssl.SSLContext) -> None:
    content = "".join(map(str, range(600_000)))
    server = Hesitating(GOOD, tls=tls)
    server.start()
    with in_place_of_the_api(server):
        client = sdk.client()
        sdk.execute(client, request_of(NEVER, body={"content": content}))
        sdk.close(client)
    assert json.loads(server.seen[0].body) == {"content": content}
