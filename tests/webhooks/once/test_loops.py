"""An asynchronous store in several event loops, one after the other and at the same time."""

from __future__ import annotations

import asyncio
import functools
import gc
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
import redis
import redis.asyncio
from asgiref.sync import async_to_sync
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool, StaticPool

from orbitconnect.webhooks import SIGNATURE_HEADER, AsyncEventDispatcher, sign
from orbitconnect.webhooks.once import AsyncRedisStore, AsyncSQLAlchemyStore, async_once
from orbitconnect.webhooks.once.sqlalchemy import _dispose, _with_own_pool
from orbitconnect.webhooks.receiver import AsyncWebhookReceiver
from tests.webhooks.once.backends import Backend

SECRET = "whsec_of_the_tests"


def asyncpg_engine(address: str, **options: Any) -> Any:
    folder = str(conninfo_to_dict(address)["host"])
    return create_async_engine(f"postgresql+asyncpg://orbit@/postgres?host={folder}", **options)


@pytest.fixture(params=["redis", "redis, pool of one", "asyncpg", "asyncpg, NullPool"])
def new_store(request: pytest.FixtureRequest, make_backend: Callable[[str], Backend]) -> Iterator[Callable[[], Any]]:
    """Provide a function that creates a store whose connections are bound to an event loop. Nothing closes it."""
    if "redis" in request.param:
        backend = make_backend("async redis")
        limits = {"max_connections": 1} if "one" in request.param else {}
        client = functools.partial(redis.asyncio.Redis, unix_socket_path=backend.address, **limits)
        yield lambda: AsyncRedisStore(client(), prefix=backend.name)
        return
    backend = make_backend("dbapi postgresql")
    with backend.opened():
        options = {"poolclass": NullPool} if "Null" in request.param else {"pool_size": 1}
        yield lambda: AsyncSQLAlchemyStore(asyncpg_engine(backend.address, **options), table=backend.name)


@pytest.fixture
def store(new_store: Callable[[], Any]) -> Any:
    return new_store()


async def handled(store: Any, key: str) -> None:
    claim = await store.claim(key)
    assert claim
    await store.commit(key, claim.token)
    assert (await store.claim(key)).status == "handled"


def test_one_loop_after_another(store: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # No connection may be left open.
        for number in range(4):
            asyncio.run(handled(store, f"evt_{number}"))
            gc.collect()


def test_async_views_under_wsgi(store: Any) -> None:
    """Under WSGI, Django calls an async view with `async_to_sync`, which runs an event loop for each request."""
    events = AsyncEventDispatcher()
    seen: list[str | None] = []

    @events.on("order.paid")
    async def ship(event: Any) -> None:
        seen.append(event.id)

    receiver = AsyncWebhookReceiver(secret=SECRET, events=events, store=store)
    receive = async_to_sync(receiver.receive)
    for number in range(4):
        body = b'{"id": "evt_%d", "type": "order.paid"}' % number
        for said in (b"handled", b"already handled"):
            assert receive(body, {SIGNATURE_HEADER: sign(body, SECRET)}).body == said
    assert seen == [f"evt_{number}" for number in range(4)]


def test_loops_at_the_same_time(store: Any) -> None:
    barrier = threading.Barrier(4)

    async def work(name: str) -> None:
        for number in range(5):
            barrier.wait(60)
            await handled(store, f"evt_{name}_{number}")

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(asyncio.run, work(name)) for name in "abcd"]:
            future.result(60)


# Nothing can close the first loop's connections, and Python versions differ in when they collect them.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_loop_that_was_closed_without_shutdown(new_store: Callable[[], Any]) -> None:
    store = new_store()  # pytest would keep the value of a fixture, and its connections would be found in a later test.
    loop = asyncio.new_event_loop()
    loop.run_until_complete(handled(store, "evt_1"))
    loop.close()
    asyncio.run(handled(store, "evt_2"))
    asyncio.run(handled(store, "evt_3"))
    del store
    gc.collect()


def test_the_given_client_is_used_and_remains_usable(make_backend: Callable[[str], Backend]) -> None:
    backend = make_backend("async redis")
    client = redis.asyncio.Redis(unix_socket_path=backend.address)
    store = AsyncRedisStore(client, prefix=backend.name)

    async def use() -> None:
        await store.claim("evt_1")
        assert len(client.connection_pool._available_connections) == 1
        assert await client.ping()

    asyncio.run(use())
    assert not client.connection_pool._available_connections or not any(
        connection.is_connected for connection in client.connection_pool._available_connections
    )
    asyncio.run(use())


def connections(address: str) -> int:
    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert found is not None
    return int(found[0])


def test_connections_do_not_accumulate(make_backend: Callable[[str], Backend]) -> None:
    backend = make_backend("dbapi postgresql")
    with backend.opened():
        engine = asyncpg_engine(backend.address)
        store = AsyncSQLAlchemyStore(engine, table=backend.name)
        before = connections(backend.address)
        for number in range(5):
            asyncio.run(handled(store, f"evt_{number}"))
        assert connections(backend.address) <= before + 1


def test_a_connection_that_the_server_ends_while_an_event_is_handled(make_backend: Callable[[str], Backend]) -> None:
    """SQLAlchemy 2.0 returns it to the pool after the first error, so the second commit would use it again."""
    backend = make_backend("dbapi postgresql")
    ours = {"server_settings": {"application_name": backend.name}}
    end_ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"

    async def handle(key: str) -> None:
        async with async_once(store, key) as mine:
            assert mine
            with psycopg.connect(backend.address) as other:
                assert other.execute(end_ours, [backend.name]).rowcount == 1
        assert (await store.claim(key)).status == "handled"

    with backend.opened():
        store = AsyncSQLAlchemyStore(asyncpg_engine(backend.address, connect_args=ours), table=backend.name)
        for number in range(5):
            asyncio.run(handle(f"evt_{number}"))


def test_pools_that_work_in_any_loop_are_not_copied(postgres_address: str) -> None:
    for pool in (StaticPool, NullPool):
        engine = asyncpg_engine(postgres_address, poolclass=pool)
        assert _with_own_pool(engine) is engine
        pooled = engine.pool
        asyncio.run(_dispose(engine))
        assert engine.pool is pooled
