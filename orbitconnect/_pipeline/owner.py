"""Who owns connections: a process, and for asyncio an event loop. Others must not use them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import asyncio

ProcessOwner: TypeAlias = int
"""The number of a process."""

AsyncOwner: TypeAlias = "tuple[int, asyncio.AbstractEventLoop]"
"""The number of a process, and an event loop."""


def process_owner() -> ProcessOwner:
    """Whose pool it is: connections must not be shared with a parent process."""
    return os.getpid()


def async_owner() -> AsyncOwner:
    """Whose pool it is: connections must not be shared with a parent process or another event loop."""
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
    """Whether a pool's owner is this process and, if it has one, the event loop that runs."""
    if isinstance(owner, int):
        return owner == os.getpid()
    try:
        return owner == async_owner()
    except RuntimeError:  # A child that was forked in a coroutine goes on with that, but has no running loop.
        return False


def is_gone(other: ProcessOwner | AsyncOwner) -> bool:
    """Whether a pool's owner is another process, or an event loop that has ended."""
    if isinstance(other, int):
        return other != os.getpid()
    return other[0] != os.getpid() or other[1].is_closed()
