from __future__ import annotations

import asyncio
import ctypes
import threading
from collections.abc import Coroutine, Generator
from typing import Any
from weakref import ref

import httpcore
import httpx
import pytest

from orbitconnect import AsyncOrbitServer, OrbitServerError
from orbitconnect._concurrency.slots import AsyncSlots, Slots
from orbitconnect._http import limits
from orbitconnect._http._async.pool import AsyncPool
from orbitconnect._http._sync.pool import Pool
from orbitconnect._http.limits import IDLE_SECONDS
from tests.pipeline.harness import KEY, FakeClock, answer, loopback, request_of


class Transport:
    closed = False
    slot: Any = None

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


async def test_the_connection_used_last_is_used_next_and_idle_ones_are_closed() -> None:
    clock = FakeClock()
    pool = AsyncPool(clock, Transport)
    first, second = await pool.take(1), await pool.take(1)
    assert first is not None
    assert second is not None
    await pool.give_back(first, sound=True)
    await pool.give_back(second, sound=True)
    clock.now += IDLE_SECONDS + 1
    again = await pool.take(1)
    assert again is second
    await pool.give_back(second, sound=True)
    assert (first.closed, second.closed) == (True, False)


async def test_a_broken_connection_is_closed() -> None:
    pool = AsyncPool(FakeClock(), Transport)
    broken = await pool.take(1)
    assert broken is not None
    await pool.give_back(broken, sound=False)
    assert broken.closed
    assert await pool.take(1) is not broken


async def test_a_connection_returned_to_a_closed_pool_is_closed() -> None:
    pool = AsyncPool(FakeClock(), Transport)
    idle, busy = await pool.take(1), await pool.take(1)
    assert idle is not None
    assert busy is not None
    await pool.give_back(idle, sound=True)
    await pool.aclose()
    await pool.give_back(busy, sound=True)
    assert (idle.closed, busy.closed) == (True, True)


async def test_a_failure_to_connect_frees_its_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    fails = True

    def new() -> Transport:
        if fails:
            raise ValueError("no proxy")
        return Transport()

    monkeypatch.setattr(limits, "MAX_CONNECTIONS", 1)
    pool, other = AsyncPool(FakeClock(), new), Pool(FakeClock(), new)
    for _ in range(2):
        with pytest.raises(ValueError, match="no proxy"):
            await pool.take(0.01)
        with pytest.raises(ValueError, match="no proxy"):
            other.take(0.01)
    fails = False
    held = await pool.take(0.01), other.take(0.01)
    assert None not in held
    assert await pool.take(0.01) is None
    assert other.take(0.01) is None


class Recorder:
    """A pool that records which connections are returned to it."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self.transport = transport
        self.sound: list[bool] = []

    async def take(self, seconds: float | None) -> httpx.AsyncBaseTransport:
        return self.transport

    async def give_back(self, transport: httpx.AsyncBaseTransport, *, sound: bool) -> None:
        self.sound.append(sound)

    async def aclose(self) -> None: ...


@pytest.mark.parametrize(
    ("outcome", "sound"),
    [
        (httpx.Response(200, content=b"{}"), True),
        (httpx.Response(503), True),
        (httpx.Response(200, headers={"content-encoding": "br"}, content=b"x"), False),
        (httpx.ReadError("reset"), False),
        (asyncio.CancelledError(), False),
    ],
)
async def test_only_complete_responses_leave_a_connection_usable(
    outcome: httpx.Response | BaseException, sound: bool
) -> None:
    async def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(outcome, BaseException):
            raise outcome
        return httpx.Response(outcome.status_code, headers=outcome.headers, stream=httpx.ByteStream(b"x"))

    transport = httpx.MockTransport(handle)
    transport.holds_more, transport.has_sent = False, True  # type: ignore[attr-defined]
    recorder = Recorder(transport)
    async with AsyncOrbitServer(KEY, max_retries=0) as client:
        adapter = client._connection._adapter()
        adapter._pool = recorder  # type: ignore[attr-defined]
        with pytest.raises((OrbitServerError, asyncio.CancelledError)):
            await client.raw.execute(request_of())
    assert recorder.sound == [sound]


async def test_a_slot_is_held_until_it_is_released() -> None:
    some, others = Slots(1), AsyncSlots(1)
    one, other = some.acquire(0), await others.acquire(0)
    assert one
    assert other
    assert not some.acquire(0.001)
    assert not await others.acquire(0.001)
    some.release(one)
    others.release(other)
    assert some.acquire(None)
    assert await others.acquire(None)


class TimeUp(BaseException):
    """An exception like those that task queues raise in a thread when a time limit passes."""


def test_an_exception_raised_in_a_waiting_thread_frees_its_slot() -> None:
    slots = Slots(1)
    held = slots.acquire(0)
    began, caught = threading.Event(), []

    def wait() -> None:
        try:
            began.set()
            slots.acquire(5)
        except TimeUp as error:
            caught.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    began.wait(5)
    # The exception is raised after the wait, once the slot is acquired.
    assert ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(TimeUp)) == 1
    slots.release(held)
    del held
    thread.join(5)
    caught.clear()
    assert slots.acquire(1)


def test_slots_are_freed_with_their_pool() -> None:
    slots = Slots(3)
    free = ref(slots._free)
    held = slots.acquire(0)
    del slots
    assert free() is None
    del held


class Suspensions:
    """Counts how often a coroutine gives control to the event loop."""

    def __init__(self, work: Coroutine[Any, Any, object]) -> None:
        self.count = 0
        self._work = work

    def __await__(self) -> Generator[Any, None, object]:
        steps = self._work.__await__()
        while True:
            try:
                waiting = steps.send(None)
            except StopIteration as ended:
                return ended.value
            self.count += 1
            yield waiting


async def test_a_call_only_waits_for_its_response() -> None:
    with loopback(answer()):
        async with AsyncOrbitServer(KEY) as client:
            await client.raw.execute(request_of())
            again = Suspensions(client.raw.execute(request_of()))
            await again
    assert again.count == 1


def test_the_locks_that_are_removed_exist() -> None:
    origin = httpcore.Origin(b"http", b"localhost", 80)
    assert hasattr(httpcore.HTTPConnection(origin), "_request_lock")
    assert hasattr(httpcore.AsyncHTTPConnection(origin), "_request_lock")
    assert hasattr(httpcore.HTTP11Connection(origin, httpcore.MockStream([])), "_state_lock")
    assert hasattr(httpcore.AsyncHTTP11Connection(origin, httpcore.AsyncMockStream([])), "_state_lock")
