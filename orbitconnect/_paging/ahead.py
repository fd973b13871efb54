"""One call that runs while the caller works on something else."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from orbitconnect_api.types import Request

if TYPE_CHECKING:
    from asyncio import Task
    from concurrent.futures import Future

T = TypeVar("T")


class Ahead(Generic[T]):
    """The call runs in a thread of its own, which ends with it.

    The thread is a daemon, since a call that reads need not keep the interpreter from ending.
    """

    __slots__ = ("_call", "_future", "_request", "_thread")

    def __init__(self, call: Callable[[Request[T]], T], request: Request[T]) -> None:
        from concurrent.futures import Future  # Here, because only who fetches ahead has a need for it.
        from threading import Thread

        self._call = call
        self._request = request
        self._future: Future[T] = Future()
        run = copy_context().run  # What the caller has set for its context holds for the call, too.
        self._thread = Thread(
            target=run, args=(_run, call, request, self._future), name="orbitconnect-next-page", daemon=True
        )
        with suppress(RuntimeError):  # The interpreter is ending, or has no thread left: the call is made later then.
            self._thread.start()

    def result(self) -> T:
        """Waits for the call, and returns what came of it; raises what it raised."""
        if self._thread.ident is None:
            return self._call(self._request)
        self._thread.join()
        # After a fork there is no such thread, and it may not have got to the end.
        return self._future.result() if self._future.done() else self._call(self._request)

    def close(self) -> None:
        """Waits for the call to end, since a thread cannot be told to."""
        if self._thread.ident is not None:
            self._thread.join()


def _run(call: Callable[[Request[T]], T], request: Request[T], future: Future[T]) -> None:
    try:
        future.set_result(call(request))
    except BaseException as error:  # noqa: BLE001  # Whatever it is, whoever asks for the result gets it.
        future.set_exception(error)


class AsyncAhead(Generic[T]):
    """The call runs in a task of its own, which is cancelled when nobody wants it any more."""

    __slots__ = ("_task",)

    def __init__(self, call: Callable[[Request[T]], Coroutine[Any, Any, T]], request: Request[T]) -> None:
        from asyncio import get_running_loop  # Here, because a synchronous program has no need to load it.

        self._task = get_running_loop().create_task(call(request), name="orbitconnect-next-page")
        self._task.add_done_callback(_look_at)

    async def result(self) -> T:
        """Waits for the call, and returns what came of it; raises what it raised."""
        return await self._task

    async def aclose(self) -> None:
        """Cancels the call, and waits until it is over."""
        from asyncio import wait

        self._task.cancel()
        await wait((self._task,))

    def __del__(self) -> None:
        # Whoever leaves a loop early does not close the iterator. This may run in any thread, and after the loop.
        task: Task[T] | None = getattr(self, "_task", None)  # There is none where the constructor has raised.
        if task is not None and not task.done():
            with suppress(RuntimeError):
                task.get_loop().call_soon_threadsafe(task.cancel)


def _look_at(task: Task[Any]) -> None:
    """Looks at a task's exception, which asyncio complains about where nobody does."""
    if not task.cancelled():
        task.exception()
