"""Closes what belongs to an event loop when the loop ends, or when nobody holds it any more."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress


def close_with_loop(close: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    """Sees to it that this is closed, though nobody asks for it.

    An event loop tells nobody that it ends, but for one thing: the asynchronous generators that are under way are ended
    while it still runs, by `asyncio.run` and its like. So is one that is dropped. This is one that waits for that.

    Args:
        close: Is called once, in the running event loop. It must not hold what holds the generator: a cycle would be
            found by the garbage collector alone.

    Returns:
        A generator to be held as long as that may be in use. Its `aclose` calls `close`, if nothing else has.
    """
    generator = _wait(close)
    # It runs up to its `yield`, without a turn of the event loop.
    with suppress(StopIteration):
        generator.asend(None).send(None)
    return generator


async def _wait(close: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        await close()
