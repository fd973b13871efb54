"""Work that must finish even if its task is cancelled, such as undoing a failed step."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def undisturbed(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call the function directly, because threads cannot be cancelled."""
    return work(*args, **kwargs)


async def async_undisturbed(work: Callable[P, Coroutine[object, object, T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the function in a separate task, and wait for it even if this task is cancelled.

    The function must end in a limited time.

    Raises:
        CancelledError: After the function has ended, if this task was cancelled in the meantime.
    """
    import asyncio  # Imported here because synchronous programs do not need it.

    task = asyncio.get_running_loop().create_task(work(*args, **kwargs))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # Otherwise, asyncio would log that the exception was never retrieved.
        raise cancelled
    return task.result()
