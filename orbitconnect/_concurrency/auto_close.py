"""Close resources that their users did not close: when the event loop ends, or when nothing refers to them anymore."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress


def close_with_loop(close: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    """Close a resource when its event loop ends, or when the returned generator is dropped.

    There is only one way to detect the end of an event loop: `asyncio.run` and similar functions close the suspended
    asynchronous generators while the loop is still running. Therefore, this function returns a suspended generator.

    Args:
        close: Called once, in the running event loop. It must not refer to the object that stores the generator,
            because only the garbage collector could free such a cycle.

    Returns:
        A generator. Store it for as long as the resource is in use. Its `aclose` calls `close` if it has not been
        called yet.
    """
    generator = _wait(close)
    # Run the generator up to its `yield`, without giving control to the event loop.
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
        close: Called when this object is closed or dropped. It must not refer to the object that stores this one.
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
