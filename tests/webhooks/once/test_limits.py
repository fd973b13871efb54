"""If the server does not respond, a step fails within the store's own limit, whatever the driver waits for."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
import redis.asyncio
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from orbitconnect.webhooks.once import (
    AsyncRedisStore,
    AsyncSQLAlchemyStore,
    DBAPIStore,
    RedisStore,
    SQLAlchemyStore,
    SQLiteStore,
    StoreError,
    once,
)
from orbitconnect.webhooks.once.limits import NoAnswer, ThreadLimit, within
from tests.for_each import for_each
from tests.webhooks.once.servers import redis_process

LIMIT = 0.3
ALLOWED = LIMIT + 3.0
"""The tolerance for a busy machine. Without the limit, the drivers would wait 20 to 60 seconds."""


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Provide the port of a server that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        yield server.getsockname()[1]


def store_of(kind: str, port: int, **options: Any) -> Any:
    dsn = f"host=127.0.0.1 port={port} user=orbit password=x dbname=db"
    match kind:
        case "redis":
            return RedisStore(redis.Redis(port=port, socket_timeout=5), **options)
        case "redis without limits":
            return RedisStore(redis.Redis(port=port), **options)
        case "redis with a pool that waits":
            pool = redis.BlockingConnectionPool(port=port, max_connections=1, timeout=20)
            return RedisStore(redis.Redis(connection_pool=pool), **options)
        case "async redis":
            return AsyncRedisStore(redis.asyncio.Redis(port=port, socket_timeout=5), **options)
        case "async redis without limits":
            return AsyncRedisStore(redis.asyncio.Redis(port=port), **options)
        case "dbapi":
            return DBAPIStore(lambda: psycopg.connect(dsn), database="postgresql", paramstyle="pyformat", **options)
        case "sqlalchemy":
            return SQLAlchemyStore(create_engine(f"postgresql+psycopg://orbit:x@127.0.0.1:{port}/db"), **options)
        case driver:
            return AsyncSQLAlchemyStore(
                create_async_engine(f"postgresql+{driver}://orbit:x@127.0.0.1:{port}/db"), **options
            )


KINDS = [
    *("redis", "redis without limits", "redis with a pool that waits", "async redis", "async redis without limits"),
    *("dbapi", "sqlalchemy", "asyncpg", "psycopg"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_does_not_answer(kind: str, silent_port: int) -> None:
    store = store_of(kind, silent_port, timeout=LIMIT)

    async def call(step: str, *arguments: str) -> None:
        result = getattr(store, step)(*arguments)
        if asyncio.iscoroutine(result):
            await result

    async def steps() -> None:
        for step in (("claim", "evt_1"), ("commit", "evt_1", "token"), ("release", "evt_1", "token")):
            began = time.perf_counter()
            with pytest.raises(StoreError, match=r"no answer within 0\.3 s"):
                await call(*step)
            assert time.perf_counter() - began < ALLOWED

    began = time.perf_counter()
    asyncio.run(steps())
    assert time.perf_counter() - began < 3 * ALLOWED + 2.5  # At its end, the loop may wait 2 s for connections.


@pytest.mark.parametrize("kind", KINDS)
@for_each("timeout", [0, -1, float("nan"), float("inf")])
def test_an_invalid_timeout_is_rejected(kind: str, timeout: float) -> None:
    with pytest.raises(ValueError, match="timeout must be a positive number of seconds"):
        store_of(kind, 1, timeout=timeout)


def test_the_default_timeout_is_five_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[float] = []
    monkeypatch.setattr("orbitconnect.webhooks.once.redis.ThreadLimit", limits.append)
    RedisStore(redis.Redis(socket_timeout=5))
    assert limits == [5.0]


@pytest.mark.usefixtures("redis_address")  # Skipped if that fixture is skipped.
def test_a_redis_server_that_stops_and_continues() -> None:
    with redis_process() as (process, address):
        client = redis.Redis(unix_socket_path=address, socket_timeout=5)
        store = RedisStore(client, timeout=LIMIT)
        assert store.claim("evt_before")
        process.send_signal(signal.SIGSTOP)
        try:
            began = time.perf_counter()
            with pytest.raises(StoreError, match="no answer"):
                store.claim("evt_1")
            with pytest.raises(LookupError), once(ClaimedBefore(store), "evt_2"):
                raise LookupError
            assert time.perf_counter() - began < 2 * ALLOWED
        finally:
            process.send_signal(signal.SIGCONT)
        # The late claim is released.
        gives_up = time.monotonic() + 30
        while not store.claim("evt_1"):
            assert time.monotonic() < gives_up
            time.sleep(0.02)
        client.close()


class ClaimedBefore:
    """A store whose claim succeeded before its server stopped."""

    def __init__(self, store: RedisStore) -> None:
        self.release, self.commit = store.release, store.commit

    def claim(self, key: str, /) -> Any:
        from orbitconnect.webhooks.once import Claim

        return Claim("mine", "token")


def test_threads_that_wait_for_one_sqlite_store(tmp_path: Path) -> None:
    with SQLiteStore(tmp_path / "events.db", timeout=LIMIT) as store:
        store.claim("evt_1")
        entered, leave = threading.Event(), threading.Event()

        def hold() -> None:
            with store._lock:
                entered.set()
                leave.wait(30)

        thread = threading.Thread(target=hold)
        thread.start()
        try:
            assert entered.wait(30)
            began = time.perf_counter()
            with pytest.raises(StoreError, match="other threads"):
                store.claim("evt_2")
            assert time.perf_counter() - began < ALLOWED
        finally:
            leave.set()
            thread.join()
        assert store.claim("evt_2")


FORKED = """
import os, threading
from orbitconnect.webhooks.once.limits import NoAnswer, ThreadLimit

limit, go_on = ThreadLimit(0.01), threading.Event()
for _ in range(64):
    try:
        limit.run(go_on.wait)
    except NoAnswer:
        pass
child = os.fork()
if not child:
    limit._seconds = 30
    os._exit(limit.run(lambda: 7))
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
go_on.set()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="os.fork is not available")
def test_a_fork_starts_without_waiting_threads() -> None:
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKED]
    subprocess.run(command, check=True, timeout=60)


class TestThreadLimit:
    def test_results_and_errors(self) -> None:
        limit = ThreadLimit(30)
        assert limit.run(lambda: 7) == 7
        with pytest.raises(LookupError, match="no"):
            limit.run(self.fail)
        for _ in range(200):  # Each step frees its slot.
            limit.run(lambda: None)

    @staticmethod
    def fail() -> None:
        raise LookupError("no")

    def test_a_late_result_is_passed_on(self) -> None:
        go_on, late = threading.Event(), threading.Event()
        results: list[int] = []

        def step() -> int:
            go_on.wait(30)
            return 7

        def take(result: int) -> None:
            results.append(result)
            late.set()

        with pytest.raises(NoAnswer, match=r"0\.05 s"):
            ThreadLimit(0.05).run(step, take)
        go_on.set()
        assert late.wait(30)
        assert results == [7]

    def test_the_number_of_waiting_threads_is_limited(self) -> None:
        limit, go_on = ThreadLimit(0.02), threading.Event()
        before = threading.active_count()
        for _ in range(70):
            with pytest.raises(NoAnswer):
                limit.run(lambda: go_on.wait(30))
        assert threading.active_count() - before <= 64
        with pytest.raises(NoAnswer, match="64 earlier calls"):
            limit.run(lambda: 7)
        go_on.set()
        gives_up = time.monotonic() + 30
        while threading.active_count() > before:
            assert time.monotonic() < gives_up
            time.sleep(0.01)
        assert limit.run(lambda: 7) == 7


async def test_a_late_result_of_a_step_that_ignores_its_cancellation() -> None:
    go_on, undone = asyncio.Event(), asyncio.Event()
    results: list[int] = []

    async def step() -> int:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            await go_on.wait()
        return 7

    async def undo(result: int) -> None:
        results.append(result)
        undone.set()

    with pytest.raises(NoAnswer, match=r"0\.05 s"):
        await within(0.05, step(), undo)
    go_on.set()
    await asyncio.wait_for(undone.wait(), 30)
    assert results == [7]
