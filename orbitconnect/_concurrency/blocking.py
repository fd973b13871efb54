"""Run file operations: directly in the sync client, and in a thread in the async client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final, TypeVar, TypeVarTuple

from .owner import async_owner

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_GRACE_SECONDS: Final = 2.0


def run_here(function: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Call a function that reads or writes a file."""
    return function(*arguments)


async def run_in_thread(function: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Call a function that reads or writes a file, without blocking the event loop.

    If the task is cancelled, wait up to 2 seconds for the function, so that its file is not closed while it runs.
    """
    import asyncio  # Imported here because synchronous programs do not need it.

    _, loop = async_owner()
    future = loop.run_in_executor(None, function, *arguments)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        await asyncio.wait([future], timeout=_GRACE_SECONDS)
        raise


async def in_threads(items: Iterator[T]) -> AsyncIterator[T]:
    """Iterate over an iterator that reads a file, without blocking the event loop."""
    while (item := await run_in_thread(next, items, None)) is not None:
        yield item
