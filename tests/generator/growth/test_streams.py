"""Responses that are read while they arrive."""

from __future__ import annotations

import socket
import tracemalloc
from typing import Any

import httpx
import pytest

from orbitconnect import (
    ConnectionFailedError,
    DeadlineExceededError,
    NotFoundError,
    OrbitServerError,
    UnreadableResponseError,
)
from orbitconnect.observers import CallEnded, CallStarted, Observer
from orbitconnect_api import operations
from tests.generator.growth.calling import calls, models, sdk
from tests.pipeline.harness import Sdk, answer, drip, hang_up, loopback

__all__ = ["calls", "models", "sdk"]

MIB = 1024 * 1024
FILE = bytes(range(256)) * 4096
BUSY = answer(b'{"message":"busy"}', "503 Service Unavailable")
PDF = "Content-Type: application/pdf"


class Reading:
    """What a `with` block around a streamed response saw."""

    def __init__(self) -> None:
        self.response: Any = None
        self.chunks: list[bytes] = []


def stream(sdk: Sdk, calls: Any, *, most: int | None = None, whole: bool = False, **options: Any) -> Reading:
    """Read a streamed response, at most some of its chunks."""
    client, found = sdk.client(**options), Reading()
    operation = calls("get_file")

    def read() -> Reading:
        with operation.sync_stream("f1", client=client.raw) as found.response:
            if whole:
                found.chunks.append(found.response.read())
            for chunk in () if whole else found.response.iter_bytes():
                found.chunks.append(chunk)
                if len(found.chunks) == most:
                    break
        return found

    async def async_read() -> Reading:
        async with operation.asyncio_stream("f1", client=client.raw) as found.response:
            if whole:
                found.chunks.append(await found.response.read())
            else:
                async for chunk in found.response.iter_bytes():
                    found.chunks.append(chunk)
                    if len(found.chunks) == most:
                        break
        return found

    return read() if sdk.kind == "sync" else sdk.run(async_read())  # type: ignore[no-any-return]  # `run` is untyped.


def test_a_file_is_read_while_it_arrives(sdk: Sdk, calls: Any) -> None:
    with loopback(BUSY, hang_up(), answer(FILE, "200 OK", PDF, "x-request-id: req_1")) as server:
        found = stream(sdk, calls)
        assert b"".join(found.chunks) == FILE
        assert len(found.chunks) > 1
        response = found.response
        assert (response.status_code, response.parsed, response.attempts) == (200, None, 3)
        assert (response.headers["content-type"], response.request_id) == ("application/pdf", "req_1")
        assert stream(sdk, calls, whole=True).chunks == [FILE]
    assert {seen.headers["accept-encoding"] for seen in server.seen} == {"identity"}
    assert {seen.headers["accept"] for seen in server.seen} == {"application/pdf, application/json;q=0.9"}


def test_a_transport_of_the_caller_decides_what_it_connects_to(sdk: Sdk, calls: Any) -> None:
    """The other base URLs of the vendor are no remedy if an emulator cannot be reached."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(ConnectionFailedError) as caught:
        stream(sdk, calls, transport=httpx.MockTransport(refuse), max_retries=0)
    assert "refused" in str(caught.value)
    assert not [url for url in operations.OTHER_URLS if url in str(caught.value)]


def test_an_empty_file_is_no_missing_file(sdk: Sdk, calls: Any) -> None:
    with loopback(answer(b"", "200 OK", PDF)):
        assert stream(sdk, calls, whole=True).chunks == [b""]


def test_data_instead_of_a_file_is_parsed(sdk: Sdk, calls: Any, models: Any) -> None:
    with (
        loopback(answer(b'{"data":{"job_id":"j1"}}', "202 Accepted")),
        pytest.raises(RuntimeError, match="There is no file"),
    ):
        stream(sdk, calls)
    with loopback(answer(b'{"data":{"job_id":"j1"}}', "202 Accepted")):
        found = read_parsed(sdk, calls)
    assert found == models.Job(job_id="j1")


def read_parsed(sdk: Sdk, calls: Any) -> Any:
    client = sdk.client()
    if sdk.kind == "sync":
        with calls("get_file").sync_stream("f1", client=client.raw) as response:
            return response.parsed

    async def read() -> Any:
        async with calls("get_file").asyncio_stream("f1", client=client.raw) as response:
            return response.parsed

    return sdk.run(read())


def test_errors_are_those_of_other_calls(sdk: Sdk, calls: Any) -> None:
    quoting = answer(b'{"message":"bad key sk_test_4f1c9d0e2b7a","code":"x"}', "404 Not Found")
    with loopback(quoting), pytest.raises(NotFoundError, match=r"bad key \*\*\*") as caught:
        stream(sdk, calls)
    assert caught.value.code == "x"
    with loopback(answer(b"<html>", "202 Accepted")), pytest.raises(UnreadableResponseError):
        stream(sdk, calls)


def test_a_broken_connection_is_an_error(sdk: Sdk, calls: Any) -> None:
    cut = hang_up(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
    with loopback(cut) as server, pytest.raises(ConnectionFailedError, match="broke"):
        stream(sdk, calls)
    assert len(server.seen) == 1  # The caller has a part of the file, so the call is not repeated.


def test_the_time_limit_includes_the_reading(sdk: Sdk, calls: Any) -> None:
    slow = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b"x" * 9999, pause=0.02)
    with loopback(slow), pytest.raises(DeadlineExceededError, match="The time limit of the call is"):
        stream(sdk, calls, timeout=1.2, max_retries=0, real_time=True)


class Watcher(Observer):
    def __init__(self) -> None:
        self.ended: list[CallEnded] = []

    def call_ended(self, call: CallStarted, end: CallEnded) -> None:
        self.ended.append(end)


def test_the_connection_is_closed_when_the_block_ends(sdk: Sdk, calls: Any) -> None:
    closed = []

    def send_forever(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n")
        try:
            while True:
                connection.sendall(bytes(MIB))
        except OSError:
            closed.append(True)
            raise

    watcher = Watcher()
    with loopback(send_forever) as server:
        found = stream(sdk, calls, most=64, observers=[watcher], timeout=60)
    assert server.connections == 1
    assert closed == [True]
    assert [(end.status, end.error) for end in watcher.ended] == [(200, None)]
    with pytest.raises(RuntimeError, match="has ended"):
        after(sdk, found.response)


def after(sdk: Sdk, response: Any) -> Any:
    return sdk.run(response.read())


def test_memory_use_does_not_depend_on_the_size(sdk: Sdk, calls: Any) -> None:
    size = 64 * MIB

    def send(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        block = bytes(MIB)
        for _ in range(size // MIB):
            connection.sendall(block)

    client, operation, received = sdk.client(timeout=60), calls("get_file"), 0

    def read() -> int:
        with operation.sync_stream("f1", client=client.raw) as response:
            return sum(len(chunk) for chunk in response.iter_bytes())

    async def async_read() -> int:
        total = 0
        async with operation.asyncio_stream("f1", client=client.raw) as response:
            async for chunk in response.iter_bytes():
                total += len(chunk)
        return total

    with loopback(send):
        tracemalloc.start()
        try:
            received = read() if sdk.kind == "sync" else sdk.run(async_read())
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert received == size
    assert peak < 8 * MIB


def test_a_closed_client_opens_nothing(calls: Any) -> None:
    sdk = Sdk("sync")
    client = sdk.client()
    client.close()
    with (
        loopback(answer(FILE)) as server,
        pytest.raises(RuntimeError, match="This client is closed"),
        calls("get_file").sync_stream("f1", client=client.raw),
    ):
        pass
    assert not server.connections


def test_no_response_is_an_error(sdk: Sdk, calls: Any) -> None:
    with loopback(hang_up()) as server, pytest.raises(OrbitServerError) as caught:
        stream(sdk, calls, max_retries=1)
    assert caught.value.attempts == len(server.seen) == 2
