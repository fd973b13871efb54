"""Arguments, errors, prefetching, closing and memory of the iterators."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from orbitconnect import AsyncOrbitServer, NotFoundError, OrbitServer, ServerError
from orbitconnect.emulator import Status
from tests.paging.conftest import Chat, Reader, sequences
from tests.paging.server import BEGAN, Server

THREAD = "orbitconnect-next-page"


def ways(messages: Any, chat: str, **options: Any) -> dict[str, Callable[..., Any]]:
    """All iterators, as functions that create them."""
    return {
        "oldest": lambda **more: messages.iterate(chat, after_sequence=0, **options, **more),
        "newest": lambda **more: messages.iterate(chat, **options, **more),
        "sync": lambda **more: messages.iterate_sync(chat, datetime(2000, 1, 1, tzinfo=UTC), **options, **more),
        "search": lambda **more: messages.iterate_search(chat, "Hello", **options, **more),
        "search globally": lambda **more: messages.iterate_search_global("Hello", **options, **more),
    }


WAYS = tuple(ways(None, ""))
PREFETCHING = WAYS[:3]


@pytest.mark.parametrize("way", WAYS)
def test_the_acting_user(chat: Chat, reader: Reader, way: str) -> None:
    chat.send(3)
    client = reader.of(chat.emulator)
    assert len(reader.rest(ways(client.messages, chat.id, acting_user_id=chat.bob)[way]())) == 3
    assert len(reader.rest(ways(client.as_user(chat.bob).messages, chat.id)[way]())) == 3
    assert {entry.actor for entry in chat.emulator.journal.entries[-2:]} == {chat.bob}
    chat.requests()
    with pytest.raises(ValueError, match="acting_user_id"):
        reader.next(ways(client.messages, chat.id)[way]())
    assert chat.requests() == 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("limit", -1, ValueError),
        ("limit", 1.0, TypeError),
        ("limit", True, TypeError),
        ("page_size", 0, ValueError),
        ("page_size", "5", TypeError),
    ],
)
def test_invalid_numbers_raise_when_they_are_passed(way: str, name: str, value: Any, error: type[Exception]) -> None:
    messages = OrbitServer("sk_test_x").as_user("usr_1").messages
    with pytest.raises(error, match=name):
        ways(messages, "cnv_1")[way](**{name: value})


def test_invalid_starts_raise_when_they_are_passed() -> None:
    messages = OrbitServer("sk_test_x").as_user("usr_1").messages
    for name in ("after_sequence", "before_sequence"):
        with pytest.raises(ValueError, match=name):
            messages.iterate("cnv_1", **{name: -1})
        with pytest.raises(TypeError, match=name):
            messages.iterate("cnv_1", **{name: "1"})
    with pytest.raises(ValueError, match="not both"):
        messages.iterate("cnv_1", after_sequence=1, before_sequence=9)
    with pytest.raises(ValueError, match="conversation_id"):
        messages.iterate("..")
    with pytest.raises(ValueError, match="since"):
        messages.iterate_sync("cnv_1", datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("way", WAYS)
def test_a_limit_also_limits_the_requests(chat: Chat, reader: Reader, way: str) -> None:
    chat.send(8)
    messages = reader.of(chat.emulator).as_user(chat.bob).messages
    chat.requests()
    assert reader.rest(ways(messages, chat.id)[way](limit=0)) == []
    assert chat.requests() == 0
    assert len(reader.rest(ways(messages, chat.id)[way](limit=5))) == 5
    [entry] = chat.emulator.journal.entries
    assert "limit=5" in entry.query
    assert len(reader.rest(ways(messages, chat.id, page_size=2)[way](limit=3))) == 3
    assert len(reader.rest(ways(messages, chat.id)[way](limit=9))) == 8


@pytest.mark.parametrize(("way", "prefetch"), [*((way, False) for way in WAYS), *((way, True) for way in PREFETCHING)])
def test_after_an_error_it_continues_where_it_stopped(chat: Chat, reader: Reader, way: str, prefetch: bool) -> None:
    chat.send(9)
    messages = reader.of(chat.emulator, max_retries=0).as_user(chat.bob).messages
    options = {"page_size": 4, **({"prefetch": True} if prefetch else {})}
    chat.emulator.faults.add(Status(503), nth=2, times=2)
    iterator = ways(messages, chat.id, **options)[way]()
    found = reader.some(iterator, 4)
    for _ in range(2):
        with pytest.raises(ServerError):
            reader.next(iterator)
    chat.emulator.faults.check_used()
    found += reader.rest(iterator)
    assert sequences(found) == [*range(1, 10)][:: 1 if way in ("oldest", "sync") else -1]


def test_an_error_of_the_first_page(chat: Chat, reader: Reader) -> None:
    iterator = reader.of(chat.emulator).messages.iterate("cnv_nowhere", acting_user_id=chat.bob)
    for _ in range(2):
        with pytest.raises(NotFoundError):
            reader.next(iterator)


@pytest.mark.parametrize("way", WAYS)
def test_an_iterator_that_ended_stays_ended(chat: Chat, reader: Reader, way: str) -> None:
    iterator = ways(reader.of(chat.emulator).as_user(chat.bob).messages, chat.id)[way]()
    assert reader.rest(iterator) == []
    chat.send(2)
    assert reader.next(iterator) is None


@pytest.mark.parametrize("way", WAYS)
def test_a_closed_iterator_has_ended(chat: Chat, reader: Reader, way: str) -> None:
    chat.send(5)
    iterator = ways(reader.of(chat.emulator).as_user(chat.bob).messages, chat.id)[way]()
    assert reader.next(iterator) is not None
    chat.requests()
    reader.close(iterator)
    reader.close(iterator)
    assert reader.next(iterator) is None
    assert chat.requests() == 0


def test_nothing_is_fetched_before_it_is_needed(chat: Chat, reader: Reader) -> None:
    chat.send(10)
    messages = reader.of(chat.emulator).as_user(chat.bob).messages
    chat.requests()
    iterator = messages.iterate(chat.id, page_size=5)
    assert chat.requests() == 0
    reader.some(iterator, 5)
    assert chat.requests() == 1
    reader.some(iterator, 1)
    assert chat.requests() == 1


class Slow(Server):
    """Counts the requests in progress. They end when they are released or cancelled."""

    def __init__(self, count: int) -> None:
        super().__init__([0] * count)
        self.under_way = 0
        self.begun = 0
        self.let_go = threading.Event()
        self.let_go.set()
        self.transport = SlowTransport(self)


class SlowTransport(httpx.MockTransport):
    def __init__(self, server: Slow) -> None:
        super().__init__(server.answer)
        self.server = server

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        server = self.server
        server.under_way += 1
        server.begun += 1
        try:
            assert server.let_go.wait(30)
            return super().handle_request(request)
        finally:
            server.under_way -= 1

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        server = self.server
        server.under_way += 1
        server.begun += 1
        try:
            while not server.let_go.is_set():  # noqa: ASYNC110  # The event is one of threads.
                await asyncio.sleep(0.001)
            return await super().handle_async_request(request)
        finally:
            server.under_way -= 1


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == THREAD]


def eventually(condition: Callable[[], bool]) -> bool:
    ends = time.monotonic() + 20
    while not condition() and time.monotonic() < ends:
        time.sleep(0.001)
    return condition()


def test_a_thread_fetches_one_page_ahead() -> None:
    server = Slow(50)
    with OrbitServer("sk_test_x", transport=server.transport) as orbit:
        iterator = orbit.messages.iterate("cnv_1", after_sequence=0, page_size=10, prefetch=True, acting_user_id="u")
        assert server.begun == 0
        next(iterator)
        assert eventually(lambda: len(server.asked) == 2)
        for _ in range(9):
            next(iterator)
        time.sleep(0.05)
        assert len(server.asked) == 2
        next(iterator)
        assert eventually(lambda: len(server.asked) == 3)
        assert [message.sequence for message in iterator] == list(range(12, 51))
        assert threads() == []
        assert len(server.asked) == 6


def test_closing_waits_for_the_thread() -> None:
    server = Slow(50)
    with OrbitServer("sk_test_x", transport=server.transport) as orbit:
        with orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=True) as messages:
            server.let_go.set()
            for message in messages:
                assert message.sequence == 50
                break
            assert eventually(lambda: len(server.asked) == 2)
        assert threads() == []
        assert server.under_way == 0
        assert list(messages) == []


def test_a_thread_ends_with_its_page_when_nobody_closes() -> None:
    server = Slow(50)
    with OrbitServer("sk_test_x", transport=server.transport) as orbit:
        iterator = orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=True)
        next(iterator)
        assert eventually(lambda: not threads())
        for _ in range(9):
            next(iterator)
        server.let_go.clear()
        next(iterator)
        assert eventually(lambda: server.under_way == 1)
        del iterator
        server.let_go.set()
        assert eventually(lambda: not threads())
        assert len(server.asked) == 3


def test_a_thread_has_the_callers_context() -> None:
    variable: ContextVar[str] = ContextVar("variable", default="unset")
    seen: list[str] = []
    server = Server([0] * 20)

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(variable.get())
        return server.answer(request)

    with OrbitServer("sk_test_x", transport=httpx.MockTransport(answer)) as orbit:
        token = variable.set("mine")
        try:
            assert len(list(orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=True))) == 20
        finally:
            variable.reset(token)
    assert seen == ["mine", "mine"]


def test_it_continues_if_no_thread_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    server = Server([0] * 35)
    with OrbitServer("sk_test_x", transport=server.transport) as orbit:
        iterator = orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=True)
        found = [next(iterator).sequence for _ in range(15)]
        assert found + [message.sequence for message in iterator] == list(range(35, 0, -1))
        again = orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=True)
        next(again)
        again.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_continues_by_itself() -> None:
    server = Slow(35)
    with OrbitServer("sk_test_x", transport=server.transport) as orbit:
        iterator = orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=True)
        first = [next(iterator).sequence for _ in range(10)]
        assert eventually(lambda: not threads())
        server.let_go.clear()
        next(iterator)
        assert eventually(lambda: server.under_way == 1)
        child = os.fork()
        if not child:
            server.let_go = threading.Event()
            server.let_go.set()
            rest = [message.sequence for message in iterator]
            os._exit(0 if rest == list(range(24, 0, -1)) else 1)
        server.let_go.set()
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        assert first + [25] + [message.sequence for message in iterator] == list(range(35, 0, -1))


async def settled(condition: Callable[[], bool]) -> bool:
    for _ in range(2_000):
        if condition():
            return True
        await asyncio.sleep(0.001)
    return False


async def test_a_task_fetches_one_page_ahead() -> None:
    server = Slow(50)
    async with AsyncOrbitServer("sk_test_x", transport=server.transport) as orbit:
        iterator = orbit.messages.iterate("cnv_1", after_sequence=0, page_size=10, prefetch=True, acting_user_id="u")
        await anext(iterator)
        assert await settled(lambda: len(server.asked) == 2)
        for _ in range(9):
            await anext(iterator)
        await asyncio.sleep(0.02)
        assert len(server.asked) == 2
        assert [message.sequence async for message in iterator] == list(range(11, 51))
        assert len(asyncio.all_tasks()) == 1


@pytest.mark.parametrize("how", ["close", "with", "break", "error"])
async def test_leaving_early_cancels_the_task(how: str) -> None:
    server = Slow(50)

    async def leave(orbit: AsyncOrbitServer) -> None:
        messages = orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=True)
        async for message in messages:
            assert message.sequence == 50
            break
        assert await settled(lambda: len(server.asked) == 2)
        for _ in range(9):
            await anext(messages)
        server.let_go.clear()
        await anext(messages)
        assert await settled(lambda: server.under_way == 1)
        if how == "close":
            await messages.aclose()
        elif how == "with":
            async with messages:
                pass
        elif how == "error":
            raise KeyError
        if how in ("close", "with"):
            assert server.under_way == 0
            assert [message async for message in messages] == []

    async with AsyncOrbitServer("sk_test_x", transport=server.transport) as orbit:
        try:
            await leave(orbit)
        except KeyError:
            gc.collect()
        assert await settled(lambda: server.under_way == 0)
        assert await settled(lambda: len(asyncio.all_tasks()) == 1)
        assert len(server.asked) == 2


@pytest.mark.parametrize("prefetch", [False, True])
async def test_a_cancelled_reader_can_continue(prefetch: bool) -> None:
    server = Slow(50)
    async with AsyncOrbitServer("sk_test_x", transport=server.transport) as orbit:
        iterator = orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=prefetch)
        found = [(await anext(iterator)).sequence for _ in range(10)]
        if prefetch:
            assert await settled(lambda: len(server.asked) == 2)
        server.let_go.clear()
        if prefetch:
            found += [(await anext(iterator)).sequence for _ in range(10)]
            assert await settled(lambda: server.under_way == 1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(iterator), 0.02)
        assert await settled(lambda: server.under_way == 0)
        server.let_go.set()
        found += [message.sequence async for message in iterator]
        assert found == list(range(50, 0, -1))


async def test_a_task_whose_error_is_never_retrieved_logs_nothing() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    server = Server([0] * 20)

    def answer(request: httpx.Request) -> httpx.Response:
        return server.answer(request) if not server.asked else httpx.Response(500)

    transport = httpx.MockTransport(answer)
    async with AsyncOrbitServer("sk_test_x", transport=transport, max_retries=0) as orbit:
        iterator = orbit.as_user("u").messages.iterate("cnv_1", page_size=10, prefetch=True)
        await anext(iterator)
        assert await settled(lambda: len(asyncio.all_tasks()) == 1)
        del iterator
        gc.collect()
        await asyncio.sleep(0)
    assert complaints == []


async def test_two_tasks_cannot_read_at_once() -> None:
    server = Slow(10)
    server.let_go.clear()
    async with AsyncOrbitServer("sk_test_x", transport=server.transport) as orbit:
        iterator = orbit.as_user("u").messages.iterate("cnv_1")
        first = asyncio.ensure_future(anext(iterator))
        assert await settled(lambda: server.under_way == 1)
        with pytest.raises(RuntimeError, match="in use"):
            await anext(iterator)
        with pytest.raises(RuntimeError, match="in use"):
            await iterator.aclose()
        server.let_go.set()
        assert (await first).sequence == 10
        await iterator.aclose()


SHUTDOWN = """
import asyncio, sys, threading, time
import httpx
from orbitconnect import AsyncOrbitServer, OrbitServer
from tests.paging.server import Server

server = Server([0] * 500)
begun = threading.Event()

class Stalling(httpx.MockTransport):
    def handle_request(self, request):
        if server.asked:
            begun.set()
            time.sleep(60)
        return super().handle_request(request)

    async def handle_async_request(self, request):
        if server.asked:
            begun.set()
            await asyncio.sleep(60)
        return await super().handle_async_request(request)

async def main():
    global kept
    orbit = AsyncOrbitServer("sk_test_x", transport=Stalling(server.answer))
    kept = orbit.as_user("u").messages.iterate("cnv_1", prefetch=True)
    assert (await anext(kept)).sequence == 500
    while not begun.is_set():
        await asyncio.sleep(0.001)

if sys.argv[1] == "async":
    asyncio.run(main())
else:
    orbit = OrbitServer("sk_test_x", transport=Stalling(server.answer))
    kept = orbit.as_user("u").messages.iterate("cnv_1", prefetch=True)
    assert next(kept).sequence == 500
    assert begun.wait(30)
print("left in the middle")
"""


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_interpreter_can_exit_during_a_fetch(kind: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", SHUTDOWN, kind],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "left in the middle\n", "")


class Long(Server):
    """A conversation so long that its messages are created on request."""

    def __init__(self, count: int) -> None:
        super().__init__([])
        self.count = count

    def answer(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        if "since" in query:
            since = datetime.fromisoformat(query["since"])
            start = max(0, -int((BEGAN - since).total_seconds() // 1))
            numbers = range(start + 1, self.count + 1)
        elif "after_sequence" in query:
            numbers = range(int(query["after_sequence"]) + 1, self.count + 1)
        else:
            numbers = range(self.count, 0, -1)
        made = [
            {
                "id": f"msg_{n}",
                "sequence": n,
                "updated_at": datetime.fromtimestamp(BEGAN.timestamp() + n, UTC).isoformat(),
            }
            for n in numbers[: int(query["limit"])]
        ]
        return httpx.Response(200, content=json.dumps({"data": made}).encode())


@pytest.mark.parametrize("way", PREFETCHING)
def test_memory_does_not_grow_with_the_conversation(way: str) -> None:
    def peak(count: int) -> int:
        with OrbitServer("sk_test_x", transport=httpx.MockTransport(Long(count).answer)) as orbit:
            iterator = ways(orbit.as_user("u").messages, "cnv_1")[way]()
            gc.collect()
            tracemalloc.start()
            try:
                assert sum(1 for _ in iterator) == count
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak(300)  # Import and cache everything once.
    assert peak(6_000) < peak(600) + 200_000
