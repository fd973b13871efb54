"""Handling each event once, though it may be delivered several times.

    from orbitconnect.webhooks.once import SQLiteStore, once

    store = SQLiteStore("handled.db")

    with once(store, event) as mine:
        if mine:
            handle(event)

Senders repeat a delivery whose answer was lost, and the signature covers the body alone, so that a copy of a delivery
verifies as well as the first. What tells them apart is the id inside the signed body. `once` claims it in a store,
commits it when it was handled, and releases it when handling failed, so that the next delivery is handled.

    MemoryStore                             one process
    SQLiteStore                             the processes of one machine
    DBAPIStore                              PostgreSQL, MySQL or SQLite over any DB-API 2.0 driver
    SQLAlchemyStore, AsyncSQLAlchemyStore   the same over an engine that you have; extra `sqlalchemy`
    RedisStore, AsyncRedisStore             Redis; extra `redis`
    ThreadedStore                           one of the others in threads, for asyncio
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .keys import stored_key
from .protocol import AsyncClaimStore, Claim, ClaimStore, EventBusy, LeaseLost, OnceError, StoreError

if TYPE_CHECKING:
    from .dbapi import DBAPIStore
    from .handling import async_once, once
    from .memory import MemoryStore
    from .redis import AsyncRedisStore, RedisStore
    from .sqlalchemy import AsyncSQLAlchemyStore, SQLAlchemyStore
    from .sqlite import SQLiteStore
    from .store_kinds import ThreadedStore, as_async

__all__ = [
    "AsyncClaimStore",
    "AsyncRedisStore",
    "AsyncSQLAlchemyStore",
    "Claim",
    "ClaimStore",
    "DBAPIStore",
    "EventBusy",
    "LeaseLost",
    "MemoryStore",
    "OnceError",
    "RedisStore",
    "SQLAlchemyStore",
    "SQLiteStore",
    "StoreError",
    "ThreadedStore",
    "as_async",
    "async_once",
    "once",
    "stored_key",
]

_ELSEWHERE = {
    "AsyncRedisStore": "redis",
    "AsyncSQLAlchemyStore": "sqlalchemy",
    "DBAPIStore": "dbapi",
    "MemoryStore": "memory",
    "RedisStore": "redis",
    "SQLAlchemyStore": "sqlalchemy",
    "SQLiteStore": "sqlite",
    "ThreadedStore": "store_kinds",
    "as_async": "store_kinds",
    "async_once": "handling",
    "once": "handling",
}

if not TYPE_CHECKING:  # Else type checkers would take any name for one that is found here.

    def __getattr__(name: str) -> object:
        """Loads what is asked for: drivers and asyncio cost time that not everybody has a use for."""
        if name not in _ELSEWHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        try:
            found = getattr(import_module(f".{_ELSEWHERE[name]}", __name__), name)
        except ImportError as error:
            from .missing import store_without_driver

            return store_without_driver(name, error)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
