"""How long a store waits for its server: a limit on the whole step, whatever the driver waits for or retries."""

from __future__ import annotations

import asyncio
import contextvars
import os
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final, Generic, TypeVar

_Result = TypeVar("_Result")

_MOST_STEPS: Final = 64
"""Threads that one store has at most: those of a server that hangs end only when their driver gives up."""

_abandoned: Final[set[asyncio.Task[Any]]] = set()


class NoAnswer(Exception):
    """The limit ran out."""


class ThreadLimit:
    """Runs steps in threads of their own, so that a driver that hangs can be left behind.

    Args:
        seconds: The limit.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(_MOST_STEPS)
        self._process = os.getpid()

    def run(self, step: Callable[[], _Result], late: Callable[[_Result], object] | None = None) -> _Result:
        """Runs a step.

        Args:
            step: What to run.
            late: What to do with a result that comes after the limit, in the step's thread.

        Returns:
            What the step returned.

        Raises:
            NoAnswer: If the limit ran out.
            Exception: Whatever the step raised.
        """
        if self._process != os.getpid():  # The threads that hold places did not come along into the fork.
            self._free, self._process = threading.BoundedSemaphore(_MOST_STEPS), os.getpid()
        free = self._free
        if not free.acquire(timeout=self._seconds):
            raise NoAnswer(f"{_MOST_STEPS} earlier calls are still waiting for an answer")
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
        late: Callable[[_Result], object] | None,
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
        except BaseException as error:  # noqa: BLE001  # It is raised where the result is asked for.
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
                    for late in self._results:
                        self._late(late)
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
            self._error = None  # Its traceback holds this frame.


async def within(seconds: float, step: Coroutine[Any, Any, _Result]) -> _Result:
    """Awaits a step of a store for asyncio.

    A driver may take its time to give up when it is cancelled, so a step that is late is left to itself.

    Args:
        seconds: The limit.
        step: What to await.

    Returns:
        What the step returned.

    Raises:
        NoAnswer: If the limit ran out.
        Exception: Whatever the step raised.
    """
    task = asyncio.ensure_future(step)
    try:
        await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        _abandon(task)
        raise
    if not task.done():
        _abandon(task)
        raise NoAnswer(f"no answer within {seconds:g} s")
    return task.result()


def _abandon(task: asyncio.Task[Any]) -> None:
    task.cancel()
    _abandoned.add(task)
    task.add_done_callback(_forget)


def _forget(task: asyncio.Task[Any]) -> None:
    _abandoned.discard(task)
    if not task.cancelled():
        task.exception()  # Else asyncio logs that nobody asked for it.
