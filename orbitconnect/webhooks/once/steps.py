"""One step of a store for `once`: any failure becomes a `StoreError`, and cancellation does not interrupt the step.

asyncio is imported in the functions that need it, because `once` works without it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Final, TypeVar

from .failures import store_error
from .protocol import OnceError

_log = logging.getLogger("orbitconnect.webhooks")

_CANCELLATION_WAITS: Final = 5.0
"""Seconds that a cancelled task waits for the store, so that no claim is left behind."""

_Result = TypeVar("_Result")


def attempt(step: str, work: Callable[[], _Result]) -> _Result:
    """Run a step.

    Args:
        step: Its name, for error messages.
        work: The step.

    Raises:
        OnceError: If the step raises it.
        StoreError: If the step raises any other exception.
    """
    try:
        return work()
    except OnceError:
        raise
    except Exception as error:  # noqa: BLE001  # Drivers have no exception class in common.
        failure = store_error(step, error)
    raise failure


async def attempt_async(step: str, work: Callable[[], Awaitable[_Result]]) -> _Result:
    """Do the same as `attempt`, but with asyncio."""
    try:
        return await work()
    except OnceError:
        raise
    except Exception as error:  # noqa: BLE001  # Drivers have no exception class in common.
        failure = store_error(step, error)
    raise failure


def finish(work: Callable[[], _Result], undo: Callable[[_Result], object] | None = None) -> _Result:
    """Do some work. Nothing can cancel a thread, so `undo` is never called."""
    return work()


async def finish_async(
    work: Callable[[], Coroutine[object, object, _Result]],
    undo: Callable[[_Result], Coroutine[object, object, object]] | None = None,
) -> _Result:
    """Finish some work even if the task is cancelled in the meantime, and then raise the cancellation.

    A cancelled task waits up to 5 seconds for the work. Work that takes longer is cancelled, and an error of the work
    is only logged: the caller always gets the cancellation.

    Args:
        work: What to finish.
        undo: Called with the result if the task was cancelled meanwhile.

    Raises:
        CancelledError: If the task was cancelled meanwhile.
        RuntimeError: If no asyncio event loop is running.
    """
    import asyncio

    _check_event_loop()
    task = asyncio.ensure_future(work())
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.done():
            await asyncio.wait({task}, timeout=_CANCELLATION_WAITS)
        if not task.done() or task.cancelled():
            task.cancel()
        elif error := task.exception():
            _log.warning("After a cancellation, the store of handled events failed: %s", error)
        elif undo is not None:
            await finish_async(lambda: undo(task.result()))
        raise


def _check_event_loop() -> None:
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        return
    raise RuntimeError(
        "async_once() and AsyncWebhookReceiver need a running asyncio event loop if they use a store. Under trio, call "
        "once() or WebhookReceiver.receive() in a thread, with trio.to_thread.run_sync."
    )
