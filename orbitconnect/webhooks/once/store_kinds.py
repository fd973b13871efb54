"""The two kinds of stores, blocking and asynchronous, and how asyncio uses each kind."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from .memory import MemoryStore
from .protocol import AnyClaimStore, AsyncClaimStore, Claim, ClaimStore

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class ThreadedStore:
    """A blocking store that asyncio can use: its methods run in threads, so the event loop is never blocked.

    The threads come from `asyncio.to_thread`: at most `os.cpu_count() + 4` at a time.

    Args:
        store: The blocking store, such as a `SQLiteStore` or a `DBAPIStore`.

    Example:
        ```python
        store = ThreadedStore(SQLiteStore("handled.db"))
        claim = await store.claim(event.dedupe_key)
        ```
    """

    def __init__(self, store: ClaimStore) -> None:
        self._store = store

    async def claim(self, key: str, /) -> Claim:
        """Claim an event; see `ClaimStore.claim`."""
        return await _in_thread(self._store.claim, key)

    async def commit(self, key: str, token: str, /) -> None:
        """Record that an event was handled; see `ClaimStore.commit`."""
        await _in_thread(self._store.commit, key, token)

    async def release(self, key: str, token: str, /) -> None:
        """Release a claim; see `ClaimStore.release`."""
        await _in_thread(self._store.release, key, token)


class _DirectStore:
    """A memory store that asyncio can use. Its methods never wait, so running them in threads would only waste time."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def claim(self, key: str, /) -> Claim:
        return self._store.claim(key)

    async def commit(self, key: str, token: str, /) -> None:
        self._store.commit(key, token)

    async def release(self, key: str, token: str, /) -> None:
        self._store.release(key, token)


def as_async(store: AnyClaimStore) -> AsyncClaimStore:
    """Convert an async or a blocking store to one for asyncio.

    Args:
        store: A store whose methods are coroutine functions is returned unchanged. A `MemoryStore` is called directly,
            and any other blocking store in threads.

    Returns:
        A store whose methods are coroutine functions.

    Example:
        ```python
        store = as_async(SQLiteStore("handled.db"))
        claim = await store.claim(event.dedupe_key)
        ```
    """
    if is_async(store):
        return cast("AsyncClaimStore", store)
    if isinstance(store, MemoryStore):
        return _DirectStore(store)
    return ThreadedStore(cast("ClaimStore", store))


def is_async(store: AnyClaimStore) -> bool:
    """Return whether the store's methods are coroutine functions."""
    return inspect.iscoroutinefunction(store.claim)


async def _in_thread(
    work: Callable[_Arguments, _Result], /, *arguments: _Arguments.args, **named: _Arguments.kwargs
) -> _Result:
    import asyncio  # Imported here because `once` works without it.

    return await asyncio.to_thread(work, *arguments, **named)
