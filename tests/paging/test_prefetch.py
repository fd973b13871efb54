"""Iterators that fetch a page ahead, in a thread or a task: closing, cancelling, forking and exiting."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import httpx
import pytest

from orbitconnect import AsyncOrbitServer, OrbitServer
from tests.paging.server import Server

THREAD = "orbitconnect-next-page"


class Slow(Server):
    """Counts the requests in progress. The requests end when they are released or cancelled."""

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
