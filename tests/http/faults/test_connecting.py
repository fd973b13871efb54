"""The deadline covers everything before the first byte of the response.

If a name has several addresses, they are raced.
"""

from __future__ import annotations

import asyncio
import math
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import pytest

from orbitconnect import ConnectionFailedError, DeadlineExceededError, OrbitServerError
from orbitconnect._http import addresses, async_sockets
from orbitconnect._http import sockets as blocking_sockets
from orbitconnect_api import operations
from tests.base_url import BASE_PATH, base_url, set_base_url
from tests.http.faults.harness import GOOD, open_sockets, reset
from tests.http.faults.proxies import Proxy, running, unreachable
from tests.pipeline.harness import NEVER, SAFE, Sdk, loopback, request_of
from tests.transports import takes_socks

LIMIT = 0.3
OVERRUN = 5
"""The tolerance for a busy machine.

A call that ignored its limit would wait longer. The property `overrun` is exact.
"""
HOST = "api.test"


@pytest.fixture
def point_at() -> Iterator[Callable[[str], None]]:
    """Return a function that sends all calls to another base URL until the test ends."""
    with base_url(operations.BASE_URL):
        yield set_base_url


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Return a function that sets the addresses of `HOST`. Other names are resolved as usual."""
    real = socket.getaddrinfo

    def resolve(found: Callable[[], list[tuple[str, int]]]) -> None:
        def getaddrinfo(host: Any, port: Any, *arguments: Any, **named: Any) -> Any:
            if host != HOST:
                return real(host, port, *arguments, **named)
            return [
                (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, number))
                for address, number in found()
            ]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return resolve


@contextmanager
def silence(stopping: threading.Event) -> Iterator[tuple[str, int]]:
    """Accept connections without reading or writing."""
    accepted: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)

        def accept() -> None:
            while not stopping.is_set():
                try:
                    accepted.append(listener.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield listener.getsockname()
        finally:
            stopping.set()
            thread.join()
            for each in accepted:
                each.close()


def sockets(sdk: Sdk) -> int:
    """Return the number of open sockets, including those of the event loop."""
    if sdk.kind == "async":
        sdk.run(asyncio.sleep(0))
    return open_sockets()


def timed(sdk: Sdk, client: Any) -> tuple[OrbitServerError, float]:
    client.preload()
    began = time.monotonic()
    error = sdk.execute_anyhow(client, request_of(NEVER))
    assert isinstance(error, OrbitServerError)
    return error, time.monotonic() - began


PHASES = ["lookup", "connecting", "three dead addresses", "TLS handshake", "first byte"]


@pytest.mark.parametrize("phase", PHASES)
def test_no_phase_outlasts_the_deadline(
    sdk: Sdk, phase: str, point_at: Any, resolver: Any, record_property: Any
) -> None:
    stopping = threading.Event()
    is_dead = phase in ("connecting", "three dead addresses")
    context: AbstractContextManager[tuple[str, int]] = unreachable() if is_dead else silence(stopping)
    with context as (host, port), unreachable() as second, unreachable() as third:
        dead = [(host, port), second, third]
        scheme = "https" if phase == "TLS handshake" else "http"
        point_at(f"{scheme}://{HOST if 'ad' in phase or phase == 'lookup' else host}:{port}{BASE_PATH}")
        resolver(lambda: stopping.wait(30) and [] if phase == "lookup" else dead)
        client = sdk.client(timeout=LIMIT, real_time=True)
        before = sockets(sdk)
        error, taken = timed(sdk, client)
        record_property("overrun", taken - LIMIT)
        stopping.set()
    assert isinstance(error, DeadlineExceededError)
    assert LIMIT - 0.02 < taken < LIMIT + OVERRUN
    assert error.sent is (phase == "first byte")
    sdk.close(client)
    if phase != "lookup":
        assert open_sockets() <= before


PROXY_PHASES = [
    ("http", "unreachable"),
    ("http", "at once"),
    ("http", "connect"),
    ("http", "head"),
    ("http", "connected"),
    ("https", "at once"),
    ("https", "connect"),
    ("https", "connected"),
    ("socks5", "at once"),
    ("socks5", "greeting"),
    ("socks5", "password"),
    ("socks5", "connect"),
    ("socks5", "connected"),
]


@pytest.mark.parametrize(("kind", "phase"), PROXY_PHASES, ids=lambda value: value)
@pytest.mark.usefixtures("trusted")
def test_no_phase_of_a_proxy_outlasts_the_deadline(
    sdk: Sdk,
    kind: Any,
    phase: str,
    point_at: Any,
    tls: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Any,
) -> None:
    if kind == "socks5" and not takes_socks(sdk.stack):
        pytest.skip(f"{sdk.stack} does not support SOCKS")
    proxy = Proxy(kind, None, tls=tls if kind == "https" else None, silent_at=phase)
    context = unreachable() if phase == "unreachable" else nullcontext()
    with running(proxy), context as dead:
        address = proxy.address if dead is None else f"127.0.0.1:{dead[1]}"
        monkeypatch.setenv("HTTPS_PROXY", f"{kind}://me:pass@{address}")
        point_at(f"https://{HOST}{BASE_PATH}")
        client = sdk.client(timeout=LIMIT, real_time=True)
        error, taken = timed(sdk, client)
        record_property("overrun", taken - LIMIT)
        sdk.close(client)
    assert isinstance(error, DeadlineExceededError)
    assert LIMIT - 0.02 < taken < LIMIT + OVERRUN
    assert error.sent is False
    assert "pass" not in str(error)


def test_connecting_has_its_own_time_limit(sdk: Sdk, point_at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from orbitconnect._http import limits

    monkeypatch.setattr(limits, "CONNECT_SECONDS", LIMIT)
    if sdk.stack == "aiohttp":
        from aiohttp import ClientTimeout

        from orbitconnect._http.over_aiohttp import connector

        monkeypatch.setattr(connector, "_LIMIT", ClientTimeout(total=None, connect=LIMIT, ceil_threshold=math.inf))
    with unreachable() as (host, port):
        point_at(f"http://{host}:{port}{BASE_PATH}")
        for timeout in (20, None):
            client = sdk.client(timeout=timeout, max_retries=0, real_time=True)
            error, taken = timed(sdk, client)
            assert isinstance(error, ConnectionFailedError)
            assert LIMIT - 0.02 < taken < LIMIT + OVERRUN
            assert error.sent is False
            sdk.close(client)


@pytest.mark.parametrize("first", ["dead", "refused", "no such family"])
def test_a_dead_address_delays_a_call_only_briefly(sdk: Sdk, first: str, point_at: Any, resolver: Any) -> None:
    with unreachable() as dead, loopback(GOOD) as server:
        good = ("127.0.0.1", int(server.url.split(":")[2].partition("/")[0]))
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            bad = {"dead": dead, "refused": closed.getsockname(), "no such family": ("100::1", 9)}[first]
            resolver(lambda: [bad, good])
            point_at(f"http://{HOST}:80{BASE_PATH}")
            client = sdk.client(timeout=30, max_retries=0, real_time=True)
            before = sockets(sdk)
            began = time.monotonic()
            assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
            assert time.monotonic() - began < 0.25 + OVERRUN, "much less than 30 s"
            assert open_sockets() <= before + 2  # Both ends of the connection.
            sdk.close(client)


def test_addresses_that_all_refuse_fail_at_once(sdk: Sdk, point_at: Any, resolver: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        resolver(lambda: [closed.getsockname()] * 3 + [("127.0.0.9", closed.getsockname()[1])])
        point_at(f"http://{HOST}:80{BASE_PATH}")
        client = sdk.client(timeout=30, max_retries=0, real_time=True)
        error, taken = timed(sdk, client)
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert "Connection refused" in str(error)
    assert error.sent is False
    assert taken < OVERRUN


def test_a_name_that_does_not_exist_is_a_failed_connection(
    sdk: Sdk, point_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    point_at(f"http://{HOST}{BASE_PATH}")
    client = sdk.client(timeout=5, max_retries=0, real_time=True)
    error, _ = timed(sdk, client)
    sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert "Name or service not known" in str(error)
    assert error.sent is False


def test_a_lookup_that_hangs_occupies_one_thread(sdk: Sdk, point_at: Any, resolver: Any) -> None:
    release = threading.Event()
    resolver(lambda: release.wait(10) and [])
    point_at(f"http://{HOST}:80{BASE_PATH}")
    client = sdk.client(timeout=0.1, real_time=True)
    errors = sdk.execute_all(client, [request_of(NEVER)] * 20)
    errors += sdk.execute_all(client, [request_of(NEVER)] * 20)
    lookups = [thread for thread in threading.enumerate() if thread.name == "orbitconnect-lookup"]
    release.set()
    for thread in lookups:
        thread.join(10)
    sdk.close(client)
    assert all(isinstance(error, DeadlineExceededError) and error.sent is False for error in errors)
    assert len(lookups) == 1
    assert not addresses._under_way


def test_an_abandoned_lookup_does_not_affect_the_next_call(sdk: Sdk, point_at: Any, resolver: Any) -> None:
    release = threading.Event()
    with loopback(GOOD) as server:
        good = ("127.0.0.1", int(server.url.split(":")[2].partition("/")[0]))
        resolver(lambda: release.wait(10) and [good])
        point_at(f"http://{HOST}:80{BASE_PATH}")
        client = sdk.client(timeout=5, real_time=True)
        assert isinstance(
            sdk.execute_anyhow(client.with_options(timeout=0.05), request_of(NEVER)), DeadlineExceededError
        )
        threading.Timer(0.05, release.set).start()
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        sdk.close(client)


def test_a_call_over_a_closed_connection_is_not_sent(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> None:
    if sdk.stack == "aiohttp":
        pytest.skip("aiohttp does not report how many bytes were sent")
    # Simulate a connection that breaks right after the SDK has checked that it is open.
    monkeypatch.setattr(blocking_sockets.Socket, "unread", lambda socket: b"")
    monkeypatch.setattr(async_sockets.AsyncSocket, "unread", lambda socket: b"")

    def answer_and_reset(connection: socket.socket) -> None:
        connection.sendall(GOOD)
        time.sleep(0.05)
        reset(connection)

    with loopback(answer_and_reset, GOOD) as server:
        client = sdk.client(real_time=True)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
        time.sleep(0.15)
        assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}, "the call is retried, because nothing was sent"
        sdk.close(client)
    assert len(server.seen) == 2
    assert server.connections == 2


def test_a_request_without_a_response_counts_as_sent(sdk: Sdk) -> None:
    with loopback(GOOD, reset, reset) as server:
        client = sdk.client(max_retries=0)
        sdk.execute(client, request_of(SAFE))
        for _ in range(2):  # First over an idle connection, then over a new one.
            error = sdk.execute_anyhow(client, request_of(NEVER))
            assert isinstance(error, ConnectionFailedError)
            assert error.sent is True
        sdk.close(client)
    assert len(server.seen) == 3
