"""However a name lookup fails, the call raises one of the SDK's errors, and the next call can connect."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from orbitconnect import ConnectionFailedError
from orbitconnect._http import addresses, connecting
from orbitconnect._http.addresses import find
from orbitconnect._http.deadline import Until
from tests.base_url import BASE_PATH, base_url
from tests.http.faults.harness import GOOD
from tests.pipeline.harness import NEVER, Sdk, loopback, request_of

HOST = "api.test"


class Strange(Exception):
    """An error that a lookup should never raise."""


class Interruption(BaseException):
    """An exception like those that task queues raise when a time limit passes."""


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Return a function that replaces the name lookup with another function."""

    def resolve(found: Callable[[], Any]) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found())

    return resolve


@pytest.fixture
def named() -> Iterator[tuple[str, int]]:
    """Run the API under the name `HOST`. The fixture's value is the real address."""
    with loopback(GOOD) as server:
        port = int(server.url.split(":")[2].partition("/")[0])
        with base_url(f"http://{HOST}{BASE_PATH}"):
            yield "127.0.0.1", port


def entries(*found: tuple[str, int]) -> list[Any]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", each) for each in found]


def raising(error: BaseException) -> Callable[[], Any]:
    def fail() -> Any:
        raise error

    return fail


ERRORS = [
    MemoryError("no memory"),
    Strange("strange"),
    OverflowError("port"),
    ValueError("embedded null"),
    UnicodeError("label too long"),
    TimeoutError("slow"),
    OSError("without a number"),
    SystemExit(3),
    Interruption("now"),
]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("raised", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_a_lookup_raises_is_a_failed_connection(
    sdk: Sdk, raised: BaseException, named: tuple[str, int], resolver: Any
) -> None:
    client = sdk.client(timeout=5, max_retries=0, real_time=True)
    resolver(raising(raised))
    began = time.monotonic()
    errors = sdk.execute_all(client, [request_of(NEVER)] * 3)
    assert time.monotonic() - began < 4
    assert all(isinstance(error, ConnectionFailedError) and error.sent is False for error in errors)
    resolver(lambda: entries(named))
    assert sdk.execute(client, request_of(NEVER)) == {"id": "x"}
    sdk.close(client)


@pytest.mark.parametrize("moment", ["before the thread starts", "after the thread has started"])
def test_a_lookup_interrupted_at_its_start_leaves_nothing_behind(
    moment: str, resolver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    resolver(lambda: release.wait(10) and entries(("127.0.0.1", 1)))
    start = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        if moment.startswith("after"):
            start(thread)
        raise Interruption

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(Interruption):
        find(HOST, 80, Until.after(5))
    monkeypatch.undo()
    resolver(lambda: entries(("127.0.0.2", 2)))
    release.set()
    assert [address.sockaddr for address in find(HOST, 80, Until.after(5))] == [("127.0.0.2", 2)]
    assert not addresses._under_way


def test_an_interrupted_lookup_fails_for_everyone_who_waits_for_it(
    resolver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []

    def interrupted(thread: threading.Thread) -> None:
        addresses._join(HOST, 80).add(told.append)
        raise Interruption

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(Interruption):
        find(HOST, 80, Until.after(5))
    assert [type(result) for result in told] == [OSError]


def test_a_lookup_that_never_ends_is_replaced(resolver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    resolver(lambda: release.wait(10) and [])
    with pytest.raises(TimeoutError):
        find(HOST, 80, Until.after(0.05))
    stuck = [thread for thread in threading.enumerate() if thread.name == "orbitconnect-lookup"]
    resolver(lambda: entries(("127.0.0.1", 1)))
    with pytest.raises(TimeoutError):
        find(HOST, 80, Until.after(0.05))
    monkeypatch.setattr(addresses, "_STUCK_SECONDS", 0.01)
    assert find(HOST, 80, Until.after(5))
    release.set()
    for thread in stuck:
        thread.join(10)


def test_a_call_that_stops_waiting_is_removed_from_the_lookup(sdk: Sdk, named: tuple[str, int], resolver: Any) -> None:
    release = threading.Event()
    resolver(lambda: release.wait(10) and [])
    client = sdk.client(timeout=0.1, max_retries=0, real_time=True)
    sdk.execute_all(client, [request_of(NEVER)] * 20)
    (lookup,) = addresses._under_way.values()
    if sdk.stack != "aiohttp":  # aiohttp continues a lookup even if no call is waiting for it.
        assert not lookup.waiters
    release.set()
    sdk.close(client)


@pytest.mark.parametrize("count", [3, 400])
def test_many_addresses_that_refuse_fail_at_once(sdk: Sdk, count: int, named: tuple[str, int], resolver: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("0.0.0.0", 0))
        port = closed.getsockname()[1]
        resolver(lambda: entries(*((f"127.0.{n // 250}.{n % 250 + 1}", port) for n in range(count))))
        client = sdk.client(timeout=5, max_retries=0, real_time=True)
        began = time.monotonic()
        error = sdk.execute_anyhow(client, request_of(NEVER))
        sdk.close(client)
    assert isinstance(error, ConnectionFailedError)
    assert "refused" in str(error)
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("count", [1, 2])
def test_a_patched_socket_connect_sees_every_connection(
    sdk: Sdk, count: int, named: tuple[str, int], resolver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sdk.stack == "aiohttp" and count > 1:
        pytest.skip("aiohttp raises its own IndexError")
    client = sdk.client(timeout=5, max_retries=0, real_time=True)
    client.preload()
    resolver(lambda: entries(*[named, ("127.0.0.2", named[1])][:count]))

    def block(*_: Any) -> None:
        raise Strange("blocked")

    monkeypatch.setattr(socket.socket, "connect", block)
    with pytest.raises(Strange, match="blocked"):
        sdk.execute(client, request_of(NEVER))
    monkeypatch.undo()
    sdk.close(client)


async def test_a_race_between_addresses_that_fails_leaves_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[socket.socket] = []

    async def connected(address: Any) -> socket.socket:
        if address.sockaddr[1] == 2:
            raise Strange("broken")
        made.append(socket.socket())
        return made[-1]

    async def all_at_once(tasks: Any, **_: Any) -> Any:
        if len(tasks) < 3:
            return set(), tasks
        await asyncio.gather(*tasks, return_exceptions=True)
        return sorted(tasks, key=lambda task: task.exception() is None), set()

    monkeypatch.setattr(connecting, "_connect_to_async", connected)
    monkeypatch.setattr(asyncio, "wait", all_at_once)
    three = [addresses.Address(socket.AF_INET, ("127.0.0.1", number)) for number in (1, 2, 3)]
    with pytest.raises(Strange):
        await connecting.connect_async(three, Until.after(5))
    assert [each.fileno() for each in made] == [-1, -1]
