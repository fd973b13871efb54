"""Any store for asyncio: `as_async` awaits what can be awaited, and keeps what waits off the event loop."""

from __future__ import annotations

import asyncio
import inspect
from typing import cast

from .memory import MemoryStore
from .protocol import AsyncClaimStore, Claim, ClaimStore


class ThreadedStore:
    """A store without asyncio whose methods run in threads, so that the event loop goes on meanwhile.

    The threads are those of `asyncio.to_thread`: at most `os.cpu_count() + 4` at once.

    Args:
        store: Such as a `SQLiteStore` or a `DBAPIStore`.
    """

    def __init__(self, store: ClaimStore) -> None:
        self._store = store

    async def claim(self, key: str, /) -> Claim:
        """Claims an event; see `ClaimStore.claim`."""
        return await asyncio.to_thread(self._store.claim, key)

    async def commit(self, key: str, token: str, /) -> None:
        """Notes that an event was handled; see `ClaimStore.commit`."""
        await asyncio.to_thread(self._store.commit, key, token)

    async def release(self, key: str, token: str, /) -> None:
        """Gives a claim back; see `ClaimStore.release`."""
        await asyncio.to_thread(self._store.release, key, token)


class _DirectStore:
    """A memory store, whose methods wait for nothing: a thread would only cost time."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def claim(self, key: str, /) -> Claim:
        return self._store.claim(key)

    async def commit(self, key: str, token: str, /) -> None:
        self._store.commit(key, token)

    async def release(self, key: str, token: str, /) -> None:
        self._store.release(key, token)


def as_async(store: ClaimStore | AsyncClaimStore) -> AsyncClaimStore:
    """Makes any store one for asyncio.

    Args:
        store: One with coroutine functions is returned as it is, a `MemoryStore` is called directly, and any other one
            in threads.

    Returns:
        A store whose methods are to be awaited.

    Example:
        ```python
        store = as_async(SQLiteStore("events.db"))
        claim = await store.claim(event.dedupe_key)
        ```
    """
    if inspect.iscoroutinefunction(store.claim):
        return cast("AsyncClaimStore", store)
    if isinstance(store, MemoryStore):
        return _DirectStore(store)
    return ThreadedStore(cast("ClaimStore", store))
