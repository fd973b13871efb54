"""Who owns connections: a process, and for asyncio an event loop. Others must not use them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


def process_owner() -> int:
    """Whose pool it is: connections must not be shared with a parent process."""
    return os.getpid()


def async_owner() -> tuple[int, asyncio.AbstractEventLoop]:
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


def is_own(owner: int | tuple[int, asyncio.AbstractEventLoop]) -> bool:
    """Whether a pool's owner is this process and, if it has one, the event loop that runs."""
    if isinstance(owner, int):
        return owner == os.getpid()
    try:
        return owner == async_owner()
    except RuntimeError:  # A child that was forked in a coroutine goes on with that, but has no running loop.
        return False


def is_gone(other: int | tuple[int, asyncio.AbstractEventLoop]) -> bool:
    """Whether a pool's owner is another process, or an event loop that has ended."""
    if isinstance(other, int):
        return other != os.getpid()
    return other[0] != os.getpid() or other[1].is_closed()
