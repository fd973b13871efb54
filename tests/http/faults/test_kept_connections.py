"""Idle connections, and servers that send data over them or close them between two calls."""

from __future__ import annotations

import asyncio
import json
import random
import socket
import ssl
import time
from collections import Counter
from contextlib import suppress

import pytest

from orbitconnect import ConnectionFailedError
from orbitconnect_api.types import Operation
from tests.http.faults.harness import CHUNKED, CLASSES, DATA, GOOD, half_close, reset
from tests.pipeline.harness import (
    NEVER,
    LoopbackServer,
    Sdk,
    Step,
    answer,
    in_place_of_the_api,
    loopback,
    request_of,
)

OTHER = answer(b'{"data":"of somebody else"}')


def test_calls_reuse_one_connection(sdk: Sdk) -> None:
    with loopback(GOOD) as server:
        client = sdk.client()
        for _ in range(5):
            assert sdk.execute(client, request_of()) == {"id": "x"}
        assert [seen.connection for seen in server.seen] == [1] * 5
        sdk.close(client)


def pause(sdk: Sdk, server: LoopbackServer, looping: bool) -> None:
    """Wait until the server has finished its step. Then run the event loop, if `looping`."""
    assert server.answered.wait(10)
    if looping and sdk.kind == "async":
        sdk.run(asyncio.sleep(0.01))


def later(raw: bytes) -> Step:
    """Respond, and send further bytes a little later."""

    def step(connection: socket.socket) -> None:
        connection.sendall(GOOD)
        time.sleep(0.02)
        connection.sendall(raw)

    return step


UNASKED: dict[str, Step] = {
    "another answer at once": GOOD + OTHER,
    "two more answers at once": GOOD + OTHER + OTHER,
    "the beginning of an answer": GOOD + OTHER[:20],
    "another answer later": later(OTHER),
    "the beginning of an answer later": later(OTHER[:20]),
    "timeout of the server later": later(answer(b"", "408 Request Timeout", "Connection: close")),
    "junk at once": GOOD + b"junk",
    "junk later": later(b"junk"),
    "a line later": later(b"\r\n"),
    "an informational answer at once": GOOD + b"HTTP/1.1 103 Early Hints\r\n\r\n",
    "an informational answer later": later(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "body after a 204": b"HTTP/1.1 204 No Content\r\nContent-Length: 27\r\n\r\n" + OTHER[-27:],
    "answer after a 204": b"HTTP/1.1 204 No Content\r\nContent-Length: 27\r\n\r\n" + OTHER,
    "answer after a 304": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 27\r\n\r\n" + OTHER,
    "answer after an error": answer(b"", "503 Service Unavailable") + OTHER,
    "answer after broken gzip": answer(b"no gzip", "200 OK", "Content-Encoding: gzip") + OTHER,
    "answer after a last chunk": CHUNKED + b"13\r\n" + DATA + b"\r\n0\r\n\r\n" + OTHER,
}


@pytest.mark.parametrize("looping", [False, True], ids=["asleep", "looping"])
@pytest.mark.parametrize("step", UNASKED.values(), ids=UNASKED)
def test_bytes_after_a_response_are_never_taken_for_the_next_one(sdk: Sdk, step: Step, looping: bool) -> None:
    with loopback(step, GOOD) as server:
        client = sdk.client(max_retries=0)
        first = sdk.execute_anyhow(client, request_of(NEVER))
        assert first == {"id": "x"} or isinstance(first, Exception)
        pause(sdk, server, looping)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        # aiohttp's parser hides the beginning of an answer that arrives together with the end of another.
        is_hidden = sdk.stack == "aiohttp" and step is UNASKED["the beginning of an answer"]
        assert [seen.connection for seen in server.seen] == [1, 1 if is_hidden else 2]
        sdk.close(client)


@pytest.mark.parametrize("looping", [False, True], ids=["asleep", "looping"])
@pytest.mark.parametrize("cut", [1, 20, len(OTHER) - 1])
def test_a_response_that_began_before_the_request_is_not_taken(sdk: Sdk, cut: int, looping: bool) -> None:
    with loopback(later(OTHER[:cut]), OTHER[cut:] + GOOD) as server:
        client = sdk.client(max_retries=0)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        pause(sdk, server, looping)
        second = sdk.execute_anyhow(client, request_of(NEVER))
        # The new connection receives the second half of a response, which is not a valid response.
        assert isinstance(second, ConnectionFailedError)
        assert len(server.seen) == 2
        sdk.close(client)


def in_one_segment(*records: bytes) -> Step:
    """Send each piece in its own TLS record, but all of them in one segment."""

    def step(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        for record in records:
            connection.sendall(record)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)

    return step


@pytest.mark.skipif(not hasattr(socket, "TCP_CORK"), reason="needs TCP_CORK")
@pytest.mark.parametrize("looping", [False, True], ids=["asleep", "looping"])
@pytest.mark.parametrize(
    "step", [GOOD + OTHER, in_one_segment(GOOD, OTHER), later(OTHER)], ids=["one record", "two records", "later"]
)
@pytest.mark.usefixtures("trusted")
def test_bytes_after_a_response_over_tls_are_never_taken_for_the_next_one(
    sdk: Sdk, tls: ssl.SSLContext, step: Step, looping: bool
) -> None:
    with loopback(step, GOOD, tls=tls) as server:
        client = sdk.client(max_retries=0)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        pause(sdk, server, looping)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        assert len(server.seen) == 2
        sdk.close(client)


@pytest.mark.parametrize("size", [64 * 1024, 128 * 1024, 256 * 1024], ids="{0}".format)
def test_bytes_after_a_response_that_fills_a_read_are_never_taken_for_the_next_one(sdk: Sdk, size: int) -> None:
    head = len(answer(b"x" * size)) - size
    whole = answer(b'{"data":"' + b"x" * (size - head - 11) + b'"}')
    assert len(whole) == size
    with loopback(whole + OTHER, GOOD) as server:
        client = sdk.client(max_retries=0)
        sdk.execute_anyhow(client, request_of(NEVER))
        pause(sdk, server, looping=False)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        assert len(server.seen) == 2
        sdk.close(client)


def test_a_connection_that_the_server_closed_while_idle_is_replaced(sdk: Sdk) -> None:
    with loopback(half_close(GOOD), GOOD) as server:
        client = sdk.client()
        sdk.execute(client, request_of(NEVER))
        time.sleep(0.05)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)
    assert server.connections == 2


class Fickle(LoopbackServer):
    """Closes each connection after its first response, at about the time when the next request arrives.

    As with real servers, it is random whether the server reads that request first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[str] = []
        self.dice = random.Random(7)
        self.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        self._read(connection)
        connection.sendall(GOOD)
        # About as long as the next request takes to arrive.
        time.sleep(self.dice.random() * 0.001)
        match self.dice.randrange(4):
            case 0:
                connection.shutdown(socket.SHUT_RDWR)
            case 1:
                reset(connection)
            case 2:
                connection.settimeout(self.dice.random() * 0.002)
                with suppress(TimeoutError):
                    self._read(connection)
                connection.shutdown(socket.SHUT_WR)
            case _:
                self._read(connection)
                reset(connection)

    def _read(self, connection: socket.socket) -> None:
        received = b""
        while not received.endswith(b"}"):
            received += (chunk := connection.recv(65_536))
            if not chunk:
                raise OSError("It was closed.")
        self.bodies.append(json.loads(received.partition(b"\r\n\r\n")[2])["content"])


@pytest.mark.parametrize("operation", CLASSES.values(), ids=CLASSES)
def test_a_server_that_closes_while_a_request_arrives(sdk: Sdk, operation: Operation) -> None:
    rounds = 60
    server = Fickle()
    with in_place_of_the_api(server):
        client = sdk.client(timeout=None, max_retries=10)
        client._connection.quota._left = 10**9  # The retry quota does not allow so many failures.
        failed = 0
        for number in range(rounds):
            result = sdk.execute_anyhow(client, request_of(operation, body={"content": f"number {number}"}))
            if operation is NEVER and isinstance(result, ConnectionFailedError):
                failed += 1
                assert result.attempts == 1 or "not sent" in str(result)
            else:
                assert result == {"id": "x"}
        sdk.close(client)
    seen = Counter(server.bodies)
    if operation is NEVER:
        assert set(seen.values()) == {1}, "the server never receives an operation of this class twice"
        assert len(seen) >= rounds - failed
        assert failed < rounds
    else:
        assert len(seen) == rounds, "all calls arrive"


def test_a_connection_is_not_reused_after_connection_close(sdk: Sdk) -> None:
    with loopback(half_close(answer(DATA, "200 OK", "Connection: close")), GOOD) as server:
        client = sdk.client()
        for _ in range(2):
            assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)
    assert [seen.connection for seen in server.seen] == [1, 2]


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
@pytest.mark.parametrize("stated", ["Content-Length: 24", "Transfer-Encoding: chunked"])
def test_a_connection_is_not_used_again_if_a_response_without_a_body_states_one(
    sdk: Sdk, status: str, stated: str
) -> None:
    with loopback(answer_without_body(status, stated), GOOD) as server:
        client = sdk.client(max_retries=0)
        sdk.execute_anyhow(client, request_of())
        assert sdk.execute(client, request_of()) == {"id": "x"}
        assert [seen.connection for seen in server.seen] == [1, 2]
        sdk.close(client)


def answer_without_body(status: str, header: str) -> Step:
    """Send the head of a response, and keep the connection open."""
    return lambda connection: connection.sendall(f"HTTP/1.1 {status}\r\n{header}\r\n\r\n".encode())
