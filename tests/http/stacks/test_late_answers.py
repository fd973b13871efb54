"""Servers that send something over a kept connection after aiohttp has taken it, and before the request is written."""

from __future__ import annotations

import asyncio
import select
import socket
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from orbitconnect import ConnectionFailedError
from orbitconnect._http.over_aiohttp.connector import Connector
from orbitconnect._http.over_aiohttp.private_aiohttp import Protocol, Request
from orbitconnect_api import operations
from tests.http.faults.harness import GOOD
from tests.http.stacks.conftest import FastSdk
from tests.pipeline.harness import NEVER, Step, answer, loopback, request_of

OTHER = answer(b'{"data":"of somebody else"}')
LARGE = request_of(NEVER, body={"content": 100_000 * "x"})
"""aiohttp writes its body in a task, which may start later."""


@pytest.fixture(params=["asyncio", "uvloop"])
def sdk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastSdk]:
    # uvloop reads from a connection before it starts new tasks.
    loop = pytest.importorskip(request.param)
    monkeypatch.setattr(asyncio, "Runner", partial(asyncio.Runner, loop_factory=loop.new_event_loop))
    driven = FastSdk("async", "aiohttp")
    yield driven
    driven.finish()


class Late:
    """Sends bytes at the moment between taking a connection and writing the second request."""

    def __init__(self, raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        self._raw = raw
        self._is_taken, self._is_sent = threading.Event(), threading.Event()
        self._send = Request.send
        self._requests = 0
        late = self

        async def send(request: Request, connection: Any) -> Any:
            late.before_write(connection.transport.get_extra_info("socket").fileno())
            return await late._send(request, connection)

        monkeypatch.setattr(Request, "send", send)

    def step(self, connection: socket.socket) -> None:
        """The server's step for the first request."""
        connection.sendall(GOOD)
        assert self._is_taken.wait(10)
        connection.sendall(self._raw)
        if not self._raw:
            connection.shutdown(socket.SHUT_RDWR)
        self._is_sent.set()

    def before_write(self, file: int) -> None:
        """Wait until the bytes have arrived, before the second request is written."""
        self._requests += 1
        if self._requests == 2:
            self._is_taken.set()
            assert self._is_sent.wait(10)
            assert select.select([file], [], [], 10)[0]


@pytest.mark.parametrize("raw", [OTHER, OTHER[:20], OTHER + OTHER, b""], ids=["answer", "part", "two", "end"])
def test_what_arrives_before_a_request_is_written_is_not_its_response(
    sdk: FastSdk, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(raw, monkeypatch)
    step: Step = late.step
    with loopback(step, GOOD) as server:
        client = sdk.client(max_retries=1, real_time=False)
        for _ in range(3):
            assert sdk.execute(client, LARGE) == {"id": "x"}
        sdk.close(client)
    assert [seen.connection for seen in server.seen] == [1, 2, 2], "the request was not written to the first connection"


def test_the_error_says_that_the_request_was_not_sent(sdk: FastSdk, monkeypatch: pytest.MonkeyPatch) -> None:
    late = Late(OTHER, monkeypatch)
    with loopback(late.step, GOOD) as server:
        client = sdk.client(max_retries=0)
        assert sdk.execute(client, LARGE) == {"id": "x"}
        error = sdk.execute_anyhow(client, LARGE)
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert error.sent is False
    assert "received data before the request was sent" in str(error)
    assert len(server.seen) == 1


@pytest.mark.parametrize("sdk", ["asyncio"], indirect=True)
def test_a_small_request_is_one_write_in_the_step_that_took_the_connection(
    sdk: FastSdk, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    take, connect = Connector.take, Protocol.connection_made

    async def taking(connector: Connector, request: Request) -> Any:
        connection = await take(connector, request)
        asyncio.get_running_loop().call_soon(events.append, "next step")
        return connection

    def connected(protocol: Protocol, transport: Any) -> None:
        write = transport.write

        def counted(data: bytes) -> None:
            events.append("write")
            write(data)

        transport.write = counted
        connect(protocol, transport)

    monkeypatch.setattr(Connector, "take", taking)
    monkeypatch.setattr(Protocol, "connection_made", connected)
    with loopback(GOOD) as server:
        client = sdk.client()
        for request in (request_of(NEVER), request_of(NEVER), request_of(operations.GET_APP_USER)):
            assert sdk.execute(client, request) == {"id": "x"}
        sdk.close(client)
    assert events == 3 * ["write", "next step"]
    assert [seen.body for seen in server.seen] == [b'{"content":"hello"}', b'{"content":"hello"}', b""]
