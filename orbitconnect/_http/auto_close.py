"""Closes a resource that its user never closes: when its event loop ends, or when nothing refers to it any more."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress


def close_with_loop(close: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    """Close a resource when its event loop ends, or when the returned generator is dropped.

    An event loop announces its end in one way only: `asyncio.run` and its like close the asynchronous generators that
    are still suspended, while the loop still runs. The generator returned here waits for that.

    Args:
        close: Called once, in the running event loop. It must not refer to the object that holds the generator: only
            the garbage collector would find that cycle.

    Returns:
        A generator to hold as long as the resource is in use. Its `aclose` calls `close`, unless that has happened.
    """
    generator = _wait(close)
    # It runs up to its `yield` without a step of the event loop.
    with suppress(StopIteration):
        generator.asend(None).send(None)
    return generator


async def _wait(close: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        await close()


class close_when_dropped:  # noqa: N801  # The counterpart of the function `close_with_loop`.
    """Close a resource when this object is dropped.

    Args:
        close: Called when the object is closed or dropped. It must not refer to the object that holds this one.
    """

    __slots__ = ("_close",)

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close

    def close(self) -> None:
        """Close the resource now."""
        self._close()

    def __del__(self) -> None:
        # `__init__` may have been interrupted, and the interpreter may be exiting.
        with suppress(Exception):
            self._close()
