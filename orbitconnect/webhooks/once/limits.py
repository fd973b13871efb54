"""The time limit on one step of a store, regardless of the driver's own timeouts and retries.

Threads and asyncio have separate implementations. A thread cannot be cancelled, so it is abandoned, and the number of
such threads is limited. A task is cancelled, and is abandoned only if its driver ignores the cancellation.
"""

from __future__ import annotations

import contextvars
import os
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    import asyncio

_Result = TypeVar("_Result")
_T = TypeVar("_T")

Late: TypeAlias = Callable[[_T], object]
"""Called with a result that comes after the limit, to undo the step."""
AsyncLate: TypeAlias = Callable[[_T], Coroutine[object, object, object]]
"""The same for asyncio."""

_MAX_THREADS: Final = 64
"""The maximum number of threads of one store.

Threads that wait for a dead server end only when their driver gives up.
"""

_undoing: Final[set[asyncio.Task[None]]] = set()
"""References to running tasks. asyncio itself keeps no strong references, so a task could be garbage-collected."""


class NoAnswer(Exception):
    """The limit expired."""


class ThreadLimit:
    """Runs each step in a separate thread, so that a driver that hangs can be abandoned.

    Args:
        seconds: The limit on one step.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(_MAX_THREADS)
        self._process = os.getpid()

    def run(self, step: Callable[[], _Result], late: Late[_Result] | None = None) -> _Result:
        """Run a step.

        Args:
            step: What to run.
            late: Called in the step's thread with a result that comes after the limit.

        Returns:
            What the step returned.

        Raises:
            NoAnswer: If the limit expired.
            Exception: Any exception that the step raised.
        """
        if self._process != os.getpid():  # A fork does not copy the threads that hold slots of the semaphore.
            self._free, self._process = threading.BoundedSemaphore(_MAX_THREADS), os.getpid()
        free = self._free
        if not free.acquire(timeout=self._seconds):
            raise NoAnswer(f"{_MAX_THREADS} earlier calls are still waiting for an answer")
        running = _Step(step, late, free)
        context = contextvars.copy_context()
        try:
            threading.Thread(target=context.run, args=(running.run,), daemon=True, name="orbit-once").start()
        except BaseException:
            free.release()
            raise
        return running.result(self._seconds)


class _Step(Generic[_Result]):
    def __init__(
        self,
        step: Callable[[], _Result],
        late: Late[_Result] | None,
        free: threading.BoundedSemaphore,
    ) -> None:
        self._step: Callable[[], _Result] | None = step
        self._late = late
        self._free = free
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._is_late = False
        self._results: list[_Result] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        step, self._step = self._step, None
        assert step is not None
        try:
            result = step()
        except BaseException as error:  # noqa: BLE001  # `result` raises it in the caller's thread.
            self._error = error
        else:
            self._results.append(result)
        del step
        try:
            with self._lock:
                self._ended.set()
                is_late = self._is_late
            if is_late and self._late is not None:
                with suppress(Exception):
                    for result in self._results:
                        self._late(result)
        finally:
            self._free.release()

    def result(self, seconds: float) -> _Result:
        try:
            if not self._ended.wait(seconds):
                with self._lock:
                    if not self._ended.is_set():
                        self._is_late = True
                        raise NoAnswer(f"no answer within {seconds:g} s")
            if self._error is not None:
                raise self._error
            return self._results[0]
        finally:
            self._error = None  # Its traceback refers to this frame.


async def within(
    seconds: float, step: Coroutine[object, object, _Result], late: AsyncLate[_Result] | None = None
) -> _Result:
    """Await a step of a store for asyncio.

    A driver may react slowly to a cancellation, so the limit does not wait for the cancelled step to end.

    Args:
        seconds: The limit on the step.
        step: What to await.
        late: Awaited with a result that arrives after the limit, despite the cancellation.

    Returns:
        What the step returned.

    Raises:
        NoAnswer: If the limit expired.
        Exception: Any exception that the step raised.
    """
    import asyncio  # Imported here because the blocking stores work without it.

    task = asyncio.ensure_future(step)
    try:
        await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        _abandon(task, late)
        raise
    if not task.done():
        _abandon(task, late)
        raise NoAnswer(f"no answer within {seconds:g} s")
    return task.result()


def _abandon(task: asyncio.Task[_Result], late: AsyncLate[_Result] | None) -> None:
    import asyncio

    task.cancel()
    undoing = asyncio.ensure_future(_undo(task, late))
    _undoing.add(undoing)
    undoing.add_done_callback(_undoing.discard)


async def _undo(task: asyncio.Task[_Result], late: AsyncLate[_Result] | None) -> None:
    """Wait for a cancelled task, and undo its step if it succeeded despite the cancellation."""
    import asyncio

    with suppress(Exception, asyncio.CancelledError):
        result = await task
        if late is not None:
            await late(result)
