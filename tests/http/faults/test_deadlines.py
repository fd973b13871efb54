"""The deadline applies to the whole call, regardless of what the server does."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from orbitconnect import ConnectionFailedError, DeadlineExceededError, ServerError, UnreadableResponseError
from orbitconnect_api.types import Request
from tests.base_url import base_url
from tests.http.faults.harness import CHUNKED, GOOD, OK, for_ever, stall
from tests.pipeline.harness import (
    NEVER,
    SAFE,
    LoopbackServer,
    Sdk,
    SocketServer,
    Step,
    answer,
    drip,
    in_place_of_the_api,
    loopback,
    request_of,
)

LIMIT = 0.25
LATEST = LIMIT + 4
"""The tolerance for a busy machine. Without the limit, these calls would take much longer or forever."""

HEAD = OK + b"Content-Length: 1000\r\n\r\n"
SLOW: dict[str, Callable[[threading.Event], Step]] = {
    "silence": lambda stopping: stall(stopping),
    "silence in the headers": lambda stopping: stall(stopping, OK + b"X-A: "),
    "silence in the body": lambda stopping: stall(stopping, HEAD + b"x"),
    "silence in a chunk": lambda stopping: stall(stopping, CHUNKED + b"ff\r\nx"),
    "silence after a 100 Continue": lambda stopping: stall(stopping, b"HTTP/1.1 100 Continue\r\n\r\n"),
    "dripping headers": lambda stopping: drip(OK + b"X-A: " + b"a" * 500),
    "dripping informational answers": lambda stopping: drip(b"HTTP/1.1 102 Processing\r\n\r\n" * 50, 0.01),
    "dripping body": lambda stopping: drip(HEAD + b"x" * 500),
    "dripping chunks": lambda stopping: drip(CHUNKED + b"1\r\nx\r\n" * 100),
    "dripping extension of a chunk": lambda stopping: drip(CHUNKED + b"1;" + b"x" * 500),
    "dripping trailers": lambda stopping: drip(CHUNKED + b"0\r\n" + b"X-A: 1\r\n" * 100),
    "1 GB, of which little comes": lambda stopping: stall(stopping, OK + b"Content-Length: 1000000000\r\n\r\n{"),
}


class ServerOfFaults(LoopbackServer):
    """Responds to each request with the fault named by its path."""

    def __init__(self, steps: dict[str, Step]) -> None:
        super().__init__()
        self.steps = steps

    def step_for(self, target: str) -> Step:
        return self.steps[target.rpartition("/")[2].replace("_", " ")]


def test_the_deadline_holds_whatever_the_server_does(sdk: Sdk) -> None:
    stopping = threading.Event()
    server = ServerOfFaults({"nothing": GOOD, **{name: make(stopping) for name, make in SLOW.items()}})
    server.start()
    with in_place_of_the_api(server):
        client = sdk.client(timeout=LIMIT, real_time=True)
        # Make a first call, because its imports can be slow on a busy machine.
        sdk.execute(client.with_options(timeout=30), request_to("nothing"))
        began = time.monotonic()
        requests = [request_to(name) for name in SLOW]
        results = dict(zip(SLOW, sdk.execute_all(client, requests), strict=True))
        took = time.monotonic() - began
        stopping.set()
        sdk.close(client)
    assert {name: type(result) for name, result in results.items()} == dict.fromkeys(SLOW, DeadlineExceededError)
    unclear = [str(result) for result in results.values() if "may have carried out the request" not in str(result)]
    assert unclear == []
    assert LIMIT - 0.02 < took < LATEST
    assert len(server.seen) == 1 + len(SLOW)


def request_to(name: str) -> Request[Any]:
    return Request(NEVER, f"/{name.replace(' ', '_')}", lambda data: data, acting_user_id="usr_1")


FLOODS = {
    "headers": for_ever(b"X-A: 1\r\n", after=OK),
    "one header": for_ever(b"a", after=OK + b"X-A: "),
    "informational answers": for_ever(b"HTTP/1.1 102 Processing\r\n\r\n"),
    "body": for_ever(b"x", after=OK + b"Content-Length: 1000000000000\r\n\r\n"),
    "chunks": for_ever(b"1\r\nx\r\n", after=CHUNKED),
    "extension of a chunk": for_ever(b"x", after=CHUNKED + b"1;"),
    "trailers": for_ever(b"X-A: 1\r\n", after=CHUNKED + b"0\r\n"),
    "blank lines": for_ever(b"\r\n"),
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_ends_at_a_limit_or_at_the_deadline(sdk: Sdk, flood: Step) -> None:
    with loopback(flood) as server:
        client = sdk.client(timeout=LIMIT, real_time=True)
        began = time.monotonic()
        with pytest.raises((ConnectionFailedError, UnreadableResponseError, DeadlineExceededError)) as caught:
            sdk.execute(client, request_of(NEVER))
        assert time.monotonic() - began < LATEST
        sdk.close(client)
    assert caught.value.attempts == len(server.seen) == 1


def test_the_deadline_holds_if_the_server_does_not_read(sdk: Sdk) -> None:
    stopping = threading.Event()
    server = SocketServer(lambda connection, number: stopping.wait(20) and None)
    server.start()
    with in_place_of_the_api(server):
        client = sdk.client(timeout=LIMIT, real_time=True)
        began = time.monotonic()
        with pytest.raises(DeadlineExceededError, match="may have carried out the request"):
            sdk.execute(client, request_of(NEVER, body={"content": "x" * 20_000_000}))
        assert time.monotonic() - began < LATEST
        stopping.set()
        sdk.close(client)
    assert server.connections == 1


def test_the_deadline_holds_while_connecting(sdk: Sdk) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        # The accept queue is full and nothing accepts, so the kernel does not respond to further connections.
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        with base_url(f"http://127.0.0.1:{listener.getsockname()[1]}"):
            client = sdk.client(timeout=LIMIT, real_time=True)
            began = time.monotonic()
            with pytest.raises(DeadlineExceededError, match="not sent"):
                sdk.execute(client, request_of(NEVER))
            assert LIMIT - 0.02 < time.monotonic() - began < LATEST
            sdk.close(client)
        for connection in waiting:
            connection.close()


def test_the_deadline_covers_all_attempts(sdk: Sdk) -> None:
    def slowly_fail(connection: socket.socket) -> None:
        drip(answer(b"", "503 Service Unavailable"), 0.003)(connection)

    with loopback(slowly_fail) as server:
        client = sdk.client(timeout=LIMIT, max_retries=1_000, real_time=True)
        client._connection.clock.random = lambda: 0.0
        began = time.monotonic()
        # A 503 that arrives at the very end is the call's error: there is no time for another attempt.
        with pytest.raises((DeadlineExceededError, ServerError)) as caught:
            sdk.execute(client, request_of(SAFE))
        assert LIMIT - 0.02 < time.monotonic() - began < LATEST
        sdk.close(client)
    # The last attempt can end before its request is sent.
    assert len(server.seen) in {caught.value.attempts - 1, caught.value.attempts}


def test_the_sdk_does_not_retry_if_the_backoff_would_outlast_the_deadline(sdk: Sdk) -> None:
    with loopback(answer(b"", "503 Service Unavailable", "Retry-After: 5")) as server:
        client = sdk.client(timeout=5)
        with pytest.raises(ServerError) as caught:
            sdk.execute(client, request_of(SAFE))
        assert caught.value.retry_after == 5
        sdk.close(client)
    assert (len(server.seen), sdk.clock.slept) == (1, [])


def test_a_slow_response_within_the_deadline_is_returned(sdk: Sdk) -> None:
    with loopback(drip(answer(b'{"data":1}'), 0.002)):
        client = sdk.client(timeout=10, real_time=True)
        assert sdk.execute(client, request_of()) == 1
        sdk.close(client)


def test_the_last_error_or_the_deadline_is_raised_if_the_server_keeps_failing(sdk: Sdk) -> None:
    with loopback(answer(b"", "500 Oops")):
        client = sdk.client(timeout=0.05, real_time=True)
        with pytest.raises((DeadlineExceededError, ServerError)):
            sdk.execute(client, request_of())
        sdk.close(client)
