"""Work that has to be finished although its task is cancelled, such as taking back what a failed step has made."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def undisturbed(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Does the work. Nothing can cancel a thread."""
    return work(*args, **kwargs)


async def async_undisturbed(work: Callable[P, Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Does the work in a task of its own, and waits for it however often this task is cancelled meanwhile.

    The work has to end by itself, in a bounded time.

    Raises:
        CancelledError: Afterwards, if this task was cancelled meanwhile.
    """
    import asyncio  # Here, because a synchronous program has no need to load it.

    task = asyncio.get_running_loop().create_task(work(*args, **kwargs))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # Looked at, or asyncio would report it as lost.
        raise cancelled
    return task.result()
