"""Handle each event once, even if it is delivered several times.

    from orbitconnect.webhooks.once import SQLiteStore, once

    store = SQLiteStore("handled.db")

    with once(store, event) as mine:
        if mine:
            handle(event)

Senders repeat a delivery whose response was lost, and the signature covers only the body, so a copied delivery is as
valid as the original. Only the id inside the signed body shows that a delivery is a repetition. `once` claims the id in
a store, commits it after the event was handled, and releases it if handling failed, so that the next delivery is
handled.

    MemoryStore                             one process
    SQLiteStore                             the processes of one machine
    DBAPIStore                              PostgreSQL, MySQL, MariaDB or SQLite, with any DB-API 2.0 driver
    SQLAlchemyStore, AsyncSQLAlchemyStore   the same databases, with your SQLAlchemy engine; extra `sqlalchemy`
    RedisStore, AsyncRedisStore             Redis; extra `redis`
    ThreadedStore                           any blocking store, used by asyncio in threads

This package handles keys and claims, and knows nothing of HTTP or event classes. Importing it must not load a driver,
and its modules may not import the rest of `orbitconnect.webhooks`.
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

_MODULES = {
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

if not TYPE_CHECKING:  # Otherwise type checkers would accept any name.

    def __getattr__(name: str) -> object:
        """Load a name when it is first used, because loading a driver takes time."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        try:
            found = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        except ImportError as error:
            from .missing import store_without_driver

            return store_without_driver(name, error)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
