"""Prefetching: one call that runs in the background."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING, Generic, TypeVar

from orbitconnect_api.types import Request

if TYPE_CHECKING:
    from asyncio import Task
    from concurrent.futures import Future

T = TypeVar("T")


class Ahead(Generic[T]):
    """A call in a separate thread.

    The thread is a daemon, because a call that only reads need not keep the interpreter running.
    """

    __slots__ = ("_call", "_future", "_request", "_thread")

    def __init__(self, call: Callable[[Request[T]], T], request: Request[T]) -> None:
        from concurrent.futures import Future  # Imported here because only prefetching needs it.
        from threading import Thread

        self._call = call
        self._request = request
        self._future: Future[T] = Future()
        run = copy_context().run  # The call runs in the caller's context.
        self._thread = Thread(
            target=run, args=(_run, call, request, self._future), name="orbitconnect-next-page", daemon=True
        )
        with suppress(RuntimeError):  # At shutdown, or without free threads, `result` makes the call.
            self._thread.start()

    def result(self) -> T:
        """Wait for the call, and return its result or raise its error."""
        if self._thread.ident is None:
            return self._call(self._request)
        self._thread.join()
        # After a fork, the thread does not exist in the child process, even if it was still running in the parent.
        return self._future.result() if self._future.done() else self._call(self._request)

    def close(self) -> None:
        """Wait for the call to end, because a thread cannot be cancelled."""
        if self._thread.ident is not None:
            self._thread.join()


def _run(call: Callable[[Request[T]], T], request: Request[T], future: Future[T]) -> None:
    try:
        future.set_result(call(request))
    except BaseException as error:  # noqa: BLE001  # `result` raises it.
        future.set_exception(error)


class AsyncAhead(Generic[T]):
    """A call in a separate task, which is cancelled when its result is no longer needed."""

    __slots__ = ("_task",)

    def __init__(self, call: Callable[[Request[T]], Coroutine[object, object, T]], request: Request[T]) -> None:
        from asyncio import get_running_loop  # Imported here because synchronous programs do not need it.

        self._task = get_running_loop().create_task(call(request), name="orbitconnect-next-page")
        self._task.add_done_callback(_retrieve)

    async def result(self) -> T:
        """Wait for the call, and return its result or raise its error."""
        return await self._task

    async def aclose(self) -> None:
        """Cancel the call, and wait until it has ended."""
        from asyncio import wait

        self._task.cancel()
        await wait((self._task,))

    def __del__(self) -> None:
        # For loops that end early without closing the iterator. Runs in any thread, perhaps after the event loop.
        task: Task[T] | None = getattr(self, "_task", None)  # Missing if the constructor failed.
        if task is not None and not task.done():
            with suppress(RuntimeError):
                task.get_loop().call_soon_threadsafe(task.cancel)


def _retrieve(task: Task[object]) -> None:
    """Retrieve a task's exception. Otherwise, asyncio would log that it was never retrieved."""
    if not task.cancelled():
        task.exception()
