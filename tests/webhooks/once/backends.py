"""All combinations of stores and databases, each as a description that can be sent to another process."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
import redis
import redis.asyncio
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from orbitconnect.webhooks.once import (
    AsyncClaimStore,
    AsyncRedisStore,
    AsyncSQLAlchemyStore,
    Claim,
    ClaimStore,
    DBAPIStore,
    MemoryStore,
    RedisStore,
    SQLAlchemyStore,
    SQLiteStore,
    as_async,
)

MEMORY = ("memory", "memory, asyncio")
"""Stores for a single process."""
SQLITE = ("sqlite", "sqlite, threads of asyncio", "dbapi sqlite", "sqlalchemy sqlite")
POSTGRES = ("dbapi postgresql", "sqlalchemy postgresql", "async sqlalchemy postgresql")
REDIS = ("redis", "async redis")
SHARED = SQLITE + POSTGRES + REDIS
"""The stores that several processes can share, and that outlive these processes."""
KINDS = MEMORY + SHARED

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Backend:
    """A kind of store and its database.

    `address` is a file, a connection string or a socket. `name` is a table or a prefix.
    """

    kind: str
    address: str
    name: str

    @property
    def is_async(self) -> bool:
        return "async" in self.kind

    @contextmanager
    def opened(self, **options: Any) -> Iterator[ClaimStore]:
        """Open the store and everything that it needs."""
        match self.kind:
            case "memory":
                yield MemoryStore(**options)
            case "sqlite":
                with SQLiteStore(self.address, timeout=30, **options) as store:
                    yield store
            case "dbapi sqlite":
                yield self._made(
                    DBAPIStore(
                        lambda: sqlite3.connect(self.address, timeout=30),
                        database="sqlite",
                        paramstyle=sqlite3.paramstyle,
                        table=self.name,
                        **options,
                    )
                )
            case "dbapi postgresql":
                yield self._made(
                    DBAPIStore(
                        lambda: psycopg.connect(self.address),
                        database="postgresql",
                        paramstyle=psycopg.paramstyle,
                        table=self.name,
                        **options,
                    )
                )
            case "sqlalchemy sqlite":
                engine = create_engine(f"sqlite:///{self.address}", connect_args={"timeout": 30})
                try:
                    yield self._made(SQLAlchemyStore(engine, table=self.name, **options))
                finally:
                    engine.dispose()
            case "sqlalchemy postgresql":
                engine = create_engine("postgresql+psycopg://", connect_args=conninfo_to_dict(self.address))
                try:
                    yield self._made(SQLAlchemyStore(engine, table=self.name, **options))
                finally:
                    engine.dispose()
            case "redis":
                with redis.Redis(unix_socket_path=self.address, socket_timeout=30) as client:
                    yield RedisStore(client, prefix=self.name, **options)
            case _:
                with blocking(self.async_opened(**options)) as store:
                    yield store

    def _made(self, store: Any) -> Any:
        store.create_table()
        return store

    @asynccontextmanager
    async def async_opened(self, **options: Any) -> AsyncIterator[AsyncClaimStore]:
        """Open the asynchronous store and everything that it needs."""
        match self.kind:
            case "memory, asyncio":
                yield as_async(MemoryStore(**options))
            case "sqlite, threads of asyncio":
                with SQLiteStore(self.address, timeout=30, **options) as sqlite:
                    yield as_async(sqlite)
            case "async sqlalchemy postgresql":
                engine = create_async_engine("postgresql+psycopg://", connect_args=conninfo_to_dict(self.address))
                try:
                    store = AsyncSQLAlchemyStore(engine, table=self.name, **options)
                    await store.create_table()
                    yield store
                finally:
                    await engine.dispose()
            case "async redis":
                client = redis.asyncio.Redis(unix_socket_path=self.address, socket_timeout=30)
                try:
                    yield AsyncRedisStore(client, prefix=self.name, **options)
                finally:
                    await client.aclose()
            case _:
                raise AssertionError(self.kind)


class _Blocking:
    """An asynchronous store for threads without an event loop."""

    def __init__(self, store: AsyncClaimStore, run: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        self._store = store
        self._run = run

    def claim(self, key: str, /) -> Claim:
        return self._run(self._store.claim(key))

    def commit(self, key: str, token: str, /) -> None:
        self._run(self._store.commit(key, token))

    def release(self, key: str, token: str, /) -> None:
        self._run(self._store.release(key, token))


@contextmanager
def blocking(opening: Any) -> Iterator[ClaimStore]:
    """Open a store on an event loop in a separate thread, and call it from any other thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(step: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(step, loop).result(60)

    stack = AsyncExitStack()
    try:
        try:
            yield _Blocking(run(stack.enter_async_context(opening)), run)
        finally:
            run(stack.aclose())
            run(loop.shutdown_default_executor())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
