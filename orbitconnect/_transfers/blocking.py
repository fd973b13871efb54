"""File operations: in a thread if there is an event loop, otherwise directly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, TypeVarTuple

from .._pipeline.owner import async_owner

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_GRACE_SECONDS: Final = 2.0


def run_here(function: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Call a function that may block on a file."""
    return function(*arguments)


async def run_in_thread(function: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Call a function that may block on a file, without blocking the event loop.

    If the task is cancelled, it waits up to 2 seconds for the function, so that the file is not closed while in use.
    """
    import asyncio  # Here, because synchronous programs do not need it.

    _, loop = async_owner()
    future = loop.run_in_executor(None, function, *arguments)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        await asyncio.wait([future], timeout=_GRACE_SECONDS)
        raise
