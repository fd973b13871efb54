"""Unreachable stores, killed workers, forks."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
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
)
from tests.webhooks.once.backends import SHARED, Backend
from tests.webhooks.once.servers import closed_port, redis_server
from tests.webhooks.once.test_contract import eventually_mine

PASSWORD = "hunter2"


def unreachable(kind: str, folder: Path) -> Any:
    """Return a store whose server does not exist."""
    port = closed_port()
    dsn = f"postgresql://orbit:{PASSWORD}@127.0.0.1:{port}/db?connect_timeout=5"
    url = dsn.replace("postgresql:", "postgresql+psycopg:")
    match kind:
        case "sqlite":
            return SQLiteStore(folder / "no-such-folder" / "events.db")
        case "dbapi":
            return DBAPIStore(lambda: psycopg.connect(dsn), database="postgresql", paramstyle="pyformat")
        case "dbapi, unreadable":
            broken = f"postgresql://orbit:{PASSWORD}@[broken/db"
            return DBAPIStore(lambda: psycopg.connect(broken), database="postgresql", paramstyle="pyformat")
        case "sqlalchemy":
            return SQLAlchemyStore(create_engine(url))
        case "async sqlalchemy":
            return AsyncSQLAlchemyStore(create_async_engine(url))
        case "redis":
            return RedisStore(redis.Redis(port=port, password=PASSWORD, retry=None))
        case _:
            return AsyncRedisStore(redis.asyncio.Redis(port=port, password=PASSWORD, retry=None))


@pytest.mark.parametrize(
    "kind", ["sqlite", "dbapi", "dbapi, unreadable", "sqlalchemy", "async sqlalchemy", "redis", "async redis"]
)
def test_an_unreachable_store(kind: str, tmp_path: Path) -> None:
    store = unreachable(kind, tmp_path)

    async def call(step: str, *arguments: str) -> None:
        result = getattr(store, step)(*arguments)
        if "async" in kind:
            await result

    for step, *arguments in (["claim", "evt_1"], ["commit", "evt_1", "token"], ["release", "evt_1", "token"]):
        with pytest.raises(StoreError, match=f"failed to {step}") as caught:
            asyncio.run(call(step, *arguments))
        assert PASSWORD not in str(caught.value)
        # The password is not in the local variables of a chained traceback either.
        assert caught.value.__context__ is None
        assert caught.value.__cause__ is None


def test_a_locked_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    with SQLiteStore(path, timeout=0.1) as store:
        claim = store.claim("evt_1")
        other = sqlite3.connect(path, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            assert store.claim("evt_1").status == "busy"
            with pytest.raises(StoreError, match="locked"):
                store.commit("evt_1", claim.token)
        finally:
            other.close()
        store.commit("evt_1", claim.token)


def test_a_file_that_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    path.write_bytes(b"no database " * 100)
    with SQLiteStore(path, timeout=0.1) as store, pytest.raises(StoreError, match=r"events\.db"):
        store.claim("evt_1")


@pytest.mark.usefixtures("redis_address")  # Skipped if that fixture is skipped.
# redis-py 5 does not close a socket that failed to connect.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_redis_stops_while_an_event_is_handled() -> None:
    with redis_server() as address:
        client = redis.Redis(unix_socket_path=address, retry=None)
        store = RedisStore(client)
        claim = store.claim("evt_1")
    with pytest.raises(StoreError):
        store.commit("evt_1", claim.token)
    client.close()


@pytest.mark.skipif(int(redis.__version__.partition(".")[0]) < 6, reason="redis-py 5 repeats no command")
def test_the_redis_client_repeats_a_claim_whose_reply_was_lost(redis_address: str) -> None:
    """The Redis client repeats commands on its own, so a claim must not be blocked by its own first attempt."""
    lost = iter([True])

    class Lossy(redis.connection.UnixDomainSocketConnection):
        def read_response(self, *args: Any, **kwargs: Any) -> Any:
            response = super().read_response(*args, **kwargs)
            if response == 2 and next(lost, False):
                self.disconnect()
                raise redis.ConnectionError("The answer is lost.")
            return response

    pool: Any = redis.ConnectionPool(
        connection_class=Lossy,
        path=redis_address,
        retry=redis.retry.Retry(redis.backoff.NoBackoff(), 3),
    )
    with redis.Redis(connection_pool=pool) as client:
        store = RedisStore(client, prefix="lossy:")
        claim = store.claim("evt_1")
        assert claim
        assert next(lost, None) is None
        store.commit("evt_1", claim.token)
    pool.disconnect()


# Killed workers.

WORKER = """
import sys, time
from tests.webhooks.once.backends import Backend
from orbitconnect.webhooks.once import once

backend = Backend(*sys.argv[1:])
with backend.opened(lease=300) as long, backend.opened(lease=0.05) as short:
    with once(long, "evt_1") as first, once(short, "evt_2") as second:
        print(bool(first), bool(second), flush=True)
        time.sleep(600)
"""


@pytest.mark.parametrize("kind", SHARED)
def test_the_claims_of_a_killed_worker_last_as_long_as_their_lease(
    make_backend: Callable[[str], Backend], kind: str
) -> None:
    backend = make_backend(kind)
    command = [sys.executable, "-c", WORKER, backend.kind, backend.address, backend.name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "True True\n"
        finally:
            worker.kill()
    assert worker.returncode == -signal.SIGKILL
    with backend.opened() as store:
        assert store.claim("evt_1").status == "busy"
        claim = eventually_mine(store, "evt_2")
        store.commit("evt_2", claim.token)
        assert store.claim("evt_2").status == "handled"


FORKING = """
import os, sys, threading
from orbitconnect.webhooks.once import SQLiteStore

store = SQLiteStore(sys.argv[1], timeout=30)
claim = store.claim("evt_before")
stop = threading.Event()

def busy():
    while not stop.is_set():
        store.claim("evt_of_a_thread")

threads = [threading.Thread(target=busy) for _ in range(2)]
for thread in threads:
    thread.start()
children = []
for number in range(20):
    child = os.fork()
    if not child:
        try:
            assert store.claim("evt_before").status == "busy"
            mine = store.claim(f"evt_{number}")
            store.commit(f"evt_{number}", mine.token)
            os._exit(0)
        except BaseException as error:
            print(error, flush=True)
            os._exit(1)
    children.append(child)
statuses = [os.waitpid(child, 0)[1] for child in children]
stop.set()
for thread in threads:
    thread.join()
assert not any(statuses), statuses
store.commit("evt_before", claim.token)
for event in ["evt_before", *(f"evt_{number}" for number in range(20))]:
    assert store.claim(event).status == "handled", event
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="os.fork is not available")
def test_forks_while_threads_use_the_store(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKING, str(path)]
    output = tmp_path / "output"
    with (
        output.open("w") as file,
        subprocess.Popen(command, stdout=file, stderr=file, start_new_session=True) as parent,
    ):
        try:
            status = parent.wait(120)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(parent.pid, signal.SIGKILL)  # Kill its child processes too, in case any of them hangs.
    assert status == 0, output.read_text()
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
