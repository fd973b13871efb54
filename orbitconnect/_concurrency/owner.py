"""The owner of connections: a process and, for asyncio, an event loop. Only the owner may use them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import asyncio

ProcessOwner: TypeAlias = int
"""A process id."""

AsyncOwner: TypeAlias = "tuple[int, asyncio.AbstractEventLoop]"
"""A process id and an event loop."""


def process_owner() -> ProcessOwner:
    """Return the current owner. Connections must not be shared with a parent process."""
    return os.getpid()


def async_owner() -> AsyncOwner:
    """Return the current owner. Connections must not be shared with a parent process or another event loop.

    Raises:
        RuntimeError: If no asyncio event loop is running.
    """
    from asyncio import get_running_loop

    try:
        return os.getpid(), get_running_loop()
    except RuntimeError:
        pass
    raise RuntimeError(
        "AsyncOrbitServer needs a running asyncio event loop: await its methods in a coroutine that asyncio runs. "
        "Under trio, call OrbitServer with trio.to_thread.run_sync."
    )


def is_own(owner: ProcessOwner | AsyncOwner) -> bool:
    """Whether an owner is the current process and, for asyncio, the running event loop."""
    if isinstance(owner, int):
        return owner == os.getpid()
    try:
        return owner == async_owner()
    except RuntimeError:  # A process that was forked in a coroutine continues the coroutine, but has no running loop.
        return False


def is_gone(other: ProcessOwner | AsyncOwner) -> bool:
    """Whether an owner belongs to another process or to a closed event loop."""
    if isinstance(other, int):
        return other != os.getpid()
    return other[0] != os.getpid() or other[1].is_closed()
