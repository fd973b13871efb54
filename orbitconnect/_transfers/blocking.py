"""How a transfer waits for files: in a thread of its own beside an event loop, and right here where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, TypeVarTuple

from .._pipeline.owner import async_owner

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_GRACE_SECONDS: Final = 2.0


def run_here(function: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Calls a function that waits for a file."""
    return function(*arguments)


async def run_in_thread(function: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Calls a function that waits for a file, leaving the event loop free.

    When the task is cancelled, the function is given a moment to end, so that its file is not closed under it.
    """
    import asyncio  # Here, because a synchronous program has no need to load it.

    _, loop = async_owner()
    future = loop.run_in_executor(None, function, *arguments)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        await asyncio.wait([future], timeout=_GRACE_SECONDS)
        raise
